import { and, asc, eq, inArray, lte } from "drizzle-orm";
import type { RuleQuery } from "../domain/rule.ts";
import type { Database } from "./client.ts";
import { alerts, deliveries, endpoints, ruleEndpoints, rules } from "./schema/delivery.ts";
import { developments } from "./schema/developments.ts";

/** A rule with the endpoints that it reports to. */
export type ActiveRule = {
  readonly id: number;
  readonly name: string;
  readonly query: RuleQuery;
  readonly endpointIds: readonly number[];
};

/** Lists the rules that were made before a moment and are switched on, with their endpoints that are. */
export async function rulesMadeBefore(db: Database, moment: Date): Promise<readonly ActiveRule[]> {
  const rows = await db
    .select({ id: rules.id, name: rules.name, query: rules.query, endpointId: endpoints.id })
    .from(rules)
    .leftJoin(ruleEndpoints, eq(ruleEndpoints.ruleId, rules.id))
    .leftJoin(endpoints, and(eq(endpoints.id, ruleEndpoints.endpointId), eq(endpoints.enabled, true)))
    .where(and(eq(rules.enabled, true), lte(rules.createdAt, moment)))
    .orderBy(asc(rules.id));
  const found = new Map<number, { id: number; name: string; query: RuleQuery; endpointIds: number[] }>();
  for (const { id, name, query, endpointId } of rows) {
    const rule = found.get(id) ?? { id, name, query, endpointIds: [] };
    if (endpointId !== null) rule.endpointIds.push(endpointId);
    found.set(id, rule);
  }
  return [...found.values()];
}

/** A delivery to be made: the body is fixed here, for ever. */
export type NewDelivery = {
  readonly id: string;
  readonly ruleId: number;
  readonly endpointId: number;
  readonly body: string;
};

/**
 * Keeps the alerts of a development with their deliveries and marks it matched, in one transaction.
 *
 * @returns The ids of the deliveries that were not here.
 */
export async function saveAlerts(
  db: Database,
  developmentId: number,
  ruleIds: readonly number[],
  wanted: readonly NewDelivery[],
  now: Date,
): Promise<readonly string[]> {
  return db.transaction(async (tx) => {
    await tx.update(developments).set({ matchedAt: now }).where(eq(developments.id, developmentId));
    if (ruleIds.length === 0) return [];
    await tx
      .insert(alerts)
      .values(ruleIds.map((ruleId) => ({ ruleId, developmentId, createdAt: now })))
      .onConflictDoNothing();
    const kept = await tx
      .select({ id: alerts.id, ruleId: alerts.ruleId })
      .from(alerts)
      .where(and(eq(alerts.developmentId, developmentId), inArray(alerts.ruleId, [...ruleIds])));
    const alertOf = new Map(kept.map(({ id, ruleId }) => [ruleId, id]));
    const rows = wanted.flatMap(({ id, ruleId, endpointId, body }) => {
      const alertId = alertOf.get(ruleId);
      return alertId === undefined ? [] : [{ id, alertId, endpointId, body, nextAttemptAt: now, createdAt: now }];
    });
    if (rows.length === 0) return [];
    const added = await tx
      .insert(deliveries)
      .values(rows)
      .onConflictDoNothing({ target: [deliveries.alertId, deliveries.endpointId] })
      .returning({ id: deliveries.id });
    return added.map(({ id }) => id);
  });
}

/** Makes a rule, or gives the one of this name a new query; and says which endpoints it reports to. */
export async function saveRule(
  db: Database,
  name: string,
  query: RuleQuery,
  endpointIds: readonly number[],
  now: Date,
): Promise<number> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .insert(rules)
      .values({ name, query, createdAt: now })
      .onConflictDoUpdate({ target: rules.name, set: { query, enabled: true } })
      .returning({ id: rules.id });
    const ruleId = row?.id ?? Number.NaN;
    await tx.delete(ruleEndpoints).where(eq(ruleEndpoints.ruleId, ruleId));
    if (endpointIds.length > 0)
      await tx.insert(ruleEndpoints).values(endpointIds.map((endpointId) => ({ ruleId, endpointId })));
    return ruleId;
  });
}

/** Lists all rules with the names of their endpoints. */
export async function allRules(db: Database) {
  const rows = await db
    .select({ rule: rules, endpoint: endpoints.name })
    .from(rules)
    .leftJoin(ruleEndpoints, eq(ruleEndpoints.ruleId, rules.id))
    .leftJoin(endpoints, eq(endpoints.id, ruleEndpoints.endpointId))
    .orderBy(asc(rules.id));
  const found = new Map<number, typeof rules.$inferSelect & { endpoints: string[] }>();
  for (const { rule, endpoint } of rows) {
    const entry = found.get(rule.id) ?? { ...rule, endpoints: [] };
    if (endpoint !== null) entry.endpoints.push(endpoint);
    found.set(rule.id, entry);
  }
  return [...found.values()];
}

/** Switches a rule on or off; tells whether there is one of this name. */
export async function switchRule(db: Database, name: string, enabled: boolean): Promise<boolean> {
  const changed = await db.update(rules).set({ enabled }).where(eq(rules.name, name)).returning({ id: rules.id });
  return changed.length > 0;
}
