import { expect, test } from "vitest";
import { mayBeNews } from "../../src/domain/news.ts";

const seen = { cause: "first", detectedBy: null, origin: null } as const;

test.each([
  ["the first reading of a page", {}, true],
  ["a publisher's edit", { cause: "edited" }, true],
  ["a better reading of ours", { cause: "reread" }, false],
  ["a version that a detector has looked at", { detectedBy: 1 }, false],
  ["an imported document", { origin: "a folder" }, false],
] as const)("%s may be news: %#", (_what, says, expected) => {
  expect(mayBeNews({ ...seen, ...says })).toBe(expected);
});
