import { type SearchTerm, splitSearch } from "./search-terms.ts";

/** What a reader asks of the archive. Lists are "any of"; an empty list does not narrow. */
export type SearchQuery = {
  /** All of them must hold. */
  readonly terms: readonly SearchTerm[];
  /** Ids or exact names. */
  readonly actors: readonly string[];
  /** Ids of leaves or parents. */
  readonly topics: readonly string[];
  readonly blocs: readonly string[];
  readonly kinds: readonly string[];
  readonly langs: readonly string[];
  readonly sources: readonly string[];
  /** First instant that counts. */
  readonly since: Date | null;
  /** First instant that no longer counts. */
  readonly until: Date | null;
};

/** A part of a question that cannot be understood: which parameter, and what is expected there. */
export type SearchMistake = { readonly parameter: string; readonly message: string };

/** The parts of a question as they stand in a URL or on a command line; lists are joined by commas. */
export type SearchParameters = Partial<
  Record<"q" | "actor" | "topic" | "bloc" | "kind" | "lang" | "source" | "since" | "until", string>
>;

type ListName = "actors" | "topics" | "blocs" | "kinds" | "langs" | "sources";

const LISTS: Readonly<Record<string, ListName>> = {
  actor: "actors",
  topic: "topics",
  bloc: "blocs",
  kind: "kinds",
  lang: "langs",
  source: "sources",
};

const EXPECTED: Readonly<Record<string, { pattern: RegExp; words: string }>> = {
  topic: { pattern: /^[a-z0-9]+(?:[-.][a-z0-9]+)*$/, words: "the id of a topic, such as frontier (see /topics)" },
  source: { pattern: /^[a-z0-9]+(?:[-.][a-z0-9]+)*$/, words: "the id of a source (see /sources)" },
  kind: { pattern: /^(direct|mixed|indirect)$/, words: "direct, mixed or indirect" },
  lang: { pattern: /^(en|zh)$/, words: "en or zh, the languages Parley reads" },
};

const FILTERS = [...Object.keys(LISTS), "since", "until"];

/**
 * Reads a question: words, `"exact phrases"`, `-not`, and filters such as `actor:` or `since:`, inside `q` or beside it.
 *
 * @returns What was understood, and every mistake; with a mistake the query must not be run.
 *
 * @example
 * readSearch({ q: '"red lines" -trade topic:frontier', since: "2026-05" })
 */
export function readSearch(parameters: SearchParameters): {
  readonly query: SearchQuery;
  readonly mistakes: readonly SearchMistake[];
} {
  const mistakes: SearchMistake[] = [];
  const lists: Record<ListName, string[]> = { actors: [], topics: [], blocs: [], kinds: [], langs: [], sources: [] };
  const bounds: { since: Date | null; until: Date | null } = { since: null, until: null };

  const take = (filter: string, value: string, parameter: string) => {
    if (filter === "since" || filter === "until") {
      const instant = readBound(value, filter);
      if (instant) bounds[filter] = narrower(filter, bounds[filter], instant);
      else mistakes.push({ parameter, message: badDate(filter, value) });
      return;
    }
    const list = LISTS[filter];
    if (!list) return;
    for (const entry of value.split(",").map((part) => part.trim())) {
      const expected = EXPECTED[filter];
      if (entry === "" || (expected && !expected.pattern.test(entry))) {
        mistakes.push({
          parameter,
          message: `${filter} is "${entry}"; expected ${expected?.words ?? "a name or id"}.`,
        });
      } else lists[list].push(entry);
    }
  };

  for (const filter of FILTERS) {
    const value = parameters[filter as keyof SearchParameters]?.trim();
    if (!value) continue;
    if (hasControl(value)) mistakes.push({ parameter: filter, message: `${filter} contains a control character.` });
    else take(filter, value, filter);
  }

  const split = splitSearch(parameters.q ?? "", FILTERS);
  mistakes.push(...split.mistakes.map((message) => ({ parameter: "q", message })));
  for (const { filter, value } of split.filters) take(filter, value, "q");

  if (bounds.since && bounds.until && bounds.since >= bounds.until) {
    mistakes.push({ parameter: "until", message: "until lies before since, so nothing can match; swap them." });
  }
  return { query: { terms: split.terms, ...lists, ...bounds }, mistakes };
}

function narrower(filter: "since" | "until", known: Date | null, found: Date): Date {
  if (!known) return found;
  return (filter === "since") === found > known ? found : known;
}

function badDate(filter: string, value: string): string {
  return `${filter} is "${value}"; expected a date such as 2026, 2026-05, 2026-05-19 or 2026-05-19T08:30Z.`;
}

/** Tells whether a text has characters that no name or word has and that the database refuses. */
export function hasControl(text: string): boolean {
  return /\p{Cc}/u.test(text.replaceAll(/[\t\r\n]/g, " "));
}

/**
 * Reads a bound of a period: `since` gives its first instant, `until` the first instant after it. Days are UTC days.
 *
 * @returns Null when the text is no date.
 */
export function readBound(text: string, side: "since" | "until"): Date | null {
  const whole = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  if (!whole) return readInstant(text);
  const [year, month, day] = [Number(whole[1]), whole[2] ? Number(whole[2]) : null, whole[3] ? Number(whole[3]) : null];
  const start = new Date(Date.UTC(2000, (month ?? 1) - 1, day ?? 1));
  start.setUTCFullYear(year, (month ?? 1) - 1, day ?? 1);
  const exists =
    year >= 1 && start.getUTCMonth() === (month ?? 1) - 1 && start.getUTCDate() === (day ?? 1) && month !== 0;
  if (!exists) return null;
  if (side === "since") return start;
  const end = new Date(start);
  if (day) end.setUTCDate(end.getUTCDate() + 1);
  else if (month) end.setUTCMonth(end.getUTCMonth() + 1);
  else end.setUTCFullYear(end.getUTCFullYear() + 1);
  return end;
}

function readInstant(text: string): Date | null {
  // A `+` in a URL arrives as a space.
  const spelled = text.replace(/ (?=\d{2}:\d{2}$)/, "+");
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(spelled)) return null;
  if (!readBound(spelled.slice(0, 10), "since")) return null;
  const instant = new Date(spelled);
  return Number.isNaN(instant.getTime()) ? null : instant;
}
