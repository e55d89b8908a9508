import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import type { TextClass } from "../../domain/text-class.ts";
import { documents, versions } from "./archive.ts";
import { actors } from "./catalogue.ts";
import { id, instant, reference } from "./columns.ts";
import { statements } from "./statements.ts";

/** A text in which an actor could have used a stock phrase: the only kind of text in which its absence counts. */
export const classTexts = pgTable(
  "class_texts",
  {
    documentId: reference()
      .primaryKey()
      .references(() => documents.id),
    versionId: reference()
      .notNull()
      .references(() => versions.id),
    /** The side whose text it is: a state or an international body. */
    actorId: text()
      .notNull()
      .references(() => actors.id),
    textClass: text().$type<TextClass>().notNull(),
    /** Whether it speaks of AI: where it does not, no phrase about AI is missing. */
    isOnTopic: boolean().notNull(),
    lang: text(),
    /** First instant that its date can mean; null when undated: then it counts in no streak. */
    publishedInstant: instant(),
  },
  (t) => [index("class_texts_in_order").on(t.actorId, t.textClass, t.publishedInstant)],
);

/** A place where a stock phrase (提法) is used. */
export const phraseUses = pgTable(
  "phrase_uses",
  {
    id: id(),
    /** Id in catalogue/phrases.yaml. */
    phraseId: text().notNull(),
    /** The side whose text or statement it stands in; null when not known. */
    actorId: text().references(() => actors.id),
    textClass: text().$type<TextClass>().notNull(),
    documentId: reference()
      .notNull()
      .references(() => documents.id),
    versionId: reference()
      .notNull()
      .references(() => versions.id),
    statementId: reference().references(() => statements.id),
    spanStart: integer().notNull(),
    spanEnd: integer().notNull(),
    words: text().notNull(),
    /** The listed wording; null where the words are near the phrase but changed. */
    wording: text(),
    /** Language of the words. */
    lang: text({ enum: ["en", "zh"] }).notNull(),
    usedInstant: instant(),
  },
  (t) => [
    unique("phrase_uses_once").on(t.versionId, t.phraseId, t.spanStart),
    index("phrase_uses_by_phrase").on(t.phraseId, t.actorId, t.textClass, t.usedInstant),
    index("phrase_uses_by_document").on(t.documentId),
    check("phrase_uses_are_forward", sql`${t.spanStart} < ${t.spanEnd}`),
  ],
);
