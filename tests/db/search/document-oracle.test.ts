import { beforeAll, describe, expect, test } from "vitest";
import { readPageKey } from "../../../src/db/page-key.ts";
import { documentFacets } from "../../../src/db/search/document-facets.ts";
import { indexDocuments, unindexedDocuments } from "../../../src/db/search/document-index.ts";
import { countDocuments, searchDocuments } from "../../../src/db/search/document-search.ts";
import { readQuestion } from "../../../src/domain/query/ask.ts";
import { matches } from "../../../src/domain/query/match.ts";
import { useDatabase } from "../../support/database.ts";
import { noon } from "../../support/moments.ts";
import { buildDay, buildStatement } from "../../support/readings.ts";
import { keepCatalogue, keepDocument } from "../../web/archive.ts";

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
];
const SIDES = { norland: "North", southmark: "South", "ada-example": "North" } as const;
const SOURCES = ["norland-briefings", "southmark-news"];
const DAYS = ["2026-05-21", "2026-05-21", "2026-05-20", "2026-05-01", "2026-04-30", "2025-12-31", "2024-02-29"];
const FAR = ["2001-01-01", "1969-12-31", "1899-12-31"];
const KINDS = ["direct", "indirect", "mixed"] as const;

type Written = {
  readonly title: string | null;
  readonly text: string;
  readonly lang: "en" | "zh" | null;
  readonly day: string | null;
  readonly sourceId: string;
  readonly said: readonly { readonly actorId: keyof typeof SIDES; readonly kind: (typeof KINDS)[number] }[];
};
let written: readonly (Written & { readonly id: number })[] = [];

beforeAll(async () => {
  await keepCatalogue(db());
  const chance = chanceFrom(11);
  const one = <T>(list: readonly T[]) => list[chance(list.length)] as T;
  const words = (most: number) => Array.from({ length: 1 + chance(most) }, () => one(WORDS)).join(" ");
  const made: Written[] = [];
  for (let document = 0; document < 300; document += 1) {
    const said = Array.from({ length: chance(3) }, () => ({
      actorId: one(Object.keys(SIDES)) as keyof typeof SIDES,
      kind: one(KINDS),
    }));
    const sentences = said.map(() => `${words(6)}.`);
    const text = [words(12), ...sentences, words(12)].join("\n");
    const title = chance(10) === 0 ? null : words(4);
    const day = chance(12) === 0 ? null : one(chance(9) === 0 ? FAR : DAYS);
    const [lang, sourceId] = [one(["en", "zh", null] as const), one(SOURCES)];
    const statements = said.map(({ actorId, kind }, place) =>
      buildStatement(text, sentences[place] ?? "", { kind, actors: [{ actorId, method: "exact", confidence: 1 }] }),
    );
    const article = { title, lang, publishedAt: day === null ? null : buildDay(day) };
    await keepDocument(db(), { text, statements, article, sourceId });
    made.push({ title, text, lang, day, sourceId, said });
  }
  const ids = await unindexedDocuments(db(), { now: noon }, 1_000);
  await indexDocuments(db(), ids);
  written = made.map((one, place) => ({ ...one, id: ids[place] as number }));
}, 120_000);

/** Nothing is near across title and text: words that nobody asks for stand between. */
const BETWEEN = `\n${"§x ".repeat(100)}\n`;

/** What the memory says, document by document: newest first, those without a date last. */
const expected = (q: string) => {
  const { query, mistakes } = readQuestion({ q });
  expect(mistakes).toEqual([]);
  const time = ({ day }: Written) => (day === null ? Number.NEGATIVE_INFINITY : Date.parse(day));
  const hits = written.filter(({ title, text, lang, day, sourceId, said }) =>
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
      at: new Date(day ?? Number.NaN),
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
  ...["hotline NEAR/50 guardrails", '"agreed. the"', "AI-talks", "人工智能 对话", "actor:norland talks", "side:South"],
  ...["side:North -the", "since:2026-05", "until:2020 talks", "since:2024 until:2026-04 the", "-since:2026-05 talks"],
  ...["(actor:southmark OR 对话) -hotline", '"the talks" OR actor:southmark', "topic:process 军控", "kind:indirect"],
  ...["kind:direct kind:mixed", "-kind:direct,mixed", "lang:zh", "-lang:en the", "source:southmark-news hotline"],
  ...["class:ministry-briefing AI", "confidence:0.5 talks", "act:speech", "fidelity:paraphrase", ""],
];

describe.each(QUESTIONS)("%s", (q) => {
  test.each([7, 500])("brings in pages of %i the documents that asking each of them brings", async (limit) => {
    const { query } = readQuestion({ q });
    const found: number[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof searchDocuments>> = await searchDocuments(db(), query, {
        limit,
        after: cursor === null ? null : readPageKey(cursor),
      });
      found.push(...page.rows.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== null);
    expect(found).toEqual(expected(q).map(({ id }) => id));
  });

  test("is counted, by field too, as asking each of them counts", async () => {
    const wanted = expected(q);
    const { query } = readQuestion({ q });
    expect(await countDocuments(db(), query, 1_000)).toBe(wanted.length);
    const { of, complete, by } = await documentFacets(db(), query);
    expect([of, complete]).toEqual([wanted.length, true]);
    const count = (values: readonly { readonly id: string; readonly count: number }[]) =>
      Object.fromEntries(values.map(({ id, count }) => [id, count]));
    const tally = (values: readonly (string | null | undefined)[]) => {
      const counts: Record<string, number> = {};
      for (const value of values) if (value) counts[value] = (counts[value] ?? 0) + 1;
      return counts;
    };
    expect(count(by.source)).toEqual(tally(wanted.map(({ sourceId }) => sourceId)));
    expect(count(by.class)).toEqual(tally(wanted.map(() => "ministry-briefing")));
    expect(count(by.lang)).toEqual(tally(wanted.map(({ lang }) => lang)));
    expect(count(by.year)).toEqual(tally(wanted.map(({ day }) => day?.slice(0, 4))));
  });

  test("brings the same documents by relevance, each once", async () => {
    const { query } = readQuestion({ q });
    const found: number[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof searchDocuments>> = await searchDocuments(db(), query, {
        ...{ limit: 50, after: cursor === null ? null : readPageKey(cursor), order: "relevance" },
      });
      found.push(...page.rows.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== null);
    expect(found.toSorted((a, b) => a - b)).toEqual(
      expected(q)
        .map(({ id }) => id)
        .toSorted((a, b) => a - b),
    );
  });
});
