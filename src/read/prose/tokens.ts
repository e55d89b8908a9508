import type { Span } from "../../domain/span.ts";
import type { Quotation } from "./quotation.ts";

/** A word or mark of a sentence. */
export type Token = Span & {
  readonly text: string;
  readonly lower: string;
  readonly isWord: boolean;
  /** Number of the quotation it stands in, marks included; -1 outside. */
  readonly quote: number;
};

/** A sentence: its tokens, and its place without white space around it. */
export type Sentence = Span & { readonly tokens: readonly Token[] };

const TOKEN =
  /(?:[A-Z]\.){2,}(?:-[\p{L}\p{M}\p{N}]+)*|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|St|Jr|Sr|Prof|Adm|Capt|Rev|Hon|No|vs|Inc|Corp|Co|Ltd|Jan|Feb|Aug|Sept|Sep|Oct|Nov|Dec)\.(?=\s)|[A-Z]\.(?=\s+[A-Z])|[ap]\.m\.|\d[\d.,]*\d|\b(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Ww]e|I|[Ww]ho)(?=['’](?:s|re|ve|d|ll|m)\b)|['’](?:s|re|ve|d|ll|m)\b|[\p{L}\p{M}\p{N}]+(?:[-’'&\u2010\u2011./][\p{L}\p{M}\p{N}]+)*|''|``|\.{3}|\S/gu;

/** Cuts a paragraph into words and marks. */
export function tokenise(text: string, paragraph: Span, quotations: readonly Quotation[]): Token[] {
  const words = text.slice(paragraph.start, paragraph.end);
  let quote = 0;
  return [...words.matchAll(TOKEN)].map((match) => {
    const start = paragraph.start + match.index;
    const end = start + match[0].length;
    while (quote < quotations.length && (quotations[quote]?.outer.end ?? 0) <= start) quote++;
    const inside = (quotations[quote]?.outer.start ?? Number.POSITIVE_INFINITY) <= start;
    const isWord = /[\p{L}\p{N}]/u.test(match[0]);
    return { start, end, text: match[0], lower: match[0].toLowerCase(), isWord, quote: inside ? quote : -1 };
  });
}

/**
 * Cuts tokens into sentences. A full stop inside a quotation ends nothing but at the quotation's own end, and a
 * question or exclamation mark there ends nothing where "… she asked" follows.
 */
export function sentencesOf(
  tokens: readonly Token[],
  quotations: readonly Quotation[],
  isTag: (tokens: readonly Token[], from: number) => boolean,
): Sentence[] {
  const sentences: Sentence[] = [];
  let from = 0;
  for (let i = 0; i < tokens.length; i++) {
    const end = endsSentence(tokens, quotations, i, isTag);
    if (end === null) continue;
    sentences.push(sentence(tokens.slice(from, end)));
    from = end;
    i = end - 1;
  }
  if (from < tokens.length) sentences.push(sentence(tokens.slice(from)));
  return sentences;
}

function sentence(tokens: readonly Token[]): Sentence {
  return { tokens, start: tokens[0]?.start ?? 0, end: tokens.at(-1)?.end ?? 0 };
}

const TERMINAL = /^(?:[.!?]|\.{3}|…)$/;
const DOTTED = /^(?:U\.S\.|U\.K\.|U\.N\.|E\.U\.|[ap]\.m\.|(?:Inc|Corp|Co|Ltd|Jr|Sr)\.)$/;
const STARTER = new Set([
  "the",
  "he",
  "she",
  "they",
  "it",
  "in",
  "but",
  "on",
  "at",
  "we",
  "this",
  "that",
  "a",
  "an",
  "and",
  "“",
  '"',
]);

/** Gives the number of the token after the sentence, or null where it goes on. */
function endsSentence(
  tokens: readonly Token[],
  quotations: readonly Quotation[],
  i: number,
  isTag: (tokens: readonly Token[], from: number) => boolean,
): number | null {
  const token = tokens[i];
  if (!token) return null;
  const stops = TERMINAL.test(token.text);
  if (!stops && !DOTTED.test(token.text)) return null;
  let next = i + 1;
  while (
    next < tokens.length &&
    /^[”"’'」』)\]]$|^''$/.test(tokens[next]?.text ?? "") &&
    closesHere(tokens, quotations, next)
  )
    next++;
  const after = tokens[next];
  if (!after) return next;
  const inQuote = token.quote >= 0 ? quotations[token.quote] : undefined;
  if (inQuote && (tokens[next - 1]?.end ?? 0) < inQuote.outer.end) return null;
  if (!/^[\p{Lu}\p{N}“"「'‘(*•[]|^``/u.test(after.text)) return null;
  if (!stops) return STARTER.has(after.lower) && /^\p{Lu}|[“"]/u.test(after.text) ? next : null;
  if (inQuote && isTag(tokens, next)) return null;
  return next;
}

/** Whether a mark belongs to what ends here, not to a quotation that opens. */
function closesHere(tokens: readonly Token[], quotations: readonly Quotation[], at: number): boolean {
  const token = tokens[at];
  return token !== undefined && quotations[token.quote]?.outer.start !== token.start;
}
