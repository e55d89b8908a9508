import type { ReadySubject } from "../domain/query/match.ts";
import { compileRule } from "../domain/rule.ts";
import type { Database } from "./client.ts";
import { rulesFingerprint, rulesSwitchedOn, type StoredRule } from "./rules.ts";

/** A rule ready to be asked. */
export type ReadyRule = StoredRule & { readonly meets: (subject: ReadySubject) => boolean };

/** The rules that are on, kept in memory for as long as nobody changes one. */
export type RuleBook = (db: Database) => Promise<readonly ReadyRule[]>;

/**
 * Makes a book of the rules: reading thousands of them for each development would take longer than asking them. Each look asks
 * the database whether any changed, inside the caller's transaction.
 */
export function createRuleBook(): RuleBook {
  let page: { readonly fingerprint: string; readonly rules: readonly ReadyRule[] } | null = null;
  return async (db) => {
    const fingerprint = await rulesFingerprint(db);
    if (page?.fingerprint === fingerprint) return page.rules;
    const rules = (await rulesSwitchedOn(db)).map((rule) => ({ ...rule, meets: compileRule(rule.query) }));
    page = { fingerprint, rules };
    return rules;
  };
}
