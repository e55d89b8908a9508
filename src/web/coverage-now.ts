import type { Database } from "../db/client.ts";
import { type CoverageSummary, coverageSince } from "../db/collection/coverage.ts";
import { reachNow } from "../db/collection/reach.ts";
import type { Reach } from "../domain/network-loss.ts";

/** How completely the sources answer now, and how many cannot be reached at all. */
export type CoverageNow = CoverageSummary & { readonly reach: Reach };

const DAY_MS = 86_400_000;

/** Sums up the last 24 hours for the line that stands on every list. */
export async function coverageNow(db: Database, now: Date): Promise<CoverageNow> {
  const [coverage, { watched, unreachable }] = await Promise.all([
    coverageSince(db, new Date(now.getTime() - DAY_MS), now),
    reachNow(db),
  ]);
  return { ...coverage, reach: { watched, unreachable } };
}
