import type { Context } from "hono";
import { type Scope, scopeOfToken } from "../db/analysts/tokens.ts";
import type { Database } from "../db/client.ts";
import type { Enqueue, Queues } from "../queues.ts";
import { type Access, tokenOf } from "./access.ts";

/** What pages need in order to change something. */
export type WebActs = {
  readonly enqueue: Enqueue;
  /** Counts the jobs of a stage by state; left out where there is no queue to ask. */
  readonly countJobs?: Queues["counts"];
  /** The queues that bull-board shows; left out where there are none. */
  readonly allQueues?: Queues["all"];
  /** 32 bytes that open webhook secrets and sign subscribers' links. */
  readonly secretKey: Uint8Array;
  /** The address that links in mails begin with, without a slash at the end: never what a request says of its host. */
  readonly mailUrl: () => string;
  readonly allowAddresses: readonly string[];
  /** Whether anybody may ask for digests at /subscribe. */
  readonly openSubscription: boolean;
};

const RANK: Readonly<Record<Scope, number>> = { reader: 0, editor: 1, admin: 2 };

/**
 * Tells why a request may not change anything, null where it may: it must come from a page of ours (browsers say so), and where
 * tokens are needed its token must have at least this scope.
 */
export async function whyNotToChange(
  c: Context,
  {
    access,
    db,
    now,
    least,
  }: { readonly access: Access; readonly db: Database; readonly now: Date; readonly least: Scope },
): Promise<string | null> {
  if (!isFromOurPage(c)) return "The request comes from a page elsewhere; open the form here and send it again.";
  if (access === "loopback") return null;
  const token = tokenOf(c);
  const scope = token === null ? null : await scopeOfToken(db, token, now);
  return scope !== null && RANK[scope] >= RANK[least]
    ? null
    : `This needs a token of scope ${least}; parley token add NAME --scope ${least} makes one.`;
}

/** Tells whether a request comes from a page of ours. Browsers send Sec-Fetch-Site or Origin with every form; what has neither is no browser that could be led astray. */
export function isFromOurPage(c: Context): boolean {
  const site = c.req.header("Sec-Fetch-Site");
  if (site !== undefined) return site === "same-origin" || site === "none";
  const origin = c.req.header("Origin");
  return origin === undefined || origin === new URL(c.req.url).origin;
}
