import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import {
  documentEntry,
  documentsToIndex,
  indexDocuments,
  LONGEST_SEARCHED,
  unindexedDocuments,
} from "../../../src/db/search/document-index.ts";
import { searchDocuments } from "../../../src/db/search/document-search.ts";
import { bringSearchUpToDate } from "../../../src/db/search/search-state.ts";
import { type QuestionParameters, readQuestion } from "../../../src/domain/query/ask.ts";
import { useDatabase } from "../../support/database.ts";
import { noon, secondsOn } from "../../support/moments.ts";
import { buildDay, buildStatement } from "../../support/readings.ts";
import { buildCapture, lookAgain } from "../../support/rows.ts";
import { keepCatalogue, keepDevelopment, keepDocument } from "../../web/archive.ts";

const db = useDatabase();

const search = async (parameters: QuestionParameters, order: "newest" | "relevance" = "newest") => {
  const { query, mistakes } = readQuestion(parameters);
  expect(mistakes).toEqual([]);
  const { rows } = await searchDocuments(db(), query, { limit: 100, after: null, order });
  return rows;
};
const titlesOf = async (parameters: QuestionParameters) => (await search(parameters)).map(({ title }) => title).sort();

/** Keeps a document, and indexes it. */
const keep = async (says: Parameters<typeof keepDocument>[1]) => {
  const kept = await keepDocument(db(), says);
  await indexDocuments(db(), [kept.documentId]);
  return kept;
};

const WORDS = "We are ready for talks.";

beforeAll(async () => {
  await keepCatalogue(db());
  const dated = (title: string, day: string | null) => ({ title, publishedAt: day === null ? null : buildDay(day) });
  const text = `The rain did not end. The spokesperson said: “${WORDS}”`;
  const shown = await keep({
    ...{ text, article: dated("A wet briefing", "2026-05-19") },
    statements: [buildStatement(text, WORDS, { actors: [{ actorId: "ada-example", method: "exact", confidence: 1 }] })],
  });
  await keepDevelopment(db(), shown, { severity: 5 });
  await keep({ text: "Nobody said anything of the umbrella.", article: dated("Umbrella report", "2026-05-20") });
  await keep({ text: "关于人工智能治理的文件。", article: { ...dated("治理文件", "2026-05-21"), lang: "zh" } });
  await keep({
    ...{ text: "A note on umbrellas and rain.", article: dated("A note", null), sourceId: "southmark-news" },
  });
});

