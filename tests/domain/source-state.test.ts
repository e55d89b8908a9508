import { describe, expect, test } from "vitest";
import { quietSince, sourceState, type WatchedState } from "../../src/domain/source-state.ts";

const now = new Date("2026-05-19T12:00:00Z");
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const DAY = 24 * 60;

const well: WatchedState = {
  ...{ enabled: true, hasList: true, nextPollAt: ago(-5), lastSuccessAt: ago(5), failuresInRow: 0 },
};

describe("the state of a source", () => {
  test.each<[string, Partial<WatchedState>, string]>([
    ["that answered and is not due is reached", {}, "reached"],
    ["that is due since a minute waits its turn", { nextPollAt: ago(1) }, "reached"],
    ["that is due since three minutes is late", { nextPollAt: ago(3) }, "late"],
    ["whose last poll failed is failed", { failuresInRow: 1 }, "failed"],
    ["that failed and is late too is failed", { failuresInRow: 1, nextPollAt: ago(3) }, "failed"],
    ["whose list is gone for good is gone, and never reached", { nextPollAt: null, failuresInRow: 1 }, "gone"],
    ["that was never polled is new", { lastSuccessAt: null }, "new"],
    ["that is switched off is off", { enabled: false, nextPollAt: null }, "off"],
    ["without a list is off", { hasList: false, nextPollAt: null }, "off"],
  ])("%s", (_, says, state) => {
    expect(sourceState({ ...well, ...says }, now)).toBe(state);
  });
});

describe("silence", () => {
  const daily = (count: number, lastAgo: number) =>
    Array.from({ length: count }, (_, index) => ago(lastAgo + (count - 1 - index) * DAY));

  test.each([
    ["of a day in a daily source is usual", daily(20, DAY), null],
    ["of three days in a daily source is not", daily(20, 3 * DAY), ago(3 * DAY)],
    ["of a source that has told little says nothing", daily(7, 20 * DAY), null],
    ["of a source that never told anything says nothing", [], null],
    [
      "of a day in one that tells hourly is usual: it may be a holiday",
      Array.from({ length: 40 }, (_, n) => ago(DAY + (40 - n) * 60)),
      null,
    ],
  ])("%s", (_, newsAt, since) => {
    expect(quietSince(newsAt, now)).toEqual(since);
  });

  test("that a source kept before is its habit", () => {
    const habit = [...daily(10, 20 * DAY), ...daily(5, 6 * DAY)];
    expect(quietSince(habit, now)).toBeNull();
  });
});
