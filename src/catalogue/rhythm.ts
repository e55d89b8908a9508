import type { PollRhythm } from "../domain/poll-time.ts";
import { intervalMs, parseWindow } from "./interval.ts";
import type { Source } from "./source.ts";

/** Where the catalogue does not say, a source that publishes rarely is asked more rarely by so much, by its priority. */
const SLOWER = { A: 1, B: 2, C: 4 } as const;
const DAY_MS = 86_400_000;

/** Turns `poll: { every: 10m, window: "16:30-22:45 Asia/Shanghai Mon-Fri", else: 60m }` into numbers. */
export function rhythmOf({ poll, priority, timeZone }: Pick<Source, "poll" | "priority" | "timeZone">): PollRhythm {
  const everyMs = intervalMs(poll.every);
  const slowestMs = poll.slowest ? intervalMs(poll.slowest) : Math.min(everyMs * SLOWER[priority], DAY_MS);
  const window = poll.window ? parseWindow(poll.window) : null;
  return {
    everyMs,
    slowestMs: Math.max(everyMs, slowestMs),
    elseMs: poll.else ? intervalMs(poll.else) : everyMs,
    window,
    zone: timeZone ?? window?.zone ?? "UTC",
  };
}
