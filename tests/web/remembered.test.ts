import { expect, test } from "vitest";
import type { Database } from "../../src/db/client.ts";
import { rememberedFor } from "../../src/web/remembered.ts";
import { noon, secondsOn } from "../support/moments.ts";

/** Stands for a database: what is remembered is kept by it, and never looked into. */
const aDatabase = () => ({}) as Database;

test("what was asked is remembered for its time, for each database apart", async () => {
  let asked = 0;
  const ask = rememberedFor(60_000, async () => ++asked);
  const [one, other] = [aDatabase(), aDatabase()];
  expect(await ask(one, noon)).toBe(1);
  expect(await ask(one, secondsOn(60))).toBe(1);
  expect(await ask(other, secondsOn(60))).toBe(2);
  expect(await ask(one, secondsOn(61))).toBe(3);
});

test("a question that failed is asked anew", async () => {
  let asked = 0;
  const ask = rememberedFor(60_000, async () => {
    asked += 1;
    if (asked === 1) throw new Error("The database is away.");
    return asked;
  });
  const db = aDatabase();
  await expect(ask(db, noon)).rejects.toThrow("away");
  expect(await ask(db, noon)).toBe(2);
});
