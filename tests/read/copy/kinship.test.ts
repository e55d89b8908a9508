import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kinshipWith, quoteKinship, type TwinFacts, twinKinship } from "../../../src/read/copy/kinship.ts";
import { fingerprintsOf, sketchOf } from "../../../src/read/copy/sketch.ts";

/** An invented agency report of six paragraphs. */
const report = [
  "Norland and Sudland will open a channel for accidents with automated systems, their ministries said on Tuesday in the port of Vell.",
  "“We have agreed that a person answers the telephone at any hour of the day,” said Ines Corbel, who led the delegation of Norland.",
  "The two sides had talked for eleven hours about how to tell an exercise from an attack when machines take the first decisions.",
  "“Nobody asked us to trust anyone, and nobody did,” said Oto Brandl, the envoy of Sudland, before he left for the airport.",
  "A second meeting is to follow in the autumn, when laboratories of both states will bring the results of their own trials.",
  "Observers from three neighbouring states listened to the opening session but were asked to leave the hall before noon.",
];
const text = report.join("\n");

describe("copies of a text", () => {
  test.each([
    [
      "the same text with other quotation marks, spacing and a dateline",
      `VELL, 19 May — ${text.replace(/[“”]/g, '"').replaceAll("\n", "\n\n")}`,
      "copy",
    ],
    ["the first half alone", report.slice(0, 3).join("\n"), "part"],
    [
      "the text inside a longer page of a newspaper",
      `${"Our correspondent has seen the hall where the talks took place and describes what the delegates ate there during three long days of waiting for papers. ".repeat(1)}${text}\n${Array.from({ length: 8 }, (_, i) => `In addition paragraph number ${i} of the newspaper tells about matters of the town of Vell, its harbour, weather and prices.`).join("\n")}`,
      "part",
    ],
  ])("%s", (_case, other, relation) => {
    expect(kinshipWith(text)(other)?.relation).toBe(relation);
    expect(kinshipWith(other)(text)?.relation).toBe(relation);
  });

  test.each([
    [
      "another report of the same event",
      "The governments of Norland and Sudland agreed on Tuesday to telephone each other when automated systems fail. Ines Corbel spoke of a person who answers at any hour. The meeting took eleven hours, and there will be another one in the autumn, according to both.",
    ],
    [
      "one quotation in common",
      `Three weeks later the telephone has not rung. “We have agreed that a person answers the telephone at any hour of the day,” said Ines Corbel in May. Engineers in both states have since asked who that person is, what languages are spoken, and whether anybody has written a list of the things that ought to be asked first.`,
    ],
    ["nothing", ""],
  ])("%s is no copy", (_case, other) => {
    expect(kinshipWith(text)(other)).toBeNull();
  });

  test("two weeks' schedules made from one form are no copies", () => {
    const schedule = (day: number) =>
      `The minister's public schedule. At ${day}:30 the minister meets the delegation in room ${day + 40}, where cameras are welcome for the first two minutes only. At ${day + 2}:15 the minister speaks to the committee on page ${day * 7} of its report, without press. At ${day + 5}:45 the minister returns to the ministry by car number ${day + 300}.`;
    expect(kinshipWith(schedule(8))(schedule(11))).toBeNull();
    expect(kinshipWith(schedule(8))(schedule(8))?.relation).toBe("copy");
  });

  test("the next decree of one publisher in the same words is no copy, but the same page at another address is", () => {
    const decree = (day: number, sum: number) =>
      `By the authority of my office I delegate to the minister the power to spend up to ${sum} crowns from the stores for the harbour of Vell, and direct that this be printed in the gazette of the state without delay. Given on day ${day} of the year in the small hall above the harbour, with the seal of the office.`;
    expect(kinshipWith(decree(8, 400))(decree(36, 275), true)).toBeNull();
    expect(kinshipWith(decree(8, 400))(decree(36, 275))?.relation).toBe("copy");
    expect(kinshipWith(decree(8, 400))(decree(8, 400), true)?.relation).toBe("copy");
  });

  test("Chinese texts are compared by characters, whatever their spacing", () => {
    const chinese =
      "诺兰和苏兰两国外交部门星期二宣布,双方将建立人工智能事故联络渠道。诺兰代表团团长表示,任何时候都会有人接听电话。双方就如何区分演习与攻击进行了十一个小时的会谈,并商定秋季举行第二次会议。";
    expect(kinshipWith(chinese)(chinese.replaceAll("。", "。\n　　"))?.relation).toBe("copy");
  });
});

