import { expect, test } from "vitest";
import { statusLine } from "../../src/present/status-line.ts";

const quiet = { documents: 0, statements: 0, developments: 0, reach: { watched: 40, failing: 0, unreachable: 0 } };

test.each([
  ["nothing where nothing is new or wrong", {}, null],
  ["what is new", { documents: 1, statements: 12 }, "New: 1 document, 12 statements, 0 developments."],
  ["what fails", { reach: { watched: 40, failing: 2, unreachable: 1 } }, "2 of 40 sources failing: see /sources."],
  [
    "that there is no network",
    { reach: { watched: 40, failing: 38, unreachable: 38 } },
    "38 of 40 sources could not be reached at all: this machine seems to have no network.",
  ],
  [
    "nothing of the network where only few sources are watched",
    { reach: { watched: 4, failing: 4, unreachable: 4 } },
    "4 of 4 sources failing: see /sources.",
  ],
  [
    "both, where both are so",
    { developments: 1, reach: { watched: 40, failing: 1, unreachable: 0 } },
    "New: 0 documents, 0 statements, 1 development. 1 of 40 sources failing: see /sources.",
  ],
])("the line of a minute says %s", (_, says, line) => {
  expect(statusLine({ ...quiet, ...says })).toBe(line);
});
