import { beforeAll, expect, test } from "vitest";
import { useDatabase } from "../support/database.ts";
import { buildDay, buildStatement } from "../support/readings.ts";
import { keepCatalogue, keepDocument } from "./archive.ts";
import { openWeb } from "./open-web.ts";

const db = useDatabase();

/** Forty statements of a day, forty of another, and some of none: three pages. */
const WORDS = Array.from({ length: 90 }, (_, index) => `Guardrail ${index} was discussed.`);
const dayOf = (index: number) => (index < 40 ? buildDay("2026-05-18") : index < 80 ? buildDay("2026-04-02") : null);

beforeAll(async () => {
  await keepCatalogue(db());
  const text = WORDS.join("\n");
  const statements = WORDS.map((words, index) => buildStatement(text, words, { saidAt: dayOf(index) }));
  await keepDocument(db(), { text, statements });
});

const web = () => openWeb(db());

/** Follows the pager from a page on; gives what each page says of where in the list it is. */
async function placesFrom(path: string) {
  const places: { readonly says: string; readonly back: string | undefined }[] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const { $ } = await web().page(next);
    places.push({ says: $(".later").text().replaceAll(/\s+/g, " ").trim(), back: $(".later a").attr("href") });
    next = $(".pager a[rel=next]").attr("href");
  }
  return places;
}

test("a search says from its second page on where in it one is, and leads back to its first", async () => {
  expect(await placesFrom("/statements?q=discussed")).toEqual([
    { says: "", back: undefined },
    { says: "Older hits, from 18 May 2026 back. Back to the newest", back: "/statements?q=discussed" },
    { says: "Older hits, from 2 April 2026 back. Back to the newest", back: "/statements?q=discussed" },
  ]);
});

test("it says so in Chinese too", async () => {
  const [, second] = await placesFrom("/statements?q=discussed&lang=zh");
  expect(second).toEqual({
    ...{ says: "较早的结果：2026年5月18日及以前。 回到最新", back: "/statements?q=discussed&lang=zh" },
  });
});

test("pages of what has no date say that", async () => {
  const { $ } = await web().page(`/statements?cursor=${Buffer.from("~100000").toString("base64url")}`);
  expect($(".later").text()).toContain("Older hits: those without a date.");
});

test("a search for the best, whose pages are of no day, names none", async () => {
  const { $ } = await web().page("/statements?q=discussed&order=relevance");
  expect($(".pager a[rel=next]").text()).toBe("More →");
  const [, second] = await placesFrom("/statements?q=discussed&order=relevance");
  expect(second?.says).toBe("A further page of these hits. Back to the first page");
});

test("a place that Parley never gave out is none", async () => {
  const { status, $ } = await web().page("/statements?cursor=nonsense");
  expect([status, $(".later").length]).toEqual([400, 0]);
});
