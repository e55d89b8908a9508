import { sql } from "drizzle-orm";
import { bigint, check, index, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { id, instant, reference } from "./columns.ts";

/**
 * A seal over rows of the record: their digests, hashed together with the seal before. Whoever changes, removes or adds a row behind
 * Parley's back would have to make every later seal anew. Never changed.
 */
export const historySeals = pgTable(
  "history_seals",
  {
    /** 1, 2, 3 … without a gap. */
    number: integer().primaryKey(),
    /** Which table; see db/history/sealed-tables.ts. */
    noun: text().notNull(),
    /** The rows sealed: above `afterId`, up to and including `lastId`. */
    afterId: reference().notNull(),
    lastId: reference().notNull(),
    ids: bigint({ mode: "number" }).array().notNull(),
    /** First 16 hex digits of the SHA-256 of each row, in the order of `ids`, one after the other. */
    digests: text().notNull(),
    /** SHA-256 of the seal before and all of the above, hex. */
    hash: text().notNull(),
    sealedAt: instant().notNull(),
  },
  (t) => [
    unique("history_seals_in_order").on(t.noun, t.lastId),
    check("history_seals_are_forward", sql`${t.afterId} < ${t.lastId}`),
  ],
);

/**
 * A row of the record that came, changed or went through Parley, where rows may change: developments and what hangs on them, what was
 * told. Written by triggers for Parley's own connections alone, so that whatever anybody else does has no entry. Never changed, and sealed.
 */
export const rowChanges = pgTable(
  "row_changes",
  {
    id: id(),
    /** The table. */
    noun: text().notNull(),
    /** The row's key; its columns with `.` between them. */
    rowKey: text().notNull(),
    /** First 16 hex digits of the SHA-256 of the row as it was; null where it was not there. */
    before: text(),
    /** The same of the row as it became; null where it went. */
    after: text(),
    notedAt: instant().notNull().default(sql`now()`),
  },
  (t) => [check("row_changes_change_something", sql`${t.before} is distinct from ${t.after}`)],
);

/**
 * What changed for those who keep a copy: one row for each time that a document or development became another. Written by triggers, so
 * that nothing can be forgotten.
 */
export const changes = pgTable(
  "changes",
  {
    id: id(),
    /** The transaction that made the change, by `parley_change_transaction()`: they are told in an order in which none can be missed. */
    transaction: bigint({ mode: "number" }).notNull(),
    noun: text({ enum: ["document", "development"] }).notNull(),
    nounId: reference().notNull(),
    change: text({ enum: ["created", "revised", "retagged", "withdrawn", "restored"] }).notNull(),
    changedAt: instant().notNull().default(sql`now()`),
  },
  (t) => [
    index("changes_in_order").on(t.transaction, t.id),
    check("changes_noun_known", sql`${t.noun} in ('document', 'development')`),
    check("changes_change_known", sql`${t.change} in ('created', 'revised', 'retagged', 'withdrawn', 'restored')`),
  ],
);

/** What is added to the transaction numbers of this Postgres: one row, raised after a restore into a server that counts from less. */
export const changeClock = pgTable("change_clock", {
  onlyRow: integer().primaryKey().default(1),
  ahead: reference().notNull(),
});
