import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { DumpManifest } from "../../src/commands/dump-folder.ts";
import { verifyDump } from "../../src/commands/dump-folder.ts";
import { views } from "../../src/db/analysts/views.ts";
import { changesAfter } from "../../src/db/history/changes.ts";
import { useDatabase } from "../support/database.ts";
import { keepCatalogue, keepDevelopment, keepWords } from "../web/archive.ts";
import { runParley } from "./run-parley.ts";

const db = useDatabase();
let home: string;
let developmentId = 0;
const settings = () => ({ DATABASE_URL: db.url(), PARLEY_DATA: join(home, "data") });

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "parley-export-"));
  await keepCatalogue(db());
  await keepWords(db(), "=cmd() was discussed.", { day: "2026-05-18" });
  const kept = await keepWords(db(), "Guardrails were discussed.", { day: "2026-05-19" });
  developmentId = await keepDevelopment(db(), kept, { summary: "Guardrails", evidence: [{ start: 0, end: 10 }] });
});
afterAll(() => rm(home, { recursive: true, force: true }));

const rowsOf = async (file: string) => parquetReadObjects({ file: await asyncBufferFromFile(file) });

describe("there is one export of the archive and one of the sources", () => {
  test("the help lists one command export, and the other under sources", async () => {
    const listed = (out: string) => out.match(/^ {2}export\b.*$/gm) ?? [];
    expect(listed((await runParley(["--help"])).out)).toEqual([expect.stringContaining("the statements that meet")]);
    expect(listed((await runParley(["sources", "--help"])).out)).toEqual([
      expect.stringContaining("the feeds of the catalogue"),
    ]);
  });

  test("parley export takes no --opml, and parley sources export no --evidence", async () => {
    expect(await runParley(["export", "--opml"], settings())).toMatchObject({
      ...{ code: 2, out: "", err: expect.stringContaining("--opml") },
    });
    expect(await runParley(["sources", "export", "--evidence", "1"], settings())).toMatchObject({
      ...{ code: 2, out: "", err: expect.stringContaining("--evidence") },
    });
  });

  test("parley sources export prints the subscription list, with or without --opml, and needs no archive", async () => {
    const [plain, named] = await Promise.all([
      runParley(["sources", "export"], { PARLEY_DATA: join(home, "none") }),
      runParley(["sources", "export", "--opml"], { PARLEY_DATA: join(home, "none") }),
    ]);
    expect(plain).toEqual(named);
    expect(plain.code).toBe(0);
    expect(plain.out).toContain('<opml version="2.0">');
  });
});

describe("parley export", () => {
  test("prints the statements that meet a query as NDJSON", async () => {
    const { code, out } = await runParley(["export", "guardrails"], settings());
    const rows = out.trim().split("\n");
    expect(code).toBe(0);
    expect(rows.map((row) => JSON.parse(row).words)).toEqual(["Guardrails were discussed."]);
  });

  test("writes a CSV in which no cell is run as a formula", async () => {
    const file = join(home, "all.csv");
    const { code, out } = await runParley(["export", "--format", "csv", "--out", file], settings());
    const text = await readFile(file, "utf8");
    expect([code, out]).toEqual([0, ""]);
    // Excel reads hanzi in UTF-8 only behind a byte order mark.
    expect(text.split("\n")[0]).toMatch(/^\uFEFFkey,id,said,/);
    expect(text).toContain("'=cmd() was discussed.");
    expect(text).not.toMatch(/(^|,)=cmd/m);
  });

  test("says how many statements it wrote, and where", async () => {
    const file = join(home, "said.ndjson");
    expect((await runParley(["export", "guardrails", "--out", file], settings())).err).toContain(
      `1 statement in ${file}.`,
    );
  });

  test("writes Parquet that a reader of it gives back with its types", async () => {
    const file = join(home, "found.parquet");
    expect((await runParley(["export", "--format", "parquet", "--out", file], settings())).code).toBe(0);
    const rows = await rowsOf(file);
    expect(rows.map(({ words }) => words)).toEqual(["Guardrails were discussed.", "=cmd() was discussed."]);
    expect(rows[0]).toMatchObject({
      id: expect.any(BigInt),
      actors: ["norland"],
      confidence: expect.any(Number),
      url: expect.any(String),
    });
    expect(await runParley(["export", "--format", "parquet"], settings())).toMatchObject({
      code: 2,
      err: expect.stringContaining("--out"),
    });
  });

  test("writes the evidence of a development as a bundle that parley verify checks without the archive", async () => {
    const file = join(home, "evidence.json");
    const written = await runParley(["export", "--evidence", `${developmentId}`, "--out", file], settings());
    expect(written).toMatchObject({ code: 0, err: expect.stringContaining(`parley verify ${file}`) });
    expect((await runParley(["verify", file], { PARLEY_DATA: join(home, "none") })).code).toBe(0);
    for (const wrong of ["x", "999999"])
      expect(await runParley(["export", "--evidence", wrong], settings())).toMatchObject({
        ...{ code: 2, err: expect.stringContaining("parley developments lists them") },
      });
  });
});

