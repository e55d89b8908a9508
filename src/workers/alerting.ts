import {
  alertsSince,
  type KeptAlerts,
  lockAlerting,
  lockDevelopment,
  markMatched,
  type NewAlert,
  type NewDelivery,
  saveAlerts,
} from "../db/alerts/alerts.ts";
import { newDeliveryId } from "../db/alerts/delivery-id.ts";
import type { Endpoint } from "../db/alerts/endpoints.ts";
import { developmentSubjects, statementSubjects } from "../db/alerts/rule-subjects.ts";
import { endpointsOfRules, type StoredRule } from "../db/alerts/rules.ts";
import { statementsToTell } from "../db/archive/statements-to-tell.ts";
import type { Database } from "../db/client.ts";
import { developmentWithEvidence } from "../db/developments/developments.ts";
import { threadsOfDevelopments } from "../db/developments/thread-of.ts";
import { type EarlierAlert, heldUntil, lookBackMs } from "../domain/alert-manner.ts";
import { isLate } from "../domain/lateness.ts";
import { readySubject } from "../domain/query/match.ts";
import type { AlertMatter } from "../present/alert-matter.ts";
import { bodyFor } from "../present/delivery-body.ts";
import type { WorkerContext } from "./context.ts";

/** What the alerts of one development or version came to. */
export type Alerted = KeptAlerts & { readonly rules: number };

type Tools = Pick<WorkerContext, "ruleBook" | "now" | "publicUrl">;

const NONE: Alerted = { rules: 0, alerts: [], deliveryIds: [] };

/**
 * Makes the alerts of a development, with their deliveries, for every rule that it meets; marks it matched. Call it in the
 * transaction that writes the development: then there is no moment at which one stands here without the other.
 */
export async function alertOnDevelopment(
  db: Database,
  developmentId: number,
  { ruleBook, now, publicUrl }: Tools,
): Promise<Alerted | null> {
  await lockDevelopment(db, developmentId);
  const development = await developmentWithEvidence(db, developmentId);
  if (!development || development.matchedAt) return null;
  const [seen] = development.status === "new" ? await developmentSubjects(db, [developmentId]) : [];
  const page = seen ? await ruleBook(db, "developments") : null;
  const met =
    seen && page && page.rules.length > 0
      ? page.metBy(readySubject(seen.subject)).filter(({ createdAt }) => createdAt <= development.detectedAt)
      : [];
  const late = isLate(seen?.publishedAt ?? null, development.detectedAt);
  const kept = await keepAlerts(db, met, now(), {
    matter: `development:${developmentId}`,
    ...{ kind: "development", developmentId, late, severity: development.severity, threadId: seen?.threadId ?? null },
    tell: (rule) => ({ rule, news: { kind: "development", late, development }, publicUrl, at: now() }),
  });
  await markMatched(db, developmentId, now());
  return { ...kept, rules: met.length };
}

/** Makes the alerts of the statements of a version that is news: for each rule that any of them meets one alert that tells them all. */
async function alertOnStatements(
  db: Database,
  version: { readonly id: number; readonly statementIds: readonly number[] },
  { ruleBook, now, publicUrl }: Tools,
): Promise<Alerted> {
  if (version.statementIds.length === 0) return NONE;
  const page = await ruleBook(db, "statements");
  if (page.rules.length === 0) return NONE;
  const seen = await statementSubjects(db, version.statementIds);
  const hits = new Map<number, number[]>();
  for (const { id, subject } of seen)
    for (const rule of page.metBy(readySubject(subject))) hits.set(rule.id, [...(hits.get(rule.id) ?? []), id]);
  const met = page.rules.filter(({ id, createdAt }) => hits.has(id) && createdAt <= now());
  if (met.length === 0) return NONE;
  const told = new Map((await statementsToTell(db, version.statementIds)).map((one) => [one.id, one]));
  const late = isLate(seen[0]?.publishedAt ?? null, now());
  const kept = await keepAlerts(db, met, now(), {
    matter: `statements:${version.id}`,
    ...{ kind: "statements", versionId: version.id, late, severity: null, threadId: null },
    tell: (rule, ruleId) => {
      const statements = (hits.get(ruleId) ?? []).flatMap((id) => told.get(id) ?? []);
      return { rule, news: { kind: "statements", late, statements }, publicUrl, at: now() };
    },
  });
  return { ...kept, rules: met.length };
}

