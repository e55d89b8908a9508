import { sql } from "drizzle-orm";
import { boolean, check, date, index, integer, jsonb, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import type { RuleQuery } from "../../domain/rule.ts";
import { bytes, id, instant, reference } from "./columns.ts";
import { developments } from "./developments.ts";

/** A saved query that turns developments into alerts. */
export const rules = pgTable("rules", {
  id: id(),
  name: text().notNull().unique("rules_name_once"),
  query: jsonb().$type<RuleQuery>().notNull(),
  enabled: boolean().notNull().default(true),
  /** Nothing detected before this moment is sent. */
  createdAt: instant().notNull(),
});

/** Where alerts go. */
export const endpoints = pgTable(
  "endpoints",
  {
    id: id(),
    kind: text({ enum: ["webhook", "mail"] }).notNull(),
    name: text().notNull().unique("endpoints_name_once"),
    /** A URL or a mail address. */
    address: text().notNull(),
    /** Signing secret, encrypted with the key of this installation; null for mail. */
    secret: bytes(),
    enabled: boolean().notNull().default(true),
    disabledBecause: text(),
    createdAt: instant().notNull(),
  },
  (t) => [
    check("endpoints_kind_known", sql`${t.kind} in ('webhook', 'mail')`),
    check("endpoints_webhook_has_secret", sql`(${t.kind} = 'webhook') = (${t.secret} is not null)`),
  ],
);

/** Which rule reports to which endpoint. */
export const ruleEndpoints = pgTable(
  "rule_endpoints",
  {
    ruleId: reference()
      .notNull()
      .references(() => rules.id),
    endpointId: reference()
      .notNull()
      .references(() => endpoints.id),
  },
  (t) => [primaryKey({ name: "rule_endpoints_once", columns: [t.ruleId, t.endpointId] })],
);

/** A rule that met a development: once. */
export const alerts = pgTable(
  "alerts",
  {
    id: id(),
    ruleId: reference()
      .notNull()
      .references(() => rules.id),
    developmentId: reference()
      .notNull()
      .references(() => developments.id),
    createdAt: instant().notNull(),
  },
  (t) => [unique("alerts_once").on(t.ruleId, t.developmentId)],
);

/** One alert to one endpoint: one id and one body for ever, sent at least once. */
export const deliveries = pgTable(
  "deliveries",
  {
    /** `msg_…`, the webhook-id that every attempt carries. */
    id: text().primaryKey(),
    alertId: reference()
      .notNull()
      .references(() => alerts.id),
    endpointId: reference()
      .notNull()
      .references(() => endpoints.id),
    body: text().notNull(),
    status: text({ enum: ["pending", "delivered", "failed"] })
      .notNull()
      .default("pending"),
    attempts: integer().notNull().default(0),
    nextAttemptAt: instant(),
    createdAt: instant().notNull(),
    deliveredAt: instant(),
  },
  (t) => [
    unique("deliveries_once").on(t.alertId, t.endpointId),
    index("deliveries_due").on(t.nextAttemptAt).where(sql`${t.status} = 'pending'`),
    check("deliveries_status_known", sql`${t.status} in ('pending', 'delivered', 'failed')`),
    check("deliveries_pending_has_time", sql`(${t.status} = 'pending') = (${t.nextAttemptAt} is not null)`),
    check("deliveries_delivered_has_time", sql`(${t.status} = 'delivered') = (${t.deliveredAt} is not null)`),
  ],
);

/** What one attempt at a delivery met. */
export const deliveryAttempts = pgTable(
  "delivery_attempts",
  {
    id: id(),
    deliveryId: text()
      .notNull()
      .references(() => deliveries.id),
    attemptedAt: instant().notNull(),
    httpStatus: integer(),
    failureCode: text(),
    /** The start of the answer, or the error in words. */
    message: text(),
    elapsedMs: integer().notNull(),
  },
  (t) => [index("delivery_attempts_by_delivery").on(t.deliveryId, t.id)],
);

/** Who gets a digest, and when. */
export const subscribers = pgTable(
  "subscribers",
  {
    id: id(),
    address: text().notNull().unique("subscribers_address_once"),
    timeZone: text().notNull(),
    /** Local `HH:MM`. */
    sendAt: text().notNull(),
    lang: text().notNull().default("en"),
    enabled: boolean().notNull().default(true),
    createdAt: instant().notNull(),
  },
  (t) => [check("subscribers_send_at_is_time", sql`${t.sendAt} ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'`)],
);

/** One mail per subscriber and day: claimed before it is sent, so that a crash cannot send it twice unnoticed. */
export const digests = pgTable(
  "digests",
  {
    id: id(),
    subscriberId: reference()
      .notNull()
      .references(() => subscribers.id),
    /** The subscriber's local day that the digest is sent on. */
    day: date({ mode: "string" }).notNull(),
    periodStart: instant().notNull(),
    periodEnd: instant().notNull(),
    /** `claimed`: being sent; `unknown`: the process died while sending, so it may or may not have gone out. */
    status: text({ enum: ["claimed", "sent", "failed", "unknown"] }).notNull(),
    messageId: text().notNull(),
    subject: text(),
    html: text(),
    plain: text(),
    claimedAt: instant().notNull(),
    sentAt: instant(),
    message: text(),
  },
  (t) => [
    unique("digests_once_per_day").on(t.subscriberId, t.day),
    check("digests_status_known", sql`${t.status} in ('claimed', 'sent', 'failed', 'unknown')`),
    check("digests_period_is_forward", sql`${t.periodStart} < ${t.periodEnd}`),
  ],
);
