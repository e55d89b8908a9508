import { describe, expect, test } from "vitest";
import { whenBack } from "../../src/db/when-back.ts";

const away = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:5432"), { code: "ECONNREFUSED" });
const full = Object.assign(new Error("could not extend file: No space left on device"), { code: "53100" });
const wrong = Object.assign(new Error("duplicate key value"), { code: "23505" });

describe("what has happened and is to be written down", () => {
  test("is written when the database is back, and the writing knows that it is done again", async () => {
    const troubles = [away, full];
    const heard: boolean[] = [];
    const written = await whenBack(60_000, async (again) => {
      heard.push(again);
      const trouble = troubles.shift();
      if (trouble) throw trouble;
      return "written";
    });
    expect(written).toBe("written");
    expect(heard).toEqual([false, true, true]);
  });

  test.each([
    ["the database refuses it", 60_000, wrong],
    ["the time is over", 0, away],
  ])("fails at once when %s", async (_, forMs, error) => {
    let tries = 0;
    const writing = whenBack(forMs, async () => {
      tries += 1;
      throw error;
    });
    await expect(writing).rejects.toBe(error);
    expect(tries).toBe(1);
  });
});
