import { sql } from "drizzle-orm";
import type { Reach } from "../../domain/network-loss.ts";
import type { Database } from "../client.ts";

/** Counts the watched sources, those whose last poll failed, and those of them that could not be reached at all. */
export async function reachNow(db: Database): Promise<Reach & { readonly failing: number }> {
  const [row] = await db.execute<Reach & { readonly failing: number }>(sql`
    select count(*)::int as watched,
      count(*) filter (where last.outcome = 'failed')::int as failing,
      count(*) filter (where last.failure_code = 'net-unreachable')::int as unreachable
    from sources s
    left join lateral (
      select p.outcome, p.failure_code from polls p where p.source_id = s.id order by p.finished_at desc, p.id desc limit 1
    ) last on true
    where s.enabled and s.retired_at is null and jsonb_typeof(s.definition->'list') = 'object'`);
  return row ?? { watched: 0, failing: 0, unreachable: 0 };
}
