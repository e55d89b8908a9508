import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { countLetters, type NewLetter, saveLetter } from "./letters.ts";
import { askSubscriber, changeWishes, type Subscriber, type SubscriberWish } from "./subscribers.ts";

/** Letters within an hour, to whomever: nobody shall make this mail server flood others. */
const MOST_AN_HOUR = 60;

/**
 * Notes that digests were asked for to an address, and the letter that asks its owner, in one transaction; at most one letter a day
 * goes to an address, and another when its owner left since.
 *
 * @returns The id of the letter, null where one went today or the address has confirmed already; `too-many`, and nothing is noted, where
 * as many letters as may be were written within the hour.
 */
export async function askConsent(
  db: Database,
  wish: SubscriberWish & { readonly address: string },
  write: (subscriber: Subscriber) => Omit<NewLetter, "key">,
  now: Date,
): Promise<number | "too-many" | null> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('parley consent'))`);
    const anHourAgo = new Date(now.getTime() - 3_600_000);
    if ((await countLetters(tx, "confirm ", anHourAgo, now)) >= MOST_AN_HOUR) return "too-many";
    const subscriber = await askSubscriber(tx, wish, now);
    const stillGets = subscriber.confirmedAt && !subscriber.unsubscribedAt && !subscriber.suspendedAt;
    if (stillGets) return null;
    // Whoever left since the last letter has to be asked anew: the link in it is dead.
    const left = subscriber.unsubscribedAt ? ` since ${subscriber.unsubscribedAt.toISOString()}` : "";
    const key = `confirm ${subscriber.id} ${now.toISOString().slice(0, 10)}${left}`;
    const letterId = await saveLetter(tx, { key, ...write(subscriber) }, now);
    const { address: _, ...wishes } = wish;
    // Wishes go with the letter that asks for them: who asks once more that day changes nothing that the owner is about to confirm.
    const hasWishes = subscriber.confirmedAt !== null && subscriber.unsubscribedAt === null;
    if (letterId !== null && !hasWishes) await changeWishes(tx, subscriber.id, wishes);
    return letterId;
  });
}
