import type { ReadySubject } from "../../domain/query/match.ts";
import { compileRules, type RuleAbout } from "../../domain/rule.ts";
import type { Database } from "../client.ts";
import { rulesFingerprint, rulesSwitchedOn, type StoredRule } from "./rules.ts";

/** The rules that are on and look at one kind of thing, ready to be asked together. */
export type RulePage = {
  readonly rules: readonly StoredRule[];
  /** Those of them that a subject meets, the oldest first. */
  readonly metBy: (subject: ReadySubject) => readonly StoredRule[];
};

/** The rules that are on, kept in memory for as long as nobody changes one. */
export type RuleBook = (db: Database, about: RuleAbout) => Promise<RulePage>;

/**
 * Makes a book of the rules: reading thousands of them for each development would take longer than asking them. Each look asks
 * the database whether any changed, inside the caller's transaction.
 */
export function createRuleBook(): RuleBook {
  let kept: { readonly fingerprint: string; readonly pages: Readonly<Record<RuleAbout, RulePage>> } | null = null;
  return async (db, about) => {
    const fingerprint = await rulesFingerprint(db);
    if (kept?.fingerprint === fingerprint) return kept.pages[about];
    const rules = await rulesSwitchedOn(db);
    const pageOf = (one: RuleAbout) => makePage(rules.filter((rule) => rule.about === one));
    kept = { fingerprint, pages: { developments: pageOf("developments"), statements: pageOf("statements") } };
    return kept.pages[about];
  };
}

function makePage(rules: readonly StoredRule[]): RulePage {
  const ask = compileRules(rules.map(({ query }) => query));
  return { rules, metBy: (subject) => ask(subject).flatMap((number) => rules[number] ?? []) };
}
