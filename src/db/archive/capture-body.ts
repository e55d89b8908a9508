import { gunzipSync } from "node:zlib";
import { eq } from "drizzle-orm";
import type { Database } from "../client.ts";
import { bodies, captures } from "../schema/archive.ts";

/** Brings a capture with the bytes as they were received, null where they were thinned; null when there is none with that id. */
export async function captureBody(db: Database, captureId: number) {
  const [row] = await db
    .select({ capture: captures, gzipped: bodies.gzipped })
    .from(captures)
    .innerJoin(bodies, eq(bodies.sha256, captures.bodySha256))
    .where(eq(captures.id, captureId));
  if (!row) return null;
  const bytes = row.gzipped.byteLength === 0 ? null : new Uint8Array(gunzipSync(row.gzipped));
  return { ...row.capture, bytes };
}
