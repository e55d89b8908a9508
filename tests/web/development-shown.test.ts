import { beforeAll, expect, test } from "vitest";
import { confirmByHand } from "../../src/db/developments/analyst-acts.ts";
import { confirmDevelopment } from "../../src/db/developments/confirmations.ts";
import { developmentConfirmations } from "../../src/db/schema/threads.ts";
import { useDatabase } from "../support/database.ts";
import { noon } from "../support/moments.ts";
import { buildCapture } from "../support/rows.ts";
import { keepCatalogue, keepDevelopment, keepDocument } from "./archive.ts";
import { openWeb } from "./open-web.ts";

const db = useDatabase();
const page = (path: string) => openWeb(db()).page(path);
const TEXT = "Norland will open a hotline for laboratories.";
const ids = { document: 0, safety: 0, channel: 0, other: 0 };

beforeAll(async () => {
  await keepCatalogue(db());
  const kept = await keepDocument(db(), { text: `${TEXT}\nThey met in June.` });
  ids.document = kept.documentId;
  const first = { type: "statement.first", summary: TEXT, evidence: [{ start: 0, end: TEXT.length }] };
  ids.safety = await keepDevelopment(db(), kept, { ...first, key: "safety", severity: 2, topics: ["frontier.safety"] });
  ids.channel = await keepDevelopment(db(), kept, { ...first, key: "channel", topics: ["process.channel"] });
  const at = TEXT.length + 1;
  ids.other = await keepDevelopment(db(), kept, {
    ...{ summary: "They met in June.", key: "met", evidence: [{ start: at, end: at + 17 }] },
  });
});

test.each(["/", "/developments", "a document"])(
  "one sentence that is the first on two topics is told once on %s, with both linked",
  async (path) => {
    const { $ } = await page(path === "a document" ? `/documents/${ids.document}` : path);
    const told = $(".development").filter((_, one) => $(one).find("h3").text() === TEXT);
    expect(told).toHaveLength(1);
    expect(told.find("h3 a").attr("href")).toBe(`/developments/${ids.channel}`);
    expect(told.text()).toContain("The same words tell of several things:");
    for (const [id, name] of [
      [ids.safety, "safety"],
      [ids.channel, "channel"],
    ] as const)
      expect(told.find(`.proof a[href="/developments/${id}"]`).text()).toBe(name);
    expect($(".development").filter((_, one) => $(one).find("h3").text() === "They met in June.")).toHaveLength(1);
  },
);

const accounts = async (id: number, lang = "en") =>
  (await page(`/developments/${id}?lang=${lang}`)).$("dl.facts").text().replace(/\s+/g, " ");

test("a development says why it counts as confirmed, so that one side's account contradicts nothing", async () => {
  expect(await accounts(ids.other)).toContain("1 not confirmed yet: that takes a second independent account");
  await confirmByHand(db(), ids.other, { by: "Ada Example", reason: null, at: noon });
  expect(await accounts(ids.other)).toContain("1 confirmed by an analyst");
  expect(await accounts(ids.other, "zh")).toContain("1 已由分析员证实");
});

test("an official publication of one side confirms by itself, and says that nobody else tells of it", async () => {
  const kept = await keepDocument(db(), { text: "Norland has signed.", url: "https://norland.example/signed" });
  const id = await keepDevelopment(db(), kept, {
    ...{ summary: "Norland has signed.", key: "signed", evidence: [{ start: 0, end: 19 }] },
  });
  const ministry = { documentId: kept.documentId, text: "Norland has signed.", isPrimary: true, side: "North" };
  await db().delete(developmentConfirmations);
  await confirmDevelopment(db(), id, ministry);
  const { $ } = await page(`/developments/${id}`);
  expect($("dl.facts").text().replace(/\s+/g, " ")).toContain("1 confirmed by an official publication");
  expect($("dl.facts").text()).toContain("organs or media of one side; nobody else does");
  expect($(".marks .markOneSided").first().text()).toBe("one side only");
});

test("an edit shows each changed place in its sentence, with the way to it", async () => {
  const before = "A briefing\nThey will talk in June about the line. Nobody came.";
  const after = before.replace("June", "July");
  const first = await keepDocument(db(), { text: before, url: "https://norland.example/edited" });
  const capture = {
    ...(await buildCapture(db(), { url: "https://norland.example/edited" })),
    documentId: first.documentId,
  };
  const edited = await keepDocument(db(), { text: after, capture, cause: "edited" });
  const start = after.indexOf("July");
  const id = await keepDevelopment(db(), edited, {
    ...{ type: "document.silent-edit", summary: "“June” became “July”", evidence: [{ start, end: start + 4 }] },
    previousVersionId: first.versionId,
  });
  const { $ } = await page(`/developments/${id}`);
  expect($(".quote blockquote").text()).toBe("They will talk in JuneJuly about the line.");
  expect($(".quote blockquote del").text()).toBe("June");
  expect($(".quote blockquote ins").text()).toBe("July");
  expect($(".quote a").attr("href")).toMatch(new RegExp(`^/documents/${first.documentId}\\?v=2#e\\d+$`));
});

test("the words of a development stand once in a list, also where a transcript puts the speaker's name before them", async () => {
  const text = "MS. EXAMPLE: We will open\na second hotline.";
  const kept = await keepDocument(db(), { text });
  await keepDevelopment(db(), kept, {
    ...{ summary: "We will open a second hotline.", key: "second", evidence: [{ start: 0, end: text.length }] },
  });
  const { $ } = await page(`/documents/${kept.documentId}`);
  expect($(".development h3").text()).toBe("We will open a second hotline.");
  expect($(".development blockquote")).toHaveLength(0);
});
