import { and, asc, desc, eq, inArray } from "drizzle-orm";
import { readySubject } from "../../domain/query/match.ts";
import { compileRule } from "../../domain/rule.ts";
import type { Database } from "../client.ts";
import { alerts } from "../schema/delivery.ts";
import { statements } from "../schema/statements.ts";
import { statementSubjects } from "./rule-subjects.ts";

/** Statements of alerted versions that are asked whether they are what was alerted of. */
const MOST_LOOKED_AT = 1_000;

/** Lists the developments that a rule alerted of, the latest alert first. */
export async function developmentsAlertedBy(db: Database, ruleId: number, most: number): Promise<readonly number[]> {
  const rows = await db
    .select({ developmentId: alerts.developmentId })
    .from(alerts)
    .where(and(eq(alerts.ruleId, ruleId), inArray(alerts.kind, ["development"])))
    .orderBy(desc(alerts.id))
    .limit(most);
  return rows.flatMap(({ developmentId }) => developmentId ?? []);
}

/** Lists the statements that a rule alerted of, the latest alert first; of those alerts, what meets its question as it is now. */
export async function statementsAlertedBy(
  db: Database,
  rule: { readonly id: number; readonly query: string },
  most: number,
): Promise<readonly number[]> {
  const rows = await db
    .select({ id: statements.id })
    .from(alerts)
    .innerJoin(statements, eq(statements.versionId, alerts.versionId))
    .where(and(eq(alerts.ruleId, rule.id), eq(alerts.kind, "statements")))
    .orderBy(desc(alerts.id), asc(statements.ordinal))
    .limit(MOST_LOOKED_AT);
  const meets = compileRule(rule.query);
  const seen = await statementSubjects(
    db,
    rows.map(({ id }) => id),
  );
  const met = new Set(seen.filter(({ subject }) => meets(readySubject(subject))).map(({ id }) => id));
  return rows.flatMap(({ id }) => (met.has(id) ? [id] : [])).slice(0, most);
}
