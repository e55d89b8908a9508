import { loadavg } from "node:os";
import type { Database } from "../../src/db/client.ts";
import { readPageKey } from "../../src/db/page-key.ts";
import { documentFacets } from "../../src/db/search/document-facets.ts";
import { indexDocuments, unindexedDocuments } from "../../src/db/search/document-index.ts";
import { searchDocuments } from "../../src/db/search/document-search.ts";
import type { SearchOrder } from "../../src/db/search/page-hits.ts";
import { excerptOf } from "../../src/domain/query/passage.ts";
import type { Query } from "../../src/domain/query/query.ts";
import type { Row } from "../parts/report.ts";
import { questionGroups } from "./questions.ts";
import { type Stopwatch, type Taken, timedRow } from "./timing.ts";

const AT_ONCE = 50;
const PER_PAGE = 30;

/** Indexes the documents that are not, as the start of Parley does; a document is timed by the share of its part. */
export async function indexRows(db: Database, watch: Stopwatch): Promise<readonly Row[]> {
  const taken: Taken[] = [];
  const load = loadavg()[0] ?? null;
  const started = performance.now();
  let indexed = 0;
  for (let after = 0; ; ) {
    const ids = await unindexedDocuments(db, { after, now: new Date(0) }, AT_ONCE);
    const last = ids.at(-1);
    if (last === undefined) break;
    const part: Taken[] = [];
    await watch(part, () => indexDocuments(db, ids));
    taken.push(
      ...part.map(({ wall, processor }) => ({
        wall: wall / ids.length,
        processor: processor && processor / ids.length,
      })),
    );
    indexed += ids.length;
    after = last;
    if (indexed % 5_000 < AT_ONCE) process.stderr.write(`${indexed.toLocaleString("en")} documents indexed\n`);
  }
  if (indexed === 0) return [];
  const perSecond = Math.round((indexed * 1_000) / (performance.now() - started));
  const row = timedRow(
    `a document indexed (${perSecond.toLocaleString("en")}/s)`,
    taken,
    { p50: null, p95: null },
    load,
  );
  return [row];
}

/** Times the questions of statements asked of documents, as a page of the search makes them: found, marked, counted. */
export async function documentRows(
  db: Database,
  watch: Stopwatch,
  each: number,
  slower: number,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const target = { p50: 15 * slower, p95: 60 * slower };
  for (const { name, questions } of questionGroups(each)) {
    const now = loadavg()[0] ?? null;
    const [first, second, best, counted]: [Taken[], Taken[], Taken[], Taken[]] = [[], [], [], []];
    for (const [at, query] of questions.entries()) {
      const next = await watch(first, () => page(db, query, null, "newest"));
      if (next) await watch(second, () => page(db, query, next, "newest"));
      if (at % 3 === 0) await watch(best, () => page(db, query, null, "relevance"));
      if (at % 3 === 0) await watch(counted, () => documentFacets(db, query));
    }
    rows.push(
      timedRow(`documents, ${name}: first page`, first, target, now),
      timedRow(`documents, ${name}: second page`, second, target, null),
      timedRow(`documents, ${name}: the best first`, best, { p50: null, p95: 150 * slower }, null),
      timedRow(`documents, ${name}: counts by field`, counted, { p50: null, p95: 150 * slower }, null),
    );
  }
  return rows;
}

/** Brings a page with the pieces of its texts; gives where the next one begins. */
async function page(db: Database, query: Query, cursor: string | null, order: SearchOrder): Promise<string | null> {
  const after = cursor === null ? null : readPageKey(cursor);
  const { rows, next } = await searchDocuments(db, query, { limit: PER_PAGE, after, order });
  for (const row of rows) excerptOf(query, row, 320);
  return next;
}
