import { setTimeout as sleep } from "node:timers/promises";
import { isDatabaseDown } from "./client.ts";

/**
 * Writes down what has happened already and cannot be taken back, such as a mail that left: while the database is away (restarted,
 * its disk full) the writing is tried again every second or sooner.
 *
 * A connection may break between the commit and the word of it: work that would not come to the same when it is done twice asks
 * whether it is done again.
 *
 * @param forMs - How long to go on; shorter than the lease of what is written about.
 * @throws What the last try threw, when the time is over; at once, when the database is there and refuses.
 */
export async function whenBack<T>(forMs: number, work: (again: boolean) => Promise<T>): Promise<T> {
  const end = performance.now() + forMs;
  for (let waitMs = 50, again = false; ; waitMs = Math.min(waitMs * 2, 1_000), again = true) {
    try {
      return await work(again);
    } catch (error) {
      if (!isDatabaseDown(error) || performance.now() + waitMs > end) throw error;
      await sleep(waitMs);
    }
  }
}
