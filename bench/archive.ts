import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { loadCatalogue } from "../src/catalogue/load.ts";
import { type Database, openDatabase } from "../src/db/client.ts";
import { saveCatalogue } from "../src/db/collection/catalogue.ts";
import { migrate } from "../src/db/migrate.ts";
import { readPageKey } from "../src/db/page-key.ts";
import { bringSearchUpToDate } from "../src/db/search/search-state.ts";
import { statementFacets } from "../src/db/search/statement-facets.ts";
import { searchStatements } from "../src/db/search/statement-search.ts";
import { countStatementTallies } from "../src/db/search/tallies.ts";
import { LAST_DAY } from "./archive/calendar.ts";
import { documentRows, indexRows } from "./archive/documents.ts";
import { type Filled, fillStatements } from "./archive/fill.ts";
import { type Pace, TPC_W } from "./archive/pace.ts";
import { apiGroup, openPages, pageGroups } from "./archive/pages.ts";
import { timePaint } from "./archive/paint.ts";
import { questionGroups } from "./archive/questions.ts";
import { timeReaders } from "./archive/readers.ts";
import { type Stopwatch, stopwatch, type Taken, timedRow } from "./archive/timing.ts";
import { type Archive, openArchive } from "./parts/archive.ts";
import { benchOptions } from "./parts/options.ts";
import { machine, type Row, tableOf, writeBetweenMarkers } from "./parts/report.ts";

const options = benchOptions(
  "bench:archive",
  "Fills an archive with generated statements and times questions, pages, their painting and many readers. Takes some twenty minutes, five times as long with --five.",
  {
    statements: { number: 1_000_000, says: "how many statements the archive is to hold" },
    five: { says: "5,000,000 of them" },
    only: { parts: ["documents", "questions", "pages", "paint", "readers"], says: "what is measured" },
    questions: { number: 150, says: "questions in each group" },
    folder: {
      takes: "FOLDER",
      says: "keep the archive there; what it holds already is not made again, and readers leave 300,000 statements more",
    },
    pace: {
      takes: "SECONDS",
      says: "how long a reader looks at a page before the next, at least and at most (2,5); TPC-W's pace is measured besides",
    },
    write: { says: "write the table into docs/benchmarks.md" },
  },
);

const NAME = "parley bench";
const CONNECTIONS = 4;
/** Statements kept while people read, and as many before and after: some half a minute of each. */
const KEPT_BESIDE_READERS = 60_000;
const root = process.cwd();
const parts = options.only;
const statements = options.five ? 5_000_000 : options.statements;
const each = options.questions;
const slower = statements > 1_500_000 ? 2 : 1;

await measureArchive();

async function measureArchive(): Promise<void> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "parley-bench-archive-")));
  const archive = await openArchive(folder, false);
  try {
    await migrate(archive.url, join(root, "drizzle"));
    const { db, close } = openDatabase(archive.url, { name: NAME, maxConnections: CONNECTIONS });
    await saveCatalogue(db, loadCatalogue({ shippedDir: join(root, "catalogue"), overlayDir: null }), new Date());
    await bringSearchUpToDate(db, (sentence) => process.stderr.write(`${sentence}\n`));
    const rows = [...(await fill(archive, db))];
    const watch = await stopwatch(archive.sql, NAME);
    if (parts.has("documents"))
      rows.push(...(await indexRows(db, watch)), ...(await documentRows(db, watch, each, slower)));
    if (parts.has("questions")) rows.push(...(await timeQuestions(db, watch)));
    if (parts.has("pages")) rows.push(...(await timePages(archive, db, watch)));
    await close();
    if (parts.has("paint")) rows.push(...(await timePaint(archive, await pageGroups(archive.sql, each), folder)));
    if (parts.has("readers")) rows.push(...(await readBeside(archive, folder)));
    await report(archive, rows);
  } finally {
    await archive.close();
    if (options.folder === null) await rm(folder, { recursive: true, force: true });
  }
}

