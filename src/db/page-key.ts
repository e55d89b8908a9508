import { type SQL, sql } from "drizzle-orm";

/** Where a page of a list begins: after the row with this instant and id. Rows without an instant come last. */
export type PageKey = { readonly micros: string | null; readonly id: string };

/** One page of a list, and the key that the next one starts after; null on the last page. */
export type Page<Row> = { readonly rows: readonly Row[]; readonly next: string | null };

/** Writes a key as the opaque word that stands in URLs. */
function writePageKey({ micros, id }: PageKey): string {
  return Buffer.from(`${micros ?? ""}~${id}`).toString("base64url");
}

/** Reads the word back; null when it was not written by `writePageKey`. */
export function readPageKey(word: string): PageKey | null {
  const match = /^(-?\d{1,18})?~([A-Za-z0-9_-]{1,80})$/.exec(Buffer.from(word, "base64url").toString("utf8"));
  if (!match || Number(match[1] ?? 0) < FIRST_MICROS) return null;
  return { micros: match[1] ?? null, id: match[2] as string };
}

/** Reads the key of a list whose rows go by numbers; null when it was not written for one. */
export function readNumberedKey(word: string): PageKey | null {
  const key = readPageKey(word);
  return key && /^[1-9]\d{0,14}$/.test(key.id) ? key : null;
}

/** Where the instants of Postgres begin: 4714-11-24 BC, in microseconds since 1970. */
const FIRST_MICROS = -210_866_803_200_000_000;

/** Gives an instant column as whole microseconds since 1970 in decimal, exactly. */
export function microsOf(column: SQL | { getSQL: () => SQL }): SQL<string | null> {
  return sql<string | null>`(extract(epoch from ${column}) * 1000000)::bigint::text`;
}

/** Turns whole microseconds since 1970 back into a Postgres instant, exactly. */
export function instantOf(micros: string): SQL {
  // In two parts: Postgres multiplies intervals as floating numbers, which are not exact for the microseconds of far centuries.
  const [seconds, rest] = [BigInt(micros) / 1_000_000n, BigInt(micros) % 1_000_000n];
  return sql`('epoch'::timestamptz + ${String(seconds)}::bigint * interval '1 second' + ${String(rest)}::bigint * interval '1 microsecond')`;
}

/** Cuts one row too many off a page and names the key of the next one. */
export function pageOf<Row>(rows: readonly Row[], limit: number, keyOf: (row: Row) => PageKey): Page<Row> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last !== undefined ? writePageKey(keyOf(last)) : null };
}
