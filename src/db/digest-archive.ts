import { desc, eq } from "drizzle-orm";
import type { Database } from "./client.ts";
import { digests, subscribers } from "./schema/subscription.ts";

/** Brings a digest as it was sent, with the language of its subscriber; null when there is none with that id. */
export async function digestById(db: Database, id: number) {
  const [row] = await db
    .select({ digest: digests, address: subscribers.address, lang: subscribers.lang, timeZone: subscribers.timeZone })
    .from(digests)
    .innerJoin(subscribers, eq(subscribers.id, digests.subscriberId))
    .where(eq(digests.id, id));
  return row ? { ...row.digest, address: row.address, lang: row.lang, timeZone: row.timeZone } : null;
}

/** Lists the latest digests without their bodies. */
export async function latestDigests(db: Database, limit: number) {
  return db
    .select({
      id: digests.id,
      day: digests.day,
      status: digests.status,
      subject: digests.subject,
      sentAt: digests.sentAt,
      message: digests.message,
      address: subscribers.address,
    })
    .from(digests)
    .innerJoin(subscribers, eq(subscribers.id, digests.subscriberId))
    .orderBy(desc(digests.day), desc(digests.id))
    .limit(limit);
}
