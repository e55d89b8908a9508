import type { PollRhythm } from "../domain/poll-time.ts";
import { intervalMs, parseWindow } from "./interval.ts";
import type { Source } from "./source.ts";

/** Turns `poll: { every: 10m, window: "16:30-22:45 Asia/Shanghai Mon-Fri", else: 60m }` into numbers. */
export function rhythmOf({ poll }: Pick<Source, "poll">): PollRhythm {
  const everyMs = intervalMs(poll.every);
  return {
    everyMs,
    elseMs: poll.else ? intervalMs(poll.else) : everyMs,
    window: poll.window ? parseWindow(poll.window) : null,
  };
}
