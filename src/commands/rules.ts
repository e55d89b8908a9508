import type { Catalogue } from "../catalogue/catalogue.ts";
import { allEndpoints } from "../db/endpoints.ts";
import { allRules, saveRule, switchRule } from "../db/rules.ts";
import { Failure } from "../domain/failure.ts";
import type { RuleQuery } from "../domain/rule.ts";
import { withArchive, withCataloguedArchive } from "./context.ts";
import { chooseFormat, printRows, say } from "./output.ts";

/** Lists the rules. */
export async function rulesCommand(options: { readonly format?: string }): Promise<void> {
  await withArchive(async ({ db }) => {
    printRows(
      await allRules(db),
      [
        { name: "name", value: ({ name }) => name, width: 24 },
        { name: "asks for", value: ({ query }) => describeQuery(query) },
        { name: "reports to", value: ({ endpoints }) => endpoints.join(", ") },
        { name: "state", value: ({ enabled }) => (enabled ? "on" : "off"), width: 6 },
      ],
      chooseFormat(options.format),
    );
  });
}

type RuleOptions = {
  readonly to: readonly string[];
  readonly actor?: readonly string[];
  readonly bloc?: readonly string[];
  readonly topic?: readonly string[];
  readonly type?: readonly string[];
  readonly words?: readonly string[];
  readonly severity?: string;
};

/** Makes a rule; nothing that is older than the rule is sent. Every name in it must stand in the catalogue. */
export async function addRuleCommand(name: string, options: RuleOptions): Promise<void> {
  await withCataloguedArchive(async ({ db }, _config, catalogue) => {
    const query = queryFrom(options, catalogue);
    const known = new Map((await allEndpoints(db)).map((endpoint) => [endpoint.name, endpoint.id]));
    const unknown = options.to.filter((endpoint) => !known.has(endpoint));
    if (unknown.length > 0)
      throw new Failure(
        "bad-input",
        `--to ${unknown.join(", ")}: no such endpoint; make it with parley endpoints add.`,
      );
    await saveRule(
      db,
      name,
      query,
      options.to.flatMap((endpoint) => known.get(endpoint) ?? []),
      new Date(),
    );
    say(`Rule ${name}: ${describeQuery(query)}; reports to ${options.to.join(", ")}.`);
  });
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
    if (!(await switchRule(db, name, enabled))) {
      throw new Failure("bad-input", `${name}: no such rule; parley rules lists them.`);
    }
    say(`Rule ${name} is ${enabled ? "on" : "off"}.`);
  });
}

function queryFrom(options: RuleOptions, { actors, topics, developmentTypes }: Catalogue): RuleQuery {
  const topicIds = topics.flatMap(({ id, leaves }) => [id, ...leaves.map((leaf) => leaf.id)]);
  const typeIds = developmentTypes.flatMap(({ id }) => [id, id.split(".")[0] ?? id]);
  mustStandIn(
    "--actor",
    options.actor,
    actors.map(({ id }) => id),
    "parley actors",
  );
  mustStandIn(
    "--bloc",
    options.bloc,
    actors.map(({ bloc }) => bloc),
    "parley actors",
  );
  mustStandIn("--topic", options.topic, topicIds, "parley topics");
  mustStandIn("--type", options.type, typeIds, "docs/developments.md");
  const severityAtLeast = options.severity === undefined ? undefined : Number(options.severity);
  if (
    severityAtLeast !== undefined &&
    !(Number.isInteger(severityAtLeast) && severityAtLeast >= 1 && severityAtLeast <= 5)
  ) {
    throw new Failure("bad-input", `--severity ${options.severity}: expected 1 to 5.`);
  }
  return {
    ...(options.actor ? { actors: options.actor } : {}),
    ...(options.bloc ? { blocs: options.bloc } : {}),
    ...(options.topic ? { topics: options.topic } : {}),
    ...(options.type ? { types: options.type } : {}),
    ...(options.words ? { words: options.words } : {}),
    ...(severityAtLeast !== undefined ? { severityAtLeast } : {}),
  };
}

function mustStandIn(
  option: string,
  wanted: readonly string[] | undefined,
  known: readonly string[],
  where: string,
): void {
  const unknown = (wanted ?? []).filter((one) => !known.includes(one));
  if (unknown.length > 0)
    throw new Failure("bad-input", `${option} ${unknown.join(", ")}: not in the catalogue; see ${where}.`);
}

function describeQuery(query: RuleQuery): string {
  const parts = [
    ...listed("actor", query.actors),
    ...listed("bloc", query.blocs),
    ...listed("topic", query.topics),
    ...listed("type", query.types),
    ...listed("words", query.words),
    ...(query.severityAtLeast ? [`severity at least ${query.severityAtLeast}`] : []),
  ];
  return parts.length === 0 ? "every new development" : parts.join(" and ");
}

function listed(name: string, values: readonly string[] | undefined): readonly string[] {
  return values && values.length > 0 ? [`${name} ${values.join(" or ")}`] : [];
}
