import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { chanceFrom } from "../../../bench/site/chance.ts";
import { changesAfter } from "../../../src/db/history/changes.ts";
import { sealHistory, verifyHistory } from "../../../src/db/history/history.ts";
import { useDatabase } from "../../support/database.ts";
import { hoursOn, noon } from "../../support/moments.ts";
import { buildStatement } from "../../support/readings.ts";
import { buildCapture, lookAgain } from "../../support/rows.ts";
import { keepCatalogue, keepDevelopment, keepDocument } from "../../web/archive.ts";

const db = useDatabase();
let owner: postgres.Sql;

beforeAll(async () => {
  await keepCatalogue(db());
  for (let page = 0; page < 40; page += 1) {
    const text = Array.from({ length: 25 }, (_, line) => `Sentence ${line} of page ${page} about the hotline.`).join(
      "\n",
    );
    await keepDocument(db(), { text, statements: text.split("\n").map((line) => buildStatement(text, line)) });
  }
  owner = postgres(db.url(), { max: 1, onnotice: () => {} });
});
afterAll(() => owner?.end());

describe("the sealed record", () => {
  test("is sealed once, and verifies", async () => {
    expect(await sealHistory(db(), hoursOn(24), noon)).toBe(40 + 40 + 1_000);
    expect(await sealHistory(db(), hoursOn(24), noon)).toBe(0);
    expect(await verifyHistory(db())).toMatchObject({ rows: 1_080, breaches: [] });
  });

  test("leaves rows for later that were made just now", async () => {
    await keepDocument(db(), { text: "One more line.", statements: [] });
    expect(await sealHistory(db(), hoursOn(-24), noon)).toBe(0);
    expect(await sealHistory(db(), hoursOn(24), noon)).toBe(2);
  });

  test("shows every one of 1,000 edits made behind its back, and nothing else", { timeout: 60_000 }, async () => {
    const chance = chanceFrom(1_000);
    const edits = [
      "words = words || '.'",
      "kind = 'mixed'",
      "said_instant = said_instant + interval '1 day'",
      "speaker = null",
      "confidence = 0.5",
      "fidelity = 'paraphrase'",
    ];
    await owner`alter table statements disable trigger all`;
    const ids = (await owner<{ id: string }[]>`select id from statements order by id`).map(({ id }) => Number(id));
    for (const id of ids)
      await owner.unsafe(`update statements set ${edits[Math.floor(chance() * edits.length)]} where id = ${id}`);
    const { breaches } = await verifyHistory(db());
    expect(breaches.map(({ row }) => row)).toEqual(ids.map((id) => `statement ${id}`));
    expect(ids).toHaveLength(1_000);
  });

  test("shows rows that were removed, put in, or whose tags were changed, and seals that were touched", async () => {
    const before = (await verifyHistory(db())).breaches.length;
    await owner`alter table statement_topics disable trigger all`;
    await owner`alter table captures disable trigger all`;
    await owner`alter table versions disable trigger all`;
    await owner`alter table history_seals disable trigger all`;
    await owner`delete from captures where id = 7`;
    await owner`update versions set text = text || ' ' where id = 9`;
    const rows = (await verifyHistory(db())).breaches;
    expect(rows).toContainEqual({ row: "capture 7", what: "it was removed" });
    expect(rows).toContainEqual({ row: "version 9", what: "it was changed after it was recorded" });
    await owner`update history_seals set digests = overlay(digests placing 'ffff' from 1) where number = 1`;
    const all = (await verifyHistory(db())).breaches;
    expect(all).toContainEqual({ row: "seal 1", what: "it is not as it was written" });
    expect(all.length).toBeGreaterThan(before + 2);
  });
});

/** Waits for so many changes: transactions of other databases of this server hold them back too. */
async function toldAfter(start: string | null, count: number) {
  return vi.waitFor(
    async () => {
      const told = await changesAfter(db(), start, 100);
      expect(told.length).toBeGreaterThanOrEqual(count);
      return told;
    },
    { timeout: 20_000, interval: 200 },
  );
}

describe("changes", { timeout: 30_000 }, () => {
  test("tell of each document and development once for each time it became another, in an order to follow", async () => {
    const start = (await toldAfter(null, 41)).at(-1)?.cursor ?? null;
    const url = "https://norland.example/changing";
    const place = await keepDocument(db(), { url, text: "The first text." });
    await keepDevelopment(db(), place, { evidence: [{ start: 0, end: 5 }] });
    const capture = await buildCapture(db(), { url, identity: url });
    await keepDocument(db(), { text: "The second text.", capture, cause: "edited" });
    await lookAgain(db(), place.documentId, "gone");
    await lookAgain(db(), place.documentId, "gone");
    await lookAgain(db(), place.documentId, "restored");
    const told = await toldAfter(start, 5);
    expect(told.map(({ noun, change }) => `${noun} ${change}`)).toEqual([
      ...["document created", "development created", "document revised", "document withdrawn", "document restored"],
    ]);
    expect(await changesAfter(db(), told.at(-1)?.cursor ?? null, 100)).toEqual([]);
    expect((await changesAfter(db(), start, 2)).length).toBe(2);
  });

  test("of a transaction that is still open are told only when it ended, and those after it then too", async () => {
    const start = (await toldAfter(null, 46)).at(-1)?.cursor ?? null;
    await owner`begin`;
    await owner`update documents set withdrawn_at = now() where id = 1`;
    await keepDocument(db(), { text: "Meanwhile another text." });
    expect(await changesAfter(db(), start, 100)).toEqual([]);
    await owner`commit`;
    expect((await toldAfter(start, 2)).map(({ change }) => change)).toEqual(["withdrawn", "created"]);
  });
});
