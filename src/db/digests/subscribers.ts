import { and, asc, desc, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { subscribers } from "../schema/subscription.ts";

/** Somebody who gets digests. */
export type Subscriber = typeof subscribers.$inferSelect;

/** What a subscriber may choose; what is left out stays as it is. */
export type SubscriberWish = Pick<Subscriber, "timeZone" | "sendAt" | "lang"> &
  Partial<Pick<Subscriber, "daily" | "weeklyOn" | "topics" | "ruleIds" | "watch">>;

/** Bounces in a row after which an address gets nothing more. */
const MOST_BOUNCES = 3;

/**
 * Makes a subscriber who is known to want the digest, or changes the wishes of the one with this address. Use it where whoever runs
 * Parley vouches for the address; everybody else is asked first (`askSubscriber`).
 */
export async function saveSubscriber(
  db: Database,
  subscriber: SubscriberWish & { readonly address: string },
  now: Date,
): Promise<number> {
  const address = await addressOf(db, subscriber.address);
  const [row] = await db
    .insert(subscribers)
    .values({ ...subscriber, address, createdAt: now, confirmedAt: now })
    .onConflictDoUpdate({
      target: subscribers.address,
      set: { ...subscriber, address, confirmedAt: sql`coalesce(${subscribers.confirmedAt}, excluded.confirmed_at)` },
    })
    .returning({ id: subscribers.id });
  return row?.id ?? Number.NaN;
}

/**
 * Notes that somebody asked for digests to an address, to be confirmed by its owner. Of one who is known already nothing changes: anybody
 * could have asked.
 */
export async function askSubscriber(
  db: Database,
  subscriber: SubscriberWish & { readonly address: string },
  now: Date,
): Promise<Subscriber> {
  const asked = { ...subscriber, address: await addressOf(db, subscriber.address) };
  await db
    .insert(subscribers)
    .values({ ...asked, createdAt: now })
    .onConflictDoNothing({ target: subscribers.address });
  const [row] = await db.select().from(subscribers).where(eq(subscribers.address, asked.address));
  if (!row) throw new Error("the subscriber vanished between two statements");
  return row;
}

/** Notes that the owner of an address said yes; what was suspended or ended begins anew. */
export async function confirmSubscriber(db: Database, subscriberId: number, now: Date): Promise<void> {
  await db
    .update(subscribers)
    .set({
      ...{ confirmedAt: now, unsubscribedAt: null, bounces: 0, suspendedAt: null, suspendedBecause: null },
      enabled: true,
    })
    .where(eq(subscribers.id, subscriberId));
}

/** Changes what a subscriber wants. */
export async function changeWishes(db: Database, subscriberId: number, wish: SubscriberWish): Promise<void> {
  await db.update(subscribers).set(wish).where(eq(subscribers.id, subscriberId));
}

/** Notes that a subscriber wants nothing more; what they watched is forgotten. */
export async function unsubscribe(db: Database, subscriberId: number, now: Date): Promise<void> {
  await db
    .update(subscribers)
    .set({ unsubscribedAt: now, topics: [], ruleIds: [], watch: null })
    .where(and(eq(subscribers.id, subscriberId), isNull(subscribers.unsubscribedAt)));
}

/** Notes that the mail server refused a subscriber's mail for good; suspends the address after three in a row. */
export async function noteBounce(db: Database, subscriberId: number, because: string, now: Date): Promise<boolean> {
  const [row] = await db
    .update(subscribers)
    .set({
      bounces: sql`${subscribers.bounces} + 1`,
      suspendedAt: sql`case when ${subscribers.bounces} + 1 >= ${MOST_BOUNCES} then ${now.toISOString()}::timestamptz end`,
      suspendedBecause: sql`case when ${subscribers.bounces} + 1 >= ${MOST_BOUNCES} then ${because}::text end`,
    })
    .where(and(eq(subscribers.id, subscriberId), isNull(subscribers.suspendedAt)))
    .returning({ suspendedAt: subscribers.suspendedAt });
  return (row?.suspendedAt ?? null) !== null;
}

/** Notes that a subscriber's mail was taken. */
export async function clearBounces(db: Database, subscriberId: number): Promise<void> {
  await db
    .update(subscribers)
    .set({ bounces: 0 })
    .where(and(eq(subscribers.id, subscriberId), sql`${subscribers.bounces} > 0`));
}

/** Whoever is to get digests. */
const isActive: SQL | undefined = and(
  subscribers.enabled,
  isNotNull(subscribers.confirmedAt),
  isNull(subscribers.unsubscribedAt),
  isNull(subscribers.suspendedAt),
);

/** Lists who gets digests. */
export async function activeSubscribers(db: Database): Promise<readonly Subscriber[]> {
  return db.select().from(subscribers).where(isActive).orderBy(asc(subscribers.id));
}

/** Lists everybody who asked for digests, whatever became of it. */
export async function allSubscribers(db: Database): Promise<readonly Subscriber[]> {
  return db.select().from(subscribers).orderBy(asc(subscribers.id));
}

/** Lists whom nothing is sent any more because the mail server refused it, the latest first. */
export async function suspendedSubscribers(db: Database) {
  return db
    .select({
      ...{ id: subscribers.id, address: subscribers.address },
      ...{ suspendedAt: subscribers.suspendedAt, suspendedBecause: subscribers.suspendedBecause },
    })
    .from(subscribers)
    .where(and(isNotNull(subscribers.suspendedAt), isNull(subscribers.unsubscribedAt)))
    .orderBy(desc(subscribers.suspendedAt));
}

/** Finds a subscriber; null when there is none or it gets nothing. */
export async function activeSubscriber(db: Database, subscriberId: number): Promise<Subscriber | null> {
  const [row] = await db
    .select()
    .from(subscribers)
    .where(and(eq(subscribers.id, subscriberId), isActive));
  return row ?? null;
}

/** Finds a subscriber, whatever became of it. */
export async function subscriberById(db: Database, subscriberId: number): Promise<Subscriber | null> {
  const [row] = await db.select().from(subscribers).where(eq(subscribers.id, subscriberId));
  return row ?? null;
}

/** Gives the spelling under which an address is kept: small letters, or that of the subscriber who has it already. */
async function addressOf(db: Database, address: string): Promise<string> {
  return (await subscriberAt(db, address))?.address ?? address.toLowerCase();
}

/** Finds a subscriber by address, however its letters are cased; of two kept in different cases the one who gets digests. */
export async function subscriberAt(db: Database, address: string): Promise<Subscriber | null> {
  const [row] = await db
    .select()
    .from(subscribers)
    .where(sql`lower(${subscribers.address}) = lower(${address})`)
    .orderBy(sql`(${isActive}) desc`, asc(subscribers.id))
    .limit(1);
  return row ?? null;
}
