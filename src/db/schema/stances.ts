import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { documents, versions } from "./archive.ts";
import { actors, topics } from "./catalogue.ts";
import { id, instant, reference } from "./columns.ts";
import { statements } from "./statements.ts";

/** A clear stance that somebody official took for a state or international body, once for each topic it is about. */
export const stances = pgTable(
  "stances",
  {
    id: id(),
    /** The state or international body whose stance it is. */
    holderId: text()
      .notNull()
      .references(() => actors.id),
    /** Who spoke for it. */
    actorId: text()
      .notNull()
      .references(() => actors.id),
    topicId: text()
      .notNull()
      .references(() => topics.id),
    side: text({ enum: ["for", "against"] }).notNull(),
    /** Of what, in the source's words. */
    object: text().notNull(),
    /** First instant that the date of the statement can mean. */
    instant: instant().notNull(),
    documentId: reference()
      .notNull()
      .references(() => documents.id),
    versionId: reference()
      .notNull()
      .references(() => versions.id),
    statementId: reference().references(() => statements.id),
    spanStart: integer().notNull(),
    spanEnd: integer().notNull(),
    /** The sentence. */
    words: text().notNull(),
  },
  (t) => [
    unique("stances_place").on(t.versionId, t.spanStart, t.holderId, t.topicId),
    index("stances_by_holder_and_topic").on(t.holderId, t.topicId, t.instant.desc(), t.id.desc()),
    check("stances_side_known", sql`${t.side} in ('for', 'against')`),
    check("stances_are_forward", sql`${t.spanStart} < ${t.spanEnd}`),
  ],
);

/** A stance that differs from the record of its holder, told once as a development. */
export const stanceShifts = pgTable(
  "stance_shifts",
  {
    id: id(),
    /** The key of the development that tells it. */
    developmentKey: text().notNull(),
    holderId: text()
      .notNull()
      .references(() => actors.id),
    topicId: text()
      .notNull()
      .references(() => topics.id),
    /** The stance that is other than the record. */
    stanceId: reference()
      .notNull()
      .references(() => stances.id),
    /** The last statement of the stance before. */
    earlierStanceId: reference()
      .notNull()
      .references(() => stances.id),
    /** On how many days the stance before was taken. */
    earlierDays: integer().notNull(),
    instant: instant().notNull(),
    foundAt: instant().notNull(),
    /** When something older came in that shows it to be no shift; null while it holds. */
    overturnedAt: instant(),
  },
  (t) => [
    unique("stance_shifts_once").on(t.stanceId),
    index("stance_shifts_by_holder_and_topic").on(t.holderId, t.topicId, t.instant.desc()),
    check("stance_shifts_differ", sql`${t.stanceId} <> ${t.earlierStanceId}`),
  ],
);

/** A shift that came earlier than was thought, or turned out to be none: something older came in later. */
export const stanceShiftCorrections = pgTable(
  "stance_shift_corrections",
  {
    id: id(),
    shiftId: reference()
      .notNull()
      .references(() => stanceShifts.id),
    wasStanceId: reference()
      .notNull()
      .references(() => stances.id),
    /** Null where there is no shift left. */
    becameStanceId: reference().references(() => stances.id),
    correctedAt: instant().notNull(),
  },
  (t) => [index("stance_shift_corrections_by_shift").on(t.shiftId)],
);