describe("a report told in other words", () => {
  const quotes = [
    "We have agreed that a person answers the telephone at any hour",
    "Nobody asked us to trust anyone, and nobody did",
    "The results of our own trials will be on the table in autumn",
    "It was a long day in a small room",
  ];
  test("is known by its quotations in their order", () => {
    expect(quoteKinship(quotes, quotes.slice(0, 3))?.relation).toBe("rewrite");
  });
  test.each([
    ["two of them", quotes.slice(0, 2)],
    ["the same in another order", [...quotes].reverse()],
    [
      "as many of its own",
      [
        ...quotes.slice(0, 2),
        "Something else that was said in that room",
        "And yet another sentence from the same day",
      ],
    ],
  ])("but not by %s", (_case, other) => {
    expect(quoteKinship(quotes, other)).toBeNull();
  });
});

describe("one event in two languages", () => {
  const facts = (says: Partial<TwinFacts>): TwinFacts => ({
    ...{
      lang: "en",
      kind: "transcript",
      text: "On 19 May we met 3 times",
      day: "2026-05-19",
      actorIds: ["ines-corbel"],
    },
    ...{ turns: 10, topics: ["process.dialogue-channel"] },
    ...says,
  });
  const chinese = facts({ lang: "zh", text: "5月19日会见3次" });
  test("is known by day, speaker, kind and number of turns", () => {
    expect(twinKinship(facts({}), chinese)).toMatchObject({ relation: "translation" });
  });
  test.each([
    ["the same language", facts({})],
    ["another day", { ...chinese, day: "2026-05-20" }],
    ["no known day", { ...chinese, day: null }],
    ["another speaker", { ...chinese, actorIds: ["oto-brandl"] }],
    ["half the turns", { ...chinese, turns: 5 }],
    ["another kind", { ...chinese, kind: "release" }],
    ["short remarks about something else", { ...chinese, turns: 1, topics: ["tech.chips-export"], text: "7月1日" }],
  ])("but not with %s", (_case, other) => {
    expect(twinKinship(facts(other.turns === 1 ? { turns: 1 } : {}), other)).toBeNull();
  });
});

describe("sketches", () => {
  test("of a text and its half share hashes, at the coarser of their rates", () => {
    const long = sketchOf(
      Array.from({ length: 60 }, (_, i) => `${text} ${i}`.replaceAll("Norland", `Norland${i}`)).join("\n"),
    );
    expect(long.hashes.length).toBeLessThanOrEqual(96);
    expect(long.rate).toBeGreaterThan(1);
    const half = new Set(sketchOf(report.slice(0, 3).join("\n")).hashes);
    expect(sketchOf(text).hashes.some((hash) => half.has(hash))).toBe(true);
  });

  test("fingerprints of two statements meet wherever seven words in a row are the same", () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{3,8}$/), { minLength: 7, maxLength: 7 });
    const around = fc.array(fc.stringMatching(/^[a-z]{3,8}$/), { minLength: 4, maxLength: 30 });
    fc.assert(
      fc.property(words, around, around, (common, before, after) => {
        const one = new Set(fingerprintsOf([...before, ...common].join(" ")));
        const other = fingerprintsOf([...common, ...after].join(" "));
        return other.some((hash) => one.has(hash));
      }),
    );
  });

  test("any text has a sketch that fits into the database's integers", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (any) =>
        [...sketchOf(any).hashes, ...fingerprintsOf(any)].every(
          (hash) => Number.isInteger(hash) && hash === (hash | 0),
        ),
      ),
    );
  });
});
