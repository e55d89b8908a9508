import { beforeAll, describe, expect, test } from "vitest";
import { readPageKey } from "../../src/db/page-key.ts";
import { countStatements, searchStatements } from "../../src/db/statement-search.ts";
import { readSearch, type SearchParameters } from "../../src/domain/search-query.ts";
import { useDatabase } from "../support/database.ts";
import { buildStatement } from "../support/readings.ts";
import { buildCapture } from "../support/rows.ts";
import { keepCatalogue, keepDocument, keepWords } from "../web/archive.ts";

const db = useDatabase();

const find = async (parameters: SearchParameters) => {
  const { query, mistakes } = readSearch(parameters);
  expect(mistakes).toEqual([]);
  const { rows } = await searchStatements(db(), query, { limit: 100, after: null });
  expect(await countStatements(db(), query, 1_000)).toBe(rows.length);
  return rows.map(({ words }) => words).sort();
};

const by = (actorId: string) => [{ actorId, method: "exact" as const, confidence: 1 }];
const about = (id: string) => [{ id, score: 1, evidence: [] }];

const GUARD = "Guardrails on AI systems were discussed.";
const TALK = "They talked about 50% of the_list.";
const QUOTE = "It isn’t a “red line” for   us, nor for AIs.";
const OPENAI = "The company OpenAI was not mentioned.";
const CHINESE = "我们愿意就人工智能安全开展对话。";
const MIXED = "双方讨论了AI治理问题。";
const UNDATED = "Nobody knows when this was said.";

beforeAll(async () => {
  await keepCatalogue(db());
  await keepWords(db(), GUARD, { actors: by("ada-example"), topics: about("frontier.safety"), day: "2026-05-19" });
  await keepWords(db(), TALK, { actors: by("southmark"), kind: "indirect", day: "2026-04-30" });
  await keepWords(db(), QUOTE, { actors: by("norland"), day: "2026-05-01", sourceId: "southmark-news" });
  await keepWords(db(), OPENAI, { actors: [], topics: [], kind: "mixed", day: "2025-12-31" });
  await keepWords(db(), CHINESE, { actors: by("ada-example"), topics: about("frontier.safety"), day: "2026-05-20" });
  await keepWords(db(), MIXED, { actors: by("southmark"), day: "2026-05-21" });
  await keepWords(db(), UNDATED, { actors: [], topics: [], day: null });
});

describe("words", () => {
  test.each([
    ["guardrail", [GUARD]],
    ["talking", [TALK]],
    ["discuss system", [GUARD]],
    ["AI", [GUARD, MIXED, QUOTE]],
    ["line", [QUOTE]],
    ["isn’t", [QUOTE]],
    ["openai", [OPENAI]],
    ["the", [OPENAI, TALK]],
    ["人工智能", [CHINESE]],
    ["对话", [CHINESE]],
    ["AI治理", [MIXED]],
    ["ai治理", [MIXED]],
    ["人工智能 对话", [CHINESE]],
    ["人工智能 -对话", []],
    ["discussed -guardrails", []],
    ["guardrails talked", []],
    ["unicorn", []],
    ["50%", [TALK]],
    ["%", null],
  ])("%s finds what it should", async (q, expected) => {
    if (expected === null) expect(readSearch({ q }).mistakes).not.toEqual([]);
    else expect(await find({ q })).toEqual([...expected].sort());
  });

  test.each([
    ['"red line"', [QUOTE]],
    ['"red line for us"', []],
    ['"isn\'t a"', [QUOTE]],
    ['"Guardrails on AI"', [GUARD]],
    ['"guardrails AI"', []],
    ['"guardrail on"', []],
    ['"were discussed."', [GUARD]],
    ['"of the"', [TALK]],
    ['"the_list"', [TALK]],
    ['"the.list"', []],
    ['"开展对话"', [CHINESE]],
    ['"人%能"', []],
    ['"for us"', [QUOTE]],
  ])("%s is looked for as it is written", async (q, expected) => {
    if (expected === null) expect(readSearch({ q }).mistakes).not.toEqual([]);
    else expect(await find({ q })).toEqual(expected);
  });

  test.each(["'; drop table statements; --", "a & b | !c", "\\", "(((", "*", ":*", "a\\", "\\M\\y[", "😀"])(
    "%s is searched for as words, or refused, and never breaks the query",
    async (q) => {
      const { query, mistakes } = readSearch({ q });
      if (mistakes.length === 0) await searchStatements(db(), query, { limit: 5, after: null });
      const phrase = readSearch({ q: `"x${q.replaceAll('"', "")}x"` });
      if (phrase.mistakes.length === 0) await searchStatements(db(), phrase.query, { limit: 5, after: null });
      expect(await find({ q: "unicorn" })).toEqual([]);
    },
  );
});

