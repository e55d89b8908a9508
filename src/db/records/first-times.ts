import { and, eq, isNull, sql } from "drizzle-orm";
import { venuesIn } from "../../detect/places.ts";
import { plainWords } from "../../detect/plain-words.ts";
import { dayOf } from "../../domain/known-date.ts";
import type { Span } from "../../domain/span.ts";
import type { Database } from "../client.ts";
import { developmentEvidence, developments } from "../schema/developments.ts";
import { firstTimeCorrections, firstTimes } from "../schema/first-times.ts";

/** A first that is new to the archive, with what was searched to say so. */
export type NewFirst = {
  readonly id: number;
  readonly kind: "topic" | "body" | "date" | "venue";
  readonly actorId: string | null;
  readonly subject: string;
  readonly span: Span;
  readonly words: string;
  readonly searched: number;
};

type Sighting = Omit<NewFirst, "id" | "searched"> & {
  readonly versionId: number;
  readonly statementId: number | null;
  readonly instant: Date;
};

/**
 * Keeps the first times that a version shows: of each actor on each topic of its dated statements, and of bodies, dates and venues in
 * the developments it tells of. Something older than the first that is known takes its place, and the correction is recorded; it
 * is no second first. Dates that cannot be (before 1990, in the future) are no first.
 *
 * Holds only while the lock of records is held: of two versions at once the later must see the earlier.
 */
export async function keepFirstTimes(db: Database, versionId: number, now: Date): Promise<readonly NewFirst[]> {
  const sightings = (await Promise.all([spokenIn(db, versionId, now), mentionedIn(db, versionId, now)])).flat();
  const known = await knownFirsts(db, sightings);
  const added: NewFirst[] = [];
  for (const sighting of sightings) {
    const before = known.get(nameOf(sighting));
    const first = before ? null : await addFirst(db, sighting, now);
    if (before && (await putBefore(db, before, sighting, now))) known.set(nameOf(sighting), { ...before, ...sighting });
    if (!first) continue;
    added.push(first);
    known.set(nameOf(sighting), { ...sighting, id: first.id });
  }
  return added;
}

/** What is a first, in words that no two share. */
function nameOf({ kind, actorId, subject }: Pick<Sighting, "kind" | "actorId" | "subject">): string {
  return [kind, actorId ?? "", subject].join("\n");
}

type KnownFirst = Pick<Sighting, "statementId" | "versionId" | "instant" | "words"> & { readonly id: number };

async function knownFirsts(db: Database, sightings: readonly Sighting[]): Promise<Map<string, KnownFirst>> {
  if (sightings.length === 0) return new Map();
  const wanted = sightings.map(({ kind, actorId, subject }) => ({ kind, actor_id: actorId ?? "", subject }));
  const rows = await db
    .select()
    .from(firstTimes)
    .where(
      sql`(${firstTimes.kind}, coalesce(${firstTimes.actorId}, ''), ${firstTimes.subject}) in (
        select kind, actor_id, subject from jsonb_to_recordset(${JSON.stringify(wanted)}::text::jsonb) as wanted (kind text, actor_id text, subject text))`,
    );
  return new Map(rows.map((row) => [nameOf(row), row]));
}

async function addFirst(
  db: Database,
  { kind, actorId, subject, span, ...place }: Sighting,
  now: Date,
): Promise<NewFirst | null> {
  const searched = await earlierStatements(db, actorId, place.instant);
  const row = { ...place, spanStart: span.start, spanEnd: span.end };
  const [made] = await db
    .insert(firstTimes)
    .values({ kind, actorId, subject, ...row, searched, foundAt: now })
    .returning({ id: firstTimes.id });
  return made ? { id: made.id, kind, actorId, subject, span, words: place.words, searched } : null;
}

/** Puts something older in the place of the first that is known; tells whether it was older. */
async function putBefore(db: Database, known: KnownFirst, sighting: Sighting, now: Date): Promise<boolean> {
  const { versionId, statementId, instant, words, span } = sighting;
  const isOlder = instant < known.instant;
  // Of two statements of one moment the one that was kept first is the first, in whatever order they are looked at.
  const isBefore =
    instant.getTime() === known.instant.getTime() &&
    statementId !== null &&
    known.statementId !== null &&
    statementId < known.statementId;
  if (!isOlder && !isBefore) return false;
  const row = { versionId, statementId, instant, words, spanStart: span.start, spanEnd: span.end };
  await db.update(firstTimes).set(row).where(eq(firstTimes.id, known.id));
  if (isOlder)
    await db.insert(firstTimeCorrections).values({
      ...{ firstTimeId: known.id, wasInstant: known.instant, wasVersionId: known.versionId, wasWords: known.words },
      ...{ becameInstant: instant, becameVersionId: versionId, correctedAt: now },
    });
  return true;
}

