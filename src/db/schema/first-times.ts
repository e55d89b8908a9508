import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { versions } from "./archive.ts";
import { actors } from "./catalogue.ts";
import { id, instant, reference } from "./columns.ts";
import { developments } from "./developments.ts";
import { statements } from "./statements.ts";

/** The first time that an actor spoke on a topic, or that the archive mentions a body, a date or a venue of the talks. */
export const firstTimes = pgTable(
  "first_times",
  {
    id: id(),
    kind: text({ enum: ["topic", "body", "date", "venue"] }).notNull(),
    /** Who spoke; null for mentions, which are firsts of the whole archive. */
    actorId: text().references(() => actors.id),
    /** The topic leaf, the actor mentioned, the day (`2026-06-02`) or the venue. */
    subject: text().notNull(),
    /** First instant that the date of the statement or document can mean. */
    instant: instant().notNull(),
    statementId: reference().references(() => statements.id),
    versionId: reference()
      .notNull()
      .references(() => versions.id),
    spanStart: integer().notNull(),
    spanEnd: integer().notNull(),
    words: text().notNull(),
    /** How many earlier statements of the actor (for mentions: of anybody) were searched when it was found. */
    searched: integer().notNull(),
    foundAt: instant().notNull(),
    developmentId: reference().references(() => developments.id),
  },
  (t) => [
    // `NULLS NOT DISTINCT` would need Postgres 15.
    uniqueIndex("first_times_once").on(t.kind, sql`coalesce(${t.actorId}, '')`, t.subject),
    index("first_times_by_time").on(t.foundAt.desc(), t.id.desc()),
    check("first_times_kind_known", sql`${t.kind} in ('topic', 'body', 'date', 'venue')`),
    check("first_times_topic_has_actor", sql`(${t.kind} = 'topic') = (${t.actorId} is not null)`),
    check("first_times_are_forward", sql`${t.spanStart} < ${t.spanEnd}`),
  ],
);

/** A first that turned out not to be: something older came in later. */
export const firstTimeCorrections = pgTable(
  "first_time_corrections",
  {
    id: id(),
    firstTimeId: reference()
      .notNull()
      .references(() => firstTimes.id),
    wasInstant: instant().notNull(),
    wasVersionId: reference()
      .notNull()
      .references(() => versions.id),
    wasWords: text().notNull(),
    becameInstant: instant().notNull(),
    becameVersionId: reference()
      .notNull()
      .references(() => versions.id),
    correctedAt: instant().notNull(),
  },
  (t) => [index("first_time_corrections_by_first").on(t.firstTimeId)],
);
