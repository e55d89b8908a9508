import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import postgres from "postgres";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { isAlive, keepSecret, withFolderLock } from "../../../src/db/postgres/embedded-files.ts";
import {
  type EmbeddedPostgres,
  embeddedIsRunning,
  startEmbeddedPostgres,
} from "../../../src/db/postgres/embedded-postgres.ts";
import { shipped } from "../../../src/paths.ts";
import { type Program, startProgram } from "../../support/program.ts";

let folder: string;

beforeEach(async ({ onTestFinished: atTheEnd }) => {
  const made = await mkdtemp(join(tmpdir(), "parley-embedded-"));
  folder = made;
  // Registered first, so it comes last: after the servers in it have stopped.
  atTheEnd(() => rm(made, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
  // The server's user must be able to pass through.
  await chmod(folder, 0o755);
});

/** Starts the server in this process and stops it when the test ends, however it ends. */
async function start(place = folder, say: (sentence: string) => void = () => {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres(place, say);
  onTestFinished(() => server.close().catch(() => {}));
  return server;
}

/** Starts another Parley's server in a process of its own, which closes it when it is told to. */
function startElsewhere(place = folder): Program {
  const program = startProgram(`
    import { createInterface } from "node:readline";
    import { startEmbeddedPostgres } from ${JSON.stringify(pathToFileURL(shipped("dist/db/postgres/embedded-postgres.js")).href)};
    import { openDatabase } from ${JSON.stringify(pathToFileURL(shipped("dist/db/client.js")).href)};
    const server = await startEmbeddedPostgres(${JSON.stringify(place)}, () => {});
    const { db, close } = openDatabase(server.url, { name: "parley elsewhere", maxConnections: 1 });
    await db.execute("select 1");
    console.log(JSON.stringify({ url: server.url, adopted: server.adopted }));
    for await (const _ of createInterface({ input: process.stdin })) break;
    await close();
    await server.close();
    process.exit(0);
  `);
  onTestFinished(program.kill);
  return program;
}

async function said(program: Program): Promise<{ url: string; adopted: boolean }> {
  return JSON.parse(await program.line());
}

async function query<T>(url: string, text: string): Promise<readonly T[]> {
  const client = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: "a look" } });
  try {
    return (await client.unsafe(text)) as unknown as readonly T[];
  } finally {
    await client.end({ timeout: 2 });
  }
}

async function postmasterPid({ dataDir }: EmbeddedPostgres): Promise<number> {
  return Number((await readFile(join(dataDir, "postmaster.pid"), "utf8")).split("\n")[0]);
}

