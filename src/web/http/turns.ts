import type { Context, MiddlewareHandler } from "hono";
import { createLine } from "./line.ts";

/** Answers that ask nothing of the archive that takes time, or stay open for long. */
const WITHOUT_TURN = /^\/(?:healthz|readyz|metrics|live|assets\/.*)$/;

/** A page that takes longer goes on beside the line: a few questions that take a quarter of a minute must not hold up everybody. */
const SLOW_MS = 3_000;

/**
 * Has pages and answers made a few at a time, the others in the order in which they were asked for: a crowd of readers then waits a
 * second or two, instead of all of them taking the processors from what keeps the archive. What a reader has left before its
 * turn is not made.
 *
 * Only questions wait; what changes something goes ahead.
 *
 * @param slowMs - After which a page is no longer counted among those that are being made.
 */
export function turns(atOnce: number, slowMs = SLOW_MS): MiddlewareHandler {
  const line = createLine(atOnce);
  return async (c, next) => {
    if (!waits(c)) return next();
    const end = await line.turn(c.req.raw.signal);
    // Nobody is there to receive it.
    if (end === null) return c.body(null, 204);
    const slow = setTimeout(end, slowMs);
    try {
      await next();
    } finally {
      clearTimeout(slow);
      end();
    }
  };
}

function waits(c: Context): boolean {
  return (c.req.method === "GET" || c.req.path === "/mcp") && !WITHOUT_TURN.test(c.req.path);
}
