import { expect, test } from "vitest";
import { reportSparingly } from "../src/report-sparingly.ts";

test("the same trouble is told at once, then at most once a minute with how often it came", () => {
  const told: [string, number][] = [];
  let nowMs = 0;
  const report = reportSparingly(
    (sentence, _error, times) => told.push([sentence, times]),
    () => nowMs,
  );
  for (; nowMs < 130_000; nowMs += 1_000) report("The read queue is away", null);
  report("The poll queue is away", null);
  expect(told).toEqual([
    ["The read queue is away", 1],
    ["The read queue is away", 60],
    ["The read queue is away", 60],
    ["The poll queue is away", 1],
  ]);
});