describe("filters", () => {
  test.each([
    [{ actor: "southmark" }, [MIXED, TALK]],
    [{ actor: "Southmark" }, [MIXED, TALK]],
    [{ actor: "南标" }, [MIXED, TALK]],
    [{ actor: "norland" }, [CHINESE, GUARD, QUOTE]],
    [{ actor: "norland-ministry" }, [CHINESE, GUARD]],
    [{ actor: "southmark,ada-example" }, [CHINESE, GUARD, MIXED, TALK]],
    [{ topic: "frontier" }, [CHINESE, GUARD]],
    [{ topic: "frontier.safety", lang: "zh" }, [CHINESE]],
    [{ bloc: "south" }, [MIXED, TALK]],
    [{ kind: "indirect,mixed" }, [OPENAI, TALK]],
    [{ source: "southmark-news" }, [QUOTE]],
    [{ since: "2026-05-20" }, [CHINESE, MIXED]],
    [{ until: "2026-04" }, [OPENAI, TALK]],
    [{ since: "2026-05-01", until: "2026-05-19" }, [GUARD, QUOTE]],
    [{ q: "actor:ada-example lang:zh" }, [CHINESE]],
    [{ actor: "nobody" }, []],
  ])("%j finds what it should", async (parameters, expected) => {
    expect(await find(parameters)).toEqual([...expected].sort());
  });
});

describe("order and pages", () => {
  test("newest first, those without a date last, each exactly once at any page size", async () => {
    const { query } = readSearch({});
    const all = await searchStatements(db(), query, { limit: 100, after: null });
    expect(all.rows.map(({ words }) => words)).toEqual([MIXED, CHINESE, GUARD, QUOTE, TALK, OPENAI, UNDATED]);
    for (const limit of [1, 2, 3, 6, 7]) {
      const seen: number[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof searchStatements>> = await searchStatements(db(), query, {
          limit,
          after: cursor === null ? null : readPageKey(cursor),
        });
        seen.push(...page.rows.map(({ id }) => id));
        cursor = page.next;
      } while (cursor !== null);
      expect(seen).toEqual(all.rows.map(({ id }) => id));
    }
  });

  test("statements of one moment, and several without any, do not get lost between pages", async () => {
    const text = Array.from({ length: 9 }, (_, index) => `Sentence number ${index} of this zebra.`).join("\n");
    const statements = text
      .split("\n")
      .map((line, index) => buildStatement(text, line, index < 5 ? {} : { saidAt: null }));
    await keepDocument(db(), { text, statements });
    const { query } = readSearch({ q: "zebra" });
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof searchStatements>> = await searchStatements(db(), query, {
        limit: 2,
        after: cursor === null ? null : readPageKey(cursor),
      });
      seen.push(...page.rows.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== null);
    expect(seen).toHaveLength(9);
    expect(new Set(seen).size).toBe(9);
  });
});

test("only what stands in the current version of a document is found", async () => {
  const text = (name: string) => `Only the ${name} version counts.`;
  const { documentId } = await keepDocument(db(), {
    text: text("walrus"),
    statements: [buildStatement(text("walrus"), text("walrus"))],
  });
  const { captureId } = await buildCapture(db());
  await keepDocument(db(), {
    ...{ text: text("otter"), statements: [buildStatement(text("otter"), text("otter"))], cause: "edited" },
    capture: { captureId, documentId },
  });
  expect(await find({ q: "walrus" })).toEqual([]);
  expect(await find({ q: "otter" })).toEqual([text("otter")]);
});