describe("documents are found", () => {
  test.each([
    [{ q: "rain" }, ["A note", "A wet briefing"]],
    [{ q: "umbrellas" }, ["A note", "Umbrella report"]],
    [{ q: "wet rain" }, ["A wet briefing"]],
    [{ q: '"wet briefing"' }, ["A wet briefing"]],
    [{ q: '"briefing the rain"' }, []],
    [{ q: "briefing NEAR/50 rain" }, []],
    [{ q: '"did not end."' }, ["A wet briefing"]],
    [{ q: "文件" }, ["治理文件"]],
    [{ q: "治" }, ["治理文件"]],
    [{ q: "rain -briefing" }, ["A note"]],
    [{ q: "rain", until: "2026" }, ["A wet briefing"]],
    [{ since: "2026-05-20" }, ["Umbrella report", "治理文件"]],
    [{ q: "-since:2026" }, ["A note"]],
    [{ lang: "zh" }, ["治理文件"]],
    [{ source: "southmark-news" }, ["A note"]],
    [{ class: "ministry-briefing", q: "rain" }, ["A note", "A wet briefing"]],
    [{ actor: "norland" }, ["A wet briefing"]],
    [{ actor: "阿达" }, ["A wet briefing"]],
    [{ side: "north" }, ["A wet briefing"]],
    [{ body: "norland-ministry" }, ["A wet briefing"]],
    [{ body: "southmark" }, []],
    [{ topic: "process" }, ["A wet briefing"]],
    [{ kind: "direct" }, ["A wet briefing"]],
    [{ confidence: "0.95" }, []],
    [{ severity: "5" }, ["A wet briefing"]],
    [{ type: "talks" }, ["A wet briefing"]],
    [{ status: "background" }, []],
    [{ first: "yes" }, []],
    [{ first: "no", q: "rain" }, ["A note", "A wet briefing"]],
  ] as const)("%j finds what it should", async (parameters, expected) => {
    expect(await titlesOf(parameters)).toEqual([...expected].sort());
  });

  test("with what stands in a title before what stands in a text only, where the best are asked for", async () => {
    expect((await search({ q: "umbrella" })).map(({ title }) => title)).toEqual(["Umbrella report", "A note"]);
    expect((await search({ q: "note umbrella" }, "relevance")).map(({ title }) => title)).toEqual(["A note"]);
    await keep({
      text: `${"Something else. ".repeat(50)}An umbrella.`,
      article: { title: "Weather", publishedAt: buildDay("2026-06-01") },
    });
    const best = (await search({ q: "umbrella" }, "relevance")).map(({ title }) => title);
    expect(best).toEqual(["Umbrella report", "A note", "Weather"]);
  });

  test("when they were withdrawn too, and it is said", async () => {
    const { documentId } = await keep({ text: "A page that went.", article: { title: "Gone page" } });
    await lookAgain(db(), documentId, "gone");
    expect(await search({ q: "went" })).toMatchObject([{ title: "Gone page", withdrawnAt: noon }]);
  });
});

describe("the index follows what counts", () => {
  test("a new document is found once it is indexed, and indexing it again changes nothing", async () => {
    const { documentId, versionId } = await keepDocument(db(), {
      text: "A zeppelin came.",
      article: { title: "Airship" },
    });
    expect(await titlesOf({ q: "zeppelin" })).toEqual([]);
    expect(await unindexedDocuments(db(), { now: noon }, 10)).toEqual([documentId]);
    for (const _ of [1, 2]) await indexDocuments(db(), [documentId]);
    expect(await titlesOf({ q: "zeppelin" })).toEqual(["Airship"]);
    expect(await unindexedDocuments(db(), { now: noon }, 10)).toEqual([]);
    const rows = await db().execute(
      sql`select version_id::int as v from document_index where document_id = ${documentId}`,
    );
    expect(rows).toEqual([{ v: versionId }]);
  });

  test("an edited one is found by its new words, and by its old ones no more", async () => {
    const url = "https://norland.example/landing";
    await keep({ url, text: "The dirigible landed.", article: { title: "Landing" } });
    const capture = await buildCapture(db(), { url, identity: url, body: "edited", fetchedAt: secondsOn(60) });
    await keepDocument(db(), { capture, cause: "edited", text: "The balloon landed.", article: { title: "Landing" } });
    expect(await unindexedDocuments(db(), { now: noon }, 10)).toEqual([capture.documentId]);
    await indexDocuments(db(), [capture.documentId]);
    expect(await titlesOf({ q: "balloon" })).toEqual(["Landing"]);
    expect(await titlesOf({ q: "dirigible" })).toEqual([]);
    expect(await titlesOf({ q: "landing" })).toEqual(["Landing"]);
  });
});

test("a name in capitals is not the word that it is in small letters", async () => {
  await keep({ text: "A windmill of the US.", article: { title: "Country" } });
  await keep({ text: "A windmill in the U.S. too.", article: { title: "With points" } });
  await keep({ text: "Show us the windmill.", article: { title: "Pronoun" } });
  expect((await titlesOf({ q: "windmill US" })).toSorted()).toEqual(["Country", "With points"]);
  expect((await titlesOf({ q: "windmill U.S." })).toSorted()).toEqual(["Country", "With points"]);
  expect((await titlesOf({ q: "windmill us" })).toSorted()).toEqual(["Country", "Pronoun", "With points"]);
  expect(await titlesOf({ q: "windmill -US" })).toEqual(["Pronoun"]);
});

