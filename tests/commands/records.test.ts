import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { useDatabase } from "../support/database.ts";
import { keepRecords } from "../web/records-archive.ts";
import { runParley } from "./run-parley.ts";

const db = useDatabase();
let folder: string;
let ids: Awaited<ReturnType<typeof keepRecords>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parley-records-"));
  ids = await keepRecords(db());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const parley = (...args: readonly string[]) => runParley(args, { PARLEY_DATA: folder, DATABASE_URL: db.url() });

/** Reads a list as JSON lines, and each of its rows by `show`; one row whole must hold all that its line says. */
async function listAndShown(noun: string, ...options: readonly string[]) {
  const listed = await parley(noun, ...options, "--format", "json");
  expect(listed.code).toBe(0);
  const rows = listed.out
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  for (const row of rows) expect(JSON.parse((await parley(noun, "show", String(row.id))).out)).toMatchObject(row);
  return rows;
}

describe("the command line gives what is kept beside statements in the shape of the API", () => {
  test("meetings with the accounts of them and what they say of each topic", async () => {
    expect(await listAndShown("meetings")).toMatchObject([
      {
        ...{ kind: "talks", day: "2026-05-19" },
        readouts: [{ side: { id: "norland" }, document: { id: ids.document, version: 1 } }],
        points: [{ topic: { id: "frontier.safety" }, verdict: "only-first" }],
      },
    ]);
    expect((await parley("meetings", "--format", "csv")).out).toMatch(
      /^\uFEFFid,day,kind,accounts by,topics\n\d+,2026-05-19,/,
    );
  });

  test("commitments, those made last first and those without a date last, with what later texts tell", async () => {
    const [first, undated, last] = ids.commitments;
    const rows = await listAndShown("commitments");
    expect(rows.map(({ id }) => id)).toEqual([last, first, undated]);
    expect(rows[1]).toMatchObject({ state: "open", evidence: ids.evidence, reports: [{ report: "repeated" }] });
    expect(await listAndShown("commitments", "--state", "met")).toEqual([]);
    const one = await parley("commitments", "--limit", "1");
    expect(JSON.parse(one.out).id).toBe(last);
    expect(one.err).toContain("a greater --limit shows them");
    expect((await parley("commitments", "--format", "csv")).out).toContain(",2026-05-03,open,");
  });

  test("phrases with their lives, the one used last first, and one with the places where it stands", async () => {
    const rows = await listAndShown("phrases");
    expect(rows.map(({ id }) => id)).toEqual(["open-door", "closed-door"]);
    expect(rows[0].lives).toMatchObject([{ actor: { id: "norland" }, textClass: "release", uses: 2, changed: 1 }]);
    const { uses } = JSON.parse((await parley("phrases", "show", "open-door", "--limit", "1")).out);
    expect(uses).toMatchObject([{ wording: "open door", evidence: ids.evidence }]);
    expect((await parley("phrases", "--format", "csv")).out).toMatch(/open-door,2,.*release: 2"\n/);
  });
});

test("one actor, leaf or topic is shown as it stands in the catalogue, without an archive", async () => {
  const shown = async (...args: readonly string[]) => parse((await runParley(args, { PARLEY_DATA: folder })).out);
  expect(await shown("actors", "show", "united-nations")).toMatchObject([{ id: "united-nations", type: "igo" }]);
  const [leaf] = JSON.parse(`[${(await parley("topics")).out.split("\n")[0]}]`);
  expect(await shown("topics", "show", leaf.id)).toEqual([leaf]);
  const [parent] = await shown("topics", "show", leaf.id.split(".")[0]);
  expect(parent.leaves).toContainEqual(leaf);
});

test("one endpoint is shown with what was sent to it and without its secret, one rule with its feeds", async () => {
  await parley("endpoints", "add", "desk", "https://desk.example/hook");
  const sent = /msg_\w+/.exec((await parley("endpoints", "test", "desk")).err)?.[0];
  const endpoint = await parley("endpoints", "show", "desk");
  expect(JSON.parse(endpoint.out)).toMatchObject({
    ...{ name: "desk", address: "https://desk.example/hook", enabled: true },
    deliveries: [{ id: sent, kind: "test", status: "pending" }],
  });
  expect(endpoint.out).not.toContain("ecret");
  await parley("rules", "add", "lines", "hotline", "--to", "desk");
  expect(JSON.parse((await parley("rules", "show", "lines")).out)).toMatchObject({
    ...{ name: "lines", query: "hotline", endpoints: ["desk"] },
    links: { atom: expect.stringMatching(/\/rules\/\d+\/feed\.atom$/) },
  });
});
