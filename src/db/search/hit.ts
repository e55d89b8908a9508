import type { SQL } from "drizzle-orm";

/**
 * An index of terms that hits are looked for in: its table, which questions call `i` and which has the terms as `terms` and the days,
 * months and years as tags; the column that names what is found, and the column of its instant.
 */
export type TermIndex = { readonly table: SQL; readonly id: SQL; readonly instant: SQL };

/** What was found, with its instant in microseconds since 1970; null where its day is not known. */
export type Hit = { readonly id: number; readonly micros: string | null };

/** A hit, and where its row of the index stood when it was found (Postgres `ctid`): from there it is read again without a search. */
export type FoundHit = Hit & { readonly place: string };
