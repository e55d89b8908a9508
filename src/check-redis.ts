import { Redis } from "ioredis";
import { Failure } from "./domain/failure.ts";

/**
 * Makes sure that Redis answers and will keep what it is given.
 *
 * @returns Its version and, where it could lose jobs, a warning.
 * @throws {Failure} `bad-setting` when it is too old, `redis-unreachable` when it does not answer.
 */
export async function checkRedis(url: string): Promise<{ version: string; warning: string | null }> {
  const { host } = new URL(url);
  const client = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: 5_000,
  });
  let lastError: unknown = null;
  client.on("error", (error) => {
    lastError = error;
  });
  try {
    await client.connect();
    const info = await client.info();
    const version = /^(?:valkey_version|redis_version):(\S+)/m.exec(info)?.[1] ?? "0";
    const [major = 0, minor = 0] = version.split(".").map(Number);
    if (major < 6 || (major === 6 && minor < 2)) {
      throw new Failure("bad-setting", `Redis at ${host} is version ${version}; Parley needs 6.2 or newer.`);
    }
    const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
    const warning =
      policy && policy !== "noeviction"
        ? `Redis may drop jobs when full (maxmemory-policy ${policy}): set it to noeviction.`
        : null;
    return { version, warning };
  } catch (error) {
    if (error instanceof Failure) throw error;
    const why = (lastError ?? error) instanceof Error ? ((lastError ?? error) as Error).message : "no answer";
    throw new Failure(
      "redis-unreachable",
      `Redis at ${host} does not answer (${why}). Start it, or correct REDIS_URL, or unset it to keep the queues in Postgres.`,
      { cause: error },
    );
  } finally {
    client.disconnect();
  }
}
