import { expect, test } from "vitest";
import { summarise } from "../../../src/detect/words/summary.ts";

test("a summary is the sentence on one line, cut between words where it is long", () => {
  expect(summarise("The two sides\n  will meet.")).toBe("The two sides will meet.");
  expect(summarise("one two three four", 12)).toBe("one two…");
});

test.each([
  "MS. QUILL: We will meet in May.",
  "**THE MINISTER:** We will meet in May.",
  "SENIOR ADMINISTRATION OFFICIAL: We will meet in May.",
  "SECRETARY OKAFOR:  We will meet in May.",
])("the label of a transcript is no part of what %s says", (sentence) => {
  expect(summarise(sentence)).toBe("We will meet in May.");
});

test.each(["AI: both sides agree.", "Joint statement: we will meet.", "THE AI TALKS BEGIN: who sits where"])(
  "what stands before a colon in %s stays",
  (sentence) => expect(summarise(sentence)).toContain(sentence.split(":")[0] ?? ""),
);
