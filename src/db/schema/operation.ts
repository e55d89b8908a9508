import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { sources } from "./catalogue.ts";
import { bytes, id, instant } from "./columns.ts";

/** Work that failed, per stage and subject. A row here keeps `reconcile` from asking again too soon, or at all. */
export const stageFailures = pgTable(
  "stage_failures",
  {
    stage: text().notNull(),
    /** The id that the job carried. */
    subject: text().notNull(),
    code: text().notNull(),
    message: text().notNull(),
    remedy: text({ enum: ["retry", "park"] }).notNull(),
    attempts: integer().notNull(),
    firstAt: instant().notNull(),
    lastAt: instant().notNull(),
    /** Not to be tried before; null when parked. */
    nextAt: instant(),
  },
  (t) => [
    primaryKey({ name: "stage_failures_once", columns: [t.stage, t.subject] }),
    check("stage_failures_remedy_known", sql`${t.remedy} in ('retry', 'park')`),
    check("stage_failures_retry_has_time", sql`(${t.remedy} = 'retry') = (${t.nextAt} is not null)`),
  ],
);

/** Something wrong with a source or with Parley itself; open until it is right again. */
export const incidents = pgTable(
  "incidents",
  {
    id: id(),
    /** Null when Parley itself is in trouble. */
    sourceId: text().references(() => sources.id),
    code: text().notNull(),
    message: text().notNull(),
    openedAt: instant().notNull(),
    closedAt: instant(),
  },
  (t) => [
    uniqueIndex("incidents_one_open").on(sql`coalesce(${t.sourceId}, '')`, t.code).where(sql`${t.closedAt} is null`),
    index("incidents_by_time").on(t.openedAt.desc()),
  ],
);

/** What is true of the whole installation: one row. */
export const installation = pgTable(
  "installation",
  {
    id: integer().primaryKey().default(1),
    /** First 16 hex digits of the SHA-256 of the key that sealed the secrets here. */
    secretKeyFingerprint: text().notNull(),
    sealedAt: instant().notNull(),
  },
  (t) => [check("installation_is_one", sql`${t.id} = 1`)],
);

/** Tokens that open the API: only their digests. */
export const tokens = pgTable(
  "tokens",
  {
    id: id(),
    name: text().notNull(),
    /** SHA-256 of the token. */
    sha256: bytes().notNull().unique("tokens_digest_once"),
    scope: text({ enum: ["reader", "editor", "admin"] }).notNull(),
    createdAt: instant().notNull(),
    expiresAt: instant(),
    revokedAt: instant(),
  },
  (t) => [check("tokens_scope_known", sql`${t.scope} in ('reader', 'editor', 'admin')`)],
);
