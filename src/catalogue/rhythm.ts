import type { PollRhythm } from "../domain/poll-time.ts";
import { intervalMs, type Source } from "./source.ts";

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Turns `poll: { every: 10m, window: "16:30-22:45 Asia/Shanghai Mon-Fri", else: 60m }` into numbers. */
export function rhythmOf({ poll }: Pick<Source, "poll">): PollRhythm {
  const everyMs = intervalMs(poll.every);
  const elseMs = poll.else ? intervalMs(poll.else) : everyMs;
  const [hours, zone, days] = poll.window?.split(" ") ?? [];
  if (!hours || !zone) return { everyMs, elseMs, window: null };
  const [from = 0, to = 0] = hours.split("-").map((clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)));
  const [first = "Mon", last = "Sun"] = days?.split("-") ?? [];
  const weekdays = days ? weekdaysBetween(WEEKDAYS.indexOf(first) + 1, WEEKDAYS.indexOf(last) + 1) : [];
  return { everyMs, elseMs, window: { from, to, zone, weekdays } };
}

function weekdaysBetween(first: number, last: number): readonly number[] {
  const length = ((last - first + 7) % 7) + 1;
  return Array.from({ length }, (_, step) => ((first - 1 + step) % 7) + 1);
}
