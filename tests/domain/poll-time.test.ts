import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextPollAt, type PollRhythm } from "../../src/domain/poll-time.ts";

const MINUTE = 60_000;
type About = Parameters<typeof nextPollAt>[2];
const calm: About = { failuresInRow: 0, retryAfterMs: null, jitter: 0 };
const bounds = { slowestMs: 40 * MINUTE, zone: "UTC" };
const always: PollRhythm = { everyMs: 10 * MINUTE, elseMs: 10 * MINUTE, window: null, ...bounds };

/** Every ten minutes between two local times, else every two hours. */
function windowed(from: string, to: string, zone: string, weekdays: readonly number[] = []): PollRhythm {
  const minute = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  return {
    everyMs: 10 * MINUTE,
    elseMs: 120 * MINUTE,
    ...bounds,
    window: { from: minute(from), to: minute(to), zone, weekdays },
  };
}

function next(rhythm: PollRhythm, now: string, about: Partial<About> = {}) {
  return nextPollAt(rhythm, new Date(now), { ...calm, ...about }).toISOString();
}

describe("a source without a window", () => {
  test("is due again after its interval", () => {
    expect(next(always, "2026-05-19T12:00:00Z")).toBe("2026-05-19T12:10:00.000Z");
  });

  test("is due up to a tenth later, never earlier", () => {
    expect(next(always, "2026-05-19T12:00:00Z", { jitter: 1 })).toBe("2026-05-19T12:11:00.000Z");
  });
});

describe("sources whose times are near each other", () => {
  const rhythmOf = (everyMs: number): PollRhythm => ({ ...always, everyMs, elseMs: everyMs, slowestMs: everyMs });

  test.each([
    ["come due together at the next ten seconds", 10 * MINUTE, "2026-05-19T12:00:03.217Z", "2026-05-19T12:10:10.000Z"],
    [
      "at the next second where they are asked each minute",
      MINUTE,
      "2026-05-19T12:00:03.217Z",
      "2026-05-19T12:01:04.000Z",
    ],
    [
      "each at its own moment where they are asked more often",
      5_000,
      "2026-05-19T12:00:03.217Z",
      "2026-05-19T12:00:08.217Z",
    ],
  ])("%s", (_, everyMs, now, due) => {
    expect(next(rhythmOf(everyMs), now)).toBe(due);
  });
});

describe("a source whose own rhythm is known", () => {
  const noon = new Date("2026-05-19T12:00:00Z");
  const daysAgo = (...days: readonly number[]) => days.map((day) => new Date(noon.getTime() - day * 24 * 60 * MINUTE));
  const silent = daysAgo(40);
  const busy = Array.from({ length: 27 }, (_, day) => daysAgo(...Array.from({ length: 5 }, () => 27 - day))).flat();

  test.each([
    ["and hardly publishes is asked as rarely as the catalogue lets it", always, silent, 40],
    ["and publishes often is asked as often as the catalogue lets it", always, busy, 10],
    [
      "outside its window, and silent, is asked as rarely as the window's rule",
      windowed("20:00", "21:00", "UTC"),
      silent,
      120,
    ],
    [
      "outside its window, but publishing then, is asked as often as inside",
      windowed("20:00", "21:00", "UTC"),
      busy,
      10,
    ],
    ["inside its window, and silent, is asked at its short interval", windowed("11:00", "13:00", "UTC"), silent, 10],
  ])("%s", (_, rhythm, newsAt, minutes) => {
    const due = next(rhythm, noon.toISOString(), { newsAt });
    expect((new Date(due).getTime() - noon.getTime()) / MINUTE).toBe(minutes);
  });
});

describe("an answer that may be kept", () => {
  test.each([
    ["holds the next look off", always, 25, 25],
    ["for an hour at most", always, 24 * 60, 60],
    ["but not below the interval", always, 1, 10],
    ["and not inside a window", windowed("11:00", "13:00", "UTC"), 25, 10],
  ])("%s", (_, rhythm, minutes, expected) => {
    const due = next(rhythm, "2026-05-19T12:00:00Z", { freshForMs: minutes * MINUTE });
    expect((new Date(due).getTime() - Date.parse("2026-05-19T12:00:00Z")) / MINUTE).toBe(expected);
  });
});

