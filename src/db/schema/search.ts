import { sql } from "drizzle-orm";
import { customType, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { instant, reference } from "./columns.ts";

/** The terms of a text as Postgres indexes them; written by the program, see domain/query/terms.ts. */
const termVector = customType<{ data: string }>({ dataType: () => "tsvector" });

/**
 * What statements are found by. Made from the statements, so it may be made anew at any time; not a record. No reference to
 * `statements`: it is written in the same moment, and checking costs at every statement that comes in.
 *
 * The terms stand apart from the row (storage EXTERNAL, `toast_tuple_target` 128; drizzle-kit does not write that, the migration
 * does): rows are then so short that the hits of a common word lie on few pages. The index on the terms answers nearly every
 * question without them.
 *
 * What came in last waits in a list beside that index, which every search reads whole; a migration keeps it at 1 MB (of documents,
 * 256 kB).
 */
export const statementIndex = pgTable(
  "statement_index",
  {
    statementId: reference().primaryKey(),
    /** The lasting name of the words: document, normalised words and which occurrence of them; the same in every reading. */
    key: uuid().notNull(),
    saidInstant: instant(),
    /** The tags that hits are counted by: actor, side, topic, kind, language, source and year. */
    counted: text().array(),
    /** Words with positions, and tags such as `=a:china-mfa`; null as soon as another version of the document counts. */
    terms: termVector(),
  },
  (t) => [
    index("statement_index_by_term").using("gin", t.terms),
    index("statement_index_by_time").on(t.saidInstant.desc(), t.statementId.desc()).where(sql`${t.terms} is not null`),
    index("statement_index_by_key").on(t.key),
  ],
);

/** What developments are found by: the terms of their summary and evidence. Made from them, so it may be made anew. */
export const developmentIndex = pgTable(
  "development_index",
  {
    developmentId: reference().primaryKey(),
    terms: termVector().notNull(),
    /** How many pieces of evidence it had then: with another number it is indexed again. */
    pieces: integer().notNull(),
  },
  (t) => [index("development_index_by_term").using("gin", t.terms)],
);

/**
 * What documents are found by: title and text of the version that counts. Made from it after it was kept, so a document stands here some
 * seconds later, and may be made anew at any time. Stored as `statement_index` is, for the same reason.
 */
export const documentIndex = pgTable(
  "document_index",
  {
    documentId: reference().primaryKey(),
    /** The version whose words these are: when another counts, they are replaced. */
    versionId: reference().notNull(),
    publishedInstant: instant(),
    /** The tags that hits are counted by: source, language and year. */
    counted: text().array().notNull(),
    /** Words with positions, those of the title with weight A, and tags such as `=s:cn-mfa-presser-en`. */
    terms: termVector().notNull(),
  },
  (t) => [
    index("document_index_by_term").using("gin", t.terms),
    index("document_index_by_time").on(t.publishedInstant.desc(), t.documentId.desc()),
  ],
);

/** How far the indexes are: one row. */
export const searchState = pgTable("search_state", {
  id: integer().primaryKey().default(1),
  /** Version of the terms that the statements were indexed with; 0 while they were not. */
  termsVersion: integer().notNull(),
  /** The newest piece of evidence whose development was indexed. */
  evidenceId: reference().notNull().default(0),
  /** Version of the terms that all documents of the archive were indexed with; 0 while they were not. New ones are indexed as they come. */
  documentsVersion: integer().notNull().default(0),
});
