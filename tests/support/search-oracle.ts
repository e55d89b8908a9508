import { expect } from "vitest";
import { type PageKey, readPageKey } from "../../src/db/page-key.ts";
import { readQuestion } from "../../src/domain/query/ask.ts";
import type { Query } from "../../src/domain/query/query.ts";

/** Questions of every form about the words and speakers of an archive: what an index finds must be what asking text by text finds. */
export const QUESTIONS: readonly string[] = [
  ...["talks", "hotline", "the", "人工智能", "对话", "人", "unheard", "talks hotline", "talks OR 军控"],
  ...["guardrails -talks", '"talks talks"', '"the talks"', "-talks", '-"the talks"', "talks NEAR/1 the"],
  ...["人工智能 NEAR/3 talks", "-人工智能", "hotline NEAR/50 guardrails", "AI-talks", "人工智能 对话", "the of"],
  ...[
    "actor:norland talks",
    "side:South",
    "side:North -the",
    "since:2026-05",
    "until:2020 talks",
    "topic:process 军控",
  ],
  ...["since:2024 until:2026-04 the", '"talks of" until:2026-05-20', "talks since:2026-05-21", "-since:2026-05 talks"],
  ...["(actor:southmark OR 对话) -hotline", '"the talks" OR actor:southmark', ""],
];

/** Reads a question that has no mistakes. */
export function questionOf(q: string): Query {
  const { query, mistakes } = readQuestion({ q });
  expect(mistakes).toEqual([]);
  return query;
}

/**
 * Asks for page after page, as a reader would, and lists what they bring.
 *
 * @param most - Enough of them: no further page is asked for then.
 */
export async function idsOfPages(
  pageAfter: (
    after: PageKey | null,
  ) => Promise<{ readonly rows: readonly { readonly id: number }[]; readonly next: string | null }>,
  most = Number.POSITIVE_INFINITY,
): Promise<readonly number[]> {
  const found: number[] = [];
  let after: PageKey | null = null;
  do {
    const { rows, next } = await pageAfter(after);
    found.push(...rows.map(({ id }) => id));
    after = next === null ? null : readPageKey(next);
  } while (after !== null && found.length < most);
  return found;
}

/** Puts what has a day before what came earlier, and what has none last; of one moment what was kept last comes first. */
export function newestFirst<Kept extends { readonly id: number; readonly at: Date | null }>(
  kept: readonly Kept[],
): readonly Kept[] {
  const time = ({ at }: Kept) => at?.getTime() ?? Number.NEGATIVE_INFINITY;
  return kept.toSorted((a, b) => (time(a) === time(b) ? b.id - a.id : time(b) - time(a)));
}

/** Counts how often each value stands in a list, as facets do; what is missing is not counted. */
export function tally(values: readonly (string | null | undefined)[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const value of values) if (value) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
