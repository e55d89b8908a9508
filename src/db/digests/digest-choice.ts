import { and, desc, eq, gte, inArray, lt } from "drizzle-orm";
import { readySubject } from "../../domain/query/match.ts";
import { compileRule } from "../../domain/rule.ts";
import { developmentSubjects, type RuleSubject, statementSubjects } from "../alerts/rule-subjects.ts";
import type { Database } from "../client.ts";
import { alerts, rules } from "../schema/delivery.ts";
import { developments } from "../schema/developments.ts";
import type { Subscriber } from "./subscribers.ts";

/** What a subscriber chose to read of; nothing chosen means everything. */
export type DigestChoice = Pick<Subscriber, "topics" | "ruleIds" | "watch">;

/** Developments of a period that are looked at, the gravest first. */
const MOST_LOOKED_AT = 500;

/** Lists the developments that were new in a period and that somebody chose to read of, the gravest first. */
export async function chosenDevelopments(
  db: Database,
  choice: DigestChoice,
  start: Date,
  end: Date,
): Promise<readonly number[]> {
  const rows = await db
    .select({ id: developments.id })
    .from(developments)
    .where(and(eq(developments.status, "new"), gte(developments.detectedAt, start), lt(developments.detectedAt, end)))
    .orderBy(desc(developments.severity), developments.id)
    .limit(MOST_LOOKED_AT);
  const ids = rows.map(({ id }) => id);
  if (isEverything(choice) || ids.length === 0) return ids;
  const byRule = await alertedBy(db, choice.ruleIds, ids);
  const wanted = meetsChoice(choice);
  const met = new Set((await developmentSubjects(db, ids)).filter(wanted).map(({ id }) => id));
  return ids.filter((id) => met.has(id) || byRule.has(id));
}

/** Keeps of some statements those that somebody chose to read of: by topic, by a search, or by rules about statements. */
export async function chosenStatements<S extends { readonly id: number }>(
  db: Database,
  choice: DigestChoice,
  all: readonly S[],
): Promise<readonly S[]> {
  if (isEverything(choice) || all.length === 0) return all;
  const subjects = await statementSubjects(
    db,
    all.map(({ id }) => id),
  );
  const searches = await searchesOf(db, choice.ruleIds);
  const byChoice = meetsChoice(choice);
  const isWanted = (one: RuleSubject) => byChoice(one) || searches.some((meets) => meets(readySubject(one.subject)));
  const met = new Set(subjects.filter(isWanted).map(({ id }) => id));
  return all.filter(({ id }) => met.has(id));
}

/** Tells whether somebody chose nothing, and so reads of everything. */
export function isEverything({ topics, ruleIds, watch }: DigestChoice): boolean {
  return topics.length === 0 && ruleIds.length === 0 && watch === null;
}

function meetsChoice({ topics, watch }: DigestChoice): (one: RuleSubject) => boolean {
  const meets = watch === null ? null : compileRule(watch);
  return ({ subject }) =>
    subject.topics.some((leaf) => topics.some((topic) => leaf === topic || leaf.startsWith(`${topic}.`))) ||
    (meets?.(readySubject(subject)) ?? false);
}

/** Compiles the searches of those rules that are about statements. */
async function searchesOf(db: Database, ruleIds: readonly number[]) {
  if (ruleIds.length === 0) return [];
  const isAsked = and(inArray(rules.id, [...ruleIds]), eq(rules.about, "statements"));
  const rows = await db.select({ query: rules.query }).from(rules).where(isAsked);
  return rows.map(({ query }) => compileRule(query));
}

async function alertedBy(
  db: Database,
  ruleIds: readonly number[],
  ids: readonly number[],
): Promise<ReadonlySet<number>> {
  if (ruleIds.length === 0) return new Set();
  const rows = await db
    .select({ id: alerts.developmentId })
    .from(alerts)
    .where(and(inArray(alerts.ruleId, [...ruleIds]), inArray(alerts.developmentId, [...ids])));
  return new Set(rows.flatMap(({ id }) => id ?? []));
}
