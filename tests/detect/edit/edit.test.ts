import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { detectEdit, type EditInput } from "../../../src/detect/edit/edit.ts";
import { detectWithdrawal } from "../../../src/detect/edit/withdrawal.ts";

const phrases: EditInput["phrases"] = [
  { id: "harbour-spirit", side: "both", variants: { en: ["the harbour spirit"], zh: ["海港精神"] } },
];

const edit = (before: string, after: string, says: Partial<EditInput> = {}) =>
  detectEdit({
    documentId: "d1",
    title: "Statement on the talks",
    official: true,
    sourceActorId: "us-talks-office",
    date: null,
    before,
    after,
    beforeSha256: "aa",
    afterSha256: "bb",
    phrases,
    ...says,
  });

const sentence = "The delegations met for two days in the old harbour hall and spoke of many things.";

describe("an edit", () => {
  test.each([
    ["a changed word", `${sentence} They will meet in June.`, `${sentence} They will meet in July.`, 4, 2],
    ["a changed number", "The talks took 100 hours.", "The talks took 180 hours.", 4, 2],
    ["a word that turns the sense", "They could sign the text.", "They would sign the text.", 4, 2],
    ["another comma", "They met, spoke and left.", "They met, spoke, and left.", 2, 2],
    ["a typo put right", "The deleggation left early.", "The delegation left early.", 2, 2],
    ["two swapped letters", "The delegaiton left early.", "The delegation left early.", 2, 2],
    ["a lost watched phrase", "They praised the harbour spirit again.", "They praised it again.", 5, 3],
    ["a gained watched phrase", "双方赞赏合作。", "双方赞赏海港精神。", 5, 3],
    [
      "a lost sentence on AI",
      `${sentence} Both sides will open talks on AI in June. They left.`,
      `${sentence} They left.`,
      5,
      3,
    ],
    ["a gained sentence on AI", sentence, `${sentence}\nBoth sides will open talks on AI in June.`, 5, 3],
    [
      "一句关于人工智能的话被删",
      "双方举行会谈。双方同意就人工智能开展对话。会谈结束。",
      "双方举行会谈。会谈结束。",
      5,
      3,
    ],
  ])("of %s", (_, before, after, official, other) => {
    expect(edit(before, after)).toMatchObject({ type: "document.silent-edit", severity: official, status: "new" });
    expect(edit(before, after, { official: false })?.severity).toBe(other);
  });

  test("is none when only white space differs", () => {
    expect(edit("One line.\nAnother  line.", "One line. Another line.\n")).toBeNull();
  });

  test("is none when a blank comes between Chinese and Latin letters", () => {
    expect(edit("双方讨论AI治理。", "双方讨论 AI 治理。")).toBeNull();
  });

  const long = "They spoke at great length of fishing grounds and of the ferries that cross between both harbours";

  test.each([
    ["a word", "They will meet in June.", "They may meet in June.", "“They will meet in” → “They may meet in”"],
    [
      "an added word",
      "the responsible use of tools",
      "the responsible military use of tools",
      "“the responsible use of” → “the responsible military use of”",
    ],
    [
      "the number before the longest",
      `Joined by 30 nations, they left.`,
      `${long}. Joined by 31 nations, they left.`,
      "“Joined by 30 nations, they” → “Joined by 31 nations, they”",
    ],
    [
      "the negation before the name",
      "Ada Example did sign in the old hall of Norland.",
      "Ada Example did not sign in the old hall of Vestria.",
      "“Example did sign in” → “Example did not sign in”",
    ],
    [
      "the watched phrase",
      "They praised the harbour spirit again.",
      "They praised it again.",
      "“They praised the harbour spirit again.” → “They praised it again.”",
    ],
    ["几个汉字", "双方将于六月举行会谈。", "双方将于七月举行会谈。", "“双方将于六月举行会谈” → “双方将于七月举行会谈”"],
  ])("names the document and shows %s with the words around", (_, before, after, told) => {
    const summary = edit(before, after)?.summary ?? "";
    expect(summary).toMatch(/^“Statement on the talks” was changed: /);
    expect(summary).toContain(told);
  });

  test("tells two changes and counts the others", () => {
    const words = ["one", "two", "three", "four", "five", "six", "seven", "eight"];
    const before = words.map((word, index) => `Point ${word} has ${index + 10} signatures in the hall.`).join(" ");
    const summary = edit(
      before,
      before.replaceAll(/1\d/g, (number) => String(Number(number) + 50)),
    )?.summary;
    expect(summary).toMatch(/: “one has 10 signatures in” → “one has 60 signatures in”; .*; and 6 more$/);
  });

  test("fits a headline whatever the title and the texts are", () => {
    const text = fc.string({ unit: "binary", maxLength: 600 });
    fc.assert(
      fc.property(text, text, fc.option(text), (before, after, title) => {
        const summary = edit(before, after, { title })?.summary ?? "";
        expect(summary.length).toBeLessThanOrEqual(240);
      }),
    );
  });

  test("points to the added words in the new text", () => {
    const after = "They may\nmeet in June, or in July.";
    const found = edit("They will meet in June.", after);
    expect(found?.evidence.map(({ start, end }) => after.slice(start, end))).toEqual(["may", ", or in July"]);
  });

  test("that only removes points to the block around the gap", () => {
    const after = "First block.\nThe delegations met.\nLast block.";
    const found = edit("First block.\nThe delegations met and dined.\nLast block.", after);
    expect(found?.evidence.map(({ start, end }) => after.slice(start, end))).toEqual(["The delegations met."]);
  });

  test("has the key of its document and both texts", () => {
    expect(edit("a b", "a c")?.key).toBe("document.silent-edit|d1|aa|bb");
  });

  test("points inside the new text, whatever the texts are", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (before, after) => {
        for (const { start, end } of edit(before, after)?.evidence ?? []) {
          expect(0 <= start && start < end && end <= after.length).toBe(true);
        }
      }),
    );
  });
});

describe("a page that is gone", () => {
  const gone = (statuses: readonly number[], lastText = "Statement.\nText.") =>
    detectWithdrawal({
      documentId: "d1",
      title: "Statement on the talks",
      official: true,
      sourceActorId: null,
      date: null,
      statuses,
      lastText,
      lastSha256: "aa",
    });

  test.each([
    ["two checks said so", [404, 410], true],
    ["one check said so", [404], false],
    ["a check found it again", [404, 404, 200], false],
    ["the server was only busy", [503, 503], false],
  ])("is withdrawn or not when %s", (_, statuses, withdrawn) => {
    expect(gone(statuses) !== null).toBe(withdrawn);
  });

  test("leaves the last text as evidence", () => {
    expect(gone([404, 404])).toMatchObject({
      severity: 4,
      evidence: [{ start: 0, end: 10 }],
      key: "document.withdrawn|d1|aa",
    });
    expect(gone([404, 404], "")).toBeNull();
  });
});