describe("long texts", () => {
  const entryOf = (text: string) =>
    documentEntry({
      ...{ id: 1, versionId: 1, sourceId: null, title: "A long one", text, lang: null, published: null },
      ...{ actorIds: [], sides: [], topicIds: [], kinds: [], acts: [], fidelities: [] },
    });

  test("are found by words behind the places that Postgres keeps, and phrases there exactly", async () => {
    const text = `${"word ".repeat(40_000)} a lighthouse stood there`;
    await keep({ text, article: { title: "Lighthouse text" } });
    expect(await titlesOf({ q: "lighthouse" })).toEqual(["Lighthouse text"]);
    expect(await titlesOf({ q: '"a lighthouse stood"' })).toEqual(["Lighthouse text"]);
    expect(await titlesOf({ q: '"lighthouse a stood"' })).toEqual([]);
    expect(await titlesOf({ q: "lighthouse NEAR/2 there" })).toEqual(["Lighthouse text"]);
  });

  test("know where a word stands however often another one does", async () => {
    const often = "the ".repeat(300);
    await keep({ text: `A gasometer. ${often} The viaduct.`, article: { title: "Far apart" } });
    await keep({ text: `A gasometer, a viaduct. ${often}`, article: { title: "Side by side" } });
    expect(await titlesOf({ q: "gasometer NEAR/5 viaduct" })).toEqual(["Side by side"]);
    expect((await titlesOf({ q: "gasometer NEAR/5 the" })).toSorted()).toEqual(["Far apart", "Side by side"]);
  });

  test("are searched up to a million characters", async () => {
    const text = `${"word ".repeat(LONGEST_SEARCHED / 5)}submarine`;
    const { documentId } = await keep({ text: `periscope ${text}`, article: { title: "Very long" } });
    expect(await titlesOf({ q: "periscope" })).toEqual(["Very long"]);
    expect(await titlesOf({ q: "submarine" })).toEqual([]);
    expect((await documentsToIndex(db(), [documentId]))[0]?.text).toHaveLength(LONGEST_SEARCHED);
  });

  test("of more different words than Postgres can hold are kept by the first of them", async () => {
    const different = Array.from({ length: 100_000 }, (_, at) => `w${at.toString(36)}q`).join(" ");
    const { terms } = entryOf(different);
    const [row] = await db().execute<{ size: number }>(sql`select length(${terms}::tsvector) as size`);
    expect(row?.size).toBeGreaterThan(50_000);
    const hanzi = Array.from({ length: 400_000 }, (_, at) =>
      String.fromCodePoint(0x4e00 + ((at * 7_919 + Math.floor(at / 20_000) * 13 * (at % 7)) % 20_000)),
    ).join("");
    const [other] = await db().execute<{ size: number }>(sql`select length(${entryOf(hanzi).terms}::tsvector) as size`);
    expect(other?.size).toBeGreaterThan(50_000);
  });
});

test("an archive from before is indexed as a whole at the start, which says so once", async () => {
  const { documentId } = await keepDocument(db(), { text: "An obelisk.", article: { title: "Stone" } });
  await db().execute(sql`truncate document_index, search_state`);
  const said: string[] = [];
  await bringSearchUpToDate(db(), (sentence) => said.push(sentence));
  expect(said.filter((sentence) => /documents/.test(sentence))).toHaveLength(1);
  expect(await titlesOf({ q: "obelisk" })).toEqual(["Stone"]);
  expect(await titlesOf({ q: "rain" })).toEqual(["A note", "A wet briefing"]);
  await db().execute(sql`delete from document_index where document_id = ${documentId}`);
  await bringSearchUpToDate(db(), (sentence) => said.push(sentence));
  expect(await titlesOf({ q: "obelisk" }), "what comes later is left to reconcile").toEqual([]);
});
