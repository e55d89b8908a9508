import { describe, expect, test } from "vitest";
import { saidAt } from "../../../src/read/date/said-at.ts";

/** A Wednesday. */
const published = { value: "2026-05-20T09:00+02:00", precision: "minute", basis: "meta", raw: "20 May" } as const;

/** Marks the attributing words with [ ] and what was said with { }. */
function read(marked: string, date: typeof published | null = published) {
  const text = marked.replace(/[[\]{}]/g, "");
  const place = (open: string, close: string) => {
    const bare = (until: number) => marked.slice(0, until).replace(/[[\]{}]/g, "").length;
    return { start: bare(marked.indexOf(open)), end: bare(marked.indexOf(close)) };
  };
  return saidAt(text, place("[", "]"), [place("{", "}")], date)?.value ?? null;
}

describe("a statement was said", () => {
  test.each([
    ["On Monday, the envoy [said] {the line was open}.", "2026-05-18"],
    ["“{The line is open},” the envoy [said] on Tuesday.", "2026-05-19"],
    ["The envoy [told] reporters in Vell in March that {the line was open}.", "2026-03"],
    ["The envoy [said] yesterday that {the line was open}.", "2026-05-19"],
    ["外交部发言人5月19日[表示]，{热线已经开通}。", "2026-05-19"],
    ["外交部发言人19日[表示]，{热线已经开通}。", "2026-05-19"],
    ["On Monday, Mr. Vell [said] {the line was open}.", "2026-05-18"],
    ["The envoy issued a statement on Monday [saying] {the line was open}.", "2026-05-18"],
    ["The envoy hit back on Monday, and angrily [said] {the line was open}.", "2026-05-18"],
    ["In a statement released on Monday, the envoy [said] {the line was open}.", "2026-05-18"],
    ["After talks in Vell on Monday, the envoy [said] {the line was open}.", "2026-05-18"],
    ["外交部发言人5月18日就5月12日的措施[表示]，{热线已经开通}。", "2026-05-18"],
    ["昨天，发言人[说]：“{热线已经开通}”。", "2026-05-19"],
  ])("on the day that stands with it: %s", (text, day) => expect(read(text)).toBe(day));

  test.each([
    ["without a day with it", "The envoy [said] {the line was open}."],
    ["where the day is in the words", "The envoy [said] that {the line would open on Monday}."],
    [
      "where the day is another sentence's",
      "The hall closed on Monday. The envoy [said] {the line was open}. On Sunday it rained.",
    ],
    [
      "where the day ends the sentence before a quotation",
      "The two met on Friday. “{The line is open},” the envoy [said].",
    ],
    ["where the day is when somebody came", "The envoy, who arrived on Friday, [said] {the line was open}."],
    ["where the day is of what came before", "After the strike of 3 May, the envoy [said] {the line was open}."],
    [
      "where the day is of what is answered",
      "The envoy, asked about the curbs announced in April, [said] {the line was open}.",
    ],
    ["where the day is a term", "“{The line is open},” the envoy [said] ahead of the meeting on Monday."],
    ["where the day is in brackets", "The envoy (sent on 3 May) [said] {the line was open}."],
    ["where the day is in a clause before", "The hall closed on Monday; the envoy [said] {the line was open}."],
    [
      "where the day is of somebody else's clause",
      "Talks resumed on Monday, and the envoy [said] {the line was open}.",
    ],
    ["where the day is of what is answered, in Chinese", "针对美方5月12日的措施，发言人[表示]，{热线已经开通}。"],
    ["where the day has yet to come", "The envoy [said], before the meeting of 3 July 2026, {the line was open}."],
  ])("when the document appeared, %s", (_case, text) => expect(read(text)).toBe(published.value));

  test("at an unknown time, where nothing tells", () => {
    expect(read("The envoy [said] on Monday that {the line was open}.", null)).toBeNull();
    expect(read("The envoy [said] on 18 May 2026 that {the line was open}.", null)).toBe("2026-05-18");
  });
});
