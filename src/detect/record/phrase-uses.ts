import type { Phrase } from "../../catalogue/phrase.ts";
import type { Span } from "../../domain/span.ts";

/** A place where a stock phrase is used. */
export type PhraseUse = Span & {
  readonly phraseId: string;
  /** The listed wording; null where the words are near it but changed. */
  readonly wording: string | null;
  readonly lang: "en" | "zh";
};

/** A wording must be as long as this for a changed one to be told from other words. */
const LEAST_WORDS = 4;
const LEAST_HANZI = 6;
/** Share of a wording's words, or pairs of hanzi, that must stand in order for other words to be a changed use of it. */
const SAME_ENOUGH = 0.7;

/**
 * Finds where watched phrases are used: in a listed wording, white space, case and quotation marks aside, or in a changed one, which
 * keeps at least seven words in ten, or pairs of hanzi, in their order. Inside a longer wording a shorter one of the same phrase
 * does not count again. Shorter wordings than four words or six hanzi are found as listed only. Those of a phrase whose wordings count
 * together are one use where all of them stand near each other, and none alone.
 */
export function findPhraseUses(text: string, phrases: readonly Phrase[]): readonly PhraseUse[] {
  const searched: SearchedText = { text, words: wordsOf(text), runs: [...text.matchAll(/[\p{Script=Han}、，“”]+/gu)] };
  return phrases.flatMap((phrase) => usesOf(searched, phrase)).sort((a, b) => a.start - b.start || a.end - b.end);
}

/** A text taken apart once, however many phrases are looked for. */
type SearchedText = {
  readonly text: string;
  /** Its words in small letters. */
  readonly words: readonly Word[];
  /** Its runs of hanzi with the marks between them. */
  readonly runs: readonly RegExpMatchArray[];
};

type Word = { readonly word: string; readonly index: number };

function wordsOf(text: string): readonly Word[] {
  return [...text.matchAll(/[\p{L}\p{N}-]+/gu)].map(({ index, 0: word }) => ({ word: word.toLowerCase(), index }));
}

/** Wordings that count together stand within so many UTF-16 units: one statement of a few sentences. */
const TOGETHER_WITHIN = 400;

/** Finds where all wordings of one language stand near each other: one use, from the first of them to the last. */
function usesTogether({ text }: SearchedText, { id, variants }: Phrase): readonly PhraseUse[] {
  return (["en", "zh"] as const).flatMap((lang) => {
    const places = variants[lang].map((wording) => placesOf(text, wording));
    const [first = [], ...others] = places;
    const found: PhraseUse[] = [];
    for (const place of first) {
      const near = others.map((list) => list.find((other) => reach([place, other]) <= TOGETHER_WITHIN));
      const all = [place, ...near.filter((other) => other !== undefined)];
      if (all.length < places.length || reach(all) > TOGETHER_WITHIN) continue;
      const [start, end] = [Math.min(...all.map((one) => one.start)), Math.max(...all.map((one) => one.end))];
      if (!found.some((other) => other.start < end && start < other.end))
        found.push({ start, end, phraseId: id, wording: variants[lang].join(", "), lang });
    }
    return found;
  });
}

function reach(places: readonly Span[]): number {
  return Math.max(...places.map(({ end }) => end)) - Math.min(...places.map(({ start }) => start));
}

function usesOf(searched: SearchedText, phrase: Phrase): readonly PhraseUse[] {
  if (phrase.together) return usesTogether(searched, phrase);
  const { id, variants } = phrase;
  const listed = [
    ...variants.en.map((wording) => ({ wording, lang: "en" as const })),
    ...variants.zh.map((wording) => ({ wording, lang: "zh" as const })),
  ].sort((a, b) => b.wording.length - a.wording.length);
  const found: PhraseUse[] = [];
  const isFree = ({ start, end }: Span) => !found.some((other) => other.start < end && start < other.end);
  for (const { wording, lang } of listed)
    for (const place of placesOf(searched.text, wording))
      if (isFree(place)) found.push({ ...place, phraseId: id, wording, lang });
  for (const { wording, lang } of listed)
    for (const place of lang === "en" ? nearEnglish(searched, wording) : nearChinese(searched, wording))
      if (isFree(place)) found.push({ ...place, phraseId: id, wording: null, lang });
  return found;
}

