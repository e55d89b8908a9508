import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shipped } from "../src/paths.ts";
import { stages } from "../src/queues.ts";

const floorZero = "domain/ and catalogue/ are floor 0";
const noLibrary = "Floor 0 is pure data";
const floorOne = "read/ and detect/ are floor 1";
const noDisk = "read/ and detect/ touch no disk";
const presentFloor = "present/ is floor 1";
const dbFloor = "db/ is floor 2";
const netFloor = "net/ is floor 2";
const thinWorkers = "Workers are thin";
const noClock = "No clock and no chance on this floor";
const onlyDb = "Only db/ names drizzle and postgres";

/** Where a violation is planted, what it is, and what the linter says to it; null where it is none. */
const plants: readonly (readonly [file: string, code: string, message: string | null])[] = [
  ["src/domain/a.ts", 'import "../db/client.ts";', floorZero],
  ["src/domain/b.ts", 'import "../read/feed/feed.ts";', floorZero],
  ["src/domain/c.ts", 'import "undici";', noLibrary],
  ["src/catalogue/a.ts", 'import "../config.ts";', floorZero],
  ["src/catalogue/b.ts", 'import "drizzle-orm";', noLibrary],
  ["src/read/a.ts", 'import "node:fs";', noDisk],
  ["src/read/b.ts", 'import "node:fs/promises";', noDisk],
  ["src/read/c.ts", 'import "../workers/context.ts";', floorOne],
  ["src/detect/a.ts", 'import "../db/schema/archive.ts";', floorOne],
  ["src/detect/b.ts", 'import "ioredis";', noDisk],
  ["src/present/a.ts", 'import "../db/client.ts";', presentFloor],
  ["src/present/b.ts", 'import "nodemailer";', "present/ touches no disk"],
  ["src/db/a.ts", 'import "../net/fetcher.ts";', dbFloor],
  ["src/db/b.ts", 'import "../workers/context.ts";', dbFloor],
  ["src/db/c.ts", 'import "bullmq";', "db/ speaks SQL"],
  ["src/net/a.ts", 'import "../db/client.ts";', netFloor],
  ["src/net/b.ts", 'import "drizzle-orm/pg-core";', "net/ opens sockets outward"],
  ...stages.map(
    (stage) => [`src/workers/asks-${stage}.ts`, `import "./${stage}.ts";`, "A worker never imports a worker"] as const,
  ),
  ["src/workers/c.ts", 'import "../web/app.tsx";', "A worker does not know"],
  ["src/workers/d.ts", 'import "drizzle-orm";', thinWorkers],
  ["src/workers/e.ts", 'import "bullmq";', thinWorkers],
  ["src/workers/f.ts", 'import "undici";', thinWorkers],
  ["src/web/a.ts", 'import "bullmq";', "Ask db/ with a verb"],
  ["src/web/b.ts", 'import "drizzle-orm";', "Ask db/ with a verb"],
  ["src/web/pages/c.tsx", 'import "../../workers/poll.ts";', "web/ shows what is stored"],
  ["src/mcp/a.ts", 'import "drizzle-orm";', "Ask db/ with a verb"],
  ["src/mcp/b.ts", 'import "../workers/context.ts";', "web/ shows what is stored"],
  ["src/commands/a.ts", 'import "postgres";', onlyDb],
  ["src/demo/a.ts", 'import "undici";', onlyDb],
  ["src/app.ts", 'import "bullmq";', onlyDb],
  ["src/config.ts", 'import "pg";', onlyDb],
  ["src/archive.ts", 'import "drizzle-orm";', onlyDb],
  ["src/make-endpoint.ts", 'import "undici";', onlyDb],
  ["src/check-redis.ts", 'import "ioredis";', null],
  ["src/domain/d.ts", 'import "../mcp/server.ts";', floorZero],
  ["src/detect/c.ts", 'import "../mcp/server.ts";', floorOne],
  ["src/present/c.ts", 'import "../mcp/server.ts";', presentFloor],
  ["src/db/e.ts", 'import "../mcp/server.ts";', dbFloor],
  ["src/net/c.ts", 'import "../mcp/server.ts";', netFloor],
  ["src/workers/g.ts", 'import "../mcp/server.ts";', "A worker does not know"],
  ["src/domain/clock-a.ts", "export const now = Date.now();", noClock],
  ["src/read/clock-b.ts", "export const now = () => new Date();", noClock],
  ["src/read/clock-c.ts", "export const now = () => new Date;", noClock],
  ["src/detect/clock-d.ts", "export const clock = { now: Date.now };", noClock],
  ["src/present/clock-e.tsx", "export const now = performance.now();", noClock],
  ["src/catalogue/clock-f.ts", "export const chance = [1].map(Math.random);", noClock],
  ["src/domain/clock-g.ts", "export const epoch = new Date(0);", null],
  ["src/workers/clock-h.ts", "export const now = Date.now();", null],
  ["src/workers/worker.ts", 'import "./poll.ts"; import "bullmq";', thinWorkers],
  ["src/queues.ts", 'import "bullmq"; import "ioredis";', null],
  ["src/db/d.ts", 'import "../read/feed/feed.ts"; import "drizzle-orm"; import "postgres";', null],
  ["src/web/d.ts", 'import "../db/client.ts"; import "../queues.ts"; import "hono";', null],
  ["src/domain/style-a.ts", "export default 1;", "default export"],
  ["src/domain/style-b.ts", "export enum Sort { One }", "enum"],
  ["src/domain/style-c.ts", "export interface Shape { a: number }", "interface"],
  ["src/net/style-d.ts", 'console.log("here");', "console"],
];

