import { beforeAll, expect, test } from "vitest";
import { useDatabase } from "../support/database.ts";
import { buildStatement } from "../support/readings.ts";
import { keepCatalogue, keepDocument } from "./archive.ts";
import { openWeb } from "./open-web.ts";

const db = useDatabase();
const TEXT = "The spokesperson said: “We will talk in June.”";
let id = 0;

beforeAll(async () => {
  await keepCatalogue(db());
  const actors = [{ actorId: "ada-example", method: "exact" as const, confidence: 1 }];
  const kept = await keepDocument(db(), {
    ...{ text: TEXT, statements: [buildStatement(TEXT, "We will talk in June.", { actors })] },
    article: { title: "Briefing" },
  });
  id = kept.statementIds[0] ?? 0;
});

test("a statement can be taken into a bibliography as BibTeX and as CSL-JSON", async () => {
  const bib = await openWeb(db()).get(`/statements/${id}.bib`);
  expect(bib.headers.get("content-type")).toContain("application/x-bibtex");
  expect(await bib.text()).toContain("author = {{Ada Example}}");
  const { status, body } = await openWeb(db()).json(`/statements/${id}.csl.json`);
  expect(status).toBe(200);
  expect(body[0]).toMatchObject({ title: "Briefing", author: [{ literal: "Ada Example" }] });
});

test("the page of a statement offers both, and the way to the words in the publisher's page", async () => {
  const { $ } = await openWeb(db()).page(`/statements/${id}`);
  expect($(`a[href="/statements/${id}.bib"], a[href="/statements/${id}.csl.json"]`).length).toBe(2);
  expect($("a[href*='#:~:text=We%20will%20talk%20in%20June.']").length).toBe(1);
});

test("a reference to what is not there is not found", async () => {
  expect((await openWeb(db()).get("/statements/999999.bib")).status).toBe(404);
});

test("a citation gives the address that lasts, and … where the words are interrupted", async () => {
  const text = "“A hotline is not trust,” the spokesperson said. “It is what you build.”";
  const content = ["A hotline is not trust,", "It is what you build."].map((piece) => {
    const start = text.indexOf(piece);
    return { start, end: start + piece.length };
  });
  const statement = { ...buildStatement(text, "A hotline is not trust,"), content };
  const { statementIds } = await keepDocument(db(), {
    ...{ text, article: { title: "Hotline" } },
    statements: [{ ...statement, text: "A hotline is not trust, It is what you build." }],
  });
  const one = statementIds[0] ?? 0;
  const { body } = await openWeb(db()).json(`/api/v1/statements/${one}`);
  expect(body.links.lasting).toMatch(new RegExp(`/s/${body.key}$`));
  const page = await openWeb(db()).page(`/statements/${one}`);
  expect(page.$(".citation").text()).toContain("“A hotline is not trust, … It is what you build.”");
  expect(page.$(".citation").text()).toContain(`/s/${body.key}`);
  const [csl] = (await openWeb(db()).json(`/statements/${one}.csl.json`)).body;
  expect([csl.archive_location, csl.abstract]).toEqual([
    body.links.lasting,
    "A hotline is not trust, … It is what you build.",
  ]);
  const bib = await (await openWeb(db()).get(`/statements/${one}.bib`)).text();
  expect(bib).toContain(`Archived: ${body.links.lasting}`);
});
