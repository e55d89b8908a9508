import { describe, expect, test } from "vitest";
import { changesBetween } from "../../src/detect/edit/edit-changes.ts";
import { editSummary } from "../../src/detect/edit/edit-summary.ts";
import { summaryIn } from "../../src/present/summary-in.ts";

const editOf = (title: string | null, before: string, after: string) =>
  editSummary(title, changesBetween(before, after), []);

describe("the line of an edit for a reader of Chinese", () => {
  const long = "They will not come to the lake, nor to the harbour, nor to any other place of ours that we could name.";

  test.each([
    [
      "“Talks”有改动：“will join 30 nations in”改为“will join 31 nations in”",
      ["Talks", "We will join 30 nations in talks.", "We will join 31 nations in talks."],
    ],
    [
      "一份文件有改动：删去“They will not come to the lake, nor to the harbour, nor to any other…”",
      [null, `We met. ${long}`, "We met."],
    ],
    ["“会谈”有改动：“们见了面。”改为“们见了面。他们不来。”", ["会谈", "我们见了面。", "我们见了面。他们不来。"]],
    [
      "“Talks”有改动：增加“They will not come to the lake, nor to the harbour, nor to any other…”",
      ["Talks", "We met.", `We met. ${long}`],
    ],
  ] as const)("%s", (said, [title, before, after]) => {
    expect(summaryIn("zh", editOf(title, before, after))).toBe(said);
  });

  test("counts what is not told", () => {
    const words = ["one", "lake", "harbour", "river", "ford", "hill"];
    const text = (from: string) =>
      words.map((word) => `The ${word} ${from} stood there for many years in peace.`).join(" ");
    const line = summaryIn("zh", editOf("Places", text("tower"), text("castle")));
    expect(line).toMatch(/^“Places”有改动：“.*tower.*”改为“.*castle.*”；.*；另有 4 处$/);
    expect(line).not.toMatch(/was changed|more|removed|added/);
  });
});

test("the missing of a phrase is said in Chinese, with the phrase in its own words", () => {
  const line = "“mutual respect” does not stand in this leader readout, the third in a row";
  expect(summaryIn("zh", line)).toBe("“mutual respect”未见于这份领导人会晤通稿，已连续 3 份");
  expect(summaryIn("zh", line.replace("third", "12th"))).toContain("已连续 12 份");
});

test.each([
  "Norland and Vestria will talk.",
  "“Talks” was changed: it was no talk.",
  "“A” was changed: removed “words that were cut short by a summ…",
  "会谈将于五月举行。",
])("the words of a source stay in theirs: %s", (summary) => {
  expect(summaryIn("zh", summary)).toBe(summary);
});

test("a reader of English gets the line as it was made", () => {
  expect(summaryIn("en", "“Talks” was changed: “30” → “31”")).toBe("“Talks” was changed: “30” → “31”");
});
