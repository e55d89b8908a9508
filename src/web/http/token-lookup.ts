import { createHash } from "node:crypto";
import { type Scope, scopeOfToken } from "../../db/analysts/tokens.ts";
import type { Database } from "../../db/client.ts";
import { createLine } from "./line.ts";

/** Tokens that were never seen to be good and are looked up at a time. */
const STRANGERS_AT_ONCE = 2;
/** Good tokens that are remembered as such, at most; the one seen first is forgotten first. */
const MOST_KNOWN = 1_000;

/** Finds what a token may do; null when it is no good, or whoever sent it has left. */
export type TokenLookup = (token: string, now: Date, left: AbortSignal) => Promise<Scope | null>;

/**
 * Makes what looks tokens up. Each is looked up each time, so that a revoked one opens nothing any more; but one that was never good
 * waits in a line, so that a flood of wrong ones does not take the connections of the database from readers.
 */
export function createTokenLookup(db: Database): TokenLookup {
  const strangers = createLine(STRANGERS_AT_ONCE);
  const known = new Set<string>();
  const note = (key: string, isGood: boolean) => {
    if (!isGood) known.delete(key);
    else if (!known.has(key)) {
      known.add(key);
      const [first] = known;
      if (known.size > MOST_KNOWN && first !== undefined) known.delete(first);
    }
  };
  const lookUp = async (key: string, token: string, now: Date) => {
    const scope = await scopeOfToken(db, token, now);
    note(key, scope !== null);
    return scope;
  };
  return async (token, now, left) => {
    const key = createHash("sha256").update(token).digest("base64url");
    if (known.has(key)) return lookUp(key, token, now);
    const end = await strangers.turn(left);
    if (end === null) return null;
    try {
      return await lookUp(key, token, now);
    } finally {
      end();
    }
  };
}
