import type { Logger } from "pino";
import { cutAnalysts } from "./db/analysts/analysts.ts";
import { thinBodies } from "./db/archive/thin-bodies.ts";
import type { Database } from "./db/client.ts";

const THIN_EVERY_MS = 3_600_000;

/** How often sessions of analysts are looked at; see db/analysts/analysts.ts. */
const CUT_EVERY_MS = 1_000;

/** Thins bytes that nothing was read from, now and every hour; gives what stops it. */
export function keepThin(db: Database, days: number, now: () => Date, log: Logger): () => Promise<void> {
  let busy: Promise<unknown> = Promise.resolve();
  const thin = () => {
    busy = busy.then(async () => {
      try {
        const thinned = await thinBodies(db, new Date(now().getTime() - days * 86_400_000));
        if (thinned > 0) log.info({ thinned }, "bytes were thinned");
      } catch (error) {
        log.warn({ err: error }, "bytes could not be thinned; tried again in an hour");
      }
    });
  };
  thin();
  const timer = setInterval(thin, THIN_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await busy;
  };
}

/** Ends what analysts ask for too long, looking every second; gives what stops it. */
export function keepCutting(db: Database, warn: (sentence: string, error: unknown) => void): () => Promise<void> {
  const failed = (error: unknown) => warn("Sessions of analysts that run too long could not be ended", error);
  const timer = setInterval(() => void cutAnalysts(db).catch(failed), CUT_EVERY_MS);
  return async () => clearInterval(timer);
}
