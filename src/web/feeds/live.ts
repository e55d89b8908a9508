import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { Database } from "../../db/client.ts";
import { developmentsAfter } from "../../db/developments/developments.ts";
import { latestDevelopmentId } from "../../db/developments/latest-development.ts";
import { askerOf } from "../http/access.ts";
import { answerProblem } from "../http/problem.ts";
import { createSlots } from "../http/slots.ts";

/** How often the database is asked for what is new, and how often a line goes out so that nobody takes the connection for dead. */
const LOOK_EVERY_MS = 2_000;
const ALIVE_EVERY_MS = 20_000;
/** Listeners that one process serves. */
const MOST_LISTENERS = 200;
/** Of these, those with the same token; without tokens, all of this machine. */
const MOST_OF_ONE = 20;

/**
 * Makes the answer to /live: server-sent events (HTML, 9.2), one `development` each, from now on or from the id that a browser that
 * lost its connection names (`Last-Event-ID`).
 *
 * @param onNews - Called before anybody is told.
 */
export function createLive(db: Database, onNews: () => void): (c: Context) => Promise<Response> {
  const slots = createSlots(MOST_LISTENERS, MOST_OF_ONE);
  return async (c) => {
    // Nobody would read what comes, nor ever leave.
    if (c.req.raw.method === "HEAD") return c.body(null, 200, { "Content-Type": "text/event-stream" });
    const leave = slots.take(askerOf(c));
    if (!leave)
      return answerProblem(c, 503, "Too many listen already; look again later, or follow /developments.atom.");
    const named = /^\d{1,15}$/.exec(c.req.header("Last-Event-ID") ?? "")?.[0];
    const begin = named === undefined ? latestDevelopmentId(db) : Promise.resolve(Number(named));
    let last = await begin.catch((error: unknown) => {
      leave();
      throw error;
    });
    return streamSSE(c, async (stream) => {
      let quietMs = 0;
      try {
        // The first line opens the stream at the other end.
        await stream.writeSSE({ event: "ready", data: String(last) });
        while (!stream.aborted && !stream.closed) {
          const found = await developmentsAfter(db, last, 50);
          if (found.length > 0) onNews();
          for (const { id, type, severity, status, summary } of found) {
            last = id;
            if (status !== "new") continue;
            const data = JSON.stringify({ id, type, severity, summary, url: `/developments/${id}` });
            await stream.writeSSE({ id: String(id), event: "development", data });
          }
          quietMs = found.length > 0 ? 0 : quietMs + LOOK_EVERY_MS;
          if (quietMs >= ALIVE_EVERY_MS) {
            await stream.write(": alive\n\n");
            quietMs = 0;
          }
          await stream.sleep(LOOK_EVERY_MS);
        }
      } finally {
        leave();
      }
    });
  };
}
