import { type Span, wordsAt } from "../../domain/span.ts";
import type { Statement } from "../../domain/statement.ts";
import { plainWords } from "../words/plain-words.ts";
import { type Sentence, splitSentences } from "../words/sentences.ts";
import type { Scene } from "./context.ts";

/** Cuts a text into sentences, each with the statement that holds most of it, its neighbours and the question it answers. */
export function scenesOf(text: string, statements: readonly Statement[]): readonly Scene[] {
  const sentences = splitSentences(text);
  const plain = sentences.map((sentence) => plainWords(wordsAt(text, sentence)));
  const statementAt = findStatements(statements);
  return sentences.map((sentence, index) => {
    const statement = statementAt(sentence);
    return {
      sentence,
      plain: plain[index] ?? "",
      statement,
      nearby: `${plain[index - 1] ?? ""} ${plain[index + 1] ?? ""}`,
      asked: statement?.question ? plainWords(wordsAt(text, statement.question)) : askedBefore(sentences, plain, index),
    };
  });
}

/** How many sentences of an answer are read with the question. */
const ANSWER_LEAD = 3;

function askedBefore(sentences: readonly Sentence[], plain: readonly string[], index: number): string {
  let last = index - 1;
  while (last >= 0 && last >= index - ANSWER_LEAD && !sentences[last]?.question) last--;
  if (!sentences[last]?.question) return "";
  let first = last;
  while (sentences[first - 1]?.question) first--;
  return plain.slice(first, last + 1).join(" ");
}

/** Length of the stretches of text by which statements are found again, in UTF-16 units. */
const STRETCH = 1_000;

/** Makes ready to tell which statement holds most of a sentence: the first such, null where none holds any of it. */
function findStatements(statements: readonly Statement[]): (sentence: Span) => Statement | null {
  const numbersIn = new Map<number, number[]>();
  statements.forEach(({ content }, number) => {
    for (const stretch of new Set(content.flatMap(stretchesOf))) {
      const numbers = numbersIn.get(stretch);
      if (numbers) numbers.push(number);
      else numbersIn.set(stretch, [number]);
    }
  });
  return (sentence) => {
    const near = new Set(stretchesOf(sentence).flatMap((stretch) => numbersIn.get(stretch) ?? []));
    return mostOf(
      sentence,
      [...near].sort((a, b) => a - b).flatMap((number) => statements[number] ?? []),
    );
  };
}

function stretchesOf({ start, end }: Span): readonly number[] {
  const first = Math.floor(start / STRETCH);
  return Array.from({ length: Math.floor(end / STRETCH) - first + 1 }, (_, n) => first + n);
}

function mostOf(sentence: Span, statements: readonly Statement[]): Statement | null {
  let best: Statement | null = null;
  let most = 0;
  for (const statement of statements) {
    const shared = statement.content.reduce(
      (sum, span) => sum + Math.max(0, Math.min(span.end, sentence.end) - Math.max(span.start, sentence.start)),
      0,
    );
    if (shared > most) [best, most] = [statement, shared];
  }
  return best;
}