describe("a source with a window", () => {
  const briefing = windowed("16:30", "22:45", "Asia/Shanghai", [1, 2, 3, 4, 5]);

  test.each([
    ["inside, it is polled at its short interval", "2026-05-19T09:00:00Z", "2026-05-19T09:10:00.000Z"],
    ["outside, at its long one", "2026-05-19T02:00:00Z", "2026-05-19T04:00:00.000Z"],
    ["its opening is not slept through", "2026-05-19T07:30:00Z", "2026-05-19T08:30:00.000Z"],
    ["at the opening itself it is open", "2026-05-19T08:30:00Z", "2026-05-19T08:40:00.000Z"],
    ["at its end it is closed", "2026-05-19T14:45:00Z", "2026-05-19T16:45:00.000Z"],
    ["on a Saturday it stays closed", "2026-05-23T09:00:00Z", "2026-05-23T11:00:00.000Z"],
    ["before a Saturday's hour nothing opens", "2026-05-23T07:30:00Z", "2026-05-23T09:30:00.000Z"],
  ])("%s", (_, now, due) => {
    expect(next(briefing, now)).toBe(due);
  });

  test.each([
    ["before midnight it is open", "2026-05-19T14:30:00Z", "2026-05-19T14:40:00.000Z"],
    ["after midnight it is still open", "2026-05-19T17:30:00Z", "2026-05-19T17:40:00.000Z"],
    ["at its end it is closed", "2026-05-19T18:00:00Z", "2026-05-19T20:00:00.000Z"],
    ["by day it is closed", "2026-05-19T04:00:00Z", "2026-05-19T06:00:00.000Z"],
  ])("over midnight: %s", (_, now, due) => {
    expect(next(windowed("22:00", "02:00", "Asia/Shanghai"), now)).toBe(due);
  });

  test.each([
    ["Friday's hours after midnight belong to Friday", "2026-05-22T17:00:00Z", "2026-05-22T17:10:00.000Z"],
    ["Sunday's night is closed on Monday before two", "2026-05-24T17:00:00Z", "2026-05-24T19:00:00.000Z"],
  ])("over midnight on weekdays: %s", (_, now, due) => {
    expect(next(windowed("22:00", "02:00", "Asia/Shanghai", [1, 2, 3, 4, 5]), now)).toBe(due);
  });

  test.each([
    ["the day before the clocks go forward", "2026-03-07T13:30:00Z", "2026-03-07T14:00:00.000Z"],
    ["the day after", "2026-03-09T12:30:00Z", "2026-03-09T13:00:00.000Z"],
    ["the day before the clocks go back", "2026-10-31T12:30:00Z", "2026-10-31T13:00:00.000Z"],
    ["the day after that", "2026-11-02T13:30:00Z", "2026-11-02T14:00:00.000Z"],
  ])("opens at the same local time %s", (_, now, due) => {
    expect(next(windowed("09:00", "17:00", "America/New_York"), now)).toBe(due);
  });

  test("whose opening a change of clocks skips opens when the skipped hour is over", () => {
    const rhythm = windowed("02:30", "05:00", "America/New_York");
    expect(next(rhythm, "2026-03-08T06:30:00Z")).toBe("2026-03-08T07:30:00.000Z");
  });
});

describe("a source that fails", () => {
  test.each([
    [1, "2026-05-19T12:20:00.000Z"],
    [2, "2026-05-19T12:40:00.000Z"],
    [5, "2026-05-19T17:20:00.000Z"],
    [6, "2026-05-19T18:00:00.000Z"],
    [1_000, "2026-05-19T18:00:00.000Z"],
  ])("%i times in a row is asked more rarely, at most every six hours", (failuresInRow, due) => {
    expect(next(always, "2026-05-19T12:00:00Z", { failuresInRow })).toBe(due);
  });

  test("and is polled daily anyway is not asked more often because it fails", () => {
    const daily = { ...always, everyMs: 24 * 60 * MINUTE, elseMs: 24 * 60 * MINUTE };
    expect(next(daily, "2026-05-19T12:00:00Z", { failuresInRow: 4 })).toBe("2026-05-20T12:00:00.000Z");
  });

  test("is left alone for as long as it asks", () => {
    const about = { failuresInRow: 1, retryAfterMs: 3 * 60 * MINUTE };
    expect(next(always, "2026-05-19T12:00:00Z", about)).toBe("2026-05-19T15:00:00.000Z");
  });

  test("is not asked early because it asks for less than our own wait", () => {
    expect(next(always, "2026-05-19T12:00:00Z", { failuresInRow: 1, retryAfterMs: 1_000 })).toBe(
      "2026-05-19T12:20:00.000Z",
    );
  });

  test("is not woken by its window while it asked to be left alone", () => {
    const rhythm = windowed("16:30", "22:45", "Asia/Shanghai");
    expect(next(rhythm, "2026-05-19T08:00:00Z", { failuresInRow: 1, retryAfterMs: 4 * 60 * MINUTE })).toBe(
      "2026-05-19T12:00:00.000Z",
    );
  });
});

test("a source is always due in the future, and never later than its longest wait allows", () => {
  const clock = fc
    .tuple(fc.nat(23), fc.nat(59))
    .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);
  const moments = fc.date({
    min: new Date("2026-01-01T00:00:00Z"),
    max: new Date("2027-12-31T00:00:00Z"),
    noInvalidDate: true,
  });
  const zones = fc.constantFrom("Asia/Shanghai", "America/New_York", "Europe/London", "Pacific/Apia", "Africa/Cairo");
  fc.assert(
    fc.property(clock, clock, zones, moments, fc.nat(10), (from, to, zone, now, failuresInRow) => {
      fc.pre(from !== to);
      const due = nextPollAt(windowed(from, to, zone), now, { failuresInRow, retryAfterMs: null, jitter: 0.5 });
      expect(due.getTime()).toBeGreaterThan(now.getTime());
      expect(due.getTime() - now.getTime()).toBeLessThanOrEqual(6 * 60 * MINUTE * 1.1);
    }),
  );
});