/** Clocks and zones differ: this much ahead is no future. */
const AHEAD_MS = 36 * 3_600_000;

async function spokenIn(db: Database, versionId: number, now: Date): Promise<readonly Sighting[]> {
  const latest = new Date(now.getTime() + AHEAD_MS).toISOString();
  const rows = await db.execute<{
    actor_id: string;
    topic_id: string;
    statement_id: number;
    instant: string;
    words: string;
    content: readonly Span[];
  }>(sql`
    select distinct on (a.actor_id, t.topic_id) a.actor_id, t.topic_id, s.id::float8 as statement_id,
      to_char(s.said_instant at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as instant, s.words, s.content
    from statements s join statement_actors a on a.statement_id = s.id join statement_topics t on t.statement_id = s.id
    where s.version_id = ${versionId}::bigint and s.said_instant between '1990-01-01Z' and ${latest}::timestamptz
    order by a.actor_id, t.topic_id, s.said_instant, s.id`);
  return rows.flatMap((row) => {
    const [span] = row.content;
    if (!span) return [];
    const place = { versionId, statementId: row.statement_id, instant: new Date(row.instant) };
    return [{ ...place, kind: "topic" as const, actorId: row.actor_id, subject: row.topic_id, span, words: row.words }];
  });
}

/** Developments whose places, days and bodies are those of the talks. */
const OF_THE_TALKS = /^(?:talks|summit|institution|envoy|multilateral)\./;
const BODIES = ["government-body", "igo", "think-tank", "track2", "company"];

async function mentionedIn(db: Database, versionId: number, now: Date): Promise<readonly Sighting[]> {
  const rows = await db
    .select({
      ...{ type: developments.type, eventDate: developments.eventDate },
      ...{ start: developmentEvidence.spanStart, end: developmentEvidence.spanEnd, words: developmentEvidence.words },
      publishedInstant: sql<string | null>`(select published_instant from versions where id = ${versionId}::bigint)`,
      bodies: sql<readonly string[]>`array(
        select a.id from development_actors da join actors a on a.id = da.actor_id
        where da.development_id = ${developments.id} and a.type = any(${`{${BODIES.join(",")}}`}::text[]) order by a.id)`,
    })
    .from(developmentEvidence)
    .innerJoin(developments, eq(developments.id, developmentEvidence.developmentId))
    .where(and(eq(developmentEvidence.versionId, versionId), isNull(developments.dismissedAt)));
  const sightings: Sighting[] = [];
  for (const { type, eventDate, start, end, words, publishedInstant, bodies } of rows) {
    const instant = publishedInstant === null ? null : new Date(publishedInstant);
    if (!OF_THE_TALKS.test(type) || instant === null) continue;
    if (instant.getTime() < Date.UTC(1990) || instant.getTime() > now.getTime() + AHEAD_MS) continue;
    const place = { versionId, statementId: null, instant, actorId: null, span: { start, end }, words };
    for (const venue of venuesIn(plainWords(words))) sightings.push({ ...place, kind: "venue", subject: venue });
    const day = type.endsWith(".scheduled") ? dayOf(eventDate) : null;
    if (day !== null) sightings.push({ ...place, kind: "date", subject: day });
    for (const body of bodies) sightings.push({ ...place, kind: "body", subject: body });
  }
  return sightings;
}

async function earlierStatements(db: Database, actorId: string | null, instant: Date): Promise<number> {
  const before = sql`s.said_instant < ${instant.toISOString()}::timestamptz`;
  const [row] = await db.execute<{ count: number }>(
    actorId === null
      ? sql`select count(*)::int as count from statements s where ${before}`
      : sql`select count(*)::int as count from statement_actors a join statements s on s.id = a.statement_id
          where a.actor_id = ${actorId} and ${before}`,
  );
  return row?.count ?? 0;
}