describe("Parley's own Postgres", () => {
  test("starts from nothing, stops when it is left, and has its data when it starts again", async () => {
    const first = await start();
    expect(first.adopted).toBe(false);
    await query(first.url, "create table kept (words text); insert into kept values ('对话')");
    expect(await embeddedIsRunning(folder)).toBe(true);
    await first.close();
    expect(await embeddedIsRunning(folder)).toBe(false);
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await query(second.url, "select words from kept")).toEqual([{ words: "对话" }]);
  });

  test("knows hanzi, so that two of them can be searched for", async () => {
    const { url } = await start();
    const rows = await query(url, "select '对话' ~ '^[[:alpha:]]+$' as known, lower('ÄΩ') as lower");
    expect(rows).toEqual([{ known: true, lower: "äω" }]);
  });

  test("listens on loopback alone and asks for its password", async () => {
    const { url } = await start();
    expect(await query(url, "show listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
    const wrong = new URL(url);
    wrong.password = "guess";
    await expect(query(wrong.href, "select 1")).rejects.toThrow(/password/);
    expect((await stat(join(folder, "postgres-password"))).mode & 0o077).toBe(0);
  });

  test("that a killed Parley left behind is adopted", async () => {
    const elsewhere = startElsewhere();
    const { url } = await said(elsewhere);
    await query(url, "create table left_behind (id int)");
    await elsewhere.kill();
    const adopted = await start();
    expect([adopted.adopted, adopted.url]).toEqual([true, url]);
    expect(await query(adopted.url, "select count(*)::int as count from left_behind")).toEqual([{ count: 0 }]);
  });

  test("whose process was killed is revived at the same address, with its data", async () => {
    const server = await start();
    await query(server.url, "create table kept (id int); insert into kept values (1)");
    expect(await server.revive()).toBe(false);
    process.kill(await postmasterPid(server), "SIGKILL");
    let revived = false;
    for (let tries = 0; tries < 40 && !revived; tries += 1) {
      revived = await server.revive().catch(() => false);
      if (!revived) await sleep(250);
    }
    expect(revived).toBe(true);
    expect(await query(server.url, "select id from kept")).toEqual([{ id: 1 }]);
  });

  test("is one when two processes start together, and the last one out stops it", async () => {
    const [one, other] = [startElsewhere(), startElsewhere()];
    const [first, second] = await Promise.all([said(one), said(other)]);
    expect(first.url).toBe(second.url);
    expect([first.adopted, second.adopted].sort()).toEqual([false, true]);
    one.say("leave");
    expect(await one.ended()).toBe(0);
    expect(await embeddedIsRunning(folder)).toBe(true);
    expect(await query(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
    other.say("leave");
    expect(await other.ended()).toBe(0);
    expect(await embeddedIsRunning(folder)).toBe(false);
  });

  test("that is started while its last user leaves is there for who starts, each time", async () => {
    let server = await start();
    for (let round = 0; round < 8; round += 1) {
      const [, next] = await Promise.all([server.close(), start()]);
      server = next;
      expect(await query(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
      await sleep(300);
      expect(await query(server.url, "select 1 as one"), "a moment later").toEqual([{ one: 1 }]);
    }
  });

  test.runIf(process.getuid?.() === 0)("stands elsewhere when its user cannot reach the folder", async () => {
    const hidden = join(folder, "home", "data");
    const program = startElsewhere(hidden);
    await said(program);
    program.say("leave");
    await program.ended();
    await chmod(join(folder, "home"), 0o700);
    await rm(hidden, { recursive: true });
    const sentences: string[] = [];
    const server = await start(hidden, (sentence) => sentences.push(sentence));
    onTestFinished(() => rm(join(server.dataDir, ".."), { recursive: true, force: true }));
    expect(server.dataDir.startsWith(hidden)).toBe(false);
    expect(sentences.join(" ")).toContain("cannot reach");
    await query(server.url, "create table kept (id int)");
    await server.close();
    const again = await start(hidden);
    expect(await query(again.url, "select count(*)::int as count from kept")).toEqual([{ count: 0 }]);
  });
});

describe("the folder of the server", () => {
  test("has one secret, also when many processes make it at once", async () => {
    const path = join(folder, "secret");
    const module = `
      import { keepSecret } from ${JSON.stringify(pathToFileURL(shipped("dist/db/postgres/embedded-files.js")).href)};
      process.stdin.once("data", async () => {
        console.log(await keepSecret(${JSON.stringify(path)}, () => String(process.pid)));
        process.exit(0);
      });
      console.log("ready");`;
    const programs = Array.from({ length: 6 }, () => startProgram(module));
    await Promise.all(programs.map(({ line }) => line()));
    for (const program of programs) program.say("go");
    const secrets = await Promise.all(programs.map(({ line }) => line()));
    expect(new Set(secrets).size).toBe(1);
    expect(await keepSecret(path, () => "another")).toBe(secrets[0]);
  });

  test("is worked in by one at a time", async () => {
    let inside = 0;
    let most = 0;
    const work = () =>
      withFolderLock(folder, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await sleep(30);
        inside -= 1;
      });
    await Promise.all([work(), work(), work()]);
    expect(most).toBe(1);
  });

  test("is not locked for ever by a process that was killed", async () => {
    const program = startProgram(`
      import { withFolderLock } from ${JSON.stringify(pathToFileURL(shipped("dist/db/postgres/embedded-files.js")).href)};
      await withFolderLock(${JSON.stringify(folder)}, async () => {
        console.log("inside");
        await new Promise((done) => setTimeout(done, 60_000));
      });`);
    await program.line();
    await program.kill();
    expect(isAlive(program.pid)).toBe(false);
    await expect(withFolderLock(folder, async () => "done")).resolves.toBe("done");
  });

  test("is not locked for ever by a process that was killed before it could write its number", async () => {
    await writeFile(join(folder, "starting.lock"), "");
    await expect(withFolderLock(folder, async () => "done")).resolves.toBe("done");
  });

  test("has a secret also where the first attempt left an empty file", async () => {
    const path = join(folder, "secret");
    await writeFile(path, "");
    expect(await keepSecret(path, () => "made anew")).toBe("made anew");
  });

  test("is free again after work that failed", async () => {
    const fails = withFolderLock(folder, async () => {
      throw new Error("no");
    });
    await expect(fails).rejects.toThrow("no");
    await expect(withFolderLock(folder, async () => "done")).resolves.toBe("done");
  });
});