let folder: string;
let said: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "parley-plants-"));
  cpSync(shipped("biome.json"), join(folder, "biome.json"));
  cpSync(shipped("biome"), join(folder, "biome"), { recursive: true });
  for (const [file, code] of plants) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${code}\n`);
  }
  const args = ["lint", "--vcs-enabled=false", "--reporter=json", "--max-diagnostics=none", "."];
  const run = promisify(execFile)(process.execPath, [shipped("node_modules/@biomejs/biome/bin/biome"), ...args], {
    ...{ cwd: folder, maxBuffer: 16 * 1024 * 1024 },
  });
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { severity: string; message: string; location: { path: string } }[];
  };
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  said = new Map(
    plants.map(([file]) => [
      file,
      errors.flatMap(({ location, message }) => (location.path.replaceAll("\\", "/") === file ? [message] : [])),
    ]),
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the linter", () => {
  test.each(plants.filter(([, , message]) => message !== null))("refuses %s that says %s", (file, _, message) => {
    expect(said.get(file)?.join("\n")).toContain(message);
  });

  test.each(plants.filter(([, , message]) => message === null))("lets %s say %s", (file) => {
    expect(said.get(file)).toEqual([]);
  });
});

/** Every file of src/, by its path. */
const sources = readdirSync(shipped("src"), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return { path: path.slice(shipped("src").length - 3).replaceAll("\\", "/"), text: readFileSync(path, "utf8") };
  });

describe("the sources", () => {
  test("have a line in ARCHITECTURE.md for each folder and each file beside them", () => {
    const map = readFileSync(shipped("ARCHITECTURE.md"), "utf8");
    const places = new Set(sources.map(({ path }) => path.replace(/^(src\/[^/]+\/).*$/, "$1")));
    expect([...places].filter((place) => !map.includes(`\`${place}\``))).toEqual([]);
  });

  test("have no file over 350 lines", () => {
    const long = sources.filter(({ text }) => text.split("\n").length > 351).map(({ path }) => path);
    expect(long).toEqual([]);
  });

  test("write to the console from commands and the demonstration alone", () => {
    const loud = sources
      .filter(({ text }) => /^(?!\s*(\*|\/\/)).*\bconsole\.\w+\(/m.test(text))
      .map(({ path }) => path);
    expect(loud.filter((path) => !/^src\/(commands|demo)\/|^src\/cli\.ts$/.test(path))).toEqual([]);
  });

  test("have no barrel, no `any`, and silence no type error", () => {
    const odd = sources.filter(({ text }) => /^export \* from|: any\b|@ts-(ignore|expect-error|nocheck)/m.test(text));
    expect(odd.map(({ path }) => path)).toEqual([]);
  });

  test("say nothing of work left undone", () => {
    const undone = sources.filter(({ text }) => /\b(TODO|FIXME|XXX|not implemented)\b/.test(text));
    expect(undone.map(({ path }) => path)).toEqual([]);
  });

  test("import one another by relative paths that end in .ts or .tsx", () => {
    const bare = sources.filter(({ text }) => /from "\.{1,2}\/(?![^"]*\.tsx?")[^"]*"/.test(text));
    expect(bare.map(({ path }) => path)).toEqual([]);
  });
});
