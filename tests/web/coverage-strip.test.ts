import { expect, test } from "vitest";
import type { CoverageNow } from "../../src/web/coverage-now.ts";
import { CoverageStrip } from "../../src/web/parts/coverage-strip.tsx";
import { viewOf } from "../../src/web/view.ts";

const origin = "http://127.0.0.1:4750";
const view = viewOf(new URL("/", origin), origin, new Date(0), "0");
const late = Array.from({ length: 8 }, (_, index) => ({ id: `s${index}`, title: `Source ${index}`, titleZh: null }));
const show = (says: Partial<CoverageNow>) =>
  String(
    CoverageStrip({
      view,
      coverage: {
        watched: 9,
        reached: 1,
        late,
        quiet: [],
        incidents: 8,
        troubles: [],
        complete: false,
        reach: { watched: 9, unreachable: 8 },
        ...says,
      },
    }),
  );

test("where most sources cannot be reached at all, one line says that the network is gone", () => {
  expect(show({})).toContain("8 of 9 sources could not be reached at all: this machine seems to have no network");
  expect(show({})).not.toContain("Source 1");
});

test("where few cannot be reached, they are named", () => {
  expect(show({ reach: { watched: 9, unreachable: 4 } })).toContain("Source 1");
});

test("one incident is one incident", () => {
  const quiet = { late: [], reach: { watched: 9, unreachable: 0 } };
  expect(show({ ...quiet, incidents: 1 })).toContain("1 open incident<");
  expect(show({ ...quiet, incidents: 2 })).toContain("2 open incidents<");
  expect(show({ ...quiet, incidents: 0 })).toContain("no open incident<");
});
