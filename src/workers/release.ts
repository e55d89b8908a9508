import { saveAlerts, saveDeliveries, settleHeld, takeHeldAlerts } from "../db/alerts/alerts.ts";
import { statementSubjects } from "../db/alerts/rule-subjects.ts";
import { endpointsOfRules, ruleById, type StoredRule } from "../db/alerts/rules.ts";
import { statementsToTell } from "../db/archive/statements-to-tell.ts";
import { statementIdsOf } from "../db/archive/version-statements.ts";
import type { Database } from "../db/client.ts";
import { developmentWithEvidence } from "../db/developments/developments.ts";
import type { AlertStatement } from "../domain/alerted.ts";
import { readySubject } from "../domain/query/match.ts";
import { compileRule } from "../domain/rule.ts";
import type { AlertDevelopment, AlertNews } from "../present/alert-matter.ts";
import { newDelivery } from "./alerting.ts";
import type { Run } from "./context.ts";

/**
 * Tells together what a rule held back: a further alert for all of it, or, where one alone waited, that alert itself, which gets its
 * deliveries now. What proved to be no news meanwhile is left out and settled by itself; statements are told as they stand now. A second
 * run finds nothing that waits.
 */
export const release: Run<"release"> = async ({ ruleId }, { db, enqueue, now, publicUrl }) => {
  const outcome = await db.transaction(async (tx) => {
    const held = await takeHeldAlerts(tx, ruleId, now());
    const rule = await ruleById(tx, ruleId);
    const [first] = held;
    if (!first || !rule) return null;
    const news = await newsOf(tx, rule, held);
    const count = news.developments.length + news.statements.length;
    const endpoints = count > 0 ? await endpointsOfRules(tx, [ruleId]) : [];
    const deliveries = endpoints.map(({ endpoint }) =>
      newDelivery(endpoint, {
        rule: rule.name,
        news: alone(news) ?? { kind: "batch", developments: news.developments, statements: news.statements },
        publicUrl,
        at: now(),
      }),
    );
    // What is left out was told to nobody: it is settled by itself, so that nobody is sent a correction of what they never heard.
    for (const { id } of held) if (!news.told.includes(id)) await settleHeld(tx, [id], id);
    if (held.length === 1) {
      await saveDeliveries(tx, first.id, deliveries, now());
      await settleHeld(tx, news.told, first.id);
    } else {
      const { alerts } = await saveAlerts(
        tx,
        [{ ruleId, matter: `batch:${first.id}`, kind: "batch", deliveries }],
        now(),
      );
      await settleHeld(tx, news.told, alerts[0]?.id ?? first.id);
    }
    return { told: count, deliveryIds: deliveries.map(({ id }) => id) };
  });
  if (!outcome) return { skipped: true };
  await enqueue(
    "deliver",
    outcome.deliveryIds.map((deliveryId) => ({ deliveryId })),
  );
  return { told: outcome.told, deliveries: outcome.deliveryIds.length };
};

type Held = {
  readonly developments: readonly (AlertDevelopment & { readonly late: boolean })[];
  readonly statements: readonly AlertStatement[];
  /** Ids of the held alerts that there is still something to tell of. */
  readonly told: readonly number[];
};

async function newsOf(db: Database, rule: StoredRule, held: Awaited<ReturnType<typeof takeHeldAlerts>>): Promise<Held> {
  const developments: (AlertDevelopment & { readonly late: boolean })[] = [];
  const statements: AlertStatement[] = [];
  const told: number[] = [];
  for (const { id, developmentId, versionId, late } of held) {
    const development = developmentId === null ? null : await developmentWithEvidence(db, developmentId);
    if (development?.status === "new") {
      developments.push({ ...development, late });
      told.push(id);
    }
    if (versionId !== null) {
      const seen = await statementSubjects(db, await statementIdsOf(db, versionId));
      const meets = compileRule(rule.query);
      const ids = seen.filter(({ subject }) => meets(readySubject(subject))).map(({ id }) => id);
      const words = await statementsToTell(db, ids);
      statements.push(...words);
      if (words.length > 0) told.push(id);
    }
  }
  return { developments, statements, told };
}

/** One development that waited by itself is told as if it had not. */
function alone({ developments, statements }: Held): AlertNews | null {
  const [development, ...others] = developments;
  if (!development || others.length > 0 || statements.length > 0) return null;
  return { kind: "development", late: development.late, development };
}
