import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { readPageKey } from "../../../src/db/page-key.ts";
import { filtersInstead } from "../../../src/db/search/filters-instead.ts";
import { unknownNames } from "../../../src/db/search/query-names.ts";
import { type FacetName, statementFacets } from "../../../src/db/search/statement-facets.ts";
import { countStatements, searchStatements } from "../../../src/db/search/statement-search.ts";
import { type QuestionParameters, readQuestion } from "../../../src/domain/query/ask.ts";
import { useDatabase } from "../../support/database.ts";
import { buildStatement } from "../../support/readings.ts";
import { buildCapture } from "../../support/rows.ts";
import { idsOfPages } from "../../support/search-oracle.ts";
import { keepCatalogue, keepDocument, keepWords } from "../../web/archive.ts";

const db = useDatabase();

const find = async (parameters: QuestionParameters) => {
  const { query, mistakes } = readQuestion(parameters);
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
    ["谈", []],
    ["对", [CHINESE]],
    ["guardrails OR 对话", [CHINESE, GUARD]],
    ["(guardrails OR talked) -list", [GUARD]],
    ["NOT AI", [CHINESE, OPENAI, TALK, UNDATED]],
    ["guardrails NEAR/3 systems", [GUARD]],
    ["guardrails NEAR/2 systems", []],
    ["人工 NEAR/4 对话", []],
    ["人工 NEAR/7 对话", [CHINESE]],
    ['"red line" OR topic:frontier', [CHINESE, GUARD, QUOTE]],
    ['-"red line" actor:norland', [CHINESE, GUARD]],
    ["-since:2026-05", [OPENAI, TALK, UNDATED]],
  ])("%s finds what it should", async (q, expected) => {
    if (expected === null) expect(readQuestion({ q }).mistakes).not.toEqual([]);
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
    if (expected === null) expect(readQuestion({ q }).mistakes).not.toEqual([]);
    else expect(await find({ q })).toEqual(expected);
  });

  test.each(["'; drop table statements; --", "a & b | !c", "\\", "(((", "*", ":*", "a\\", "\\M\\y[", "😀"])(
    "%s is searched for as words, or refused, and never breaks the query",
    async (q) => {
      const { query, mistakes } = readQuestion({ q });
      if (mistakes.length === 0) await searchStatements(db(), query, { limit: 5, after: null });
      const phrase = readQuestion({ q: `"x${q.replaceAll('"', "")}x"` });
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
    [{ side: "south" }, [MIXED, TALK]],
    [{ kind: "indirect,mixed" }, [OPENAI, TALK]],
    [{ source: "southmark-news" }, [QUOTE]],
    [{ since: "2026-05-20" }, [CHINESE, MIXED]],
    [{ until: "2026-04" }, [OPENAI, TALK]],
    [{ since: "2026-05-01", until: "2026-05-19" }, [GUARD, QUOTE]],
    [{ q: "actor:ada-example lang:zh" }, [CHINESE]],
    [{ actor: "nobody" }, []],
    [{ body: "norland-ministry" }, [CHINESE, GUARD]],
    [{ body: "norland-ministry", until: "2019" }, []],
    [{ class: "ministry-briefing", kind: "indirect" }, [TALK]],
    [{ fidelity: "paraphrase,verbatim-secondary,verbatim-primary,translated", kind: "mixed" }, [OPENAI]],
    [{ confidence: "0.99", kind: "indirect" }, []],
    [{ type: "talks" }, []],
    [{ severity: "1" }, []],
    [{ first: "no", kind: "mixed" }, [OPENAI]],
  ])("%j finds what it should", async (parameters, expected) => {
    expect(await find(parameters)).toEqual([...expected].sort());
  });
});

describe("what was found", () => {
  test("is counted by actor, side, topic, kind, language, source and year", async () => {
    const { query } = readQuestion({ q: "AI OR 人工智能 OR guardrails" });
    const { of, complete, by } = await statementFacets(db(), query);
    const counts = (name: FacetName) => by[name].map(({ id, count }) => `${id} ${count}`);
    expect([of, complete]).toEqual([4, true]);
    expect(counts("side")).toEqual(["North 3", "South 1"]);
    expect(counts("topic")).toEqual(["frontier.safety 2", "process.channel 2"]);
    expect(counts("lang")).toEqual(["en 2", "zh 2"]);
    expect(counts("year")).toEqual(["2026 4"]);
    expect(counts("source")).toEqual(["norland-briefings 3", "southmark-news 1"]);
  });

  test("is ordered by relevance when that is asked for, page by page", async () => {
    const { query } = readQuestion({ q: "guardrails OR discussed OR AI" });
    const all = await searchStatements(db(), query, { limit: 10, after: null, order: "relevance" });
    expect(all.rows[0]?.words).toBe(GUARD);
    const first = await searchStatements(db(), query, { limit: 1, after: null, order: "relevance" });
    const rest = await searchStatements(db(), query, {
      ...{ limit: 9, after: readPageKey(first.next ?? ""), order: "relevance" },
    });
    expect([...first.rows, ...rest.rows].map(({ id }) => id)).toEqual(all.rows.map(({ id }) => id));
  });
});

describe("names", () => {
  test("that nothing has are mistakes at their place, with the one that may have been meant", async () => {
    const q = "talks actor:norlnd topic:fronteir side:North type:talks";
    const { mentions } = readQuestion({ q, source: "southmark-nws" });
    const mistakes = await unknownNames(db(), mentions);
    expect(
      mistakes.map(({ parameter, start, end, suggestion }) => [
        parameter,
        parameter === "q" ? q.slice(start, end) : "",
        suggestion,
      ]),
    ).toEqual([
      ["q", "norlnd", "norland"],
      ["q", "fronteir", "frontier"],
      ["source", "", "southmark-news"],
    ]);
  });
});

