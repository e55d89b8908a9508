import { desc, eq, sql } from "drizzle-orm";
import { withoutLinkKeys } from "../../domain/without-link-keys.ts";
import type { Database } from "../client.ts";
import { digests, subscribers } from "../schema/subscription.ts";

/**
 * Brings a digest as it was sent, with the language of its subscriber; null when there is none with that id. Only the signed words of its
 * links are left out: others read this, and each of them would be the subscriber.
 */
export async function digestById(db: Database, id: number) {
  const [row] = await db
    .select({
      ...{ digest: digests, address: subscribers.address, lang: subscribers.lang, timeZone: subscribers.timeZone },
    })
    .from(digests)
    .innerJoin(subscribers, eq(subscribers.id, digests.subscriberId))
    .where(eq(digests.id, id));
  if (!row) return null;
  const { digest, ...owner } = row;
  const { html, plain } = digest;
  return { ...digest, ...owner, html: html && withoutLinkKeys(html), plain: plain && withoutLinkKeys(plain) };
}

/** Lists the latest digests without their bodies; the subjects of those whose readers chose what stands in them are left out. */
export async function latestDigests(db: Database, limit: number) {
  return db
    .select({
      ...{ id: digests.id, period: digests.period, day: digests.day, status: digests.status, repeats: digests.repeats },
      isPersonal: digests.isPersonal,
      subject: sql<string | null>`case when ${digests.isPersonal} then null else ${digests.subject} end`,
      ...{ sentAt: digests.sentAt, message: digests.message, address: subscribers.address },
    })
    .from(digests)
    .innerJoin(subscribers, eq(subscribers.id, digests.subscriberId))
    .orderBy(desc(digests.day), desc(digests.id))
    .limit(limit);
}
