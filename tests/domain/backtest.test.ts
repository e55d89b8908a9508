import { describe, expect, test } from "vitest";
import { type AlertManner, AT_ONCE } from "../../src/domain/alert-manner.ts";
import { type PastHit, playBack } from "../../src/domain/backtest.ts";
import { backtestInWords } from "../../src/present/backtest-text.ts";
import { hoursOn, secondsOn } from "../support/moments.ts";

function hit(id: number, at: Date, says: Partial<PastHit> = {}): PastHit {
  return { id, matter: id, at, severity: 3, threadId: null, late: false, isNews: true, line: `Hit ${id}`, ...says };
}

function tried(hits: readonly PastHit[], manner: AlertManner = AT_ONCE) {
  const past = {
    about: "developments",
    since: hoursOn(-24 * 14),
    until: hoursOn(24 * 14),
    looked: 50,
    cut: false,
  } as const;
  return playBack({ ...past, hits }, manner);
}

describe("a rule played over its past", () => {
  test("would have sent nothing where nothing met it", () => {
    const test = tried([]);
    expect(test).toMatchObject({ hits: 0, messages: [], perWeek: 0, busiest: null });
    expect(backtestInWords(test)).toContain("It would have sent nothing.");
  });

  test("tells news and counts background as met but not sent", () => {
    const test = tried([
      hit(1, hoursOn(0)),
      hit(2, hoursOn(1), { isNews: false }),
      hit(3, hoursOn(25), { late: true }),
    ]);
    expect(test).toMatchObject({ hits: 3, background: 1, late: 1, batches: 0, perWeek: 0.5 });
    expect(test.messages.map(({ lines, late }) => [lines[0], late])).toEqual([
      ["Hit 1", false],
      ["Hit 3", true],
    ]);
    const words = backtestInWords(test);
    expect(words).toContain("50 developments, 3 met it (1 of them background, which alerts nobody, 1 late)");
    expect(words).toContain("It would have sent 2 messages, less than one a week.");
    expect(words).toContain("late: Hit 3");
  });

  test("keeps quiet hours, and tells afterwards what came in them, together", () => {
    const quiet = { from: "11:00", to: "14:00", timeZone: "UTC" };
    const test = tried([hit(1, hoursOn(0)), hit(2, hoursOn(1))], { ...AT_ONCE, quiet });
    expect(test.messages).toEqual([{ at: hoursOn(2), lines: ["Hit 1", "Hit 2"], late: false }]);
    expect(test.batches).toBe(1);
  });

  test("lets what is urgent through quiet hours", () => {
    const quiet = { from: "11:00", to: "14:00", timeZone: "UTC" };
    const test = tried([hit(1, hoursOn(0), { severity: 5 })], { ...AT_ONCE, quiet, urgentFrom: 5 });
    expect(test.messages.map(({ at }) => at)).toEqual([hoursOn(0)]);
  });

  test("waits between two alerts on one thread, not on two", () => {
    const manner = { ...AT_ONCE, cooldownMinutes: 60 };
    const hits = [
      hit(1, hoursOn(0), { threadId: 7 }),
      hit(2, secondsOn(600), { threadId: 7 }),
      hit(3, secondsOn(601), { threadId: 8 }),
    ];
    expect(tried(hits, manner).messages.map(({ at, lines }) => [at, lines])).toEqual([
      [hoursOn(0), ["Hit 1"]],
      [secondsOn(601), ["Hit 3"]],
      [hoursOn(1), ["Hit 2"]],
    ]);
  });

  test("tells a burst as ten alerts and one more", () => {
    const test = tried(Array.from({ length: 14 }, (_, index) => hit(index, secondsOn(index))));
    expect(test.messages).toHaveLength(11);
    expect(test.messages.at(-1)?.lines).toHaveLength(4);
    expect(test.busiest?.messages).toBe(11);
  });
});
