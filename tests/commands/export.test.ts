import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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
    expect(text.split("\n")[0]).toMatch(/^key,id,said,/);
    expect(text).toContain("'=cmd() was discussed.");
    expect(text).not.toMatch(/(^|,)=cmd/m);
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
