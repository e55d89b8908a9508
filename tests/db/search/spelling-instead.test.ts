import { beforeAll, describe, expect, test } from "vitest";
import { spellingInstead } from "../../../src/db/search/spelling-instead.ts";
import type { QuestionParameters } from "../../../src/domain/query/ask.ts";
import { useDatabase } from "../../support/database.ts";
import { buildStatement } from "../../support/readings.ts";
import { keepCatalogue, keepDocument, keepWords } from "../../web/archive.ts";

const db = useDatabase();

beforeAll(async () => {
  await keepCatalogue(db());
  await keepWords(db(), "Guardrails on AI systems were discussed.");
  await keepWords(db(), "The company was not mentioned.");
});

describe("a question that meets nothing because a word is misspelt", () => {
  const meant = async (parameters: QuestionParameters) => {
    const spelt = await spellingInstead(db(), parameters);
    return spelt && `${spelt.words}: ${spelt.q} (${spelt.statements}${spelt.isMore ? " and more" : ""})`;
  };

  test.each([
    [{ q: "guardrials" }, "guardrails: guardrails (1)"],
    [{ q: "gaurdrails kind:direct -zebras" }, "guardrails: guardrails kind:direct -zebras (1)"],
    [{ q: "Gardrails discused" }, "guardrails discussed: guardrails discussed (1)"],
    [{ q: "(mentoined OR zebroids) lang:en" }, "mentioned: (mentioned OR zebroids) lang:en (1)"],
  ])("%o is asked again with words that stand in the archive", async (parameters, expected) => {
    expect(await meant(parameters)).toEqual(expected);
  });

  test.each([
    [{ q: "guardrails zebroid" }],
    [{ q: "guardrials", since: "2027" }],
    [{ q: '"guardrials"' }],
    [{ q: "-guardrials" }],
    [{ q: "红线" }],
    [{ q: "xyzzyx" }],
    [{ q: "(" }],
    [{}],
  ])("%o is not, where no such word is near or the other question meets nothing either", async (parameters) => {
    expect(await meant(parameters)).toBeNull();
  });
});

test("of a spelling that very many statements have, no more are counted than say so", async () => {
  const text = Array.from({ length: 103 }, (_, index) => `Quagmire number ${index}.`).join("\n");
  await keepDocument(db(), { text, statements: text.split("\n").map((line) => buildStatement(text, line)) });
  expect(await spellingInstead(db(), { q: "quagmier" })).toEqual({
    ...{ q: "quagmire", words: "quagmire" },
    ...{ statements: 100, isMore: true },
  });
});
