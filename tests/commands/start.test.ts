import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { noteRunningWeb, runningWeb } from "../../src/running-web.ts";
import { runParley } from "./run-parley.ts";

let folder: string;
const holder = createServer();
let port = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parley-start-"));
  await new Promise<void>((done) => holder.listen(0, "127.0.0.1", done));
  port = (holder.address() as { port: number }).port;
});

afterAll(async () => {
  holder.close();
  await rm(folder, { recursive: true, force: true });
});

test("a start on a port that is taken says so before it makes a database", async () => {
  const data = join(folder, "taken");
  const { code, err } = await runParley(["start"], { PARLEY_DATA: data, PARLEY_PORT: String(port) });
  expect(err.trim()).toBe(
    `Port ${port} of 127.0.0.1 is taken, by a running Parley or another program. Stop it, or choose another port with PARLEY_PORT.`,
  );
  expect(code).toBe(1);
  expect(existsSync(data)).toBe(false);
});

test("a start without the Redis it was told to use says one line and ends", async () => {
  const { code, err } = await runParley(["start"], {
    ...{ PARLEY_DATA: join(folder, "no-redis"), PARLEY_PORT: "0", REDIS_URL: "redis://127.0.0.1:1" },
  });
  expect(err.trim()).toMatch(/^Redis at 127\.0\.0\.1:1 does not answer \(.*\)\. Start it, or correct REDIS_URL.*$/);
  expect(code).toBe(1);
});

test("the doctor takes the port that Parley itself holds for no fault, and any other for one", async () => {
  const settings = { PARLEY_DATA: folder, PARLEY_PORT: String(port) };
  expect((await runParley(["doctor"], settings)).out).toMatch(/WRONG {2}web +Port \d+ of 127\.0\.0\.1 is taken/);
  const forget = await noteRunningWeb(folder, `http://127.0.0.1:${port}`);
  expect((await runParley(["doctor"], settings)).out).toContain(
    `is served by the Parley that runs (process ${process.pid})`,
  );
  await forget();
  expect(await runningWeb(folder)).toBeNull();
});
