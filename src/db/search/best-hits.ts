import { sql } from "drizzle-orm";
import { allOf, leavesOf, type Query } from "../../domain/query/query.ts";
import type { Database } from "../client.ts";
import type { PageKey } from "../page-key.ts";
import type { Hit, TermIndex } from "./hit.ts";
import { anyTerm, leafQuery } from "./term-query.ts";

/** Writes what is looked for in the words as one tsquery; null where a question asks for no words. */
export function wordsOf(query: Query): string | null {
  const words = leavesOf(allOf([query])).flatMap(({ leaf, wanted }) =>
    wanted && leaf.is !== "filter" ? [leafQuery(leaf)] : [],
  );
  return words.length === 0 ? null : anyTerm(words);
}

/** Orders hits by how often and how densely the words stand in them (Postgres `ts_rank`); the rank in millionths takes the place of the instant. */
export async function bestHits(
  db: Database,
  { table, id }: TermIndex,
  hits: readonly Hit[],
  words: string,
  { limit, after }: { readonly limit: number; readonly after: PageKey | null },
): Promise<readonly Hit[]> {
  const ids = JSON.stringify(hits.map(({ id }) => id));
  const position = after?.micros
    ? sql`where (ranked.rank, ranked.id) < (${after.micros}::bigint, ${after.id}::bigint)`
    : sql``;
  const found = await db.execute<{ id: string; rank: string }>(sql`
    select id::text, rank::text from (
      select i.${id} as id, (ts_rank(i.terms, ${words}::tsquery, 1) * 1000000)::bigint as rank
      from ${table} i where i.${id} in (select jsonb_array_elements_text(${ids}::text::jsonb)::bigint) and i.terms is not null
    ) ranked ${position} order by ranked.rank desc, ranked.id desc limit ${limit}`);
  return found.map((one) => ({ id: Number(one.id), micros: one.rank }));
}
