import { sql } from "drizzle-orm";
import { boolean, check, date, index, integer, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { id, instant, reference } from "./columns.ts";
import { developments } from "./developments.ts";

/** Who gets a digest, and when. What they watch is theirs alone: it is in no log, export or other page. */
export const subscribers = pgTable(
  "subscribers",
  {
    id: id(),
    address: text().notNull().unique("subscribers_address_once"),
    timeZone: text().notNull(),
    /** Local `HH:MM`. */
    sendAt: text().notNull(),
    lang: text().notNull().default("en"),
    /** Whether a digest is wanted each day. */
    daily: boolean().notNull().default(true),
    /** The day of the week on which a digest of the week is wanted, 1 Monday to 7 Sunday; null for none. */
    weeklyOn: integer(),
    /** Topics wanted, leaves or parents; none means all. */
    topics: text().array().notNull().default(sql`'{}'`),
    /** Rules whose alerts are wanted in the digest. */
    ruleIds: reference().array().notNull().default(sql`'{}'`),
    /** A search of their own, in the syntax of rules; null for none. */
    watch: text(),
    enabled: boolean().notNull().default(true),
    createdAt: instant().notNull(),
    /** When the owner of the address said yes; nothing but that question is sent before. */
    confirmedAt: instant(),
    unsubscribedAt: instant(),
    /** Mails in a row that the mail server refused for good. */
    bounces: integer().notNull().default(0),
    suspendedAt: instant(),
    suspendedBecause: text(),
  },
  (t) => [
    check("subscribers_send_at_is_time", sql`${t.sendAt} ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'`),
    check("subscribers_week_day_known", sql`${t.weeklyOn} between 1 and 7`),
    check("subscribers_suspension_has_reason", sql`(${t.suspendedAt} is null) = (${t.suspendedBecause} is null)`),
  ],
);

/** One mail per subscriber and period: claimed before it is sent, so that a crash cannot send it twice unnoticed. */
export const digests = pgTable(
  "digests",
  {
    id: id(),
    subscriberId: reference()
      .notNull()
      .references(() => subscribers.id),
    period: text({ enum: ["daily", "weekly"] })
      .notNull()
      .default("daily"),
    /** The subscriber's local day that the digest is sent on. */
    day: date({ mode: "string" }).notNull(),
    periodStart: instant().notNull(),
    periodEnd: instant().notNull(),
    /** `claimed`: on its way to the mail server; `handing`: its bytes are being handed over; `unknown`: that broke off, so it may or may not have gone out. */
    status: text({ enum: ["claimed", "handing", "sent", "failed", "unknown"] }).notNull(),
    messageId: text().notNull(),
    subject: text(),
    html: text(),
    plain: text(),
    claimedAt: instant().notNull(),
    sentAt: instant(),
    message: text(),
    /** Whether its reader chose what stands in it: what somebody watches is nobody else's business, also when they watch it no more. */
    isPersonal: boolean().notNull().default(true),
    /** Times it was handed over again after nobody knew whether it had arrived: at most one. */
    repeats: integer().notNull().default(0),
  },
  (t) => [
    unique("digests_once_per_period").on(t.subscriberId, t.period, t.day),
    index("digests_unsettled").on(t.claimedAt).where(sql`${t.status} in ('claimed', 'handing')`),
    check("digests_status_known", sql`${t.status} in ('claimed', 'handing', 'sent', 'failed', 'unknown')`),
    check("digests_period_known", sql`${t.period} in ('daily', 'weekly')`),
    check("digests_period_is_forward", sql`${t.periodStart} < ${t.periodEnd}`),
    check("digests_repeat_at_most_once", sql`${t.repeats} between 0 and 1`),
  ],
);

/** Which developments a digest told of, so that whoever read of one that proves wrong hears of it. */
export const digestDevelopments = pgTable(
  "digest_developments",
  {
    digestId: reference()
      .notNull()
      .references(() => digests.id),
    developmentId: reference()
      .notNull()
      .references(() => developments.id),
    /** Whether it was told as a correction. */
    correction: boolean().notNull().default(false),
  },
  (t) => [
    primaryKey({ name: "digest_developments_once", columns: [t.digestId, t.developmentId, t.correction] }),
    index("digest_developments_by_development").on(t.developmentId),
  ],
);

/** A mail about Parley itself to one person: a question for consent, a note that something was switched off. */
export const letters = pgTable(
  "letters",
  {
    id: id(),
    /** What it is for: one key, one letter. */
    key: text().notNull().unique("letters_key_once"),
    address: text().notNull(),
    subject: text().notNull(),
    plain: text().notNull(),
    html: text().notNull(),
    status: text({ enum: ["pending", "sent", "failed"] })
      .notNull()
      .default("pending"),
    attempts: integer().notNull().default(0),
    nextAttemptAt: instant(),
    createdAt: instant().notNull(),
    sentAt: instant(),
    message: text(),
  },
  (t) => [
    index("letters_due").on(t.nextAttemptAt).where(sql`${t.status} = 'pending'`),
    check("letters_status_known", sql`${t.status} in ('pending', 'sent', 'failed')`),
    check("letters_pending_has_time", sql`(${t.status} = 'pending') = (${t.nextAttemptAt} is not null)`),
  ],
);
