import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";

/** A name under which somebody spoke whom no actor of the catalogue is. */
export type UnknownSpeaker = {
  /** As the texts have it, without what follows a comma. */
  readonly name: string;
  readonly statements: number;
  readonly documents: number;
  readonly firstSaidAt: Date | null;
  readonly lastSaidAt: Date | null;
  /** One of the statements, the latest. */
  readonly statementId: number;
};

/** What to list of unknown speakers. */
export type UnknownSpeakersAsked = {
  /** Only statements of versions read since then. */
  readonly since: Date;
  /** How often a name must have spoken at least. */
  readonly atLeast: number;
  readonly limit: number;
};

/** Forms of a speaker that name somebody: pronouns, groups and sources without a name are no use to the catalogue. */
const NAMING = sql`('name', 'label', 'role', 'org', 'document')`;

/**
 * Lists who spoke in the versions that count and is no actor yet, the most frequent first, so that an analyst can add them.
 * Names that differ only after a comma or in case are one.
 */
export async function unknownSpeakers(
  db: Database,
  { since, atLeast, limit }: UnknownSpeakersAsked,
): Promise<readonly UnknownSpeaker[]> {
  const rows = await db.execute<{
    name: string;
    statements: number;
    documents: number;
    first_said_at: string | Date | null;
    last_said_at: string | Date | null;
    statement_id: string | number;
  }>(sql`
    with spoken as (
      select s.id, d.id as document_id, s.said_instant,
        btrim(regexp_replace(s.speaker ->> 'text', '\\s*[,，(（].*$', '')) as name
      from documents d
      join versions v on v.id = d.current_version_id
      join statements s on s.version_id = v.id
      where v.created_at >= ${since.toISOString()}
        and s.speaker ->> 'form' in ${NAMING}
        and not exists (select 1 from statement_actors a where a.statement_id = s.id)
    )
    select mode() within group (order by name) as name,
      count(*)::int as statements,
      count(distinct document_id)::int as documents,
      min(said_instant) as first_said_at,
      max(said_instant) as last_said_at,
      max(id) as statement_id
    from spoken
    where name <> ''
    group by lower(name)
    having count(*) >= ${atLeast}
    order by count(distinct document_id) desc, count(*) desc, lower(name)
    limit ${limit}`);
  return [...rows].map((row) => ({
    name: row.name,
    statements: row.statements,
    documents: row.documents,
    firstSaidAt: row.first_said_at === null ? null : new Date(row.first_said_at),
    lastSaidAt: row.last_said_at === null ? null : new Date(row.last_said_at),
    statementId: Number(row.statement_id),
  }));
}
