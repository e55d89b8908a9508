import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, primaryKey, real, text, unique } from "drizzle-orm/pg-core";
import type { KnownDate } from "../../domain/known-date.ts";
import type { Span } from "../../domain/span.ts";
import type { Speaker, Statement } from "../../domain/statement.ts";
import { versions } from "./archive.ts";
import { actors, topics } from "./catalogue.ts";
import { id, instant, reference } from "./columns.ts";

/** Words attributed to a speaker, with the place in the version that shows them. Never changed. */
export const statements = pgTable(
  "statements",
  {
    id: id(),
    versionId: reference()
      .notNull()
      .references(() => versions.id),
    /** 0, 1, 2 … in reading order. */
    ordinal: integer().notNull(),
    kind: text().$type<Statement["kind"]>().notNull(),
    act: text().$type<Statement["act"]>().notNull(),
    polarity: text().$type<Statement["polarity"]>().notNull(),
    /** Spans of the words in the version's text, UTF-16 units. */
    content: jsonb().$type<readonly Span[]>().notNull(),
    /** The words themselves. */
    words: text().notNull(),
    quotes: jsonb().$type<readonly Span[]>().notNull(),
    cue: jsonb().$type<Span>(),
    speaker: jsonb().$type<Speaker>(),
    addressee: text(),
    relayedBy: text(),
    question: jsonb().$type<NonNullable<Statement["question"]>>(),
    saidAt: jsonb().$type<KnownDate>(),
    /** First instant `saidAt` can mean; null when unknown: never the fetch time. */
    saidInstant: instant(),
    confidence: real().notNull(),
    rule: text().notNull(),
    fidelity: text().$type<Statement["fidelity"]>().notNull(),
    flags: text().array().notNull(),
    /** Language of the words. */
    lang: text(),
  },
  (t) => [
    unique("statements_in_order").on(t.versionId, t.ordinal),
    index("statements_by_time").on(t.saidInstant.desc(), t.id.desc()),
    check("statements_have_words", sql`${t.words} <> ''`),
    check("statements_confidence_is_share", sql`${t.confidence} between 0 and 1`),
  ],
);

/** Whom a statement's speaker was resolved to, and how. */
export const statementActors = pgTable(
  "statement_actors",
  {
    statementId: reference()
      .notNull()
      .references(() => statements.id),
    actorId: text()
      .notNull()
      .references(() => actors.id),
    method: text().notNull(),
    confidence: real().notNull(),
  },
  (t) => [
    primaryKey({ name: "statement_actors_once", columns: [t.statementId, t.actorId] }),
    index("statement_actors_by_actor").on(t.actorId, t.statementId.desc()),
  ],
);

/** The topic leaves of a statement, with the words that show them. */
export const statementTopics = pgTable(
  "statement_topics",
  {
    statementId: reference()
      .notNull()
      .references(() => statements.id),
    topicId: text()
      .notNull()
      .references(() => topics.id),
    score: real().notNull(),
    evidence: jsonb().$type<readonly Span[]>().notNull(),
  },
  (t) => [
    primaryKey({ name: "statement_topics_once", columns: [t.statementId, t.topicId] }),
    index("statement_topics_by_topic").on(t.topicId, t.statementId.desc()),
  ],
);
