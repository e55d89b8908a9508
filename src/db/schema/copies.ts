import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, real, smallint, text } from "drizzle-orm/pg-core";
import { documents, versions } from "./archive.ts";
import { instant, reference } from "./columns.ts";
import { statements } from "./statements.ts";

/** A sample of a version's shingles, by which its copies are found; see read/copy/sketch.ts. */
export const versionSketches = pgTable("version_sketches", {
  versionId: reference()
    .primaryKey()
    .references(() => versions.id),
  documentId: reference()
    .notNull()
    .references(() => documents.id),
  /** One hash in so many was kept. */
  rate: integer().notNull(),
  hashes: integer().array().notNull(),
  /** When its own copies were looked for; null while others can find it only. */
  linkedAt: instant(),
});

/**
 * The hashes of sketches once more, by which they are found. One row a hash, so that of what every page of a publisher says only the
 * first few versions are walked, however many there are.
 */
export const sketchHashes = pgTable(
  "sketch_hashes",
  {
    hash: integer().notNull(),
    /** Not checked against `versions`, row by row: a search table, from which nothing is read that is not looked up there. */
    versionId: reference().notNull(),
  },
  (t) => [primaryKey({ columns: [t.hash, t.versionId] })],
);

/**
 * Documents that repeat an older one: syndicated, abridged, retold, mirrored, or in the other language. A document without a row is
 * the first of its family, or alone. Made anew from the texts at any time, so it may change.
 */
export const documentFamilies = pgTable(
  "document_families",
  {
    documentId: reference()
      .primaryKey()
      .references(() => documents.id),
    /** The first document of the family, which has no row itself. */
    familyId: reference()
      .notNull()
      .references(() => documents.id),
    /** The document that it was compared with. */
    likeId: reference()
      .notNull()
      .references(() => documents.id),
    relation: text({ enum: ["copy", "part", "rewrite", "translation"] }).notNull(),
    /** Share of the smaller of the two that stands in the other. */
    share: real().notNull(),
    linkedAt: instant().notNull(),
  },
  (t) => [
    index("document_families_by_family").on(t.familyId),
    check("document_families_relation_known", sql`${t.relation} in ('copy', 'part', 'rewrite', 'translation')`),
    check("document_families_founder_has_no_row", sql`${t.documentId} <> ${t.familyId}`),
  ],
);

/**
 * Hashes by which repetitions of a statement are found; see read/copy/sketch.ts. One row a hash, so that of a turn of phrase that
 * everybody uses only the first few statements are walked, however many there are.
 */
export const fingerprints = pgTable(
  "fingerprints",
  {
    hash: integer().notNull(),
    /** Not checked against `statements`, row by row: a search table, from which nothing is read that is not looked up there. */
    statementId: reference().notNull(),
    /** How many hashes the statement has. */
    among: smallint().notNull(),
  },
  (t) => [primaryKey({ columns: [t.hash, t.statementId] })],
);

/** Statements whose words were said before, each with the first occurrence of them in the archive. Made anew at any time. */
export const statementRepeats = pgTable(
  "statement_repeats",
  {
    statementId: reference()
      .primaryKey()
      .references(() => statements.id),
    firstId: reference()
      .notNull()
      .references(() => statements.id),
    relation: text({ enum: ["same", "piece", "whole", "near"] }).notNull(),
    /** Share of the shorter of the two that stands in the other. */
    share: real().notNull(),
    /** Days between the two; null where either has no date. 0 to 3 are one occasion, more are a phrase that comes back. */
    daysApart: smallint(),
    linkedAt: instant().notNull(),
  },
  (t) => [
    index("statement_repeats_by_first").on(t.firstId),
    check("statement_repeats_relation_known", sql`${t.relation} in ('same', 'piece', 'whole', 'near')`),
    check("statement_repeats_of_another", sql`${t.statementId} <> ${t.firstId}`),
  ],
);
