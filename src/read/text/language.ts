import type { Language } from "../../domain/article.ts";

const HAN = /[\u3400-\u9fff\uf900-\ufaff]|[\ud840-\ud87f][\udc00-\udfff]/g;
const KANA_OR_HANGUL = /[\u3041-\u30ff\u1100-\u11ff\uac00-\ud7af]/g;
const LATIN_WORD = /[A-Za-z\u00c0-\u024f]+/g; // ranges, for script classes cost five times as much

/** Commonest words of English, and of other languages in Latin letters that share none of them. */
const ENGLISH = new Set(
  "the of and to in a is that for it was on are as with he said be by at from this have has not we an or they will its but were which you our who their i been would more about".split(
    " ",
  ),
);
const OTHER = new Set(
  "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei la le les de du et des un une est dans pour que qui sur au par el los las del se con por para una su al lo como il di che per della sono da do em um os das na o e het een van niet och att det som på av med og er til på w na się z nie jest i do że".split(
    " ",
  ),
);

/** Words that are looked at: enough to be sure, and a long text costs no more than a short one. */
const SAMPLE_LENGTH = 600;

/**
 * Tells whether a text is Chinese or English; null for another language or where there are too few words to tell.
 *
 * Chinese: ideographs without kana or hangul, at least as many as a third of the Latin words.
 * English: Latin words, among which English function words outnumber those of other languages.
 * Text of one to four Latin words counts as English when none of them is foreign.
 */
export function languageOf(text: string): Language | null {
  const sample = text.slice(0, SAMPLE_LENGTH);
  const words = sample.match(LATIN_WORD) ?? [];
  const han = sample.match(HAN)?.length ?? 0;
  if (han > 0 && han * 3 >= words.length) {
    const others = sample.match(KANA_OR_HANGUL)?.length ?? 0;
    return others * 10 > han ? null : "zh";
  }
  if (words.length === 0) return null;
  let english = 0;
  let foreign = 0;
  for (const word of words) {
    const lower = word.toLowerCase();
    if (ENGLISH.has(lower)) english++;
    if (OTHER.has(lower)) foreign++;
  }
  if (words.length < 5)
    return foreign > english || /[^\p{ASCII}\u0080-\u024f\u2000-\u206f\s]/u.test(sample) ? null : "en";
  return english > foreign && english * 12 >= words.length ? "en" : words.length < 12 && foreign === 0 ? "en" : null;
}
