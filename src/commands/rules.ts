import { pastOfRule } from "../db/alerts/rule-past.ts";
import { allRules, switchRule } from "../db/alerts/rules.ts";
import type { Database } from "../db/client.ts";
import { type Backtest, playBack } from "../domain/backtest.ts";
import { Failure } from "../domain/failure.ts";
import { pointAt } from "../domain/query/mistake.ts";
import { keepRule, mistakesInQuestion, type RuleMistake, whyNotToKeep } from "../keep-rule.ts";
import { backtestInWords } from "../present/backtest-text.ts";
import { mannerInWords } from "../present/manner-text.ts";
import { ruleJson } from "../web/api/telling-json.ts";
import { withArchive, withCataloguedArchive } from "./context.ts";
import { chooseFormat, printOne, printRows, say } from "./output.ts";
import { publicUrlOf } from "./public-url.ts";
import type { RuleOptions, RuleWish } from "./rule-options.ts";
import { ruleFrom } from "./rule-options.ts";

/** Lists the rules. */
export async function rulesCommand(options: { readonly format?: string }): Promise<void> {
  await withArchive(async ({ db }) => {
    printRows(
      (await allRules(db)).map(({ revision: _, ...rule }) => rule),
      [
        { name: "name", value: ({ name }) => name, width: 20 },
        { name: "about", value: ({ about }) => about, width: 14 },
        { name: "asks for", value: ({ query }) => query || "everything" },
        { name: "manner", value: ({ manner }) => mannerInWords(manner) },
        { name: "reports to", value: ({ endpoints }) => endpoints.join(", ") },
        { name: "state", value: ({ enabled }) => (enabled ? "on" : "off"), width: 6 },
      ],
      chooseFormat(options.format),
    );
  });
}

/** Shows one rule, in the shape of the API. */
export async function showRuleCommand(name: string): Promise<void> {
  await withArchive(async ({ db }, config) => {
    const rule = (await allRules(db)).find((one) => one.name === name);
    if (!rule) throw noSuchRule(name);
    printOne(ruleJson(rule, publicUrlOf(config)));
  });
}

function noSuchRule(name: string): Failure {
  return new Failure("bad-input", `${name}: no such rule; parley rules lists them.`);
}

/**
 * Makes a rule, or changes the one of this name, after trying it on the past and saying what it would have sent. Nothing that is older
 * than the rule is ever sent.
 */
export async function addRuleCommand(
  name: string,
  words: readonly string[],
  options: RuleOptions & { readonly to: readonly string[] },
): Promise<void> {
  await withCataloguedArchive(async ({ db, now }) => {
    const rule = ruleFrom(words, options);
    const wish = { ...rule, name, endpoints: options.to };
    mustBeSound(rule.query, await whyNotToKeep(db, wish));
    say(backtestInWords(await tryOnPast(db, rule, now())));
    const kept = await keepRule(db, wish, now());
    if (kept.ruleId === null) mustBeSound(rule.query, kept.mistakes);
    say(
      `Rule ${name} asks ${rule.about} for ${rule.query || "everything"}, ${mannerInWords(rule.manner)}; reports to ${options.to.join(", ")}.`,
    );
  });
}

/** Tries a question on the past without keeping a rule. */
export async function testRuleCommand(
  words: readonly string[],
  options: RuleOptions & { readonly format?: string },
): Promise<void> {
  await withCataloguedArchive(async ({ db, now }) => {
    const rule = ruleFrom(words, options);
    mustBeSound(rule.query, await mistakesInQuestion(db, rule));
    const test = await tryOnPast(db, rule, now());
    if (options.format === "json") process.stdout.write(`${JSON.stringify(test)}\n`);
    else process.stdout.write(`${backtestInWords(test)}\n`);
  });
}

async function tryOnPast(db: Database, rule: RuleWish, until: Date): Promise<Backtest> {
  const since = new Date(until.getTime() - rule.days * 86_400_000);
  return playBack(await pastOfRule(db, rule, { since, until }), rule.manner);
}

function mustBeSound(query: string, mistakes: readonly RuleMistake[]): void {
  if (mistakes.length === 0) return;
  throw new Failure("bad-input", mistakes.map((mistake) => explainMistake(query, mistake)).join("\n"));
}

/** Says of a mistake where on the command line it is, and what to do where another command helps. */
function explainMistake(query: string, mistake: RuleMistake): string {
  if (mistake.parameter === "query") return pointAt(query, mistake);
  return mistake.parameter === "name"
    ? mistake.message
    : `--to: ${mistake.message} parley endpoints lists them, parley endpoints add makes one.`;
}

/** Switches a rule on. */
export function switchOnCommand(name: string): Promise<void> {
  return switchTo(name, true);
}

/** Switches a rule off. */
export function switchOffCommand(name: string): Promise<void> {
  return switchTo(name, false);
}

async function switchTo(name: string, enabled: boolean): Promise<void> {
  await withArchive(async ({ db }) => {
    if (!(await switchRule(db, name, enabled))) throw noSuchRule(name);
    say(`Rule ${name} is ${enabled ? "on" : "off"}.`);
  });
}
