import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { startEmbeddedPostgres } from "../../../src/db/postgres/embedded-postgres.ts";
import { redisProgram, startProgram } from "../../support/redis-server.ts";

/** A Postgres and a Redis that a test may kill and start again, at their addresses. */
export type Servers = {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** Kills Postgres as a crash would and starts it again after a pause. */
  readonly crashPostgres: (awayMs: number) => Promise<void>;
  /** Kills Redis and starts an empty one after a pause. */
  readonly crashRedis: (awayMs: number) => Promise<void>;
  /** Empties Redis while it runs. */
  readonly flushRedis: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Starts both servers, for this test alone. */
export async function startServers(): Promise<Servers> {
  const folder = await mkdtemp(join(tmpdir(), "parley-faults-"));
  // The server's user must be able to pass through.
  await chmod(folder, 0o755);
  const postgres = await startEmbeddedPostgres(folder, () => {});
  const program = await redisProgram();
  let redis = await startProgram(program);
  const port = Number(new URL(redis.url).port);
  return {
    databaseUrl: postgres.url,
    redisUrl: redis.url,
    crashPostgres: async (awayMs) => {
      const pid = Number((await readFile(join(postgres.dataDir, "postmaster.pid"), "utf8")).split("\n")[0]);
      process.kill(pid, "SIGKILL");
      await pause(awayMs);
      // What was killed may stand in the list of processes for a while yet; until it is gone nothing is started.
      while (!(await postgres.revive())) await pause(100);
    },
    crashRedis: async (awayMs) => {
      if (redis.pid) process.kill(redis.pid, "SIGKILL");
      await pause(awayMs);
      redis = await startProgram(program, port);
    },
    flushRedis: async () => {
      const client = new Redis(redis.url, { lazyConnect: true, retryStrategy: () => null });
      client.on("error", () => {});
      await client.connect();
      await client.flushall();
      client.disconnect();
    },
    close: async () => {
      await redis.close();
      await postgres.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
