import { readQuestion } from "../../src/domain/query/ask.ts";
import type { Query } from "../../src/domain/query/query.ts";
import { chanceFrom, pick } from "../site/chance.ts";
import { chineseWords, wordOfRank } from "./words.ts";

/** A group of questions with what they are called in the report. */
export type QuestionGroup = { readonly name: string; readonly questions: readonly Query[] };

/** Makes the questions that are timed: words from everywhere to once in ten thousand, with and without filters. */
export function questionGroups(each: number): readonly QuestionGroup[] {
  const chance = chanceFrom(77);
  const word = () => wordOfRank(Math.floor(30_000 ** chance()) - 1);
  const topic = () => pick(chance, ["frontier", "process", "chips", "military", "governance"]);
  const month = () => `20${21 + Math.floor(chance() * 5)}-0${1 + Math.floor(chance() * 9)}`;
  const two = () => chineseWords(chance).slice(0, 2);
  const line = (make: () => string) =>
    Array.from({ length: each }, () => {
      const { query, mistakes } = readQuestion({ q: make() });
      if (mistakes.length > 0) throw new Error(mistakes[0]?.message);
      return query;
    });
  return [
    {
      name: "words with filters",
      questions: line(() =>
        pick(chance, [
          `${word()} topic:${topic()}`,
          `${word()} side:China since:${month()}`,
          `${word()} kind:direct lang:en`,
          `${word()} ${word()} side:US`,
          `(${word()} OR ${word()}) -${word()} until:${month()}`,
          `side:US topic:${topic()}`,
        ]),
      ),
    },
    {
      name: "two Chinese characters",
      questions: line(() => pick(chance, [two(), two(), `${two()} side:China`, `${two()} ${two()}`])),
    },
    {
      name: "one character, NEAR, phrases",
      questions: line(() =>
        pick(chance, [two().slice(0, 1), `${word()} NEAR/5 talks`, `"${word()}"`, `"人工智能" ${two()}`]),
      ),
    },
  ];
}
