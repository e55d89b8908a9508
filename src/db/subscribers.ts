import { and, asc, eq } from "drizzle-orm";
import type { Database } from "./client.ts";
import { subscribers } from "./schema/subscription.ts";

/** Somebody who gets a digest each day. */
export type Subscriber = typeof subscribers.$inferSelect;

/** Makes a subscriber, or changes the time of the one with this address. */
export async function saveSubscriber(
  db: Database,
  subscriber: { readonly address: string; readonly timeZone: string; readonly sendAt: string; readonly lang: string },
  now: Date,
): Promise<number> {
  const [row] = await db
    .insert(subscribers)
    .values({ ...subscriber, createdAt: now, confirmedAt: now })
    .onConflictDoUpdate({ target: subscribers.address, set: subscriber })
    .returning({ id: subscribers.id });
  return row?.id ?? Number.NaN;
}

/** Lists who gets digests. */
export async function activeSubscribers(db: Database): Promise<readonly Subscriber[]> {
  return db.select().from(subscribers).where(eq(subscribers.enabled, true)).orderBy(asc(subscribers.id));
}

/** Finds a subscriber; null when there is none or it is switched off. */
export async function activeSubscriber(db: Database, subscriberId: number): Promise<Subscriber | null> {
  const [row] = await db
    .select()
    .from(subscribers)
    .where(and(eq(subscribers.id, subscriberId), subscribers.enabled));
  return row ?? null;
}
