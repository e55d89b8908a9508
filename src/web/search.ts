import type { Database } from "../db/client.ts";
import type { DevelopmentQuery } from "../db/development-list.ts";
import { unknownNames } from "../db/families.ts";
import { type PageKey, readPageKey } from "../db/page-key.ts";
import { readSearch, type SearchParameters, type SearchQuery } from "../domain/search-query.ts";
import type { RequestMistake } from "./problem.ts";

/** Parameters as they stand in an address; a repeated one is a list. */
export type AddressParameters = Readonly<Record<string, string | undefined>>;

/** Collects the parameters of an address by name; those given twice are joined by commas. */
export function parametersOf(url: URL): AddressParameters {
  const all: Record<string, string> = Object.create(null);
  for (const [name, value] of url.searchParams) {
    if (value !== "") all[name] = all[name] === undefined ? value : `${all[name]},${value}`;
  }
  return all;
}

/** Understands a search for statements, names checked against the archive. */
export async function understandSearch(
  db: Database,
  parameters: SearchParameters,
): Promise<{ readonly query: SearchQuery; readonly mistakes: readonly RequestMistake[] }> {
  const { query, mistakes } = readSearch(parameters);
  if (mistakes.length > 0) return { query, mistakes };
  return { query, mistakes: await unknown(db, query) };
}

/** Understands a question about developments, names checked against the archive. */
export async function understandDevelopments(
  db: Database,
  parameters: AddressParameters,
): Promise<{ readonly query: DevelopmentQuery; readonly mistakes: readonly RequestMistake[] }> {
  const { actor, topic, since, until } = parameters;
  const { query: shared, mistakes: wrong } = readSearch({ actor, topic, since, until });
  const mistakes: RequestMistake[] = [...wrong];
  const status = parameters.status ?? null;
  if (status !== null && status !== "new" && status !== "background") {
    mistakes.push({ parameter: "status", message: `status is "${status}"; expected new or background.` });
  }
  const severity = parameters.severity ?? null;
  if (severity !== null && !/^[1-5]$/.test(severity)) {
    mistakes.push({ parameter: "severity", message: `severity is "${severity}"; expected a number from 1 to 5.` });
  }
  const types = (parameters.type ?? "").split(",").filter((type) => type !== "");
  for (const type of types) {
    if (!/^[a-z0-9]+(?:[-._][a-z0-9]+)*$/.test(type)) {
      mistakes.push({ parameter: "type", message: `type is "${type}"; expected the id of a development type.` });
    }
  }
  const query: DevelopmentQuery = {
    types,
    status: status === "new" || status === "background" ? status : null,
    severityAtLeast: severity === null || mistakes.length > 0 ? null : Number(severity),
    actors: shared.actors,
    topics: shared.topics,
    since: shared.since,
    until: shared.until,
  };
  if (mistakes.length > 0) return { query, mistakes };
  return { query, mistakes: await unknown(db, { ...query, sources: [], developmentTypes: types }) };
}

async function unknown(db: Database, names: Parameters<typeof unknownNames>[1]): Promise<readonly RequestMistake[]> {
  const missing = await unknownNames(db, names);
  const where = { actor: "see /actors", topic: "see /topics", source: "see /sources", type: "see /developments" };
  return missing.map(({ noun, name }) => ({
    parameter: noun,
    message: `No ${noun === "type" ? "development type" : noun} is called "${name}"; ${where[noun]}.`,
  }));
}

/** Reads the place a page begins at: null for the first page, a mistake when the word was not given out by us. */
export function readCursor(word: string | undefined): { after: PageKey | null; mistakes: readonly RequestMistake[] } {
  if (word === undefined || word === "") return { after: null, mistakes: [] };
  const after = readPageKey(word);
  return after
    ? { after, mistakes: [] }
    : {
        after: null,
        mistakes: [
          { parameter: "cursor", message: "cursor is not one that Parley gave out; take `next` of the page before." },
        ],
      };
}

/** Reads the number in an address such as /statements/12; null when it cannot be one. */
export function readId(text: string): number | null {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
