import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";
import type { Actor } from "../../catalogue/actor.ts";
import type { Source } from "../../catalogue/source.ts";
import { id, instant } from "./columns.ts";

/** Who can speak. A copy of the catalogue, renewed at start, so that SQL can join it; rows are never deleted. */
export const actors = pgTable("actors", {
  id: text().primaryKey(),
  type: text().notNull(),
  name: text().notNull(),
  nameZh: text(),
  bloc: text().notNull(),
  /** The body this one belongs to. */
  parentId: text(),
  definition: jsonb().$type<Actor>().notNull(),
  /** When the catalogue stopped naming it. */
  retiredAt: instant(),
});

/** An office that an actor held between two dates (as precise as known: `2013-03`). */
export const offices = pgTable(
  "offices",
  {
    id: id(),
    actorId: text()
      .notNull()
      .references(() => actors.id),
    role: text().notNull(),
    /** Null where the body is no actor of the catalogue. */
    bodyId: text(),
    validFrom: text(),
    validTo: text(),
  },
  (t) => [
    // `NULLS NOT DISTINCT` would need Postgres 15.
    uniqueIndex("offices_once").on(
      t.actorId,
      t.role,
      sql`coalesce(${t.bodyId}, '')`,
      sql`coalesce(${t.validFrom}, '')`,
    ),
  ],
);

/** The two-level taxonomy; statements carry leaves. */
export const topics = pgTable("topics", {
  id: text().primaryKey(),
  label: text().notNull(),
  labelZh: text(),
  /** Null on the upper level. */
  parentId: text(),
  definition: text().notNull(),
  /** Whether the talks themselves are about it: a digest quotes what is said on such topics first. Leaves have what their parent has. */
  ofTheTalks: boolean().notNull().default(false),
  retiredAt: instant(),
});

/** What can happen in the talks. */
export const developmentTypes = pgTable("development_types", {
  id: text().primaryKey(),
  label: text().notNull(),
  labelZh: text(),
  definition: text().notNull(),
  severity: integer().notNull(),
  retiredAt: instant(),
});

/** A place we watch, and the state of watching it. */
export const sources = pgTable(
  "sources",
  {
    id: text().primaryKey(),
    title: text().notNull(),
    actorId: text()
      .notNull()
      .references(() => actors.id),
    enabled: boolean().notNull(),
    definition: jsonb().$type<Source>().notNull(),
    retiredAt: instant(),
    /** When the next poll is due; null for a source that is not polled. */
    nextPollAt: instant(),
    lastPollAt: instant(),
    /** The last poll that reached the source (200 or 304). */
    lastSuccessAt: instant(),
    failuresInRow: integer().notNull().default(0),
    /** Validators, kept and sent back byte for byte. */
    etag: text(),
    lastModified: text(),
    /** When the last polls that brought something new were made, the latest last, at most 64: the source's own rhythm. */
    newsAt: timestamp({ withTimezone: true, mode: "date" }).array().notNull().default(sql`'{}'`),
    /** Where the list is asked for since it moved for good; null for the address of the catalogue. See `source_moves`. */
    movedTo: text(),
    /** Where its last polls were sent for good, and how many in a row: the third moves the source. */
    sentOnTo: text(),
    sentOnTimes: integer().notNull().default(0),
  },
  (t) => [
    index("sources_due").on(t.nextPollAt).where(sql`${t.enabled}`),
    check("sources_failures_not_negative", sql`${t.failuresInRow} >= 0`),
  ],
);
