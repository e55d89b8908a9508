import type { Development } from "../../domain/development.ts";
import type { KnownDate } from "../../domain/known-date.ts";
import { summarise } from "../words/summary.ts";

/** A document whose page does not answer any more. */
export type WithdrawalInput = {
  readonly documentId: string;
  readonly title: string | null;
  readonly official: boolean;
  readonly sourceActorId: string | null;
  /** Day of the first check that found it gone, as far as that is known. */
  readonly date: KnownDate | null;
  /** HTTP status of each check since the page was last seen, oldest first. */
  readonly statuses: readonly number[];
  readonly lastText: string;
  readonly lastSha256: string;
};

/** Checks in a row that must find the page gone, so that an outage is not taken for a withdrawal. */
const CHECKS = 2;

/**
 * Finds that a document was withdrawn: the last two checks or more answered 404 or 410.
 *
 * Null for any other answer, and for a document of which no text was ever kept. Evidence points into the last text.
 */
export function detectWithdrawal(input: WithdrawalInput): Development | null {
  const last = input.statuses.slice(-CHECKS);
  const lead = input.lastText.match(/\S[^\n]*/);
  if (last.length < CHECKS || !last.every((status) => status === 404 || status === 410) || !lead) return null;
  return {
    type: "document.withdrawn",
    severity: input.official ? 4 : 2,
    status: "new",
    actorIds: input.sourceActorId ? [input.sourceActorId] : [],
    topics: [],
    eventDate: input.date,
    summary: summarise(input.title?.trim() || lead[0]),
    hedge: null,
    hold: null,
    evidence: [{ start: lead.index ?? 0, end: (lead.index ?? 0) + lead[0].trimEnd().length }],
    key: `document.withdrawn|${input.documentId}|${input.lastSha256}`,
  };
}