/** Makes the alerts of several developments, one after the other; see `alertOnDevelopment`. */
export async function alertOnDevelopments(
  db: Database,
  developmentIds: readonly number[],
  tools: Tools,
): Promise<readonly Alerted[]> {
  const alerted: Alerted[] = [];
  for (const developmentId of developmentIds) {
    const made = await alertOnDevelopment(db, developmentId, tools);
    if (made) alerted.push(made);
  }
  return alerted;
}

/**
 * Makes the alerts of all that a version brought: its new developments, and its statements where they are news. Call it in the
 * transaction that marks the version detected.
 */
export async function alertOnVersion(
  db: Database,
  version: { readonly id: number; readonly statements: readonly { readonly id: number }[]; readonly isNews: boolean },
  developmentIds: readonly number[],
  tools: Tools,
): Promise<readonly Alerted[]> {
  const alerted = await alertOnDevelopments(db, developmentIds, tools);
  if (!version.isNews) return alerted;
  const statementIds = version.statements.map(({ id }) => id);
  return [...alerted, await alertOnStatements(db, { id: version.id, statementIds }, tools)];
}

type Happening = Pick<NewAlert, "matter" | "kind" | "developmentId" | "versionId" | "late"> & {
  readonly severity: number | null;
  readonly threadId: number | null;
  readonly tell: (rule: string, ruleId: number) => AlertMatter;
};

async function keepAlerts(
  db: Database,
  met: readonly StoredRule[],
  at: Date,
  { tell, severity, threadId, ...alert }: Happening,
): Promise<KeptAlerts> {
  if (met.length === 0) return NONE;
  const ruleIds = met.map(({ id }) => id);
  const wanted = await endpointsOfRules(db, ruleIds);
  await lockAlerting(db);
  const earlier = await earlierAlerts(db, met, at);
  const all = met.map((rule): NewAlert => {
    const held = heldUntil(rule.manner, { at, severity, threadId }, earlier.get(rule.id) ?? []);
    const endpoints = held ? [] : wanted.filter(({ ruleId }) => ruleId === rule.id);
    const deliveries = endpoints.map(({ endpoint }) => newDelivery(endpoint, tell(rule.name, rule.id)));
    return { ...alert, ruleId: rule.id, heldUntil: held, deliveries };
  });
  return saveAlerts(db, all, at);
}

/** Makes a delivery: its id and its body are fixed here, for ever. */
export function newDelivery(endpoint: Pick<Endpoint, "id" | "kind" | "format">, matter: AlertMatter): NewDelivery {
  return { id: newDeliveryId(), endpointId: endpoint.id, body: bodyFor(endpoint, matter) };
}

/** Reads what the rules alerted of lately, as far as it decides whether they may speak up again. */
async function earlierAlerts(
  db: Database,
  rules: readonly StoredRule[],
  at: Date,
): Promise<ReadonlyMap<number, readonly EarlierAlert[]>> {
  const farthest = Math.max(...rules.map(({ manner }) => lookBackMs(manner)));
  const rows = await alertsSince(
    db,
    rules.map(({ id }) => id),
    new Date(at.getTime() - farthest),
  );
  const threads = await threadsOfDevelopments(
    db,
    rows.flatMap(({ developmentId }) => developmentId ?? []),
  );
  const byRule = new Map<number, EarlierAlert[]>();
  for (const { ruleId, at: when, heldUntil: held, developmentId } of rows) {
    const one = { at: when, threadId: threads.get(developmentId ?? 0) ?? null, held: held !== null };
    byRule.set(ruleId, [...(byRule.get(ruleId) ?? []), one]);
  }
  return byRule;
}
