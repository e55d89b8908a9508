import { beforeAll, describe, expect, test } from "vitest";
import { chanceFrom, pick } from "../../../bench/site/chance.ts";
import { documentFacets, searchAndCountDocuments } from "../../../src/db/search/document-facets.ts";
import { indexDocuments, unindexedDocuments } from "../../../src/db/search/document-index.ts";
import { countDocuments, searchDocuments } from "../../../src/db/search/document-search.ts";
import { matches } from "../../../src/domain/query/match.ts";
import { useDatabase } from "../../support/database.ts";
import { noon } from "../../support/moments.ts";
import { buildDay, buildStatement } from "../../support/readings.ts";
import { idsOfPages, newestFirst, QUESTIONS, questionOf, tally } from "../../support/search-oracle.ts";
import { keepCatalogue, keepDocument } from "../../web/archive.ts";

const db = useDatabase();

const WORDS = [
  "talks",
  "talks",
  "guardrails",
  "hotline",
  "the",
  "the",
  "of",
  "AI",
  "人工智能",
  "对话",
  "军控",
  "agreed.",
] as const;
const SIDES = { norland: "North", southmark: "South", "ada-example": "North" } as const;
const SPEAKERS = ["norland", "southmark", "ada-example"] as const;
const SOURCES = ["norland-briefings", "southmark-news"] as const;
const LANGS = ["en", "zh", null] as const;
const DAYS = [
  "2026-05-21",
  "2026-05-21",
  "2026-05-20",
  "2026-05-01",
  "2026-04-30",
  "2025-12-31",
  "2024-02-29",
] as const;
const FAR = ["2001-01-01", "1969-12-31", "1899-12-31"] as const;
const KINDS = ["direct", "indirect", "mixed"] as const;

type Written = {
  readonly title: string | null;
  readonly text: string;
  readonly lang: "en" | "zh" | null;
  readonly at: Date | null;
  readonly sourceId: string;
  readonly said: readonly { readonly actorId: keyof typeof SIDES; readonly kind: (typeof KINDS)[number] }[];
};
let written: readonly (Written & { readonly id: number })[] = [];

beforeAll(async () => {
  await keepCatalogue(db());
  const chance = chanceFrom(11);
  const below = (most: number) => Math.floor(chance() * most);
  const words = (most: number) => Array.from({ length: 1 + below(most) }, () => pick(chance, WORDS)).join(" ");
  const made: Written[] = [];
  for (let document = 0; document < 300; document += 1) {
    const said = Array.from({ length: below(3) }, () => ({
      actorId: pick(chance, SPEAKERS),
      kind: pick(chance, KINDS),
    }));
    const sentences = said.map(() => `${words(6)}.`);
    const text = [words(12), ...sentences, words(12)].join("\n");
    const title = below(10) === 0 ? null : words(4);
    const day = below(12) === 0 ? null : below(9) === 0 ? pick(chance, FAR) : pick(chance, DAYS);
    const [lang, sourceId] = [pick(chance, LANGS), pick(chance, SOURCES)];
    const statements = said.map(({ actorId, kind }, place) =>
      buildStatement(text, sentences[place] ?? "", { kind, actors: [{ actorId, method: "exact", confidence: 1 }] }),
    );
    const article = { title, lang, publishedAt: day === null ? null : buildDay(day) };
    await keepDocument(db(), { text, statements, article, sourceId });
    made.push({ title, text, lang, at: day === null ? null : new Date(day), sourceId, said });
  }
  const ids = await unindexedDocuments(db(), { now: noon }, 1_000);
  await indexDocuments(db(), ids);
  written = made.map((one, place) => ({ ...one, id: ids[place] as number }));
}, 120_000);

/** Nothing is near across title and text: words that nobody asks for stand between. */
const BETWEEN = `\n${"§x ".repeat(100)}\n`;

/** What the memory says, document by document. */
const expected = (q: string) => {
  const query = questionOf(q);
  const hits = written.filter(({ title, text, lang, at, sourceId, said }) =>
    matches(query, {
      text: [title ?? "", text].join(BETWEEN),
      actors: said.flatMap(({ actorId }) => [
        actorId,
        ...(actorId === "ada-example" ? ["norland", "norland-ministry"] : []),
      ]),
      ...{ bodies: [], sides: said.map(({ actorId }) => SIDES[actorId]), topics: said.map(() => "process.channel") },
      ...{ type: "none", status: "new", severity: 0, kinds: said.map(({ kind }) => kind) },
      ...{ acts: said.map(() => "speech"), fidelities: said.map(() => "verbatim-primary") },
      confidence: said.length > 0 ? 0.9 : null,
      ...{ langs: lang ? [lang] : [], sources: [sourceId], classes: ["ministry-briefing"] },
      at: at ?? new Date(Number.NaN),
    }),
  );
  return newestFirst(hits);
};

/** What only documents can be asked here: more than one language, source and manner of speaking. */
const MORE_QUESTIONS = [
  ...['"agreed. the"', "kind:indirect", "kind:direct kind:mixed", "-kind:direct,mixed", "lang:zh", "-lang:en the"],
  ...["source:southmark-news hotline", "class:ministry-briefing AI", "confidence:0.5 talks", "act:speech"],
  ...["fidelity:paraphrase"],
];

describe.each([...QUESTIONS, ...MORE_QUESTIONS])("%s", (q) => {
  test.each([7, 500])("brings in pages of %i the documents that asking each of them brings", async (limit) => {
    const query = questionOf(q);
    const found = await idsOfPages((after) => searchDocuments(db(), query, { limit, after }));
    expect(found).toEqual(expected(q).map(({ id }) => id));
  });

  test("is counted, by field too, as asking each of them counts", async () => {
    const wanted = expected(q);
    const query = questionOf(q);
    expect(await countDocuments(db(), query, 1_000)).toBe(wanted.length);
    const { of, complete, by } = await documentFacets(db(), query);
    expect([of, complete]).toEqual([wanted.length, true]);
    const count = (values: readonly { readonly id: string; readonly count: number }[]) =>
      Object.fromEntries(values.map(({ id, count }) => [id, count]));
    expect(count(by.source)).toEqual(tally(wanted.map(({ sourceId }) => sourceId)));
    expect(count(by.class)).toEqual(tally(wanted.map(() => "ministry-briefing")));
    expect(count(by.lang)).toEqual(tally(wanted.map(({ lang }) => lang)));
    expect(count(by.year)).toEqual(tally(wanted.map(({ at }) => at?.toISOString().slice(0, 4))));
  });

  test("brings the same documents by relevance, each once", async () => {
    const query = questionOf(q);
    const found = await idsOfPages((after) => searchDocuments(db(), query, { limit: 50, after, order: "relevance" }));
    const wanted = expected(q).map(({ id }) => id);
    expect(found.toSorted((a, b) => a - b)).toEqual(wanted.toSorted((a, b) => a - b));
  });

  test.each([
    ["newest", 60],
    ["relevance", 1_000],
  ] as const)("brings the same pages, the %s first, where %i of them are counted beside", async (order, counted) => {
    const query = questionOf(q);
    const newest = await documentFacets(db(), query, counted);
    const alone = await idsOfPages((after) => searchDocuments(db(), query, { limit: 50, after, order }));
    const found = await idsOfPages(async (after) => {
      const { page, counts } = await searchAndCountDocuments(db(), query, { limit: 50, after, order, counted });
      expect(counts).toEqual(newest);
      return page;
    });
    expect(found).toEqual(alone);
  });
});
