import { allEndpoints } from "./db/alerts/endpoints.ts";
import { allRules, saveRule } from "./db/alerts/rules.ts";
import type { Database } from "./db/client.ts";
import { catalogueNames } from "./db/search/query-names.ts";
import type { AlertManner } from "./domain/alert-manner.ts";
import { EXPECTED_NAME, GIVEN_NAME } from "./domain/given-name.ts";
import type { QueryMistake } from "./domain/query/mistake.ts";
import { mistakesInRule, type RuleAbout } from "./domain/rule.ts";

/** A rule as somebody wants it kept. */
export type RuleToKeep = {
  readonly name: string;
  /** In the language of search; see domain/query/. */
  readonly query: string;
  readonly about: RuleAbout;
  readonly manner: AlertManner;
  /** Names of the endpoints that it reports to. */
  readonly endpoints: readonly string[];
};

/** One thing wrong with a rule: with its question at a place there, otherwise with its name or with where it reports to. */
export type RuleMistake =
  | ({ readonly parameter: "query" } & QueryMistake)
  | { readonly parameter: "name" | "endpoints"; readonly message: string };

/** A rule that was kept, or why it was not. */
export type KeptRule =
  | { readonly ruleId: number; readonly isNew: boolean }
  | { readonly ruleId: null; readonly mistakes: readonly RuleMistake[] };

/** Makes a rule, or changes the one of this name; one with mistakes is not kept. */
export async function keepRule(db: Database, wish: RuleToKeep, now: Date): Promise<KeptRule> {
  const mistakes = await whyNotToKeep(db, wish);
  if (mistakes.length > 0) return { ruleId: null, mistakes };
  const isNew = !(await allRules(db)).some(({ name }) => name === wish.name);
  const reportsTo = (await allEndpoints(db)).filter(({ name }) => wish.endpoints.includes(name));
  const { name, query, about, manner } = wish;
  const ids = reportsTo.map(({ id }) => id);
  return { ruleId: await saveRule(db, { name, query, about, manner }, ids, now), isNew };
}

/** Finds all that keeps a rule from being kept; nothing means that it may be. */
export async function whyNotToKeep(
  db: Database,
  { name, query, about, endpoints }: Omit<RuleToKeep, "manner">,
): Promise<readonly RuleMistake[]> {
  const known = new Set((await allEndpoints(db)).map((endpoint) => endpoint.name));
  const unknown = endpoints.filter((endpoint) => !known.has(endpoint));
  return [
    ...(await mistakesInQuestion(db, { query, about })),
    ...(GIVEN_NAME.test(name) ? [] : [wrong("name", `${JSON.stringify(name)} is no name: ${EXPECTED_NAME}.`)]),
    ...(endpoints.length > 0 ? [] : [wrong("endpoints", "A rule needs an endpoint to report to.")]),
    ...unknown.map((endpoint) => wrong("endpoints", `There is no endpoint called "${endpoint}".`)),
  ];
}

/** Finds what is wrong with the question of a rule, by the names that the catalogue in the archive knows. */
export async function mistakesInQuestion(
  db: Database,
  { query, about }: Pick<RuleToKeep, "query" | "about">,
): Promise<readonly ({ readonly parameter: "query" } & QueryMistake)[]> {
  const mistakes = mistakesInRule(query, about, await catalogueNames(db));
  return mistakes.map((mistake) => ({ parameter: "query", ...mistake }));
}

function wrong(parameter: "name" | "endpoints", message: string): RuleMistake {
  return { parameter, message };
}
