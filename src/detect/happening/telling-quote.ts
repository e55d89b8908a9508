import type { Span } from "../../domain/span.ts";
import { overlaps } from "../../domain/span.ts";
import { type Sentence, splitSentences } from "../words/sentences.ts";

/** Characters of letters or digits below which words say too little to be quoted, by how dense the script is. */
const LEAST = { han: 15, other: 40 } as const;

/**
 * Tells whether words say enough to be quoted to somebody who has not read the page: what stands in brackets
 * ("(Laughter.)", “（笑）”) is stage business and does not count.
 */
export function isWorthQuoting(words: string): boolean {
  const said = words.replace(/[([（【][^)\]）】]*[)\]）】]/gu, " ").trim();
  const han = said.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han >= LEAST.han || said.length >= LEAST.other;
}

/**
 * Cuts out of long words the sentence that holds most of the marks, and the next ones while there is room: exactly as it stands,
 * with … where something was left out.
 *
 * @param marks - Spans of the words that show what they are about.
 * @param longest - UTF-16 units; words that fit are given whole.
 */
export function tellingQuote(words: string, marks: readonly Span[], longest: number): string {
  if (words.length <= longest) return words;
  const sentences = splitSentences(words);
  const weigh = (sentence: Sentence) => marks.filter((mark) => overlaps(sentence, mark)).length;
  const most = Math.max(0, ...sentences.map(weigh));
  const first = sentences.findIndex((sentence) => weigh(sentence) === most);
  const told = sentences[first];
  if (!told) return cutAt(words, { start: 0, end: words.length }, longest);
  if (told.end - told.start > longest) return cutAt(words, aroundMark(told, marks, longest), longest);
  let end = told.end;
  for (const next of sentences.slice(first + 1)) {
    if (next.end - told.start > longest) break;
    end = next.end;
  }
  return cutAt(words, { start: told.start, end }, longest);
}

/** A sentence that is itself too long begins a little before its first mark, where that lies far in. */
function aroundMark({ start, end }: Span, marks: readonly Span[], longest: number): Span {
  const mark = marks.find((one) => one.start >= start && one.start < end);
  if (!mark || mark.end - start <= longest) return { start, end };
  return { start: Math.max(start, Math.min(mark.start - Math.floor(longest / 3), end - longest)), end };
}

function cutAt(words: string, { start, end }: Span, longest: number): string {
  const from = start > 0 && /[\p{L}\p{N}]/u.test(words[start - 1] ?? "") ? afterWord(words, start) : start;
  const to = end - from > longest ? beforeWord(words, from, from + longest) : end;
  const before = words.slice(0, from).trim() === "" ? "" : "… ";
  const after = words.slice(to).trim() === "" ? "" : " …";
  return `${before}${words.slice(from, to).trim()}${after}`;
}

function afterWord(words: string, at: number): number {
  const next = /[\s\p{Script=Han}]/u.exec(words.slice(at, at + 40));
  return next ? at + next.index : wholeAt(words, at);
}

function beforeWord(words: string, from: number, at: number): number {
  const space = words.lastIndexOf(" ", at);
  return space > from + (at - from) / 2 ? space : wholeAt(words, at);
}

/** A cut never goes through a character of two units. */
function wholeAt(words: string, at: number): number {
  return /[\udc00-\udfff]/.test(words[at] ?? "") ? at - 1 : at;
}
