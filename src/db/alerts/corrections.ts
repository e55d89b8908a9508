import { sql } from "drizzle-orm";
import type { CorrectionReason } from "../../domain/alerted.ts";
import type { Database } from "../client.ts";

/** Corrections are looked for this long after an alert. */
const LOOK_BACK_DAYS = 120;

/**
 * Judges a development as it stands now: an analyst dismissed it, it proved to be known before, every page that shows it was taken
 * down, or a better reading gives the words that show it to somebody else.
 */
const reasonNow = sql`case
  when v.dismissed_at is not null then 'dismissed'
  when v.status <> 'new' then 'background'
  when not exists (
    select from development_evidence e join versions r on r.id = e.version_id join documents o on o.id = r.document_id
    where e.development_id = v.id and o.withdrawn_at is null
  ) then 'withdrawn'
  when exists (
    select from development_evidence e
      join statements was on was.id = e.statement_id
      join versions r on r.id = e.version_id
      join documents o on o.id = r.document_id and o.current_version_id <> r.id
      join versions today on today.id = o.current_version_id and today.cause = 'reread'
      join statements now_is on now_is.version_id = today.id and now_is.words = was.words
    where e.development_id = v.id
      and exists (select from statement_actors x where x.statement_id = was.id)
      and exists (select from statement_actors x where x.statement_id = now_is.id)
      and not exists (
        select from statement_actors x join statement_actors y on y.actor_id = x.actor_id
        where x.statement_id = was.id and y.statement_id = now_is.id
      )
  ) then 'reattributed'
end`;

/** Whoever was told and has not been told better; that it is being sent again changes nothing about having arrived. */
const toldAndNotCorrected = sql`
  from alerts a
  join deliveries d on d.alert_id = coalesce(a.batch_id, a.id) and d.first_delivered_at is not null
  where a.kind = 'development' and a.development_id = v.id
    and not exists (
      select from alerts c join deliveries e on e.alert_id = c.id
      where c.kind = 'correction' and c.development_id = v.id and c.rule_id = a.rule_id and e.endpoint_id = d.endpoint_id
    )`;

/** Lists developments that were alerted of, do not hold any more, and of which somebody has not been told so. */
export async function developmentsToCorrect(db: Database, now: Date, most: number): Promise<readonly number[]> {
  const since = new Date(now.getTime() - LOOK_BACK_DAYS * 86_400_000).toISOString();
  const rows = await db.execute<{ id: string }>(sql`
    select v.id::text as id from developments v
    where v.id in (select development_id from alerts where kind = 'development' and created_at > ${since}::timestamptz)
      and (${reasonNow}) is not null
      and exists (select ${toldAndNotCorrected})
    order by v.id limit ${most}`);
  return rows.map(({ id }) => Number(id));
}

/** Says why a development does not hold any more; null where it holds. */
export async function whyNotToRelyOn(db: Database, developmentId: number): Promise<CorrectionReason | null> {
  const [row] = await db.execute<{ reason: CorrectionReason | null }>(
    sql`select ${reasonNow} as reason from developments v where v.id = ${developmentId}`,
  );
  return row?.reason ?? null;
}

/** Somebody who was told of a development: by which alert, and in which delivery first. */
export type Told = {
  readonly ruleId: number;
  readonly alertId: number;
  readonly endpointId: number;
  readonly deliveryId: string;
  readonly at: Date;
};

/** Lists to whom it arrived that a development is new, by rule and endpoint, and who has not been told better. */
export async function toldOf(db: Database, developmentId: number): Promise<readonly Told[]> {
  const rows = await db.execute<{
    rule: string;
    alert: string;
    endpoint: string;
    delivery: string;
    at: Date | string;
  }>(sql`
    select distinct on (told.rule, told.endpoint) told.* from developments v cross join lateral (
      select a.rule_id::text as rule, a.id::text as alert, d.endpoint_id::text as endpoint, d.id as delivery, d.created_at as at
      ${toldAndNotCorrected}
    ) told
    where v.id = ${developmentId}
    order by told.rule, told.endpoint, told.at, told.delivery`);
  return rows.map((row) => ({
    ...{ ruleId: Number(row.rule), alertId: Number(row.alert), endpointId: Number(row.endpoint) },
    ...{ deliveryId: row.delivery, at: new Date(row.at) },
  }));
}

/** A development that a digest told of and that does not hold any more. */
export type DigestCorrection = {
  readonly developmentId: number;
  readonly summary: string;
  readonly reason: CorrectionReason;
  /** The day of the digest that told of it first. */
  readonly toldOn: string;
};

/** Lists what a subscriber's digests told, what does not hold any more, and what none of them took back yet. */
export async function digestCorrections(
  db: Database,
  subscriberId: number,
  now: Date,
): Promise<readonly DigestCorrection[]> {
  const since = new Date(now.getTime() - LOOK_BACK_DAYS * 86_400_000).toISOString();
  const rows = await db.execute<{ id: string; summary: string; reason: CorrectionReason; day: string }>(sql`
    select judged.* from (
      select v.id::text as id, v.summary, told.day::text as day, ${reasonNow} as reason
      from developments v
      join (
        select d.development_id, min(g.day) as day
        from digest_developments d join digests g on g.id = d.digest_id
        where g.subscriber_id = ${subscriberId} and g.status in ('sent', 'unknown') and not d.correction
          and g.claimed_at > ${since}::timestamptz
          and not exists (
            select from digest_developments c join digests h on h.id = c.digest_id
            where h.subscriber_id = ${subscriberId} and c.correction and c.development_id = d.development_id
          )
        group by d.development_id
      ) told on told.development_id = v.id
    ) judged
    where judged.reason is not null
    order by judged.id`);
  return rows.map(({ id, summary, reason, day }) => ({ developmentId: Number(id), summary, reason, toldOn: day }));
}
