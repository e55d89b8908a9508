import { expect, test } from "vitest";
import { brief, read } from "../invented.ts";

test.each([
  ["表示 with a comma", "外交部发言人蓝桥19日表示，中方愿继续对话。", "蓝桥", "中方愿继续对话"],
  ["a quotation after 说", "蓝桥说：“我们愿继续对话。”", "蓝桥", "我们愿继续对话。"],
  ["a quotation before 说", "“我们愿继续对话”，蓝桥说。", "蓝桥", "我们愿继续对话"],
  ["corner brackets", "「我們愿继续对话」，蓝桥说。", "蓝桥", "我們愿继续对话"],
  ["a quotation around 说", "“我们愿对话，”蓝桥说，“也愿合作。”", "蓝桥", "我们愿对话， 也愿合作。"],
  ["据 … 介绍", "据蓝桥介绍，会谈进展顺利。", "蓝桥", "会谈进展顺利"],
  ["a time and an occasion around the name", "5月19日，蓝桥在记者会上强调，会谈进展顺利。", "蓝桥", "会谈进展顺利"],
])("%s", (_case, text, who, said) => {
  const [statement, ...more] = read([text]);
  expect(more).toEqual([]);
  expect(statement?.text).toBe(said);
  expect(statement?.speaker?.text).toContain(who);
  expect(statement?.actors[0]?.actorId).toBe("lan-qiao");
});

test("a sentence that leaves its subject out goes on with the speaker before", () => {
  expect(read(["蓝桥指出，会谈很重要。强调，各方应当努力。"]).map((s) => brief(s).ids)).toEqual([
    ["lan-qiao"],
    ["lan-qiao"],
  ]);
});

test.each(["会谈在北京举行。", "所谓“红线”从未写明。"])("%s is no statement", (text) => {
  expect(read([text])).toEqual([]);
});
