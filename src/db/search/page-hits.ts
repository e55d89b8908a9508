import type { Query } from "../../domain/query/query.ts";
import type { Database } from "../client.ts";
import type { PageKey } from "../page-key.ts";
import { bestHits, wordsOf } from "./best-hits.ts";
import type { FoundHit, Hit, TermIndex } from "./hit.ts";
import type { Hits, Wanted } from "./newest-hits.ts";

/** What comes first: the newest, or what says most about the words that are looked for. */
export type SearchOrder = "newest" | "relevance";

/** Finds the newest hits of one question. */
export type FindNewest = (wanted: Wanted) => Promise<Hits>;

/** The newest hits of a question; `complete` where these are all that meet it. */
export type Newest = { readonly hits: readonly FoundHit[]; readonly complete: boolean };

/**
 * Finds the newest hits of a question, at most `most`. Where the index alone does not decide, at most about twice as many rows are
 * looked at.
 */
export async function newestOf(find: FindNewest, most: number): Promise<Newest> {
  const { hits, all } = await find({ limit: most + 1, after: null, lookUp: 2 * most });
  return newestAmong({ hits, complete: all }, most);
}

/** Which hits make a page: so many after a key (null for the first page), in which order. */
export type WantedPage = { readonly limit: number; readonly after: PageKey | null; readonly order: SearchOrder };

/**
 * Finds the hits of a page. Of those ordered by relevance the rank in millionths stands in the place of the instant.
 *
 * @param ranked - How many of the newest hits are compared where the best are asked for.
 * @param known - The newest hits, where they were found before: nothing is searched again that stands among them.
 */
export async function pageHits(
  db: Database,
  { index, query, find, ranked }: PageSearch,
  { limit, after, order }: WantedPage,
  known: Newest | null,
): Promise<readonly Hit[]> {
  const words = order === "relevance" ? wordsOf(query) : null;
  if (words === null) return (known && hitsAfter(known, after, limit)) ?? (await find({ limit, after })).hits;
  const { hits } = known ?? (await newestOf(find, ranked));
  return bestHits(db, index, hits.slice(0, ranked), words, { limit, after });
}

/** A search whose hits are brought page by page; `looksUp` where the index alone does not decide what meets it. */
export type PageSearch = {
  readonly index: TermIndex;
  readonly query: Query;
  readonly find: FindNewest;
  readonly ranked: number;
  readonly looksUp: boolean;
};

/** Says how many of the newest hits serve a page and a count of `counted` of them alike. */
export function newestWanted({ query, ranked }: PageSearch, order: SearchOrder, counted: number): number {
  return order === "relevance" && wordsOf(query) !== null ? Math.max(counted, ranked) : counted;
}

/** Keeps the newest so many of the newest hits. */
export function newestAmong({ hits, complete }: Newest, most: number): Newest {
  return { hits: hits.slice(0, most), complete: complete && hits.length <= most };
}

/** Takes the hits after a key out of the newest; null where so many are not among them. */
function hitsAfter({ hits, complete }: Newest, after: PageKey | null, limit: number): readonly Hit[] | null {
  const rest = after === null ? hits : hits.filter((hit) => isAfter(hit, after));
  return complete || rest.length >= limit ? rest.slice(0, limit) : null;
}

/** Tells whether a hit comes after a key where the newest come first, those without a date last. */
function isAfter({ id, micros }: Hit, after: PageKey): boolean {
  if (micros === after.micros) return id < Number(after.id);
  if (micros === null || after.micros === null) return micros === null;
  return BigInt(micros) < BigInt(after.micros);
}
