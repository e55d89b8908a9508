import { eq, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { bodies, captures } from "../schema/archive.ts";

/** Brings what is known of a capture beside its bytes: how many they are, and whether they were thinned. Null when there is none with that id. */
export async function captureFacts(db: Database, captureId: number) {
  const [row] = await db
    .select({
      capture: captures,
      byteLength: bodies.byteLength,
      thinned: sql<boolean>`octet_length(${bodies.gzipped}) = 0`,
    })
    .from(captures)
    .innerJoin(bodies, eq(bodies.sha256, captures.bodySha256))
    .where(eq(captures.id, captureId));
  return row ? { ...row.capture, byteLength: row.byteLength, thinned: row.thinned } : null;
}