test("parley backup writes over no file, unless it is told to", async () => {
  const file = join(home, "kept.backup");
  expect((await runParley(["backup", file], settings())).code).toBe(0);
  const first = await readFile(file);
  expect(await runParley(["backup", file], settings())).toMatchObject({
    code: 2,
    err: expect.stringContaining("--force"),
  });
  expect((await readFile(file)).equals(first)).toBe(true);
  expect((await runParley(["backup", file, "--force"], settings())).code).toBe(0);
});

describe("parley export --all", () => {
  const dump = async (name: string, format: string) => {
    const folder = join(home, name);
    const ended = await runParley(["export", "--all", folder, "--format", format], settings());
    const manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")) as DumpManifest;
    return { folder, ended, manifest };
  };

  test("writes every documented view with all its rows, the same in each form", async () => {
    const [lines, parquet] = [await dump("lines", "ndjson"), await dump("parquet", "parquet")];
    for (const { folder } of [lines, parquet]) expect((await verifyDump(folder)).breaches).toEqual([]);
    expect(lines.ended).toMatchObject({ code: 0, err: expect.stringContaining("parley verify") });
    expect(lines.manifest.tables.map(({ name }) => name)).toEqual(views.map(({ name }) => name));
    for (const { name, file, rows, columns } of lines.manifest.tables) {
      const [counted] = await db().execute<{ rows: number }>(
        sql.raw(`select count(*)::int as rows from parley.${name}`),
      );
      const text = (await readFile(join(lines.folder, file), "utf8")).split("\n").filter((line) => line !== "");
      expect([name, rows, text.length]).toEqual([name, counted?.rows, counted?.rows]);
      const typed = await rowsOf(join(parquet.folder, `${name}.parquet`));
      const plain = typed.map((row) =>
        JSON.parse(JSON.stringify(row, (_, value) => (typeof value === "bigint" ? Number(value) : value))),
      );
      const instants = columns.filter(({ type }) => type.startsWith("timestamp")).map((column) => column.name);
      const asWritten = text.map((line) => {
        const row = JSON.parse(line);
        for (const instant of instants)
          row[instant] = row[instant] === null ? null : new Date(row[instant]).toISOString();
        return row;
      });
      expect(plain).toEqual(asWritten);
    }
  });

  test("is checked without the archive, and names the file that was changed, lost or never finished", async () => {
    const { folder } = await dump("checked", "csv");
    const verify = () => runParley(["verify", folder], { PARLEY_DATA: join(home, "none") });
    expect(await verify()).toMatchObject({ code: 0, out: expect.stringContaining("as the manifest says") });
    const manifest = await readFile(join(folder, "manifest.json"), "utf8");
    const told = JSON.parse(manifest);
    const first = told.tables[0];
    for (const [tables, what] of [
      [[first], "the manifest does not name it"],
      [[first], "the manifest has no such table"],
      [[first, ...told.tables], `${first.file}: the manifest names it twice`],
      [[{ ...first, bytes: 1 }, ...told.tables.slice(1)], first.file],
      [
        [{ ...first, rows: first.rows + 1 }, ...told.tables.slice(1)],
        `${first.rows} rows, the manifest says ${first.rows + 1}`,
      ],
    ]) {
      await writeFile(join(folder, "manifest.json"), JSON.stringify({ ...told, tables }));
      const { breaches } = await verifyDump(folder);
      expect(breaches.map((breach) => `${breach.part}: ${breach.what}`).join("\n")).toContain(what);
    }
    await writeFile(join(folder, "manifest.json"), manifest);
    await appendFile(join(folder, "statements.csv"), "1,2,3\n");
    await rm(join(folder, "topics.csv"));
    const { code, out } = await verify();
    expect(code).toBe(1);
    expect(out.match(/^BROKEN .*$/gm)).toEqual([
      expect.stringContaining("statements.csv"),
      expect.stringContaining("topics.csv: it is not there"),
    ]);
    await rm(join(folder, "manifest.json"));
    expect((await verify()).out).toContain("broke off");
  });

  test("stands at a cursor: whoever replays the changes after it has what came since, and nothing twice", {
    timeout: 90_000,
  }, async () => {
    let cursor: string | null = null;
    await vi.waitFor(
      async () => {
        // Transactions of other databases of this server hold changes back, so it is taken again.
        const all = await changesAfter(db(), null, 1_000);
        expect(all.length).toBe((await db().execute(sql`select from changes`)).length);
        cursor = all.at(-1)?.cursor ?? null;
      },
      { timeout: 30_000, interval: 100 },
    );
    const { manifest } = await dump("cursor", "ndjson");
    expect(manifest.cursor).toBe(cursor);
    const { documentId } = await keepWords(db(), "Said after the dump.");
    await vi.waitFor(
      async () => {
        const later = await changesAfter(db(), manifest.cursor, 100);
        expect(new Set(later.map(({ noun, id }) => `${noun} ${id}`))).toEqual(new Set([`document ${documentId}`]));
      },
      { timeout: 30_000, interval: 100 },
    );
  });

  test("refuses a folder that holds a dump", async () => {
    const folder = join(home, "twice");
    await runParley(["export", "--all", folder], settings());
    expect(await runParley(["export", "--all", folder], settings())).toMatchObject({
      code: 2,
      err: expect.stringContaining("already"),
    });
  });
});
