import { beforeAll, describe, expect, test } from "vitest";
import { chanceFrom, pick } from "../../../bench/site/chance.ts";
import { searchAndCountStatements, statementFacets } from "../../../src/db/search/statement-facets.ts";
import { countStatements, searchStatements } from "../../../src/db/search/statement-search.ts";
import type { KnownDate } from "../../../src/domain/known-date.ts";
import { matches } from "../../../src/domain/query/match.ts";
import { useDatabase } from "../../support/database.ts";
import { buildDay, buildStatement } from "../../support/readings.ts";
import { idsOfPages, newestFirst, QUESTIONS, questionOf, tally } from "../../support/search-oracle.ts";
import { keepCatalogue, keepDocument } from "../../web/archive.ts";

const db = useDatabase();

const WORDS = [
  "talks",
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
] as const;
const ACTORS = ["norland", "southmark", "ada-example"] as const;
const SIDES = { norland: "North", southmark: "South", "ada-example": "North" } as const;
/** Days so far apart, and so near to one another, that every length of window is met: most fall on a few days. */
const DAYS = [
  ...(["2026-05-21", "2026-05-21", "2026-05-20", "2026-05-01", "2026-04-30"] as const),
  ...(["2026-01-01", "2025-12-31", "2024-02-29"] as const),
] as const;
const FAR = ["2019-07-04", "2001-01-01", "1970-01-01", "1969-12-31", "1899-12-31", "0050-06-01"] as const;

type Said = { readonly words: string; readonly at: Date | null; readonly actorId: keyof typeof SIDES };
let said: readonly (Said & { readonly id: number })[] = [];

beforeAll(async () => {
  await keepCatalogue(db());
  const chance = chanceFrom(7);
  const below = (most: number) => Math.floor(chance() * most);
  const made: Said[] = [];
  for (let document = 0; document < 35; document += 1) {
    const sentences = Array.from({ length: 20 }, () => {
      const words = Array.from({ length: 2 + below(7) }, () => pick(chance, WORDS)).join(" ");
      const day = below(12) === 0 ? null : below(9) === 0 ? pick(chance, FAR) : pick(chance, DAYS);
      // An hour now and then, and the same moment often.
      const hour = day !== null && below(3) === 0 ? `T0${below(9)}:30Z` : "";
      return { words, date: day === null ? null : `${day}${hour}`, actorId: pick(chance, ACTORS) };
    });
    const text = sentences.map(({ words }) => words).join("\n");
    const statements = sentences.map(({ words, date, actorId }) =>
      buildStatement(text, words, {
        ...{ saidAt: date === null ? null : dateOf(date), actors: [{ actorId, method: "exact", confidence: 1 }] },
      }),
    );
    await keepDocument(db(), { text, statements });
    made.push(
      ...sentences.map(({ words, date, actorId }) => ({ words, at: date === null ? null : new Date(date), actorId })),
    );
  }
  said = made.map((one, index) => ({ ...one, id: index + 1 }));
}, 120_000);

const dateOf = (value: string): KnownDate =>
  value.length > 10 ? { ...buildDay(value), precision: "minute" } : buildDay(value);

/** What the memory says, statement by statement. */
const expected = (q: string) => {
  const query = questionOf(q);
  const hits = said.filter(({ words, at, actorId }) =>
    matches(query, {
      ...{ text: words, actors: [actorId, ...(actorId === "ada-example" ? ["norland", "norland-ministry"] : [])] },
      ...{ bodies: [], sides: [SIDES[actorId]], topics: ["process.channel"], type: "none", status: "new", severity: 0 },
      ...{ kinds: ["direct"], acts: ["speech"], fidelities: ["verbatim-primary"], confidence: 0.9 },
      ...{ langs: [], sources: ["norland-briefings"], classes: [], at: at ?? new Date(Number.NaN) },
    }),
  );
  return newestFirst(hits);
};

describe.each(QUESTIONS)("%s", (q) => {
  test.each([1, 13, 800])("brings in pages of %i what asking each statement brings", async (limit) => {
    // One by one only at the beginning, where all that can go wrong from page to page has its turn.
    const most = limit === 1 ? 40 : Number.POSITIVE_INFINITY;
    const query = questionOf(q);
    const found = await idsOfPages((after) => searchStatements(db(), query, { limit, after }), most);
    expect(found).toEqual(
      expected(q)
        .map(({ id }) => id)
        .slice(0, most),
    );
  });

  test("brings the same pages where the newest are counted beside them, within what is counted and beyond", async () => {
    const query = questionOf(q);
    const newest = await statementFacets(db(), query, 30);
    const found = await idsOfPages(async (after) => {
      const { page, counts } = await searchAndCountStatements(db(), query, {
        ...{ limit: 13, after, order: "newest", counted: 30 },
      });
      expect(counts).toEqual(newest);
      return page;
    });
    expect(found).toEqual(expected(q).map(({ id }) => id));
  });

  test("is counted as asking each statement counts", async () => {
    const wanted = expected(q);
    const query = questionOf(q);
    expect(await countStatements(db(), query, 1_000)).toBe(wanted.length);
    const { of, complete, by } = await statementFacets(db(), query);
    expect([of, complete]).toEqual([wanted.length, true]);
    const sides = Object.fromEntries(by.side.map(({ id, count }) => [id, count]));
    expect(sides).toEqual(tally(wanted.map(({ actorId }) => SIDES[actorId])));
  });
});
