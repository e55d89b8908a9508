import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { Database } from "../../db/client.ts";
import { developmentsAfter } from "../../db/developments/developments.ts";
import { latestDevelopmentId } from "../../db/developments/latest-development.ts";
import { answerProblem } from "../http/problem.ts";

/** How often the database is asked for what is new, and how often a line goes out so that nobody takes the connection for dead. */
const LOOK_EVERY_MS = 2_000;
const ALIVE_EVERY_MS = 20_000;
/** Listeners that one process serves. */
const MOST_LISTENERS = 200;

/**
 * Makes the answer to /live: server-sent events (HTML, 9.2), one `development` each, from now on or from the id that a browser that
 * lost its connection names (`Last-Event-ID`).
 *
 * @param onNews - Called before anybody is told.
 */
export function createLive(db: Database, onNews: () => void): (c: Context) => Promise<Response> {
  let listeners = 0;
  return async (c) => {
    if (listeners >= MOST_LISTENERS)
      return answerProblem(c, 503, "Too many listen already; look again later, or follow /developments.atom.");
    const named = /^\d{1,15}$/.exec(c.req.header("Last-Event-ID") ?? "")?.[0];
    let last = named === undefined ? await latestDevelopmentId(db) : Number(named);
    listeners += 1;
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
        listeners -= 1;
      }
    });
  };
}
