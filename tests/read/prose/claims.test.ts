import { describe, expect, test } from "vitest";
import { brief, read } from "../invented.ts";

const text = [
  "China and the United States should agree on rules for labs before the spring.",
  "It rained in the valley for most of the week.",
  "Lan Qiao said that talks must go on for another year.",
];

describe("an op-ed speaks in its author's voice", () => {
  test("a sentence that advises is the author's claim, never the states'", () => {
    const claims = read(text, { kind: "op-ed", byline: "Ivy Marsh" }).filter(({ act }) => act === "claim");
    expect(claims.map(brief)).toEqual([
      {
        who: "Ivy Marsh",
        ids: ["ivy-marsh"],
        said: "China and the United States should agree on rules for labs before the spring",
      },
    ]);
    expect(claims[0]).toMatchObject({ flags: ["author-claim"], speaker: { via: "byline", start: null } });
    expect(claims[0]?.confidence).toBeLessThan(0.8);
  });

  test.each([
    "Beijing should say that it wants talks before the spring.",
    "Washington must announce that tests will pause, and say that talks go on.",
    "It is time for Beijing to say that talks are open.",
    "Beijing had better say that talks are open soon.",
    "北京应当表示愿意会谈。",
  ])("%s: what somebody is advised to say is not their statement", (advice) => {
    const said = read([advice], { kind: "op-ed", byline: "Ivy Marsh" });
    expect(said.filter(({ act }) => act !== "claim")).toEqual([]);
  });

  test("what somebody said stays theirs", () => {
    const said = read(["Beijing said that both sides must meet."], { kind: "op-ed", byline: "Ivy Marsh" });
    expect(said.map(brief)).toEqual([{ who: "Beijing", ids: ["china-government"], said: "that both sides must meet" }]);
  });

  test("an author whom the catalogue does not know stays without an id", () => {
    const [claim] = read(text, { kind: "op-ed", byline: "Nora Fell" }).filter(({ act }) => act === "claim");
    expect(claim).toMatchObject({ speaker: { text: "Nora Fell" }, actors: [] });
  });

  test("an interview speaks in the voice of whom its title names", () => {
    const claims = read(text, { kind: "interview", title: "Ivy Marsh on what comes next" }).filter(
      ({ act }) => act === "claim",
    );
    expect(claims.map(brief)).toMatchObject([{ who: "Ivy Marsh", ids: ["ivy-marsh"] }]);
  });

  test("an interview whose title names nobody speaks in the voice of whom it introduces", () => {
    const claims = read(["Ivy Marsh sat down with the Harbour Times.", ...text], {
      kind: "interview",
      title: "The road ahead",
    }).filter(({ act }) => act === "claim");
    expect(claims.map(brief)).toMatchObject([{ who: "Ivy Marsh", ids: ["ivy-marsh"] }]);
    expect(claims[0]?.speaker).toMatchObject({ start: 0, end: 9, via: "antecedent" });
  });

  test.each([
    ["news", { kind: "news", byline: "Ivy Marsh" }],
    ["an op-ed without a byline", { kind: "op-ed", byline: null }],
    ["an interview whose title names nobody we know", { kind: "interview", title: "What comes next" }],
  ] as const)("%s has no voice of its own", (_case, article) => {
    expect(read(text, article).filter(({ act }) => act === "claim")).toEqual([]);
  });
});
