import { mkdtemp, readFile, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { pino } from "pino";
import { loadCatalogue } from "../src/catalogue/load.ts";
import { openDatabase } from "../src/db/client.ts";
import { saveCatalogue } from "../src/db/collection/catalogue.ts";
import { migrate } from "../src/db/migrate.ts";
import { createJudge } from "../src/detect/happening/judge.ts";
import { detect } from "../src/workers/detect.ts";
import { createFirstLooks } from "../src/workers/first-looks.ts";
import { fillStatements } from "./archive/fill.ts";
import { addDevelopments, newDocument } from "./detect/archive.ts";
import { readStories, tfIdfClusters, threadClusters } from "./detect/stories.ts";
import { openArchive, printStatements } from "./parts/archive.ts";
import { benchOptions } from "./parts/options.ts";
import { machine, type Row, tableOf, writeBetweenMarkers } from "./parts/report.ts";

const given = benchOptions(
  "bench:detect",
  "Times the detection of new documents on top of a filled archive, and groups the short news texts of ECB+ (below PARLEY_CORPORA) into stories. Takes about ten minutes.",
  {
    statements: { number: null, says: "how many statements the archive holds (100,000, then 1,000,000)" },
    queries: { says: "print the SQL statements that took longest" },
    write: { says: "write the table into docs/benchmarks.md" },
  },
);
const root = process.cwd();
const scales = given.statements === null ? [100_000, 1_000_000] : [given.statements];
const DOCUMENTS = 60;

const folder = await mkdtemp(join(tmpdir(), "parley-bench-detect-"));
const archive = await openArchive(folder, given.queries);
const rows: Row[] = [];
try {
  await migrate(archive.url, join(root, "drizzle"));
  const catalogue = loadCatalogue({ shippedDir: join(root, "catalogue"), overlayDir: null });
  const { db, close } = openDatabase(archive.url, { name: "parley bench", maxConnections: 4 });
  await saveCatalogue(db, catalogue, new Date());
  // The threads run the built program, as in a real monitor.
  const built = pathToFileURL(join(root, "dist/workers/reader.js")).href;
  const { startReader } = (await import(built)) as typeof import("../src/workers/reader.ts");
  const reader = startReader(catalogue, 1);
  const judge = createJudge(catalogue);
  let filled = 0;
  for (const scale of scales) {
    await fillStatements(archive.url, archive.sql, scale - filled);
    filled = scale;
    const developments = await addDevelopments(archive.sql, scale / 100);
    await archive.sql`vacuum analyze`;
    const load = loadavg()[0] ?? null;
    for (const kind of ["tells of talks", "tells of nothing"] as const) {
      const times: number[] = [];
      for (let number = 0; number < DOCUMENTS; number += 1) {
        const { versionId, at: moment } = await newDocument(db, number, kind === "tells of talks");
        const context = {
          ...{ db, reader, judge, log: pino({ level: "silent" }), enqueue: async () => {}, now: () => moment },
          ...{
            publicUrl: "https://parley.example",
            firstLooks: createFirstLooks(),
            ruleBook: async () => ({ rules: [], metBy: () => [] }),
          },
        };
        const started = performance.now();
        await detect({ versionId }, context as never);
        times.push(performance.now() - started);
      }
      times.sort((a, b) => a - b);
      const median = times[Math.floor(times.length / 2)] ?? 0;
      const target = scale <= 100_000 ? 30 : 60;
      rows.push({
        name: `${scale.toLocaleString("en")} statements, ${developments.toLocaleString("en")} developments: a document that ${kind}`,
        value: `p50 ${median.toFixed(1)} ms, p95 ${(times[Math.floor(times.length * 0.95)] ?? 0).toFixed(1)} ms`,
        ...{ target: `p50 at most ${target} ms`, met: median <= target, load },
      });
    }
  }
  await reader.close();
  await close();
  if (given.queries) await printStatements(archive, 40);
} finally {
  await archive.close();
  await rm(folder, { recursive: true, force: true });
}

const corpora = process.env.PARLEY_CORPORA ?? join(root, "../shared/data");
const stories = await readStories(async (path) => gunzipSync(await readFile(join(corpora, path)))).catch(() => null);
if (stories) {
  for (const [name, score] of [
    ["Parley's threads, on words alone", threadClusters(stories)],
    ["TF-IDF, cosine, single pass", tfIdfClusters(stories)],
  ] as const)
    rows.push({
      name: `ECB+ stories (${stories.length} texts): ${name}`,
      value: `BCubed F1 ${score.f1.toFixed(3)} (P ${score.precision.toFixed(3)}, R ${score.recall.toFixed(3)}); ${score.merged} of ${score.topics} topics with both stories in one`,
      ...{ target: "", met: null, load: null },
    });
} else process.stderr.write(`no ecbplus-story-clusters under ${corpora}: its rows are left out\n`);

const report = `Measured ${new Date().toISOString().slice(0, 10)}, ${DOCUMENTS} documents each.\n\nMachine: ${machine(archive.version)}.\n\n${tableOf(rows)}\n`;
process.stdout.write(report);
if (given.write) await writeBetweenMarkers(pathToFileURL(join(root, "docs/benchmarks.md")), "bench:detect", report);
