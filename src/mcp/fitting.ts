/** Most bytes of an answer as JSON, its data and its text together: more is no use to an assistant, and a hundred of them are a flood. */
export const MOST_ANSWER_BYTES = 200_000;

/** Of these, what is kept for all that stands around the entries. */
const FRAME_BYTES = 8_000;

/** Most characters of a text in an entry that is too long by itself, UTF-16 units. */
const CUT_AT = 1_000;

/**
 * Takes as many entries from the first on as fit into one answer, as data and as text. Of one that does not fit by itself the long
 * texts are cut, and say so: there is always something to go on from.
 *
 * @param part - Which part of an answer they may fill.
 */
export function fitting<T>(entries: readonly T[], textOf: (entry: T) => string, part = 1): readonly T[] {
  const most = (MOST_ANSWER_BYTES - FRAME_BYTES) * part;
  let bytes = 0;
  const end = entries.findIndex((entry) => {
    bytes += bytesOf(entry) + bytesOf(textOf(entry));
    return bytes > most;
  });
  if (end === -1) return entries;
  return end === 0 ? entries.slice(0, 1).map(withCutTexts) : entries.slice(0, end);
}

/** A page of what was found: as many as fit, and where the next begins. `leftOut` says how many of those asked for did not fit. */
export type FittingPage<T> = {
  readonly entries: readonly T[];
  readonly next: string | null;
  readonly leftOut: string | null;
};

/** Brings a page no longer than fits into one answer; one that is too long is asked for anew, so that `next` goes on behind its last. */
export async function fittingPage<T>(
  limit: number,
  pageOf: (limit: number) => Promise<{ readonly entries: readonly T[]; readonly next: string | null }>,
  textOf: (entry: T) => string,
): Promise<FittingPage<T>> {
  const { entries, next } = await pageOf(limit);
  const shown = fitting(entries, textOf);
  if (shown.length === entries.length) return { entries: shown, next, leftOut: null };
  const page = await fittingPage(shown.length, pageOf, textOf);
  const missing = entries.length - page.entries.length;
  return { ...page, leftOut: `${missing} more did not fit into one answer; pass next as after to get them.` };
}

/** Counts the bytes of a value written as JSON. */
export function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? "");
}

/** Cuts a text that is longer than a thousand characters, and says so in its place; links stay whole. */
export function cutText(text: string): string {
  if (text.length <= CUT_AT || /^https?:\/\/\S+$/.test(text)) return text;
  return `${text.slice(0, CUT_AT).toWellFormed()} … [cut here: ${text.length - CUT_AT} characters more, see the link]`;
}

function withCutTexts<T>(value: T): T {
  if (typeof value === "string") return cutText(value) as T;
  if (Array.isArray(value)) return value.map(withCutTexts) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withCutTexts(part)])) as T;
}
