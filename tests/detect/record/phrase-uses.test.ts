import { describe, expect, test } from "vitest";
import { findPhraseUses } from "../../../src/detect/record/phrase-uses.ts";

const terms = {
  id: "harbour-terms",
  side: "US" as const,
  variants: { en: ["protocol", "best practices", "private hands"], zh: [] },
};
const uses = (text: string, together: boolean) =>
  findPhraseUses(text, [{ ...terms, together }]).map(({ start, end }) => text.slice(start, end));

describe("common words that count together", () => {
  test("are one use where all of them stand in one statement", () => {
    const text = "We will set up a protocol. With best practices for AI, it stays out of private hands, he said.";
    expect(uses(text, true)).toEqual(["protocol. With best practices for AI, it stays out of private hands"]);
  });

  test.each([
    ["alone", "The sale follows the protocol on arms."],
    ["without one of them", "A protocol with best practices was agreed."],
    ["far from each other", `A protocol. ${"Much else was said. ".repeat(30)} Best practices; private hands.`],
  ])("are none %s", (_, text) => expect(uses(text, true)).toEqual([]));

  test("count one by one where the phrase does not say that they belong together", () => {
    expect(uses("The protocol follows best practices.", false)).toEqual(["protocol", "best practices"]);
  });
});
