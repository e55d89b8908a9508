import type { Database } from "./client.ts";
import { type NewLetter, saveLetter } from "./letters.ts";
import { askSubscriber, type Subscriber, type SubscriberWish } from "./subscribers.ts";

/**
 * Notes that digests were asked for to an address, and the letter that asks its owner, in one transaction; at most one letter a day
 * goes to an address, and another when its owner left since.
 *
 * @returns The id of the letter, null where one went today or the address has confirmed already.
 */
export async function askConsent(
  db: Database,
  wish: SubscriberWish & { readonly address: string },
  write: (subscriber: Subscriber) => Omit<NewLetter, "key">,
  now: Date,
): Promise<number | null> {
  return db.transaction(async (tx) => {
    const subscriber = await askSubscriber(tx, wish, now);
    const stillGets = subscriber.confirmedAt && !subscriber.unsubscribedAt && !subscriber.suspendedAt;
    if (stillGets) return null;
    // Whoever left since the last letter has to be asked anew: the link in it is dead.
    const left = subscriber.unsubscribedAt ? ` since ${subscriber.unsubscribedAt.toISOString()}` : "";
    const key = `confirm ${subscriber.id} ${now.toISOString().slice(0, 10)}${left}`;
    return saveLetter(tx, { key, ...write(subscriber) }, now);
  });
}
