import { describe, expect, test } from "vitest";
import { createRecall } from "../../../src/web/http/recall.ts";
import { noon, secondsOn } from "../../support/moments.ts";

/** A memory of three seconds whose clock stands until it is moved, and what counts how often anything was made. */
function counting(forMs = 3_000) {
  let [at, made] = [noon, 0];
  const recall = createRecall(forMs, () => at);
  const make = async () => {
    made += 1;
    return made;
  };
  return { recall, make, setClock: (instant: Date) => (at = instant) };
}

describe("what many pages show alike", () => {
  test("is made once for all who ask within three seconds, and then anew", async () => {
    const { recall, make, setClock } = counting();
    expect(await Promise.all([recall("names", make), recall("names", make)])).toEqual([1, 1]);
    setClock(secondsOn(2));
    expect(await recall("names", make)).toBe(1);
    setClock(secondsOn(3));
    expect(await recall("names", make)).toBe(2);
  });

  test("may be older where it is said so", async () => {
    const { recall, make, setClock } = counting();
    expect(await recall("holdings", make, 60_000)).toBe(1);
    setClock(secondsOn(59));
    expect(await recall("holdings", make, 60_000)).toBe(1);
    setClock(secondsOn(60));
    expect(await recall("holdings", make, 60_000)).toBe(2);
  });

  test("is kept apart by its name, and not kept where nothing is to be remembered", async () => {
    const [{ recall, make }, forgetful] = [counting(), counting(0)];
    expect([await recall("names", make), await recall("topics", make)]).toEqual([1, 2]);
    expect([await forgetful.recall("names", forgetful.make), await forgetful.recall("names", forgetful.make)]).toEqual([
      1, 2,
    ]);
  });

  test("is made anew when the clock was set back, or when it failed", async () => {
    const { recall, make, setClock } = counting();
    await recall("names", make);
    setClock(secondsOn(-60));
    expect(await recall("names", make)).toBe(2);
    await expect(recall("topics", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
    expect(await recall("topics", make)).toBe(3);
  });
});
