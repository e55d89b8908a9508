import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  unique,
} from "drizzle-orm/pg-core";
import type { AlertManner } from "../../domain/alert-manner.ts";
import { versions } from "./archive.ts";
import { bytes, id, instant, reference } from "./columns.ts";
import { developments } from "./developments.ts";

/** Rises with every change of a rule: whoever keeps the rules in memory sees by the sum of all that they changed. */
export const ruleRevisions = pgSequence("rule_revisions");

/** A saved query that turns developments or statements into alerts. */
export const rules = pgTable(
  "rules",
  {
    id: id(),
    name: text().notNull().unique("rules_name_once"),
    /** In the language of search; see domain/query/. */
    query: text().notNull(),
    /** What it looks at as it comes in. */
    about: text({ enum: ["developments", "statements"] })
      .notNull()
      .default("developments"),
    /** Quiet hours, cooldown and batching. */
    manner: jsonb().$type<AlertManner>().notNull().default({ quiet: null, cooldownMinutes: 0, urgentFrom: null }),
    enabled: boolean().notNull().default(true),
    /** Nothing detected before this moment is sent. */
    createdAt: instant().notNull(),
    /** Set by a trigger at every change. */
    revision: bigint({ mode: "number" }).notNull().default(0),
  },
  (t) => [check("rules_about_known", sql`${t.about} in ('developments', 'statements')`)],
);

/** Where alerts go. */
export const endpoints = pgTable(
  "endpoints",
  {
    id: id(),
    kind: text({ enum: ["webhook", "mail"] }).notNull(),
    name: text().notNull().unique("endpoints_name_once"),
    /** A URL or a mail address. */
    address: text().notNull(),
    /** In whose words: our own JSON, or a chat program's. */
    format: text({ enum: ["parley", "slack", "teams", "discord"] })
      .notNull()
      .default("parley"),
    /** Signing secret, encrypted with the key of this installation; null for mail. */
    secret: bytes(),
    /** The secret before it, which signs too until the moment below. */
    previousSecret: bytes(),
    previousSecretUntil: instant(),
    /** Whom to write to when it is switched off because it keeps failing. */
    owner: text(),
    /** Since when every attempt has failed; null while the last one did not. */
    failingSince: instant(),
    enabled: boolean().notNull().default(true),
    disabledBecause: text(),
    createdAt: instant().notNull(),
  },
  (t) => [
    check("endpoints_format_known", sql`${t.format} in ('parley', 'slack', 'teams', 'discord')`),
    check("endpoints_previous_secret_ends", sql`(${t.previousSecret} is null) = (${t.previousSecretUntil} is null)`),
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

/** A rule that met something: once for each matter. */
export const alerts = pgTable(
  "alerts",
  {
    id: id(),
    ruleId: reference()
      .notNull()
      .references(() => rules.id),
    /** What it is about, as one word: `development:12`, `statements:34` (of a version), `batch:56`, `withdrawn:12`. */
    matter: text().notNull(),
    kind: text({ enum: ["development", "statements", "batch", "correction"] }).notNull(),
    developmentId: reference().references(() => developments.id),
    /** The version whose statements met the rule. */
    versionId: reference().references(() => versions.id),
    /** What told of late is old already when it comes in. */
    late: boolean().notNull().default(false),
    /** Null for one that was sent by itself; else when it is to be sent together with the others that wait. */
    heldUntil: instant(),
    /** The alert that told of this one together with others. */
    batchId: reference().references((): AnyPgColumn => alerts.id),
    /** For a correction: the alert that it corrects. */
    correctsId: reference().references((): AnyPgColumn => alerts.id),
    createdAt: instant().notNull(),
  },
  (t) => [
    unique("alerts_once").on(t.ruleId, t.matter),
    index("alerts_by_development").on(t.developmentId),
    index("alerts_by_rule").on(t.ruleId, t.createdAt.desc()),
    index("alerts_held").on(t.heldUntil).where(sql`${t.heldUntil} is not null and ${t.batchId} is null`),
    check("alerts_kind_known", sql`${t.kind} in ('development', 'statements', 'batch', 'correction')`),
    check(
      "alerts_development_named",
      sql`${t.kind} not in ('development', 'correction') or ${t.developmentId} is not null`,
    ),
    check("alerts_version_named", sql`(${t.kind} = 'statements') = (${t.versionId} is not null)`),
    check("alerts_correct_one", sql`(${t.kind} = 'correction') = (${t.correctsId} is not null)`),
    check("alerts_batch_was_held", sql`${t.batchId} is null or ${t.heldUntil} is not null`),
  ],
);

/** One alert to one endpoint: one id and one body for ever, sent at least once. */
export const deliveries = pgTable(
  "deliveries",
  {
    /** `msg_…`, the webhook-id that every attempt carries. */
    id: text().primaryKey(),
    /** Null for a test that somebody asked for. */
    alertId: reference().references(() => alerts.id),
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
    /** When it first arrived; a replay does not take back that it was read. */
    firstDeliveredAt: instant(),
    /** When somebody last asked for it to be sent again. */
    replayedAt: instant(),
  },
  (t) => [
    unique("deliveries_once").on(t.alertId, t.endpointId),
    index("deliveries_due").on(t.nextAttemptAt).where(sql`${t.status} = 'pending'`),
    index("deliveries_by_endpoint").on(t.endpointId, t.createdAt.desc()),
    index("deliveries_by_time").on(t.createdAt.desc(), t.id),
    check("deliveries_status_known", sql`${t.status} in ('pending', 'delivered', 'failed')`),
    check("deliveries_pending_has_time", sql`(${t.status} = 'pending') = (${t.nextAttemptAt} is not null)`),
    check("deliveries_first_arrival_kept", sql`${t.deliveredAt} is null or ${t.firstDeliveredAt} is not null`),
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
    /** Headers as they were sent; the body is the delivery's. */
    request: jsonb().$type<Readonly<Record<string, string>>>(),
    httpStatus: integer(),
    failureCode: text(),
    /** The start of the answer, or the error in words. */
    message: text(),
    /** Headers of the answer that tell something. */
    response: jsonb().$type<Readonly<Record<string, string>>>(),
    elapsedMs: integer().notNull(),
  },
  (t) => [index("delivery_attempts_by_delivery").on(t.deliveryId, t.id)],
);
