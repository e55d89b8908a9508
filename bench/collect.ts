import { fork } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startTestRedis } from "../tests/support/redis-server.ts";
import type { Publishers } from "./collect/server.ts";
import type { Watch, Watched } from "./collect/watcher.ts";
import { openArchive, printStatements } from "./parts/archive.ts";
import { benchOptions } from "./parts/options.ts";
import { machine, type Row, tableOf, writeBetweenMarkers } from "./parts/report.ts";

// The clock of the process runs faster than the machine's; lateness is measured by the machine's, while the process does
// the work of the faster one.
const { sources, hosts, speed, ...given } = benchOptions(
  "bench:collect",
  "Has one process poll many sources of a loopback server at their due times, on a clock that runs faster. Takes ten minutes, with --quick one.\nWith BENCH_PROFILES=FOLDER the process leaves a processor profile there.",
  {
    sources: { number: 3_000, says: "how many sources" },
    hosts: { number: 30, says: "hosts that they stand on" },
    hours: { number: null, says: "simulated hours (10, with --quick 1)" },
    speed: { number: 60, says: "how many times as fast as the machine's the clock runs" },
    quick: { says: "one simulated hour" },
    redis: { says: "queues in a Redis started for it" },
    statements: { says: "print the SQL statements that took longest" },
    write: { says: "write the table into docs/benchmarks.md" },
  },
);
const hours = given.hours ?? (given.quick ? 1 : 10);

const folder = await mkdtemp(join(tmpdir(), "parley-collect-"));
// The embedded server's user must be able to pass through.
await chmod(folder, 0o755);
await mkdir(join(folder, "data"));
const archive = await openArchive(join(folder, "data"), given.statements);
const redis = given.redis ? await startTestRedis() : null;
const site = fork(fileURLToPath(new URL("collect/server.js", import.meta.url)));
const load = loadavg()[0] ?? 0;
try {
  const publishers: Publishers = { hosts, speed, changeEveryMs: 12 * 3_600_000 };
  const ports = await tell<readonly number[]>(site, publishers);
  const profiles = process.env.BENCH_PROFILES;
  const execArgv = profiles ? ["--cpu-prof", `--cpu-prof-dir=${profiles}`] : [];
  const watcher = fork(fileURLToPath(new URL("collect/watcher.js", import.meta.url)), { execArgv });
  const watch: Watch = { databaseUrl: archive.url, redisUrl: redis?.url ?? null, ports, sources, hours, speed };
  await tell<"begun">(watcher, watch);
  const cpuBefore = await archive.cpu();
  const watched = await heard<Watched>(watcher);
  const cpuAfter = await archive.cpu();
  if (given.statements) await printStatements(archive, 25);
  const postgresMs = cpuBefore !== null && cpuAfter !== null ? ((cpuAfter - cpuBefore) / watched.polls) * 1_000 : null;
  const heading = [
    `Measured ${new Date().toISOString().slice(0, 10)}: ${sources} sources on ${hosts} hosts of a loopback server, ${hours} simulated hours in ${watched.seconds.toFixed(0)} seconds; queues in ${redis ? "Redis" : "Postgres"}.`,
    `Machine: ${machine(archive.version)}.`,
  ];
  const report = `${heading.join("\n\n")}\n\n${tableOf(rowsOf(watched, postgresMs))}`;
  console.log(report);
  if (given.write) {
    const file = new URL("../../docs/benchmarks.md", import.meta.url);
    await writeBetweenMarkers(file, redis ? "bench:collect redis" : "bench:collect", report);
  }
} finally {
  site.disconnect();
  await redis?.close();
  await archive.close();
  await rm(folder, { recursive: true, force: true });
}

function rowsOf(watched: Watched, postgresMs: number | null): readonly Row[] {
  const { polls, unchanged, failed, seconds, late, loopDelay, cpuMsPerPoll, memoryMb } = watched;
  const [earlier, later] = [mean(memoryMb.slice(2, 5)), mean(memoryMb.slice(-3))];
  const row = (name: string, value: string, target: string, met: boolean | null): Row => {
    return { name, value, target, met, load: met === null ? null : load };
  };
  const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
  return [
    row("polls", `${polls} (${(polls / seconds).toFixed(0)}/s), ${unchanged} unchanged, ${failed} failed`, "", null),
    row(
      "lateness",
      `p50 ${ms(late.p50)}, p95 ${ms(late.p95)}, most ${ms(late.most)}`,
      "p95 under 5 s",
      late.p95 < 5_000,
    ),
    row(
      "event-loop delay",
      `p50 ${ms(loopDelay.p50)}, p99 ${ms(loopDelay.p99)}, most ${ms(loopDelay.most)}`,
      "p99 under 100 ms",
      loopDelay.p99 < 100,
    ),
    row("processor time of Node per poll", `${cpuMsPerPoll.toFixed(2)} ms`, "under 2 ms", cpuMsPerPoll < 2),
    row(
      "processor time of Postgres per poll",
      postgresMs === null ? "unknown" : `${postgresMs.toFixed(2)} ms`,
      "",
      null,
    ),
    row("memory at each tenth of the time", `${memoryMb.join(", ")} MB`, "flat (within 10 %)", later <= earlier * 1.1),
  ];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** Tells a child one thing and waits for its answer. */
function tell<T>(child: ReturnType<typeof fork>, what: object): Promise<T> {
  child.send(what);
  return heard<T>(child);
}

/** Waits for what a child says next; an end before that is an error. */
function heard<T>(child: ReturnType<typeof fork>): Promise<T> {
  return new Promise((done, fail) => {
    child.once("message", (answer) => done(answer as T));
    child.once("exit", (code) => fail(new Error(`a process of the measurement ended with ${code}`)));
  });
}
