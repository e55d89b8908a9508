import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { loadCatalogue } from "../src/catalogue/load.ts";
import { saveCatalogue } from "../src/db/catalogue.ts";
import { openDatabase } from "../src/db/client.ts";
import { migrate } from "../src/db/migrate.ts";
import { readPageKey } from "../src/db/page-key.ts";
import { statementFacets } from "../src/db/statement-facets.ts";
import { searchStatements } from "../src/db/statement-search.ts";
import { fillStatements } from "./archive/fill.ts";
import { questionGroups } from "./archive/questions.ts";
import { openArchive } from "./parts/archive.ts";
import { machine, type Row, tableOf, writeBetweenMarkers } from "./parts/report.ts";

const root = process.cwd();
const numberAfter = (flag: string, otherwise: number) => {
  const at = process.argv.indexOf(flag);
  return at === -1 ? otherwise : Number(process.argv[at + 1]);
};
const statements = process.argv.includes("--five") ? 5_000_000 : numberAfter("--statements", 1_000_000);
const each = numberAfter("--questions", 150);

const folder = await mkdtemp(join(tmpdir(), "parley-bench-archive-"));
const archive = await openArchive(folder, false);
try {
  await migrate(archive.url, join(root, "drizzle"));
  const { db, close } = openDatabase(archive.url, { name: "parley bench", maxConnections: 4 });
  await saveCatalogue(db, loadCatalogue({ shippedDir: join(root, "catalogue"), overlayDir: null }), new Date());
  const load = loadavg()[0] ?? null;
  const rate = await fillStatements(archive.url, archive.sql, statements);
  process.stderr.write("vacuum, analyze\n");
  await archive.sql`vacuum analyze`;
  const [size] = await archive.sql<{ all: string; index: string }[]>`
    select pg_size_pretty(pg_database_size(current_database())) as all, pg_size_pretty(pg_total_relation_size('statement_index')) as index`;

  const rows: Row[] = [
    {
      name: "statements kept, all indexes",
      value: `${Math.round(rate).toLocaleString("en")}/s`,
      target: "5,000/s",
      met: rate >= 5_000,
      load,
    },
    {
      name: "size of the archive, of its search index",
      value: `${size?.all}, ${size?.index}`,
      target: "",
      met: null,
      load: null,
    },
  ];
  const slower = statements > 1_500_000 ? 2 : 1;
  for (const { name, questions } of questionGroups(each)) {
    const now = loadavg()[0] ?? null;
    const [first, second, counted]: [number[], number[], number[]] = [[], [], []];
    for (const [at, query] of questions.entries()) {
      const page = await timed(first, () => searchStatements(db, query, { limit: 40, after: null }));
      if (page.next)
        await timed(second, () => searchStatements(db, query, { limit: 40, after: readPageKey(page.next ?? "") }));
      if (at % 3 === 0) await timed(counted, () => statementFacets(db, query));
    }
    rows.push(
      rowOf(`${name}: first page`, first, { p50: 15 * slower, p95: 60 * slower }, now),
      rowOf(`${name}: second page`, second, { p50: 15 * slower, p95: 60 * slower }, null),
      rowOf(`${name}: counts by field`, counted, { p50: null, p95: 150 * slower }, null),
    );
  }
  await close();
  const report = `Measured ${new Date().toISOString().slice(0, 10)}: ${statements.toLocaleString("en")} generated statements, ${each} questions a group.\n\nMachine: ${machine(archive.version)}.\n\n${tableOf(rows)}\n`;
  process.stdout.write(report);
  if (process.argv.includes("--write")) {
    const name = statements > 1_500_000 ? "bench:archive:five" : "bench:archive";
    await writeBetweenMarkers(pathToFileURL(join(root, "docs/benchmarks.md")), name, report);
  }
} finally {
  await archive.close();
  await rm(folder, { recursive: true, force: true });
}

async function timed<T>(times: number[], work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  times.push(performance.now() - started);
  return result;
}

function rowOf(
  name: string,
  times: readonly number[],
  target: { readonly p50: number | null; readonly p95: number },
  load: number | null,
): Row {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const [p50, p95] = [at(0.5), at(0.95)];
  return {
    name,
    value: `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, most ${(sorted.at(-1) ?? 0).toFixed(0)} ms`,
    target: `${target.p50 === null ? "" : `p50 ≤ ${target.p50} ms, `}p95 ≤ ${target.p95} ms`,
    met: p95 <= target.p95 && (target.p50 === null || p50 <= target.p50),
    load,
  };
}
