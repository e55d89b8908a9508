import { sql } from "drizzle-orm";
import type { SourceState } from "../../domain/source-state.ts";
import type { Database } from "../client.ts";
import { coverageSince, sourceStates } from "../collection/coverage.ts";

/** How Parley does, in numbers that can be asked for every few seconds. */
export type Gauges = {
  readonly sources: Readonly<Record<SourceState, number>>;
  readonly quietSources: number;
  /** Whether silence may be believed: see `CoverageSummary`. */
  readonly complete: boolean;
  /** Polls of the last hour by outcome. */
  readonly pollsLastHour: Readonly<Record<string, number>>;
  readonly openIncidents: Readonly<Record<string, number>>;
  /** Rows that wait for a stage, or for `reconcile` to keep their records (`record`), and the age of the oldest in seconds. */
  readonly waiting: Readonly<Record<string, { readonly rows: number; readonly oldestSeconds: number }>>;
  /** Failures put aside for good, by stage. */
  readonly parked: Readonly<Record<string, number>>;
};

const DAY_MS = 86_400_000;

type Counted = { readonly name: string; readonly n: number };

/** Counts what is watched, what waits and what is wrong: all from Postgres, nothing from the queue's own word. */
export async function gaugesNow(db: Database, now: Date): Promise<Gauges> {
  const at = now.toISOString();
  const hourAgo = new Date(now.getTime() - 3_600_000).toISOString();
  const [states, coverage, polls, incidents, waiting, parked] = await Promise.all([
    sourceStates(db, now),
    coverageSince(db, new Date(now.getTime() - DAY_MS), now),
    db.execute<Counted>(
      sql`select outcome as name, count(*)::int as n from polls where finished_at > ${hourAgo}::timestamptz group by outcome`,
    ),
    db.execute<Counted>(
      sql`select code as name, count(*)::int as n from incidents where closed_at is null group by code`,
    ),
    db.execute<{ stage: string; rows: number; oldestSeconds: number }>(sql`
      select stage, count(since)::int as rows, coalesce(extract(epoch from ${at}::timestamptz - min(since)), 0)::float8 as "oldestSeconds"
      from (
        select 'fetch' as stage, first_seen_at as since from items where outcome is null
        union all select 'read', fetched_at from captures where read_by is null
        union all select 'detect', created_at from versions where detected_by is null
        union all select 'match', detected_at from developments where matched_at is null
        union all select 'record', v.created_at from versions v join documents d on d.current_version_id = v.id
          where v.recorded_by is null
            and not exists (select 1 from stage_failures f where f.stage = 'record' and f.subject = v.id::text)
      ) waits group by stage`),
    db.execute<Counted>(
      sql`select stage as name, count(*)::int as n from stage_failures where remedy = 'park' group by stage`,
    ),
  ]);
  const none = { rows: 0, oldestSeconds: 0 };
  return {
    ...{ sources: states.counts, quietSources: states.quiet, complete: coverage.complete },
    ...{ pollsLastHour: byName(polls), openIncidents: byName(incidents), parked: byName(parked) },
    waiting: Object.fromEntries(
      ["fetch", "read", "detect", "match", "record"].map((stage) => {
        const { rows, oldestSeconds } = waiting.find((one) => one.stage === stage) ?? none;
        return [stage, { rows, oldestSeconds: Math.max(0, oldestSeconds) }];
      }),
    ),
  };
}

function byName(rows: readonly Counted[]): Readonly<Record<string, number>> {
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]));
}
