import { sql } from "drizzle-orm";
import { type AnyPgColumn, boolean, check, index, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import type { ThreadState } from "../../domain/thread.ts";
import { documents, versions } from "./archive.ts";
import { id, instant, reference } from "./columns.ts";
import { developments } from "./developments.ts";

/** Developments that are one course of things: announced, scheduled, held, postponed … */
export const threads = pgTable(
  "threads",
  {
    id: id(),
    /** The key of the development that opened it. */
    key: text().notNull().unique("threads_key_once"),
    /** `talks`, `summit`, `control` … : what can follow what; see detect/thread/thread-course.ts. */
    course: text().notNull(),
    /** Where it stands now; null for courses without states. */
    state: text().$type<ThreadState>(),
    /** When it came to that state, as the event is dated. */
    stateInstant: instant(),
    openedAt: instant().notNull(),
    updatedAt: instant().notNull(),
    /** The thread an analyst laid it into; null while it stands for itself. */
    mergedIntoId: reference().references((): AnyPgColumn => threads.id),
  },
  (t) => [
    index("threads_by_time").on(t.updatedAt.desc(), t.id.desc()),
    index("threads_by_course").on(t.course, t.updatedAt.desc()),
    check("threads_merge_into_another", sql`${t.mergedIntoId} <> ${t.id}`),
  ],
);

/** A development's place in its thread. An analyst's merge or split changes the thread, never the development. */
export const threadDevelopments = pgTable(
  "thread_developments",
  {
    developmentId: reference()
      .primaryKey()
      .references(() => developments.id),
    threadId: reference()
      .notNull()
      .references(() => threads.id),
    /** The state that it brings the thread to; null where it changes none (a recap, a readout). */
    state: text().$type<ThreadState>(),
    /** Whether the state machine knows the step from the state before; a step it does not know is shown, not hidden. */
    isKnownStep: boolean().notNull(),
    /** Whether an analyst put it there: then no detection moves it. */
    byAnalyst: boolean().notNull().default(false),
  },
  (t) => [index("thread_developments_by_thread").on(t.threadId, t.developmentId)],
);

/** A document that tells of a development, and the family of copies it belongs to: one voice, however many pages, as all of one side are. */
export const developmentConfirmations = pgTable(
  "development_confirmations",
  {
    developmentId: reference()
      .notNull()
      .references(() => developments.id),
    documentId: reference()
      .notNull()
      .references(() => documents.id),
    /** The first document of its family; itself for the first. */
    familyDocumentId: reference()
      .notNull()
      .references(() => documents.id),
    /** Whether it is the publication of a state or international body itself. */
    isPrimary: boolean().notNull(),
    /** The side whose publication it is (`US`, `China`), its state's media among them; null for everybody else. */
    side: text(),
  },
  (t) => [primaryKey({ name: "development_confirmations_once", columns: [t.developmentId, t.documentId] })],
);

/** Two accounts that cannot both be whole, each with its words. */
export const developmentConflicts = pgTable(
  "development_conflicts",
  {
    id: id(),
    /** The account that was here first. */
    developmentId: reference()
      .notNull()
      .references(() => developments.id),
    otherId: reference()
      .notNull()
      .references(() => developments.id),
    /** What they disagree on: `outcome`, `date`, `denial`. */
    about: text({ enum: ["outcome", "date", "denial"] }).notNull(),
    words: text().notNull(),
    versionId: reference()
      .notNull()
      .references(() => versions.id),
    otherWords: text().notNull(),
    otherVersionId: reference()
      .notNull()
      .references(() => versions.id),
    foundAt: instant().notNull(),
  },
  (t) => [
    unique("development_conflicts_once").on(t.developmentId, t.otherId, t.about),
    index("development_conflicts_by_other").on(t.otherId),
    check("development_conflicts_between_two", sql`${t.developmentId} <> ${t.otherId}`),
    check("development_conflicts_about_known", sql`${t.about} in ('outcome', 'date', 'denial')`),
  ],
);
