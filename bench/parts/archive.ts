import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { startEmbeddedPostgres } from "../../src/db/postgres/embedded-postgres.ts";
import { type CpuSeconds, cpuOfFamily } from "./cpu.ts";

/** The archive that is measured, seen from outside: the embedded Postgres of a data folder. */
export type Archive = {
  readonly sql: postgres.Sql;
  readonly url: string;
  readonly version: string;
  /** Waits until a count has come to at least `least`; looks five times a second. */
  readonly until: (least: number, count: (sql: postgres.Sql) => Promise<number>, about: string) => Promise<void>;
  readonly cpu: () => Promise<CpuSeconds>;
  readonly close: () => Promise<void>;
};

const LOOK_EVERY_MS = 200;
/** Without any progress for so long, the run is broken off. */
const LONGEST_STANDSTILL_MS = 90_000;

/**
 * Brings up the embedded Postgres of a data folder, as `parley start` would; the monitors that follow adopt it.
 *
 * @param counted - Have the server count its statements (pg_stat_statements), which costs a little time.
 */
export async function openArchive(dataDir: string, counted: boolean): Promise<Archive> {
  if (counted) await countStatements(dataDir);
  const server = await startEmbeddedPostgres(dataDir, () => {});
  // A user called parley would else find the views of the schema of that name before the tables.
  const connection = { application_name: "parley bench", search_path: "public" };
  const sql = postgres(server.url, { max: 2, onnotice: () => {}, connection });
  const [row] = await sql<{ version: string }[]>`select current_setting('server_version') as version`;
  return {
    sql,
    url: server.url,
    version: row?.version ?? "unknown",
    until: (least, count, about) => waitUntil(sql, least, count, about),
    cpu: async () => {
      const lines = await readFile(join(server.dataDir, "postmaster.pid"), "utf8").catch(() => "");
      return cpuOfFamily(Number(lines.split("\n")[0]));
    },
    close: async () => {
      await sql.end({ timeout: 5 });
      await server.close();
    },
  };
}

/** Loads the counting library, for which the server must start once more. */
async function countStatements(dataDir: string): Promise<void> {
  const server = await startEmbeddedPostgres(dataDir, () => {});
  const sql = postgres(server.url, { max: 1, onnotice: () => {}, connection: { application_name: "bench setup" } });
  await sql`alter system set shared_preload_libraries = 'pg_stat_statements'`;
  await sql`alter system set pg_stat_statements.track_planning = on`.catch(() => null);
  await sql`create extension pg_stat_statements`.catch(() => null);
  await sql.end();
  await server.close();
}

/** Prints the statements that took the server longest since it started: calls, time to run and to plan, words. */
export async function printStatements({ sql }: Archive, most: number): Promise<void> {
  const rows = await sql<{ calls: number; ran: number; planned: number; query: string }[]>`
    select calls::int, round(total_exec_time::numeric)::int as ran, round(total_plan_time::numeric)::int as planned,
      left(regexp_replace(query, '[[:space:]]+', ' ', 'g'), 110) as query
    from pg_stat_statements order by total_exec_time + total_plan_time desc limit ${most}`;
  for (const { calls, ran, planned, query } of rows) {
    process.stderr.write(`${String(calls).padStart(8)} calls ${String(ran).padStart(8)} + ${planned} ms  ${query}\n`);
  }
}

async function waitUntil(
  sql: postgres.Sql,
  least: number,
  count: (sql: postgres.Sql) => Promise<number>,
  about: string,
): Promise<void> {
  let last = -1;
  let movedAt = performance.now();
  let toldAt = performance.now();
  for (;;) {
    // The tables are made by the monitor, so at first they may not be there.
    const now = await count(sql).catch((error: { code?: string }) => {
      if (error.code === "42P01") return 0;
      throw error;
    });
    if (now >= least) return;
    if (now !== last) movedAt = performance.now();
    last = now;
    if (performance.now() - movedAt > LONGEST_STANDSTILL_MS) {
      throw new Error(`${about} stands still at ${now} of ${least} for ${LONGEST_STANDSTILL_MS / 1_000} seconds.`);
    }
    if (performance.now() - toldAt > 5_000) {
      process.stderr.write(`  ${about}: ${now} of ${least}\n`);
      toldAt = performance.now();
    }
    await sleep(LOOK_EVERY_MS);
  }
}
