import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changesBetween } from "../../../src/detect/edit/edit-changes.ts";
import { changedPassages, type Passage } from "../../../src/detect/edit/passages.ts";

/** Writes a passage with what was added in [+ +] and what was removed in [- -]. */
const written = ({ pieces }: Passage) =>
  pieces
    .map(({ kind, text }) => (kind === "added" ? `[+${text}+]` : kind === "removed" ? `[-${text}-]` : text))
    .join("");
const passages = (before: string, after: string) => changedPassages(before, after).map(written);

describe("a changed piece stands", () => {
  test.each([
    [
      "in its sentence, without the others",
      "They met at noon. They will talk in June about the line. Nobody came.",
      "They met at noon. They will talk in July about the line. Nobody came.",
      "They will talk in [-June-][+July+] about the line.",
    ],
    [
      "between its neighbours where a sentence went",
      "They met at noon. They agreed on a line. They left.",
      "They met at noon. They left.",
      "They met at noon.[- They agreed on a line.-] They left.",
    ],
    [
      "between its neighbours where a sentence came",
      "They met. They left.",
      "They met. Nothing was signed. They left.",
      "They met.[+ Nothing was signed.+] They left.",
    ],
    [
      "in its Chinese sentence",
      "双方会晤。双方将于六月会谈。完。",
      "双方会晤。双方将于七月会谈。完。",
      "双方将于[-六-][+七+]月会谈。",
    ],
    [
      "in its line, where that has no full stop",
      "Talks in June\nThey met.",
      "Talks in July\nThey met.",
      "Talks in [-June-][+July+]",
    ],
    [
      "beside another of its sentence",
      "A line of 30 men in May.",
      "A line of 31 men in June.",
      "A line of [-30-][+31+] men in [-May-][+June+].",
    ],
  ])("%s", (_how, before, after, shown) => {
    expect(passages(before, after)).toEqual([shown]);
  });

  test("cut at words where the sentence is long", () => {
    const long = "and so on ".repeat(60).trim();
    const [shown = ""] = passages(`${long} June ${long}.`, `${long} July ${long}.`);
    expect(shown).toMatch(/^… (?:and|so|on) .*\[-June-\]\[\+July\+\].* …$/);
    expect(shown.length).toBeLessThan(400);
  });

  test("shortened in its middle where it is long itself", () => {
    const [shown = ""] = passages("They met. They left.", `They met. ${"Word upon word. ".repeat(200)}They left.`);
    expect(shown).toContain(" … ");
    expect(shown.length).toBeLessThan(700);
  });
});

test("every change stands in one passage, none is shown twice, and each passage is short", () => {
  const word = fc.constantFrom("June", "July", "the", "talks", "will", ".", "。", "\n", "会", "谈", "😀");
  const text = fc.array(word, { maxLength: 120 }).map((words) => words.join(" "));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const shown = changedPassages(before, after);
      expect(shown.flatMap(({ places }) => places)).toEqual(changesBetween(before, after).map(({ place }) => place));
      for (const { pieces } of shown)
        for (const { text: piece } of pieces) expect(piece).not.toMatch(/^[\udc00-\udfff]|[\ud800-\udbff]$/);
    }),
  );
});
