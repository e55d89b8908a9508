import { type DevelopmentQuery, type DevelopmentRow, searchDevelopments } from "../db/development-list.ts";
import { Failure } from "../domain/failure.ts";
import { readSearch } from "../domain/search-query.ts";
import { currentCatalogue, currentConfig, withArchive } from "./context.ts";
import { chooseFormat, printRows, say } from "./output.ts";
import { rowLimit } from "./search.ts";

type DevelopmentOptions = {
  readonly type?: string;
  readonly status?: string;
  readonly severity?: string;
  readonly since?: string;
  readonly limit: string;
  readonly format?: string;
};

/** Prints developments, the latest detected first. */
export async function developmentsCommand(options: DevelopmentOptions): Promise<void> {
  const { status, severity, since, limit, format } = options;
  if (status !== undefined && status !== "new" && status !== "background") {
    throw new Failure("bad-input", `--status ${status}: expected new or background.`);
  }
  if (severity !== undefined && !/^[1-5]$/.test(severity))
    throw new Failure("bad-input", `--severity ${severity}: expected 1 to 5.`);
  rowLimit(limit);
  const types = typesFrom(options.type);
  const { query, mistakes } = readSearch(since ? { since } : {});
  if (mistakes.length > 0) throw new Failure("bad-input", mistakes.map(({ message }) => message).join("\n"));
  await withArchive(async ({ db }) => {
    const wanted: DevelopmentQuery = {
      ...{
        types,
        status: status ?? null,
        severityAtLeast: severity ? Number(severity) : null,
      },
      ...{ actors: [], topics: [], since: query.since, until: null },
    };
    const { rows, next } = await searchDevelopments(db, wanted, { limit: rowLimit(limit), after: null });
    const chosen = chooseFormat(format);
    printRows(rows, columns, chosen);
    if (rows.length === 0) say("No development meets this.");
    if (next) say(`There are more; --limit ${rowLimit(limit) * 2} shows them.`);
  });
}

/** Reads `--type`: ids of types, or of their families. */
function typesFrom(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  const known = currentCatalogue(currentConfig()).developmentTypes.map(({ id }) => id);
  return text.split(",").flatMap((part) => {
    const wanted = part.trim();
    const found = known.filter((id) => id === wanted || id.split(".")[0] === wanted);
    if (found.length > 0) return found;
    throw new Failure("bad-input", `--type ${wanted}: no such type of development. There are: ${known.join(", ")}.`);
  });
}

const columns = [
  { name: "found", value: ({ detectedAt }: DevelopmentRow) => detectedAt.toISOString().slice(0, 16), width: 18 },
  { name: "!", value: ({ severity }: DevelopmentRow) => severity, width: 3 },
  { name: "type", value: ({ type }: DevelopmentRow) => type, width: 24 },
  { name: "state", value: ({ status }: DevelopmentRow) => status, width: 12 },
  { name: "event", value: ({ eventDate }: DevelopmentRow) => eventDate?.value ?? "", width: 12 },
  { name: "summary", value: ({ summary }: DevelopmentRow) => summary },
];
