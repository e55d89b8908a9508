import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { shipped } from "../../src/paths.ts";
import { startTestPostgres } from "./postgres-server.ts";
import { startTestRedis } from "./redis-server.ts";

declare module "vitest" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface adds to another module's.
  export interface ProvidedContext {
    /** Address of the test Postgres, database `postgres`. */
    postgresUrl: string;
    redisUrl: string;
  }
}

/** Before all tests: compiles (reader threads run compiled code) and starts a real Postgres and a real Redis. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await promisify(execFile)(process.execPath, [
    shipped("node_modules/typescript/bin/tsc"),
    "-p",
    shipped("tsconfig.build.json"),
  ]).catch((error: { stdout?: string }) => {
    throw new Error(`The sources do not compile:\n${error.stdout ?? String(error)}`);
  });
  const postgres = await startTestPostgres();
  const redis = await startTestRedis();
  project.provide("postgresUrl", postgres.url);
  project.provide("redisUrl", redis.url);
  return async () => {
    await redis.close();
    await postgres.close();
  };
}
