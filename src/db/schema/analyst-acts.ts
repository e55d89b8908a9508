import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { id, instant, reference } from "./columns.ts";
import { developments } from "./developments.ts";
import { threads } from "./threads.ts";

/** What an analyst did to a development or a thread, with what was before and after. Never changed. */
export const analystActs = pgTable(
  "analyst_acts",
  {
    id: id(),
    act: text({ enum: ["confirm", "dismiss", "merge", "split", "severity"] }).notNull(),
    developmentId: reference().references(() => developments.id),
    threadId: reference().references(() => threads.id),
    otherThreadId: reference().references(() => threads.id),
    by: text().notNull(),
    reason: text(),
    before: jsonb().$type<Readonly<Record<string, unknown>>>().notNull(),
    after: jsonb().$type<Readonly<Record<string, unknown>>>().notNull(),
    actedAt: instant().notNull(),
  },
  (t) => [
    index("analyst_acts_by_development").on(t.developmentId, t.id),
    index("analyst_acts_by_thread").on(t.threadId, t.id),
    check("analyst_acts_known", sql`${t.act} in ('confirm', 'dismiss', 'merge', 'split', 'severity')`),
    check("analyst_acts_about_something", sql`${t.developmentId} is not null or ${t.threadId} is not null`),
    check("analyst_acts_by_somebody", sql`${t.by} <> ''`),
  ],
);

/** Words that an analyst dismissed under a type: what is found in them again, by whatever detector, is dismissed too. */
export const dismissedPatterns = pgTable(
  "dismissed_patterns",
  {
    id: id(),
    actId: reference()
      .notNull()
      .references(() => analystActs.id),
    type: text().notNull(),
    /** SHA-256 of the evidence's letters and digits in lower case. */
    wordsSha256: text().notNull(),
    /** Set when a later act takes the dismissal back. */
    liftedAt: instant(),
  },
  (t) => [
    unique("dismissed_patterns_once").on(t.actId, t.type, t.wordsSha256),
    index("dismissed_patterns_by_words").on(t.wordsSha256, t.type),
  ],
);
