import { sql } from "drizzle-orm";
import { type AnyPgColumn, check, index, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import type { Block } from "../../domain/article.ts";
import type { KnownDate } from "../../domain/known-date.ts";
import type { Problem } from "../../domain/problem.ts";
import { sources } from "./catalogue.ts";
import { bytes, id, instant, reference } from "./columns.ts";

/** One publication, by identity. */
export const documents = pgTable(
  "documents",
  {
    id: id(),
    /** Its canonical address, or the digest of an imported file. */
    identity: text().notNull().unique("documents_identity_once"),
    /** Null for imported files. */
    sourceId: text().references(() => sources.id),
    url: text(),
    /** Where an imported file came from, in words. */
    origin: text(),
    firstSeenAt: instant().notNull(),
    /** The version that counts today; null while none could be read. */
    currentVersionId: reference()
      .references((): AnyPgColumn => versions.id)
      .unique("documents_current_version_once"),
    /** When the page is fetched again to catch edits; null when it is not. */
    nextCheckAt: instant(),
    checks: integer().notNull().default(0),
    withdrawnAt: instant(),
  },
  (t) => [
    index("documents_due").on(t.nextCheckAt).where(sql`${t.nextCheckAt} is not null`),
    index("documents_by_source").on(t.sourceId, t.firstSeenAt.desc()),
    index("documents_by_first_seen").on(t.firstSeenAt.desc()),
  ],
);

/** Raw bytes, stored once by their hash, compressed, never changed; those that nothing was read from may be thinned. */
export const bodies = pgTable("bodies", {
  /** SHA-256 of the bytes as received after transfer decoding, hex. */
  sha256: text().primaryKey(),
  /** The bytes, gzipped; empty where they were thinned, see db/archive/thin-bodies.ts. */
  gzipped: bytes().notNull(),
  byteLength: integer().notNull(),
});

/** One fetch: what was asked, what came. Never changed. */
export const captures = pgTable(
  "captures",
  {
    id: id(),
    documentId: reference()
      .notNull()
      .references(() => documents.id),
    /** Null for imported files. */
    sourceId: text().references(() => sources.id),
    url: text().notNull(),
    /** The address after redirects. */
    finalUrl: text().notNull(),
    httpStatus: integer(),
    headers: jsonb().$type<Readonly<Record<string, string>>>().notNull(),
    bodySha256: text()
      .notNull()
      .references(() => bodies.sha256),
    fetchedAt: instant().notNull(),
    elapsedMs: integer(),
    /** Version of the reader that has read it; null while unread. */
    readBy: integer(),
  },
  (t) => [
    index("captures_by_document").on(t.documentId, t.fetchedAt),
    index("captures_unread").on(t.fetchedAt).where(sql`${t.readBy} is null`),
  ],
);

/** The text that one reader version read from one capture. Never changed; spans of statements point into `text`. */
export const versions = pgTable(
  "versions",
  {
    id: id(),
    documentId: reference()
      .notNull()
      .references(() => documents.id),
    captureId: reference()
      .notNull()
      .references(() => captures.id),
    /** 1, 2, 3 … inside the document. */
    number: integer().notNull(),
    /** `first`; `edited` by the publisher; `reread` by a newer reader of ours or too late to tell, which is never news. */
    cause: text({ enum: ["first", "edited", "reread"] }).notNull(),
    readerVersion: integer().notNull(),
    title: text(),
    byline: text(),
    publisher: text(),
    kind: text().notNull(),
    lang: text(),
    publishedAt: jsonb().$type<KnownDate>(),
    updatedAt: jsonb().$type<KnownDate>(),
    /** First instant `publishedAt` can mean, for sorting; null when unknown. */
    publishedInstant: instant(),
    text: text().notNull(),
    textSha256: text().notNull(),
    blocks: jsonb().$type<readonly Block[]>().notNull(),
    problems: jsonb().$type<readonly Problem[]>().notNull().default([]),
    createdAt: instant().notNull(),
    /** Version of the detector that has looked at it; null while none has. */
    detectedBy: integer(),
    /** Version of the detector that kept first times, phrases, readouts and commitments of it; null while none has, 0 while commitments wait for the catalogue to have both sides. */
    recordedBy: integer(),
  },
  (t) => [
    unique("versions_number_once").on(t.documentId, t.number),
    unique("versions_once_per_reader").on(t.captureId, t.readerVersion),
    index("versions_undetected").on(t.createdAt).where(sql`${t.detectedBy} is null`),
    index("versions_unrecorded").on(t.id).where(sql`${t.recordedBy} is null or ${t.recordedBy} = 0`),
    index("versions_by_publication").on(t.publishedInstant.desc()),
    check("versions_cause_known", sql`${t.cause} in ('first', 'edited', 'reread')`),
    check("versions_number_from_one", sql`${t.number} >= 1`),
  ],
);

/** One look at a document that was fetched before. Never changed. */
export const rechecks = pgTable(
  "rechecks",
  {
    id: id(),
    documentId: reference()
      .notNull()
      .references(() => documents.id),
    checkedAt: instant().notNull(),
    /**
     * `same`: the bytes of the last capture, or 304; `changed`: other bytes, which are read; `gone`: 404, 410 or a page that says so;
     * `withdrawn`: gone for the second time in a row; `restored`: there again after it was gone; `failed`: see `failureCode`.
     */
    outcome: text({ enum: ["same", "changed", "gone", "withdrawn", "restored", "failed"] }).notNull(),
    httpStatus: integer(),
    failureCode: text(),
    captureId: reference().references(() => captures.id),
  },
  (t) => [
    index("rechecks_by_document").on(t.documentId, t.checkedAt.desc()),
    check(
      "rechecks_outcome_known",
      sql`${t.outcome} in ('same', 'changed', 'gone', 'withdrawn', 'restored', 'failed')`,
    ),
    check("rechecks_failure_has_code", sql`(${t.outcome} = 'failed') = (${t.failureCode} is not null)`),
  ],
);
