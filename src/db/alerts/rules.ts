import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { type AlertManner, AT_ONCE } from "../../domain/alert-manner.ts";
import type { Database } from "../client.ts";
import { endpoints, ruleEndpoints, rules } from "../schema/delivery.ts";

/** A rule as stored. */
export type StoredRule = typeof rules.$inferSelect;

/** A rule to be made, or to take the place of the one of this name. */
export type NewRule = {
  readonly name: string;
  /** In the language of search; see domain/query/. */
  readonly query: string;
  readonly about?: StoredRule["about"];
  readonly manner?: AlertManner;
};

/** Makes a rule, or gives the one of this name a new query and manner; and says which endpoints it reports to. */
export async function saveRule(
  db: Database,
  { name, query, about = "developments", manner = AT_ONCE }: NewRule,
  endpointIds: readonly number[],
  now: Date,
): Promise<number> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .insert(rules)
      .values({ name, query, about, manner, createdAt: now })
      .onConflictDoUpdate({ target: rules.name, set: { query, about, manner, enabled: true } })
      .returning({ id: rules.id });
    const ruleId = row?.id ?? Number.NaN;
    await tx.delete(ruleEndpoints).where(eq(ruleEndpoints.ruleId, ruleId));
    if (endpointIds.length > 0)
      await tx.insert(ruleEndpoints).values(endpointIds.map((endpointId) => ({ ruleId, endpointId })));
    return ruleId;
  });
}

/** Says in one word which rules stand here and in which state: another word whenever one was made or changed. */
export async function rulesFingerprint(db: Database): Promise<string> {
  const [row] = await db
    .select({ word: sql<string>`count(*) || '.' || coalesce(sum(${rules.revision}), 0)` })
    .from(rules);
  return row?.word ?? "";
}

/** Lists the rules that are switched on. */
export async function rulesSwitchedOn(db: Database): Promise<readonly StoredRule[]> {
  return db.select().from(rules).where(eq(rules.enabled, true)).orderBy(asc(rules.id));
}

/** Finds a rule by its id; null when there is none. */
export async function ruleById(db: Database, ruleId: number): Promise<StoredRule | null> {
  const [row] = await db.select().from(rules).where(eq(rules.id, ruleId));
  return row ?? null;
}

/** A rule and one endpoint that it reports to and that is on. */
export type RuleEndpoint = { readonly ruleId: number; readonly endpoint: typeof endpoints.$inferSelect };

/** Lists the endpoints of some rules that are switched on. */
export async function endpointsOfRules(db: Database, ruleIds: readonly number[]): Promise<readonly RuleEndpoint[]> {
  if (ruleIds.length === 0) return [];
  return db
    .select({ ruleId: ruleEndpoints.ruleId, endpoint: endpoints })
    .from(ruleEndpoints)
    .innerJoin(endpoints, and(eq(endpoints.id, ruleEndpoints.endpointId), endpoints.enabled))
    .where(inArray(ruleEndpoints.ruleId, [...ruleIds]))
    .orderBy(asc(ruleEndpoints.ruleId), asc(endpoints.id));
}

/** Lists all rules with the names of their endpoints. */
export async function allRules(db: Database) {
  const rows = await db
    .select({ rule: rules, endpoint: endpoints.name })
    .from(rules)
    .leftJoin(ruleEndpoints, eq(ruleEndpoints.ruleId, rules.id))
    .leftJoin(endpoints, eq(endpoints.id, ruleEndpoints.endpointId))
    .orderBy(asc(rules.id), asc(endpoints.name));
  const found = new Map<number, StoredRule & { endpoints: string[] }>();
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
