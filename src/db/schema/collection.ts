import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import type { KnownDate } from "../../domain/known-date.ts";
import type { Problem } from "../../domain/problem.ts";
import { documents } from "./archive.ts";
import { sources } from "./catalogue.ts";
import { id, instant, reference } from "./columns.ts";

/** One look at a source, always recorded. */
export const polls = pgTable(
  "polls",
  {
    id: id(),
    sourceId: text()
      .notNull()
      .references(() => sources.id),
    startedAt: instant().notNull(),
    finishedAt: instant().notNull(),
    /** `read`: a list was read; `unchanged`: 304; `failed`: see `failureCode`. */
    outcome: text({ enum: ["read", "unchanged", "failed"] }).notNull(),
    httpStatus: integer(),
    itemsSeen: integer().notNull().default(0),
    itemsNew: integer().notNull().default(0),
    failureCode: text(),
    message: text(),
    problems: jsonb().$type<readonly Problem[]>().notNull().default([]),
  },
  (t) => [
    index("polls_by_source").on(t.sourceId, t.finishedAt.desc()),
    index("polls_by_time").on(t.finishedAt.desc()),
    index("polls_with_problems").on(t.finishedAt).where(sql`${t.outcome} = 'read' and ${t.problems} <> '[]'::jsonb`),
    check("polls_outcome_known", sql`${t.outcome} in ('read', 'unchanged', 'failed')`),
    check("polls_failure_has_code", sql`(${t.outcome} = 'failed') = (${t.failureCode} is not null)`),
  ],
);

/** A list that moved for good, or that its publisher took away for good; one row for each time. Never changed. */
export const sourceMoves = pgTable(
  "source_moves",
  {
    id: id(),
    sourceId: text()
      .notNull()
      .references(() => sources.id),
    fromUrl: text().notNull(),
    /** Null where the list is gone (410): then the source is not polled until the catalogue gives another address. */
    toUrl: text(),
    movedAt: instant().notNull(),
  },
  (t) => [index("source_moves_by_source").on(t.sourceId, t.movedAt.desc())],
);

/** Whose turn a host is, among all processes: one of them asks a host at a time. See host-loans.ts. */
export const hostTurns = pgTable("host_turns", {
  /** Host name, with its port where that is not the usual one. */
  host: text().primaryKey(),
  /** Number of the process that has it; null while nobody has. */
  holder: integer(),
  heldUntil: instant(),
  /** When the last request ended; null before the first. */
  endedAt: instant(),
});

/** An entry seen in a poll. Its outcome is null until the page was handled, then says once what became of it. */
export const items = pgTable(
  "items",
  {
    id: id(),
    sourceId: text()
      .notNull()
      .references(() => sources.id),
    /** The source's own identity of the entry. */
    key: text().notNull(),
    url: text(),
    title: text(),
    author: text(),
    publishedAt: jsonb().$type<KnownDate>(),
    summary: text(),
    content: text(),
    pollId: reference().references(() => polls.id),
    firstSeenAt: instant().notNull(),
    /** `new`: a document was made; `known`: the document was here; `refused`, `failed`: see `failureCode`. */
    outcome: text({ enum: ["new", "known", "refused", "failed"] }),
    failureCode: text(),
    message: text(),
    documentId: reference().references(() => documents.id),
    decidedAt: instant(),
    /** Digest of what the list said of it last: when that changes, its page is read again. Null while only an older Parley saw it. */
    saidSha256: text(),
  },
  (t) => [
    unique("items_once_per_source").on(t.sourceId, t.key),
    index("items_undecided").on(t.firstSeenAt).where(sql`${t.outcome} is null`),
    index("items_by_document").on(t.documentId),
    check("items_outcome_known", sql`${t.outcome} in ('new', 'known', 'refused', 'failed')`),
    check("items_decided_when_outcome", sql`(${t.outcome} is null) = (${t.decidedAt} is null)`),
    check("items_document_when_read", sql`(${t.outcome} in ('new', 'known')) = (${t.documentId} is not null)`),
  ],
);

/**
 * Further places of documents: other addresses, feeds and mirrors under which an item led to a document that was here already.
 * The place where a document was found first stands with the document itself.
 */
export const places = pgTable(
  "places",
  {
    id: id(),
    documentId: reference()
      .notNull()
      .references(() => documents.id),
    /** Names the document there, as `documents.identity` does; a document is found by it. */
    identity: text().notNull(),
    /** Null for the address that a redirect led to. */
    sourceId: text().references(() => sources.id),
    url: text(),
    /** `address`: another address or list; `redirect`: the first address led here; `mirror`: the catalogue says that it stands here too. */
    kind: text({ enum: ["address", "redirect", "mirror"] }).notNull(),
    firstSeenAt: instant().notNull(),
  },
  (t) => [
    // `NULLS NOT DISTINCT` would need Postgres 15.
    uniqueIndex("places_once").on(t.documentId, t.identity, sql`coalesce(${t.sourceId}, '')`),
    index("places_by_identity").on(t.identity),
    check("places_kind_known", sql`${t.kind} in ('address', 'redirect', 'mirror')`),
  ],
);
