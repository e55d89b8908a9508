import { analyse } from "chardet";
import iconv from "iconv-lite";

/** Bytes that are enough to guess from. */
const GUESS_BYTES = 50_000;

/** Below this confidence (0 to 100) a guess by letter frequencies is chance: short texts stay below it. */
const LEAST_CONFIDENCE = 30;

/** Encodings that are read as the larger ones that publishers mean by them. */
const SUPERSETS: Readonly<Record<string, string>> = {
  "ISO-8859-1": "windows-1252",
  "ISO-8859-8": "windows-1255",
  "ISO-8859-9": "windows-1254",
};

/** So much surer than the next guess must the best one be. */
const LEAD = 1.2;

/**
 * Guesses the encoding of bytes that are no UTF-8 and whose declaration is missing or false, by our names for encodings.
 *
 * Letter frequencies (ICU's method, package chardet) decide where there is text enough; in short texts Chinese is told from
 * Western by its ideographs. Nothing known gives windows-1252, as in browsers.
 */
export function detectCharset(bytes: Buffer): string {
  const text = withoutTags(bytes.subarray(0, GUESS_BYTES));
  const found = analyse(text).flatMap(({ name, confidence }) => {
    const label = ourName(name);
    return label !== null && fits(text, label) ? [{ label, confidence }] : [];
  });
  const [best] = found;
  const next = found.find(({ label }) => label !== best?.label);
  if (best && best.confidence >= LEAST_CONFIDENCE && best.confidence >= LEAD * (next?.confidence ?? 0))
    return best.label;
  return looksChinese(text) ? "gb18030" : "windows-1252";
}

/** Tags hide the language of what stands between them. No byte of a multi-byte character is `<` or `>` in the encodings told apart here. */
function withoutTags(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString("latin1").replace(/<[^<>]{0,2000}>/g, " "), "latin1");
}

function ourName(name: string): string | null {
  if (/^(?:UTF|ASCII|ISO-2022)/.test(name)) return null;
  const label = SUPERSETS[name] ?? name.toLowerCase();
  return iconv.encodingExists(label) ? label : null;
}

/** The last character may be cut. */
function fits(bytes: Buffer, label: string): boolean {
  return !iconv.decode(bytes, label).slice(0, -1).includes("\ufffd");
}

/** Chinese text decodes as GB18030 without error into mostly common ideographs. */
function looksChinese(bytes: Buffer): boolean {
  const chinese = iconv.decode(bytes, "gb18030");
  if (chinese.slice(0, -1).includes("\ufffd")) return false;
  const ideographs = chinese.match(/[\u4e00-\u9fff\u3000-\u303f\uff00-\uff65]/g)?.length ?? 0;
  const others = chinese.match(/[^\p{ASCII}\u4e00-\u9fff\u3000-\u303f\uff00-\uff65\u2010-\u2026]/gu)?.length ?? 0;
  const runs = chinese.match(/[\u4e00-\u9fff]{2}/g)?.length ?? 0;
  return ideographs > 4 * others && runs * 4 > ideographs;
}
