/** Words of a Latin shingle and characters of a Chinese one: about the same stretch of speech. */
const LATIN_SIZE = 5;
const HAN_SIZE = 9;

/** Text beyond this many UTF-16 units is not looked at: a copy shows long before. */
const LONGEST = 200_000;

const HAN = /^[\u3400-\u9fff\uf900-\ufaff]$/;
const TOKEN = /[\u3400-\u9fff\uf900-\ufaff]|[\p{L}\p{M}\p{N}]+/gu;

/** Cuts a text into what is compared: lower-case words and single ideographs, without punctuation, spacing or width. */
export function tokensOf(text: string): readonly string[] {
  return text.slice(0, LONGEST).normalize("NFKC").toLowerCase().match(TOKEN) ?? [];
}

/** Tells whether most tokens are ideographs. */
export function isHan(tokens: readonly string[]): boolean {
  let count = 0;
  for (const token of tokens) if (HAN.test(token)) count++;
  return count * 2 > tokens.length;
}

/**
 * Hashes every run of a few tokens (w-shingles; Broder 1997), in the order of the text, as signed 32-bit numbers
 * because Postgres keeps those as `integer`. A text shorter than one shingle is one shingle.
 *
 * @param size - Tokens of a run; by default five words or nine ideographs.
 */
export function shinglesOf(tokens: readonly string[], size = isHan(tokens) ? HAN_SIZE : LATIN_SIZE): Int32Array {
  if (tokens.length === 0) return new Int32Array(0);
  const words = tokens.map(hashOf);
  const count = Math.max(1, words.length - size + 1);
  const shingles = new Int32Array(count);
  for (let start = 0; start < count; start++) {
    let hash = 0x9e3779b1;
    for (let at = start; at < start + size && at < words.length; at++)
      hash = Math.imul(hash ^ (words[at] ?? 0), 0x85ebca6b) + at - start;
    shingles[start] = scattered(hash);
  }
  return shingles;
}

/** FNV-1a over UTF-16 units. */
function hashOf(token: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < token.length; at++) hash = Math.imul(hash ^ token.charCodeAt(at), 0x01000193);
  return hash;
}

/** The finaliser of MurmurHash3: every bit of the input moves every bit of the output, so that samples are fair. */
function scattered(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
