import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { Point } from "../../detect/record/readout.ts";
import type { MeetingKind, PointVerdict, Strength } from "../../domain/readout.ts";
import { documents, versions } from "./archive.ts";
import { actors } from "./catalogue.ts";
import { id, instant, reference } from "./columns.ts";

/** A meeting or call of which official accounts are known. */
export const meetings = pgTable("meetings", {
  id: id(),
  /** Kind, sides and day of the account that was known first. */
  key: text().notNull().unique("meetings_key_once"),
  kind: text().$type<MeetingKind>().notNull(),
  /** `2026-05-14` in the zone of the account. */
  day: text().notNull(),
  foundAt: instant().notNull(),
  /** When it was told that only one side had given an account; null while it was not. */
  toldUnpairedAt: instant(),
});

/** One side's official account of a meeting. */
export const readouts = pgTable(
  "readouts",
  {
    documentId: reference()
      .primaryKey()
      .references(() => documents.id),
    versionId: reference()
      .notNull()
      .references(() => versions.id),
    meetingId: reference()
      .notNull()
      .references(() => meetings.id),
    /** The side that gives the account: an id of a state. */
    side: text()
      .notNull()
      .references(() => actors.id),
    participants: text().array().notNull(),
    lang: text(),
    points: jsonb().$type<readonly Point[]>().notNull().default([]),
    publishedInstant: instant(),
  },
  (t) => [index("readouts_by_meeting").on(t.meetingId)],
);

/** What two accounts of one meeting say of one topic. */
export const meetingPoints = pgTable(
  "meeting_points",
  {
    meetingId: reference()
      .notNull()
      .references(() => meetings.id),
    topicId: text().notNull(),
    verdict: text().$type<PointVerdict>().notNull(),
    /** The first side by name: its document, sentence and strength; null where it is silent. */
    firstDocumentId: reference().references(() => documents.id),
    firstStart: integer(),
    firstEnd: integer(),
    firstWords: text(),
    firstStrength: text().$type<Strength>(),
    secondDocumentId: reference().references(() => documents.id),
    secondStart: integer(),
    secondEnd: integer(),
    secondWords: text(),
    secondStrength: text().$type<Strength>(),
  },
  (t) => [
    primaryKey({ name: "meeting_points_once", columns: [t.meetingId, t.topicId] }),
    check("meeting_points_quote_someone", sql`${t.firstWords} is not null or ${t.secondWords} is not null`),
  ],
);
