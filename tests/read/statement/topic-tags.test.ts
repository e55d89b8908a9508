import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/load.ts";
import { shipped } from "../../../src/paths.ts";
import { compileLexicon } from "../../../src/read/statement/lexicon.ts";
import { foldText } from "../../../src/read/statement/phrases.ts";
import { findTopicHits, tagTopics } from "../../../src/read/statement/topic-tags.ts";
import { lexicon } from "../invented.ts";

const shippedTopics = compileLexicon(loadCatalogue({ shippedDir: shipped("catalogue"), overlayDir: null }));

function topicsOf(text: string, of = lexicon) {
  const hits = findTopicHits(of, text, foldText(text));
  return tagTopics(text, hits, [{ start: 0, end: text.length }], 3).map((tag) => tag.id);
}

describe("topics of some words", () => {
  test.each([
    ["a strong cue alone", "the AI dialogue in May", ["process.dialogue"]],
    ["three weak cues", "an agenda for talks and dialogue", ["process.dialogue"]],
    ["one weak cue twice", "talks about talks and talks", []],
    ["a cue inside a near-miss", "the Global Dialogue on AI, talks, agenda", []],
    [
      "a near-miss hides only what lies inside it",
      "the AI dialogue and the Global Dialogue on AI",
      ["process.dialogue"],
    ],
    ["a stem", "inclusiveness for all", ["tech.voice"]],
    ["a cue over a line break and capitals", "EXPORT\n  CONTROLS", ["tech.chips"]],
    ["Chinese", "加强出口管制", ["tech.chips"]],
    ["part of a word", "exported export controllers", []],
    ["the parts of a cue near one another", "Both sides want to go on, and cooperating is wise.", ["process.dialogue"]],
    ["the parts of a cue in the other order", "cooperation helps both sides", ["process.dialogue"]],
    ["one part of a cue alone", "both sides; either of the two sides", []],
    [
      "the parts of a cue far apart",
      `Both sides arrived in the rain.${" The hall was cold and the tea was late.".repeat(5)} They cooperate.`,
      [],
    ],
  ])("%s", (_case, text, ids) => {
    expect(topicsOf(text)).toEqual(ids);
  });
});

test("evidence marks the cue, and only cues inside the words count", () => {
  const text = "AI dialogue. Then export controls.";
  const hits = findTopicHits(lexicon, text, foldText(text));
  expect(tagTopics(text, hits, [{ start: 13, end: text.length }], 3)).toEqual([
    { id: "tech.chips", score: 3, evidence: [{ start: 18, end: 33 }] },
  ]);
});

test("of leaves with equal points the one whose cues stand there more often is first", () => {
  expect(topicsOf("export controls, then the AI dialogue, the AI dialogue again")).toEqual([
    "process.dialogue",
    "tech.chips",
  ]);
});

test("evidence of a cue in parts marks each of them", () => {
  const text = "Both sides should cooperate.";
  const hits = findTopicHits(lexicon, text, foldText(text));
  expect(tagTopics(text, hits, [{ start: 0, end: text.length }], 3)[0]?.evidence).toEqual([
    { start: 0, end: 10 },
    { start: 18, end: 27 },
  ]);
});

describe("words of the shipped topics that mean something else beside others", () => {
  test.each([
    ["weaponizing export controls", "military.autonomous-weapons", false],
    ["the weaponisation of trade and of AI chips", "military.autonomous-weapons", false],
    ["将经贸问题政治化、武器化", "military.autonomous-weapons", false],
    ["the weaponization of artificial intelligence", "military.autonomous-weapons", true],
    ["人工智能武器化", "military.autonomous-weapons", true],
    ["talks on weapons of mass destruction", "misuse.bio-chem", false],
    ["the use of AI for weapons of mass destruction", "misuse.bio-chem", true],
    ["overstretching the concept of national security", "military.strategic-stability", false],
    ["overstretches national security", "military.strategic-stability", false],
    ["AI is a matter of national security", "military.strategic-stability", true],
    ["the model weights 2 kg", "tech.model-theft", false],
    ["the theft of model weights", "tech.model-theft", true],
    ["open source intelligence", "tech.open-source", false],
    ["开源情报", "tech.open-source", false],
    ["open source models", "tech.open-source", true],
  ])("%s is %s: %s", (text, leaf, is) => {
    expect(topicsOf(text, shippedTopics).includes(leaf)).toBe(is);
  });
});
