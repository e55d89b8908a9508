import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { Redis } from "ioredis";

const run = promisify(execFile);

/** A running Redis. */
export type TestRedis = { readonly url: string; readonly pid: number | null; readonly close: () => Promise<void> };

/**
 * Starts a Redis for this run: `PARLEY_TEST_REDIS_URL`, else `redis-server` (or `valkey-server`) on the PATH, else installs it
 * as root with apt-get, else runs it in Docker.
 *
 * @throws Error that says how to provide one; tests are never skipped for want of a server.
 */
export async function startTestRedis(): Promise<TestRedis> {
  const given = process.env.PARLEY_TEST_REDIS_URL;
  if (given) return { url: given, pid: null, close: async () => {} };
  const program = await findProgram();
  return program ? startProgram(program) : startInDocker();
}

/**
 * Finds a Redis program that a test may start and stop by itself.
 *
 * @throws Error that says how to provide one.
 */
export async function redisProgram(): Promise<string> {
  const program = await findProgram();
  if (!program)
    throw new Error("This test stops and starts a Redis of its own: install redis-server or valkey-server.");
  return program;
}

async function findProgram(): Promise<string | null> {
  return (await onPath("redis-server")) ?? (await onPath("valkey-server")) ?? (await installRedis());
}

/** Starts a Redis program on a free port, with the persistence that docker-compose.yml sets. */
export async function startProgram(program: string, port?: number): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), "parley-redis-"));
  const chosen = port ?? (await freePort());
  const args = [
    "--port",
    String(chosen),
    "--bind",
    "127.0.0.1",
    "--dir",
    folder,
    "--save",
    "",
    "--appendonly",
    "yes",
    "--appendfsync",
    "always",
  ];
  const child = spawn(program, [...args, "--maxmemory-policy", "noeviction"], { stdio: "ignore" });
  const url = `redis://127.0.0.1:${chosen}`;
  await untilItAnswers(url);
  return {
    url,
    pid: child.pid ?? null,
    close: async () => {
      child.kill("SIGTERM");
      if (child.exitCode === null) await new Promise((done) => child.once("exit", done));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function onPath(name: string): Promise<string | null> {
  const found = await run("which", [name]).catch(() => null);
  return found?.stdout.trim() || null;
}

async function installRedis(): Promise<string | null> {
  if (process.getuid?.() !== 0 || !(await onPath("apt-get"))) return null;
  console.log("Installing redis-server with apt-get for the tests …");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = () => run("apt-get", ["install", "-y", "--no-install-recommends", "redis-server"], { env });
  await install().catch(async () => {
    await run("apt-get", ["update"], { env });
    await install();
  });
  return onPath("redis-server");
}

async function startInDocker(): Promise<TestRedis> {
  const port = await freePort();
  const started = await run("docker", ["run", "--rm", "-d", "-p", `127.0.0.1:${port}:6379`, "redis:7"]).catch(
    () => null,
  );
  if (!started) {
    throw new Error(
      "The tests need a Redis 6.2 or newer. Install redis-server (Debian: apt-get install redis-server; macOS: brew install redis), start Docker, or set PARLEY_TEST_REDIS_URL=redis://host:port.",
    );
  }
  const url = `redis://127.0.0.1:${port}`;
  await untilItAnswers(url);
  return {
    url,
    pid: null,
    close: async () => {
      await run("docker", ["stop", started.stdout.trim()]);
    },
  };
}

async function untilItAnswers(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
    client.on("error", () => {});
    const answer = await client
      .connect()
      .then(() => client.ping())
      .catch(() => null);
    client.disconnect();
    if (answer === "PONG") return;
    await sleep(100);
  }
  throw new Error(`Redis at ${url} did not answer within 10 seconds.`);
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}
