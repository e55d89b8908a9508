import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { changesAfter } from "../../../src/db/history/changes.ts";
import { useDatabase } from "../../support/database.ts";
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
    const start = (await toldAfter(null, 40)).at(-1)?.cursor ?? null;
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
    const start = (await toldAfter(null, 45)).at(-1)?.cursor ?? null;
    await owner`begin`;
    await owner`update documents set withdrawn_at = now() where id = 1`;
    await keepDocument(db(), { text: "Meanwhile another text." });
    expect(await changesAfter(db(), start, 100)).toEqual([]);
    await owner`commit`;
    expect((await toldAfter(start, 2)).map(({ change }) => change)).toEqual(["withdrawn", "created"]);
  });
});
