import type { Context } from "hono";
import type { Scope } from "../../db/analysts/tokens.ts";
import type { Enqueue, Queues } from "../../queues.ts";
import { onlyFor } from "../http/access.ts";
import { answerProblem } from "../http/problem.ts";

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

/**
 * Refuses a change with 403 and the reason; null where it may be made: the request must come from a page of ours (browsers say so),
 * and whoever asks must hold at least this scope, which `guard` has found out. What did not pass the guard changes nothing.
 */
export function refuseChange(c: Context, least: Scope): Response | null {
  if (!isFromOurPage(c))
    return answerProblem(c, 403, "Pages of other hosts may change nothing here; open the form here and send it again.");
  return onlyFor(c, least);
}

/** Refuses a change where nothing may be changed at all, whoever asks. */
export function refuseAllChanges(c: Context): Response {
  return answerProblem(c, 403, "This server only reads; use the command line.");
}

/** Does something that changes; where it may not be done, answers 403 and says why. */
export async function change(
  c: Context,
  acts: WebActs | null,
  least: Scope,
  act: (may: WebActs) => Promise<Response>,
): Promise<Response> {
  if (!acts) return refuseAllChanges(c);
  return refuseChange(c, least) ?? act(acts);
}

/** Tells whether a request comes from a page of ours. Browsers send Sec-Fetch-Site or Origin with every form; what has neither is no browser that could be led astray. */
export function isFromOurPage(c: Context): boolean {
  const site = c.req.header("Sec-Fetch-Site");
  if (site !== undefined) return site === "same-origin" || site === "none";
  const origin = c.req.header("Origin");
  return origin === undefined || origin === new URL(c.req.url).origin;
}
