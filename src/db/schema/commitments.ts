import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import type { CommitmentReport, CommitmentState } from "../../domain/commitment.ts";
import type { KnownDate } from "../../domain/known-date.ts";
import { versions } from "./archive.ts";
import { id, instant, reference } from "./columns.ts";
import { developments } from "./developments.ts";

/** Something that an actor undertook to do. */
export const commitments = pgTable(
  "commitments",
  {
    id: id(),
    developmentId: reference()
      .notNull()
      .unique("commitments_once_per_development")
      .references(() => developments.id),
    versionId: reference()
      .notNull()
      .references(() => versions.id),
    spanStart: integer().notNull(),
    spanEnd: integer().notNull(),
    words: text().notNull(),
    /** Who undertook it, as ids of the catalogue. */
    byActorIds: text().array().notNull(),
    /** To whom; empty where the words name nobody. */
    toActorIds: text().array().notNull(),
    /** What is to be done, in the source's words. */
    action: text().notNull(),
    /** By when, as it is written; null without a horizon. */
    due: jsonb().$type<KnownDate>(),
    /** The last instant that `due` can mean. */
    dueInstant: instant(),
    state: text().$type<CommitmentState>().notNull().default("open"),
    madeInstant: instant(),
    /** When its due date was told; null while it was not. */
    toldDueAt: instant(),
  },
  (t) => [
    index("commitments_due").on(t.dueInstant).where(sql`${t.state} = 'open' and ${t.toldDueAt} is null`),
    check("commitments_state_known", sql`${t.state} in ('open', 'met', 'missed')`),
    check("commitments_are_forward", sql`${t.spanStart} < ${t.spanEnd}`),
  ],
);

/** A later text that tells how a commitment fares; a state changes with one, or when the day passes in silence. */
export const commitmentReports = pgTable(
  "commitment_reports",
  {
    id: id(),
    commitmentId: reference()
      .notNull()
      .references(() => commitments.id),
    report: text().$type<CommitmentReport>().notNull(),
    versionId: reference()
      .notNull()
      .references(() => versions.id),
    spanStart: integer().notNull(),
    spanEnd: integer().notNull(),
    words: text().notNull(),
    reportedInstant: instant(),
  },
  (t) => [
    unique("commitment_reports_once").on(t.commitmentId, t.versionId, t.spanStart),
    check("commitment_reports_known", sql`${t.report} in ('repeated', 'met', 'missed')`),
    check("commitment_reports_are_forward", sql`${t.spanStart} < ${t.spanEnd}`),
  ],
);
