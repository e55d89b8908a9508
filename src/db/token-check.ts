import { createHash, timingSafeEqual } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Database } from "./client.ts";
import { tokens } from "./schema/operation.ts";

/** What a token allows; each scope includes those before it. */
export type TokenScope = "reader" | "editor" | "admin";

/**
 * Finds what a token allows; null when it is unknown, expired or revoked.
 *
 * The table knows only SHA-256 digests, and the digest found is compared in constant time.
 */
export async function tokenScope(db: Database, token: string, now: Date): Promise<TokenScope | null> {
  const digest = createHash("sha256").update(token, "utf8").digest();
  const [row] = await db.select().from(tokens).where(eq(tokens.sha256, digest));
  if (!row || row.sha256.length !== digest.length || !timingSafeEqual(row.sha256, digest)) return null;
  if (row.revokedAt !== null && row.revokedAt <= now) return null;
  if (row.expiresAt !== null && row.expiresAt <= now) return null;
  return row.scope;
}
