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

test.each([
  ["蓝桥并未表示将退出会谈。", "negated", "将退出会谈"],
  ["蓝桥从未说过会谈将结束。", "negated", "会谈将结束"],
  ["蓝桥没有就此表示会谈将结束。", "negated", "会谈将结束"],
  ["蓝桥否认会谈将结束。", "negated", "会谈将结束"],
  ["蓝桥不认为会谈已经结束。", "negated", "会谈已经结束"],
  ["如果蓝桥表示愿意会谈，美方将予以考虑。", "hypothetical", "愿意会谈"],
  ["一旦蓝桥宣布结束会谈，美方将予以考虑。", "hypothetical", "结束会谈"],
  ["预计蓝桥将宣布结束会谈。", "hypothetical", "结束会谈"],
  ["尚不清楚蓝桥是否表示会谈将结束。", "hypothetical", "会谈将结束"],
  ["蓝桥可能会表示会谈将结束。", "hypothetical", "会谈将结束"],
  ["蓝桥说过会谈将结束吗？", "hypothetical", "会谈将结束吗"],
  ["如果会谈失败，蓝桥说，各方都会受损。", "affirmed", "各方都会受损"],
])("%s reports what is %s", (text, polarity, words) => {
  const [statement, ...more] = read([text]);
  expect(more).toEqual([]);
  expect(statement).toMatchObject({ polarity, text: words, speaker: { text: "蓝桥" } });
});

test.each([
  ["国家安全委员会表示，会谈将恢复。", "国家安全委员会"],
  ["海军中将表示，会谈将恢复。", "海军中将"],
  ["会议纪要指出，会谈将恢复。", "会议纪要"],
  ["该计划指出，会谈将恢复。", "该计划"],
  ["无锡市政府表示，会谈将恢复。", "无锡市政府"],
])("%s: the end of a name is no auxiliary", (text, name) => {
  expect(read([text])[0]).toMatchObject({ polarity: "affirmed", speaker: { text: name } });
});

test.each([
  "蓝桥与沈木通电话后表示，会谈将恢复。",
  "蓝桥会见沈木后说，会谈将恢复。",
  "蓝桥在与沈木会谈后表示，会谈将恢复。",
  "蓝桥转述沈木的话说，会谈将恢复。",
  "沈木的发言人蓝桥说，会谈将恢复。",
])("%s: whom somebody met, quotes or serves does not speak too", (text) => {
  expect(read([text]).map((s) => brief(s).ids)).toEqual([["lan-qiao"]]);
});

test.each([
  "路透社援引蓝桥的话说，会谈将恢复。",
  "据路透社援引蓝桥的话报道，会谈将恢复。",
  "《湖报》引述蓝桥说，会谈将恢复。",
])("%s: whoever is quoted speaks, relayed by who quotes", (text) => {
  const [statement, ...more] = read([text]);
  expect(more).toEqual([]);
  expect(statement).toMatchObject({ text: "会谈将恢复", actors: [{ actorId: "lan-qiao" }] });
  expect(text).toContain(statement?.relayedBy);
});

test("what somebody speaks about has no statement of its own", () => {
  const said = read(["针对美方5月12日宣布的措施，外交部发言人蓝桥表示，会谈将恢复。"]);
  expect(said.map(({ text, actors }) => [text, actors[0]?.actorId])).toEqual([["会谈将恢复", "lan-qiao"]]);
});

test("a person's spokesman without a name is not that person", () => {
  expect(read(["沈木的发言人说，会谈将恢复。"])[0]?.actors).toEqual([]);
});

test.each([
  ["中国的外交部表示，会谈将恢复。", ["china-mfa"]],
  ["The U.S. White House said that talks will go on.", ["white-house"]],
  ["中国和美国表示，会谈将恢复。", ["china", "united-states"]],
])("%s: a state before its own body is part of its name", (text, ids) => {
  expect(read([text]).map((s) => brief(s).ids)).toEqual([ids]);
});

test("a long name of an agency speaks", () => {
  expect(read(["湖畔地区港口航运和水上基础设施安全局表示，会谈将恢复。"])[0]?.speaker?.text).toBe(
    "湖畔地区港口航运和水上基础设施安全局",
  );
});

test("two who are joined speak together", () => {
  expect(read(["蓝桥和沈木表示，会谈将恢复。"]).map((s) => brief(s).ids)).toEqual([["lan-qiao", "shen-mu"]]);
});

test.each([
  ["蓝桥告诉沈木，中国愿意会谈。", "沈木", "中国愿意会谈"],
  ["蓝桥对《湖报》记者表示，中国愿意会谈。", "《湖报》记者", "中国愿意会谈"],
  ["“中国愿意会谈。”蓝桥告诉《湖报》记者。", "《湖报》记者", "中国愿意会谈。"],
])("%s: whoever is told is not part of the words", (text, addressee, words) => {
  expect(read([text])[0]).toMatchObject({ addressee, text: words, actors: [{ actorId: "lan-qiao" }] });
});

test("who speaks after a closed quotation that has its verb begins a statement of their own", () => {
  expect(read(["蓝桥说：“我们坚决反对。”这位发言人还表示，会谈将继续。"]).map(({ text }) => text)).toEqual([
    "我们坚决反对。",
    "会谈将继续",
  ]);
});
