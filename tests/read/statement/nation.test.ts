import { describe, expect, test } from "vitest";
import { nationSchema } from "../../../src/catalogue/nation.ts";
import {
  ANOTHER_STATE,
  compileNations,
  holdsNation,
  nationBeside,
  nationOfDateline,
  nationOfSeat,
  nationOfTitle,
  withoutNation,
} from "../../../src/read/statement/nation.ts";

/** Two states that nobody knows, as an analyst may add them. */
const nations = compileNations(
  [
    {
      id: "norland",
      names: ["Norland", "N.L."],
      adjectives: ["Norlander"],
      cities: ["Norhaven"],
      chinese: ["诺兰", "诺"],
    },
    { id: "southmark", names: ["Southmark"], adjectives: ["Southmarker"], chinese: ["南马克"] },
  ].map((entry) => nationSchema.parse(entry)),
);

/** Where a body's name stands in a text. */
const place = (text: string, name: string) => ({ start: text.indexOf(name), end: text.indexOf(name) + name.length });

describe("a body is that of the state which stands at its name", () => {
  test.each([
    ["the Norlander Foreign Ministry said", "norland"],
    ["N.L.'s Foreign Ministry said", "norland"],
    ["the Foreign Ministry of Southmark said", "southmark"],
    ["the Ostian Foreign Ministry said", ANOTHER_STATE],
    ["the Foreign Ministry said", null],
  ])("%s: %s", (text, state) => {
    expect(nationBeside(nations, text, place(text, "Foreign Ministry"), true)).toBe(state);
  });

  test.each([
    ["诺兰外交部表示", "norland"],
    ["据诺外交部消息", null],
    ["，诺外交部表示", "norland"],
  ])("%s: %s", (text, state) => {
    expect(nationBeside(nations, text, place(text, "外交部"), true)).toBe(state);
  });
});

test("cities tell the state in datelines and seats, names and adjectives before an office", () => {
  expect(nationOfDateline(nations, "NORHAVEN (Harbour Wire) - Talks began.")).toBe("norland");
  const text = "a Foreign Ministry spokesperson in Norhaven said";
  expect(nationOfSeat(nations, text, place(text, "spokesperson"))).toBe("norland");
  expect(nationOfTitle(nations, "the Southmarker Foreign Minister ")).toBe("southmark");
  expect(withoutNation(nations, "Southmarker Foreign Minister")).toBe("Foreign Minister");
  expect(holdsNation(nations, "Norlander Foreign Ministry")).toBe(true);
});

test("without any state in the catalogue no name holds one", () => {
  const none = compileNations([]);
  expect(holdsNation(none, "Norlander Foreign Ministry")).toBe(false);
  expect(nationOfDateline(none, "NORHAVEN - Talks began.")).toBeNull();
  expect(withoutNation(none, "Foreign Minister")).toBe("Foreign Minister");
});
