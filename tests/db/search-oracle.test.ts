import { beforeAll, describe, expect, test } from "vitest";
import { readPageKey } from "../../src/db/page-key.ts";
import { statementFacets } from "../../src/db/search/statement-facets.ts";
import { countStatements, searchStatements } from "../../src/db/search/statement-search.ts";
import type { KnownDate } from "../../src/domain/known-date.ts";
import { readQuestion } from "../../src/domain/query/ask.ts";
import { matches } from "../../src/domain/query/match.ts";
import { useDatabase } from "../support/database.ts";
import { buildDay, buildStatement } from "../support/readings.ts";
import { keepCatalogue, keepDocument } from "../web/archive.ts";

const db = useDatabase();

/** Numbers that look random and are the same in every run. */
const chanceFrom = (seed: number) => {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

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
];
const ACTORS = ["norland", "southmark", "ada-example"];
const SIDES = { norland: "North", southmark: "South", "ada-example": "North" } as const;
/** Days so far apart, and so near to one another, that every length of window is met: most fall on a few days. */
const DAYS = [
  "2026-05-21",
  "2026-05-21",
  "2026-05-20",
  "2026-05-01",
  "2026-04-30",
  "2026-01-01",
  "2025-12-31",
  "2024-02-29",
];
const FAR = ["2019-07-04", "2001-01-01", "1970-01-01", "1969-12-31", "1899-12-31", "0050-06-01"];

type Said = { readonly words: string; readonly at: Date; readonly actorId: keyof typeof SIDES };
let said: readonly (Said & { readonly id: number })[] = [];

beforeAll(async () => {
  await keepCatalogue(db());
  const chance = chanceFrom(7);
  const one = <T>(list: readonly T[]) => list[chance(list.length)] as T;
  const made: Said[] = [];
  for (let document = 0; document < 35; document += 1) {
    const sentences = Array.from({ length: 20 }, () => {
      const words = Array.from({ length: 2 + chance(7) }, () => one(WORDS)).join(" ");
      const day = chance(12) === 0 ? null : one(chance(9) === 0 ? FAR : DAYS);
      // An hour now and then, and the same moment often.
      const hour = day !== null && chance(3) === 0 ? `T0${chance(9)}:30Z` : "";
      return { words, date: day === null ? null : `${day}${hour}`, actorId: one(ACTORS) as keyof typeof SIDES };
    });
    const text = sentences.map(({ words }) => words).join("\n");
    const statements = sentences.map(({ words, date, actorId }) =>
      buildStatement(text, words, {
        ...{ saidAt: date === null ? null : dateOf(date), actors: [{ actorId, method: "exact", confidence: 1 }] },
      }),
    );
    await keepDocument(db(), { text, statements });
    made.push(...sentences.map(({ words, date, actorId }) => ({ words, at: new Date(date ?? Number.NaN), actorId })));
  }
  said = made.map((one, index) => ({ ...one, id: index + 1 }));
}, 120_000);

const dateOf = (value: string): KnownDate =>
  value.length > 10 ? { ...buildDay(value), precision: "minute" } : buildDay(value);

/** What the memory says, statement by statement: newest first, those without a date last. */
const expected = (q: string) => {
  const { query, mistakes } = readQuestion({ q });
  expect(mistakes).toEqual([]);
  const time = ({ at }: Said) => (Number.isNaN(at.getTime()) ? Number.NEGATIVE_INFINITY : at.getTime());
  const hits = said.filter(({ words, at, actorId }) =>
    matches(query, {
      ...{ text: words, actors: [actorId, ...(actorId === "ada-example" ? ["norland", "norland-ministry"] : [])] },
      ...{ bodies: [], sides: [SIDES[actorId]], topics: ["process.channel"], type: "none", status: "new", severity: 0 },
      ...{ kinds: ["direct"], acts: ["speech"], fidelities: ["verbatim-primary"], confidence: 0.9 },
      ...{ langs: [], sources: ["norland-briefings"], classes: [], at },
    }),
  );
  return hits.toSorted((a, b) => (time(a) === time(b) ? b.id - a.id : time(b) - time(a)));
};

const QUESTIONS = [
  ...[
    "talks",
    "hotline",
    "the",
    "人工智能",
    "对话",
    "人",
    "unheard",
    "talks hotline",
    "talks OR 军控",
    "guardrails -talks",
  ],
  ...[
    '"talks talks"',
    '"the talks"',
    "-talks",
    '-"the talks"',
    "talks NEAR/1 the",
    "人工智能 NEAR/3 talks",
    "-人工智能",
  ],
  ...["人工智能 对话", "actor:norland talks", "side:South", "side:North -the", "since:2026-05", "until:2020 talks"],
  ...["since:2024 until:2026-04 the", '"talks of" until:2026-05-20', "talks since:2026-05-21", "-since:2026-05 talks"],
  ...["(actor:southmark OR 对话) -hotline", '"the talks" OR actor:southmark', "topic:process 军控", "the of"],
];

describe.each(QUESTIONS)("%s", (q) => {
  test.each([1, 13, 800])("brings in pages of %i what asking each statement brings", async (limit) => {
    const wanted = expected(q).map(({ id }) => id);
    // One by one only at the beginning, where all that can go wrong from page to page has its turn.
    const most = limit === 1 ? 40 : Number.POSITIVE_INFINITY;
    const { query } = readQuestion({ q });
    const found: number[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof searchStatements>> = await searchStatements(db(), query, {
        limit,
        after: cursor === null ? null : readPageKey(cursor),
      });
      found.push(...page.rows.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== null && found.length < most);
    expect(found).toEqual(wanted.slice(0, most));
  });

  test("is counted as asking each statement counts", async () => {
    const wanted = expected(q);
    const { query } = readQuestion({ q });
    expect(await countStatements(db(), query, 1_000)).toBe(wanted.length);
    const { of, complete, by } = await statementFacets(db(), query);
    expect([of, complete]).toEqual([wanted.length, true]);
    const sides = wanted.map(({ actorId }) => SIDES[actorId]);
    for (const side of ["North", "South"] as const) {
      const count = sides.filter((one) => one === side).length;
      expect(by.side.find(({ id }) => id === side)?.count ?? 0).toBe(count);
    }
  });
});
