import { stringify } from "yaml";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Source } from "../catalogue/source.ts";
import type { Config } from "../config.ts";
import { type SourceCoverage, sourceCoverage } from "../db/collection/coverage.ts";
import { type Incident, openIncidents } from "../db/collection/incidents.ts";
import { itemOutcomes, lastProblems, recentPolls } from "../db/collection/source-health.ts";
import { embeddedIsRunning } from "../db/postgres/embedded-postgres.ts";
import { Failure } from "../domain/failure.ts";
import { type Problem, problemsByCode } from "../domain/problem.ts";
import { currentCatalogue, currentConfig, withArchive } from "./context.ts";
import { chooseFormat, printRows, say } from "./output.ts";

type ListOptions = { readonly format?: string; readonly find?: string; readonly problems?: boolean };

/** A source of the catalogue with how watching it goes; without health where the archive does not run. */
type SourceLine = {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly every: string;
  readonly confidence: string;
  readonly state: string;
  readonly health: string;
  readonly lastReadAt: Date | null;
  readonly documents: number | null;
  readonly problems: readonly string[];
};

/** How watching goes, by source. */
type Health = {
  readonly coverage: ReadonlyMap<string, SourceCoverage>;
  readonly incidents: readonly Incident[];
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
};

/** Lists the sources of the catalogue, with their health where the archive runs. */
export async function sourcesCommand(options: ListOptions): Promise<void> {
  const config = currentConfig();
  const { sources } = currentCatalogue(config);
  const health = await healthNow(config);
  if (!health)
    say("Health is shown while parley start runs with this PARLEY_DATA, or where DATABASE_URL names the archive.");
  const find = options.find?.toLowerCase();
  const lines = sources
    .filter(({ id, title, titleZh = "", actor, class: sort }) =>
      [id, title, titleZh, actor, sort].some((text) => find === undefined || text.toLowerCase().includes(find)),
    )
    .map((source) => lineOf(source, health))
    .filter(({ problems }) => !options.problems || problems.length > 0);
  printRows(
    lines,
    [
      { name: "id", value: ({ id }) => id, width: 28 },
      { name: "title", value: ({ title }) => title },
      { name: "kind", value: ({ kind }) => kind, width: 10 },
      { name: "every", value: ({ every }) => every, width: 7 },
      { name: "state", value: ({ state }) => state },
      ...(health
        ? [
            { name: "health", value: ({ health: word }: SourceLine) => word, width: 14 },
            { name: "read", value: ({ lastReadAt }: SourceLine) => shortTime(lastReadAt), width: 18 },
            { name: "documents", value: ({ documents }: SourceLine) => documents, width: 11 },
            { name: "problems", value: ({ problems }: SourceLine) => problems.join("; ") },
          ]
        : [{ name: "confidence", value: ({ confidence }: SourceLine) => confidence, width: 12 }]),
    ],
    chooseFormat(options.format),
  );
}

/** Shows one source: its catalogue entry, how watching it goes, its last polls and what became of its entries. */
export async function showSourceCommand(id: string): Promise<void> {
  const config = currentConfig();
  const source = sourceNamed(currentCatalogue(config), id);
  console.log(stringify([source], { lineWidth: 120 }).trimEnd());
  const health = await healthNow(config);
  if (!health) return say("The archive does not run, so there is nothing on how watching it goes.");
  const line = lineOf(source, health);
  console.log(`\nhealth     ${line.health}`);
  console.log(`last read  ${shortTime(line.lastReadAt) || "never"}`);
  for (const problem of line.problems) console.log(`problem    ${problem}`);
  await withArchive(async ({ db }) => {
    const { seen, waiting, new: made, known, refused, failed, places } = await itemOutcomes(db, id);
    console.log(
      `entries    ${seen} seen: ${made} became documents, ${known} were known, ${refused} refused, ${failed} failed, ${waiting} waiting`,
    );
    console.log(`places     ${places} documents that were found elsewhere first`);
    console.log("\nlast polls");
    for (const poll of await recentPolls(db, id, 10)) {
      const what = poll.outcome === "read" ? `${poll.itemsSeen} entries, ${poll.itemsNew} new` : poll.outcome;
      const why = poll.failureCode ? ` ${poll.failureCode}: ${poll.message ?? ""}` : "";
      const codes = poll.problems.map(({ code }) => code).join(", ");
      console.log(`  ${shortTime(poll.finishedAt)}  ${what}${why}${codes && `  (${codes})`}`);
    }
  });
}

/**
 * Finds a source of the catalogue.
 *
 * @throws {Failure} `bad-input` when there is none of this id.
 */
export function sourceNamed({ sources }: Pick<Catalogue, "sources">, id: string): Source {
  const source = sources.find((one) => one.id === id);
  if (!source) throw new Failure("bad-input", `${id}: the catalogue has no such source; parley sources lists them.`);
  return source;
}

async function healthNow(config: Config): Promise<Health | null> {
  if (!config.DATABASE_URL && !(await embeddedIsRunning(config.PARLEY_DATA))) return null;
  return withArchive(async ({ db, now }) => ({
    coverage: new Map((await sourceCoverage(db, now())).map((one) => [one.id, one])),
    incidents: await openIncidents(db),
    problems: await lastProblems(db),
  }));
}

function lineOf(source: Source, health: Health | null): SourceLine {
  const { id, title, list, poll, confidence, enabled, disabledBecause } = source;
  const coverage = health?.coverage.get(id);
  const problems = [
    ...(coverage?.lastPoll?.failureCode
      ? [`${coverage.lastPoll.failureCode}: ${coverage.lastPoll.message ?? ""}`]
      : []),
    ...(health?.incidents ?? [])
      .filter(({ sourceId }) => sourceId === id)
      .map(({ code, message }) => `${code}: ${message}`),
    ...problemsByCode(health?.problems.get(id) ?? []).map(
      ({ code, message, count }) => `${code}${count > 1 ? ` (${count}×)` : ""}: ${message}`,
    ),
  ];
  return {
    ...{ id, title, kind: list?.kind ?? "none", every: poll.every, confidence },
    state: enabled ? "on" : `off: ${disabledBecause ?? "switched off"}`,
    health: enabled ? healthWord(coverage) : "",
    lastReadAt: coverage?.lastSuccessAt ?? null,
    documents: coverage?.documents ?? null,
    problems,
  };
}

function healthWord(coverage: SourceCoverage | undefined): string {
  if (!coverage?.lastPollAt) return coverage ? "not polled yet" : "";
  if (coverage.state === "gone" || coverage.state === "late") return coverage.state;
  if (coverage.failuresInRow > 0) return `failing (${coverage.failuresInRow})`;
  return coverage.quietSince ? "ok, but unusually quiet" : "ok";
}

function shortTime(at: Date | null): string {
  return at ? `${at.toISOString().slice(0, 16).replace("T", " ")}Z` : "";
}