/** Fills the archive up, and tells how fast that went and how large it is. */
async function fill(archive: Archive, db: Database): Promise<readonly Row[]> {
  const [held] = await archive.sql<{ count: number }[]>`select count(*)::int as count from statements`;
  const missing = statements - (held?.count ?? 0);
  const load = loadavg()[0] ?? null;
  const filled = missing > 0 ? await fillStatements(archive.url, archive.sql, missing) : null;
  if (filled) {
    process.stderr.write("vacuum, analyze, count\n");
    await archive.sql`vacuum analyze`;
  }
  // Also what an earlier run kept beside its readers.
  await countStatementTallies(db, LAST_DAY);
  const [size] = await archive.sql<{ all: string; index: string }[]>`
    select pg_size_pretty(pg_database_size(current_database())) as all, pg_size_pretty(pg_total_relation_size('statement_index')) as index`;
  await warm(db);
  return [
    {
      name: "statements kept, all indexes",
      value: filled ? rateOf(filled) : "were there",
      target: "5,000/s",
      met: filled && filled.perSecond >= 5_000,
      load,
    },
    {
      ...{ name: "size of the archive, of its search index", value: `${size?.all}, ${size?.index}` },
      ...{ target: "", met: null, load: null },
    },
  ];
}

function rateOf({ perSecond, ownMs, postgresMs }: Filled): string {
  const each = postgresMs === null ? "" : `; processor ${ownMs.toFixed(2)} + ${postgresMs.toFixed(2)} ms each`;
  return `${Math.round(perSecond).toLocaleString("en")}/s${each}`;
}

/** Opens every connection of the pool. */
async function warm(db: Database): Promise<void> {
  await Promise.all(Array.from({ length: CONNECTIONS }, () => db.execute("select pg_sleep(0.2)")));
}

async function timeQuestions(db: Database, watch: Stopwatch): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const { name, questions } of questionGroups(each)) {
    const now = loadavg()[0] ?? null;
    const [first, second, counted]: [Taken[], Taken[], Taken[]] = [[], [], []];
    for (const [at, query] of questions.entries()) {
      const page = await watch(first, () => searchStatements(db, query, { limit: 40, after: null }));
      const next = page.next && readPageKey(page.next);
      if (next) await watch(second, () => searchStatements(db, query, { limit: 40, after: next }));
      if (at % 3 === 0) await watch(counted, () => statementFacets(db, query));
    }
    rows.push(
      timedRow(`${name}: first page`, first, { p50: 15 * slower, p95: 60 * slower }, now),
      timedRow(`${name}: second page`, second, { p50: 15 * slower, p95: 60 * slower }, null),
      timedRow(`${name}: counts by field`, counted, { p50: null, p95: 150 * slower }, null),
    );
  }
  return rows;
}

async function timePages(archive: Archive, db: Database, watch: Stopwatch): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const load = await openPages(db, LAST_DAY);
  for (const { name, addresses } of await pageGroups(archive.sql, Math.ceil(each / 5))) {
    const now = loadavg()[0] ?? null;
    const taken: Taken[] = [];
    let most = 0;
    for (const address of addresses) most = Math.max(most, await watch(taken, () => load(address)));
    rows.push(
      timedRow(`page: ${name} (at most ${Math.ceil(most / 1_000)} kB)`, taken, { p50: null, p95: 50 * slower }, now),
    );
  }
  return rows;
}

/** Has people read while statements are kept; the archive is larger afterwards. */
async function readBeside(archive: Archive, folder: string): Promise<readonly Row[]> {
  const groups = [...(await pageGroups(archive.sql, each)), apiGroup(each)];
  const [least = 2, most = least] = (options.pace ?? "2,5").split(",").map(Number);
  const asked: Pace = { spread: "even", leastMs: least * 1_000, mostMs: most * 1_000 };
  const paces = [asked, TPC_W];
  return timeReaders(archive, groups, { statements: Math.min(KEPT_BESIDE_READERS, statements), paces, folder });
}

async function report(archive: Archive, rows: readonly Row[]): Promise<void> {
  const text = `Measured ${new Date().toISOString().slice(0, 10)}: ${statements.toLocaleString("en")} generated statements, ${each} questions a group.\n\nMachine: ${machine(archive.version)}.\n\n${tableOf(rows)}\n`;
  process.stdout.write(text);
  if (!options.write) return;
  const name = statements > 1_500_000 ? "bench:archive:five" : "bench:archive";
  await writeBetweenMarkers(pathToFileURL(join(root, "docs/benchmarks.md")), name, text);
}
