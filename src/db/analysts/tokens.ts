import { createHash, randomBytes } from "node:crypto";
import { and, asc, eq, gt, isNull, or } from "drizzle-orm";
import type { Database } from "../client.ts";
import { tokens } from "../schema/operation.ts";

/** What a token may do; each may do what the ones before it may. */
export type Scope = "reader" | "editor" | "admin";

/** Makes a token. The token itself is returned once and not kept: only its digest is. */
export async function makeToken(
  db: Database,
  name: string,
  scope: Scope,
  now: Date,
  expiresAt: Date | null,
): Promise<string> {
  const token = `parley_${randomBytes(32).toString("base64url")}`;
  await db.insert(tokens).values({ name, scope, sha256: digest(token), createdAt: now, expiresAt });
  return token;
}

/** Finds what a token may do; null when it is unknown, revoked or over. The comparison is of digests, so its time tells nothing. */
export async function scopeOfToken(db: Database, token: string, now: Date): Promise<Scope | null> {
  const [row] = await db
    .select({ scope: tokens.scope })
    .from(tokens)
    .where(
      and(
        eq(tokens.sha256, digest(token)),
        isNull(tokens.revokedAt),
        or(isNull(tokens.expiresAt), gt(tokens.expiresAt, now)),
      ),
    );
  return row?.scope ?? null;
}

/** Lists tokens by name, never their digests. */
export async function allTokens(db: Database) {
  return db
    .select({
      id: tokens.id,
      name: tokens.name,
      scope: tokens.scope,
      createdAt: tokens.createdAt,
      expiresAt: tokens.expiresAt,
      revokedAt: tokens.revokedAt,
    })
    .from(tokens)
    .orderBy(asc(tokens.id));
}

/** Revokes the tokens of a name; tells how many. */
export async function revokeTokens(db: Database, name: string, now: Date): Promise<number> {
  const rows = await db
    .update(tokens)
    .set({ revokedAt: now })
    .where(and(eq(tokens.name, name), isNull(tokens.revokedAt)))
    .returning({ id: tokens.id });
  return rows.length;
}

function digest(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}
