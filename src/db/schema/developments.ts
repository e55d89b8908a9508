import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import type { KnownDate } from "../../domain/known-date.ts";
import type { Certainty, Hold } from "../../domain/thread.ts";
import { documents, versions } from "./archive.ts";
import { actors, developmentTypes, topics } from "./catalogue.ts";
import { id, instant, reference } from "./columns.ts";
import { statements } from "./statements.ts";

/** Something that happened in the talks. One row per key, however many documents tell of it. */
export const developments = pgTable(
  "developments",
  {
    id: id(),
    /** The same for the same happening: see domain/development.ts. */
    key: text().notNull().unique("developments_key_once"),
    type: text()
      .notNull()
      .references(() => developmentTypes.id),
    severity: integer().notNull(),
    status: text({ enum: ["new", "background"] }).notNull(),
    summary: text().notNull(),
    hedge: text(),
    eventDate: jsonb().$type<KnownDate>(),
    eventInstant: instant(),
    /** The document that showed it first. */
    documentId: reference()
      .notNull()
      .references(() => documents.id),
    versionId: reference()
      .notNull()
      .references(() => versions.id),
    /** For an edit: the version before. */
    previousVersionId: reference().references(() => versions.id),
    detectorVersion: integer().notNull(),
    detectedAt: instant().notNull(),
    /** When the rules were applied to it; null while they were not. */
    matchedAt: instant(),
    /** `confirmed` by two independent families of documents, by a primary one, or by an analyst. */
    certainty: text().$type<Certainty>().notNull().default("provisional"),
    /** Independent voices that tell of it: families of copies, all organs of one side as one; see development_confirmations. */
    families: integer().notNull().default(1),
    /** Whether all that is confirmed is one side's own word. */
    isOneSided: boolean().notNull().default(false),
    /** Why it is kept and not told as new until an analyst confirms it; null where nothing holds it. */
    hold: text().$type<Hold>(),
    /** When an analyst dismissed it; null while it counts. */
    dismissedAt: instant(),
    /** Whether an analyst set the severity: then no detection changes it. */
    isSeverityRuled: boolean().notNull().default(false),
  },
  (t) => [
    index("developments_by_time").on(t.detectedAt.desc(), t.id.desc()),
    index("developments_unmatched").on(t.detectedAt).where(sql`${t.matchedAt} is null`),
    index("developments_by_type").on(t.type, t.eventInstant),
    check("developments_severity_in_scale", sql`${t.severity} between 1 and 5`),
    check("developments_status_known", sql`${t.status} in ('new', 'background')`),
    check("developments_certainty_known", sql`${t.certainty} in ('provisional', 'confirmed')`),
    check("developments_held_are_not_news", sql`${t.hold} is null or ${t.status} = 'background'`),
    check("developments_dismissed_are_not_news", sql`${t.dismissedAt} is null or ${t.status} = 'background'`),
    check("developments_have_summary", sql`${t.summary} <> ''`),
  ],
);

/** A place in a version that shows a development: the first sighting and each later one. */
export const developmentEvidence = pgTable(
  "development_evidence",
  {
    id: id(),
    developmentId: reference()
      .notNull()
      .references(() => developments.id),
    versionId: reference()
      .notNull()
      .references(() => versions.id),
    statementId: reference().references(() => statements.id),
    spanStart: integer().notNull(),
    spanEnd: integer().notNull(),
    words: text().notNull(),
  },
  (t) => [
    index("development_evidence_by_statement").on(t.statementId).where(sql`${t.statementId} is not null`),
    unique("development_evidence_once").on(t.developmentId, t.versionId, t.spanStart, t.spanEnd),
    check("development_evidence_is_forward", sql`${t.spanStart} < ${t.spanEnd}`),
  ],
);

/** Who takes part in a development. */
export const developmentActors = pgTable(
  "development_actors",
  {
    developmentId: reference()
      .notNull()
      .references(() => developments.id),
    actorId: text()
      .notNull()
      .references(() => actors.id),
  },
  (t) => [
    primaryKey({ name: "development_actors_once", columns: [t.developmentId, t.actorId] }),
    index("development_actors_by_actor").on(t.actorId),
  ],
);

/** What a development is about. */
export const developmentTopics = pgTable(
  "development_topics",
  {
    developmentId: reference()
      .notNull()
      .references(() => developments.id),
    topicId: text()
      .notNull()
      .references(() => topics.id),
  },
  (t) => [
    primaryKey({ name: "development_topics_once", columns: [t.developmentId, t.topicId] }),
    index("development_topics_by_topic").on(t.topicId),
  ],
);
