import { expect, test } from "vitest";
import { roomFor } from "../../src/workers/places.ts";

test("no more work is done at once than there are places, in the order in which it came", async () => {
  const inPlace = roomFor(2);
  const begun: number[] = [];
  let inside = 0;
  let most = 0;
  const work = (index: number) => async () => {
    begun.push(index);
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((done) => setImmediate(done));
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 20 }, (_, index) => inPlace(work(index))));
  expect(most).toBe(2);
  expect(begun).toEqual(Array.from({ length: 20 }, (_, index) => index));
});

test("work that fails leaves its place to the next", async () => {
  const inPlace = roomFor(1);
  await expect(inPlace(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await inPlace(async () => "next")).toBe("next");
});