describe("a question that meets nothing", () => {
  const meant = async (parameters: QuestionParameters) =>
    (await filtersInstead(db(), parameters)).map(({ q, statements }) => `${q} (${statements})`);

  test.each([
    [{ q: "Example" }, ["actor:ada-example (2)"]],
    [{ q: "examples since:2026-05-20" }, ["actor:ada-example since:2026-05-20 (1)"]],
    [{ q: '"Ada Example" guardrail' }, ["actor:ada-example guardrail (1)"]],
    [{ q: "Ada Example" }, ["actor:ada-example (2)"]],
    [{ q: "safety", since: "2026-05-20" }, ["topic:frontier.safety (1)"]],
    [{ q: "(safety OR nobody) -Example lang:zh" }, ["(topic:frontier.safety OR nobody) -Example lang:zh (1)"]],
  ])("%o is asked again with the topics and actors that its words name", async (parameters, expected) => {
    expect(await meant(parameters)).toEqual(expected);
  });

  test.each(["nobody", "e", "-Example", "", "(", "southmark NEAR norland", "ada-example lang:zh kind:indirect"])(
    "%j is not, where they name none of which something is said",
    async (q) => expect(await meant({ q })).toEqual([]),
  );

  test("topics are asked for by their labels too", async () => {
    const { query, mentions } = readQuestion({ q: "topic:Safety" });
    expect(await unknownNames(db(), mentions)).toEqual([]);
    const byId = readQuestion({ q: "topic:frontier.safety" });
    expect(await countStatements(db(), query, 100)).toBe(await countStatements(db(), byId.query, 100));
  });
});

describe("order and pages", () => {
  test("newest first, those without a date last, each exactly once at any page size", async () => {
    const { query } = readQuestion({});
    const all = await searchStatements(db(), query, { limit: 100, after: null });
    expect(all.rows.map(({ words }) => words)).toEqual([MIXED, CHINESE, GUARD, QUOTE, TALK, OPENAI, UNDATED]);
    for (const limit of [1, 2, 3, 6, 7]) {
      const seen = await idsOfPages((after) => searchStatements(db(), query, { limit, after }));
      expect(seen).toEqual(all.rows.map(({ id }) => id));
    }
  });

  test("statements of one moment, and several without any, do not get lost between pages", async () => {
    const text = Array.from({ length: 9 }, (_, index) => `Sentence number ${index} of this zebra.`).join("\n");
    const statements = text
      .split("\n")
      .map((line, index) => buildStatement(text, line, index < 5 ? {} : { saidAt: null }));
    await keepDocument(db(), { text, statements });
    const { query } = readQuestion({ q: "zebra" });
    const seen = await idsOfPages((after) => searchStatements(db(), query, { limit: 2, after }));
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

describe("a statement whose document was edited", () => {
  test("is found no more where the words are gone, and keeps its name where they stayed", async () => {
    const text = "Ostriches were promised.\nGiraffes were promised.";
    const [zebra, giraffe] = text.split("\n").map((line) => buildStatement(text, line));
    const url = "https://norland.example/animals";
    await keepDocument(db(), { url, text, statements: [zebra!, giraffe!] });
    const edited = "Giraffes  were promised.";
    const capture = await buildCapture(db(), { url, identity: url });
    await keepDocument(db(), { text: edited, statements: [buildStatement(edited, edited)], capture, cause: "edited" });
    expect(await find({ q: "ostriches" })).toEqual([]);
    expect(await find({ q: "giraffes" })).toEqual([edited]);
    const keys = await db().execute<{ key: string }>(
      sql`select distinct i.key from statement_index i join statements s on s.id = i.statement_id where s.words ilike 'giraffes%'`,
    );
    expect(keys).toHaveLength(1);
  });
});

test("a phrase of characters is found where a line breaks within it", async () => {
  const words = "双方谈到了火\n烈鸟的迁徙。";
  await keepWords(db(), words, { actors: [], topics: [], day: "2023-01-01" });
  expect(await find({ q: '"火烈鸟"' })).toEqual([words]);
  expect(await find({ q: '"烈鸟的迁徙"' })).toEqual([words]);
  expect(await find({ q: '"火烈鸟 迁徙"' })).toEqual([]);
});

describe("a statement so long that the index cannot keep every place", () => {
  const OFTEN = `${"The walruses of the north. ".repeat(200)}In the end the moonlit accord on the zebras stands.`;
  const LONG = `${Array.from({ length: 16_500 }, (_, index) => `n${index}`).join(" ")} then the sunlit accord on zebras stands.`;

  const CHARACTERS = `${"南方会谈。".repeat(300)}海豹与企鹅。鹅卵石协议。`;

  beforeAll(async () => {
    for (const words of [OFTEN, LONG, CHARACTERS])
      await keepWords(db(), words, { actors: [], topics: [], day: "2024-01-01" });
  });

  test.each([
    ['"the moonlit accord"', [OFTEN]],
    ['"moonlit the accord"', []],
    ['"the accord"', []],
    ["the NEAR/2 moonlit", [OFTEN]],
    ['"the zebras stands"', [OFTEN]],
    ['"sunlit accord"', [LONG]],
    ['"accord sunlit"', []],
    ["sunlit NEAR/3 zebras", [LONG]],
    ["sunlit NEAR/3 unicorn", []],
    ["sunlit-accord", [LONG]],
    ['"鹅卵石协议"', [CHARACTERS]],
    ['"企鹅卵石"', []],
    ["企鹅卵石", []],
    ["企鹅 NEAR/1 南方", [CHARACTERS]],
  ])("is found by %s where it should be", async (q, expected) => {
    expect(await find({ q, until: "2024" })).toEqual(expected);
  });
});
