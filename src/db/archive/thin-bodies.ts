import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";

/** Bodies that are looked at in one transaction. */
const AT_ONCE = 200;

/** No fetch of these bytes needs them: none is young or unread, and no version was read from any. */
const isSpare = (before: Date) => sql`octet_length(b.gzipped) > 0 and not exists (
  select from captures c where c.body_sha256 = b.sha256
    and (c.fetched_at >= ${before.toISOString()}::timestamptz or c.read_by is null
      or exists (select from versions v where v.capture_id = c.id)))`;

/**
 * Takes away the bytes of old fetches that nothing was read from: looks at a page again whose text was the same. Hash, length, headers
 * and times stay, and so do the bytes of every fetch that a version, and so a statement, was read from.
 *
 * @param before - Only of fetches before this moment.
 * @returns How many bodies were emptied.
 */
export async function thinBodies(db: Database, before: Date): Promise<number> {
  let thinned = 0;
  for (;;) {
    const { looked, emptied } = await db.transaction(async (tx) => {
      const held = await tx.execute<{ sha256: string }>(
        sql`select b.sha256 from bodies b where ${isSpare(before)} order by b.sha256 limit ${AT_ONCE} for update`,
      );
      const ids = JSON.stringify(held.map(({ sha256 }) => sha256));
      // Asked again now that the rows are held: a fetch of the same bytes may have come in between.
      const done = await tx.execute(sql`
        update bodies b set gzipped = '' where b.sha256 in (select jsonb_array_elements_text(${ids}::text::jsonb)) and ${isSpare(before)}
        returning b.sha256`);
      return { looked: held.length, emptied: done.length };
    });
    thinned += emptied;
    if (looked < AT_ONCE || emptied === 0) return thinned;
  }
}
