import fc from "fast-check";
import { expect, test } from "vitest";
import { pagesDue } from "../../src/demo/release-pace.ts";

/** Items that the demonstration's feeds show. */
const FEED_ITEMS = 10;

test("no page leaves a feed before it is archived, however slow the archive is", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 80 }), fc.nat({ max: 5 }), (looks, initial) => {
      let [released, archived] = [initial, 0];
      for (const read of looks) {
        archived = Math.min(released, archived + read);
        released += pagesDue({ released, total: 34 }, archived);
        expect(released - archived).toBeLessThan(FEED_ITEMS);
        expect(released).toBeLessThanOrEqual(34);
      }
    }),
  );
});

test("all pages come out when the archive keeps up", () => {
  let released = 5;
  for (let look = 0; look < 40; look += 1) released += pagesDue({ released, total: 34 }, released);
  expect(released).toBe(34);
});

test("nothing comes out while the archive stands still", () => {
  expect(pagesDue({ released: 11, total: 34 }, 5)).toBe(0);
});
