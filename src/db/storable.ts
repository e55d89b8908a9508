/**
 * Makes a text, or every text in plain data, one that Postgres can keep: NUL and lone surrogates become U+FFFD. The length stays,
 * so spans point to the same places as before. What can be kept as it is comes back unchanged.
 */
export function storable<T>(value: T): T {
  if (value !== null && typeof value === "object" && isStorableJson(JSON.stringify(value))) return value;
  return mended(value);
}

/** Tells of data written as JSON whether Postgres can keep every text in it as it is; "no" may also be said of a backslash before such words. */
export function isStorableJson(json: string): boolean {
  return !UNSTORABLE.test(json);
}

/** What JSON writes for NUL and lone surrogates, or for a backslash before such words: then each text is looked at. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/;

function mended<T>(value: T): T {
  if (typeof value === "string") return storableText(value) as T;
  if (Array.isArray(value)) return value.map(mended) as T;
  if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, mended(part)])) as T;
}

function storableText(text: string): string {
  if (!text.includes("\0") && text.isWellFormed()) return text;
  return text.replaceAll("\0", "\ufffd").toWellFormed();
}