function placesOf(text: string, wording: string): readonly Span[] {
  return [...text.matchAll(patternOf(wording))].map(({ index, 0: match }) => ({
    start: index,
    end: index + match.length,
  }));
}

/** Patterns of the wordings seen so far: those of one catalogue. */
const patterns = new Map<string, RegExp>();

function patternOf(wording: string): RegExp {
  const known = patterns.get(wording);
  if (known) return known;
  const words = wording
    .trim()
    .split(/\s+/)
    .map(literally)
    .join("\\s+")
    .replace(/['‘’]/g, "['‘’]")
    .replace(/["“”]/g, '["“”]');
  const pattern = new RegExp(/^\p{Script=Latin}/u.test(wording) ? `(?<!\\p{L})${words}(?!\\p{L})` : words, "giu");
  patterns.set(wording, pattern);
  return pattern;
}

function nearEnglish({ text, words }: SearchedText, wording: string): readonly Span[] {
  const wanted = wording.toLowerCase().match(/[\p{L}\p{N}-]+/gu) ?? [];
  if (wanted.length < LEAST_WORDS) return [];
  const rare = new Set(wanted.filter((word) => word.length >= 4));
  const found: Span[] = [];
  for (let at = 0; at < words.length; at += 1) {
    if (words[at]?.word !== wanted[0] && words[at]?.word !== wanted[1]) continue;
    const window = words.slice(at, at + wanted.length + 2);
    const last = lastInOrder(
      window.map(({ word }) => word),
      wanted,
    );
    const end = window[last.at];
    const isRare = window.slice(0, last.at + 1).filter(({ word }) => rare.has(word)).length * 2 > rare.size;
    if (!end || !isRare || last.count < Math.ceil(wanted.length * SAME_ENOUGH)) continue;
    const start = words[at]?.index ?? 0;
    const place = { start, end: end.index + end.word.length };
    // A sentence that ends in between is no wording.
    if (/[.!?;]\s/.test(text.slice(place.start, place.end))) continue;
    found.push(place);
    at += last.at;
  }
  return found;
}

/** How many of the wanted words stand in a window in their order (greedy), and where the last of them stands. */
function lastInOrder(window: readonly string[], wanted: readonly string[]) {
  let next = 0;
  let count = 0;
  let at = 0;
  window.forEach((word, index) => {
    const place = wanted.indexOf(word, next);
    if (place < 0 || place > next + 1) return;
    [next, count, at] = [place + 1, count + 1, index];
  });
  return { count, at };
}

function nearChinese({ runs }: SearchedText, wording: string): readonly Span[] {
  const hanzi = [...wording].filter((one) => /\p{Script=Han}/u.test(one)).join("");
  if (hanzi.length < LEAST_HANZI) return [];
  const pairs = pairsOf(hanzi);
  const found: Span[] = [];
  for (const { index = 0, 0: run } of runs) {
    for (let at = 0; at + hanzi.length - 1 <= run.length; at += 1) {
      if (run[at] !== hanzi[0]) continue;
      const window = run.slice(at, at + wording.length + 1);
      const shared = pairsOf(window.replace(/[^\p{Script=Han}]/gu, "")).filter((pair) => pairs.includes(pair)).length;
      if (shared < pairs.length * SAME_ENOUGH) continue;
      found.push({ start: index + at, end: index + at + window.replace(/[、，“”]+$/u, "").length });
      at += window.length;
    }
  }
  return found;
}

function pairsOf(hanzi: string): readonly string[] {
  return Array.from({ length: Math.max(0, hanzi.length - 1) }, (_, at) => hanzi.slice(at, at + 2));
}

function literally(words: string): string {
  return words.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
