import { sql } from "drizzle-orm";
import { boolean, check, date, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { actors, topics } from "./catalogue.ts";
import { instant, reference } from "./columns.ts";

/**
 * How many statements fall on a week or month; brought up to date by what changed, see db/search/tallies.ts.
 *
 * A null side, actor or topic means that the row counts over all of them; the sums of parts may exceed the whole, because a
 * statement can have two speakers and several topics.
 */
export const statementTallies = pgTable(
  "statement_tallies",
  {
    /** A calendar unit of UTC, weeks beginning on Monday; `undated` and `ever` (all, whenever it was) stand under 1 January 1970. */
    unit: text({ enum: ["week", "month", "undated", "ever"] }).notNull(),
    startsOn: date({ mode: "string" }).notNull(),
    side: text(),
    actorId: text().references(() => actors.id),
    /** A leaf, or an upper topic for all statements that carry any of its leaves. */
    topicId: text().references(() => topics.id),
    statements: integer().notNull(),
    /** How many of them carry a topic. */
    onTopic: integer().notNull(),
  },
  (t) => [
    // `NULLS NOT DISTINCT` would need Postgres 15.
    uniqueIndex("statement_tallies_once").on(
      t.unit,
      t.startsOn,
      sql`coalesce(${t.side}, '')`,
      sql`coalesce(${t.actorId}, '')`,
      sql`coalesce(${t.topicId}, '')`,
    ),
    index("statement_tallies_by_actor").on(t.actorId, t.unit, t.startsOn).where(sql`${t.actorId} is not null`),
    index("statement_tallies_by_topic").on(t.topicId, t.unit, t.startsOn).where(sql`${t.topicId} is not null`),
    index("statement_tallies_of_actors")
      .on(t.unit, t.startsOn)
      .where(sql`${t.actorId} is not null and ${t.topicId} is null`),
    index("statement_tallies_of_sides")
      .on(t.unit, t.startsOn)
      .where(sql`${t.actorId} is null and ${t.topicId} is null`),
    check("statement_tallies_unit_known", sql`${t.unit} in ('week', 'month', 'undated', 'ever')`),
    check("statement_tallies_positive", sql`${t.statements} > 0`),
  ],
);

/** By which version the statements of a document are tallied: what to take away again when another counts. */
export const talliedVersions = pgTable("tallied_versions", {
  documentId: reference().primaryKey(),
  versionId: reference().notNull(),
});

/** How far the tallies reach: one row. */
export const tallyMark = pgTable(
  "tally_mark",
  {
    onlyRow: boolean().primaryKey(),
    countedAt: instant().notNull(),
    /** The newest version that was there. */
    upToVersion: reference().notNull(),
  },
  (t) => [check("tally_mark_is_one_row", sql`${t.onlyRow}`)],
);
