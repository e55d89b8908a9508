import { and, eq, isNull, sql } from "drizzle-orm";
import { venuesIn } from "../detect/places.ts";
import { plainWords } from "../detect/plain-words.ts";
import { dayOf } from "../domain/known-date.ts";
import type { Span } from "../domain/span.ts";
import type { Database } from "./client.ts";
import { actors } from "./schema/catalogue.ts";
import { developmentActors, developmentEvidence, developments } from "./schema/developments.ts";
import { firstTimeCorrections, firstTimes } from "./schema/first-times.ts";

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
 * Holds only while the development lock is held: of two versions at once the later must see the earlier.
 */
export async function keepFirstTimes(db: Database, versionId: number, now: Date): Promise<readonly NewFirst[]> {
  const added: NewFirst[] = [];
  for (const sighting of [...(await spokenIn(db, versionId, now)), ...(await mentionedIn(db, versionId, now))]) {
    const first = await keepFirst(db, sighting, now);
    if (first) added.push(first);
  }
  return added;
}

async function keepFirst(db: Database, sighting: Sighting, now: Date): Promise<NewFirst | null> {
  const { kind, actorId, subject, span, ...place } = sighting;
  const isThis = and(
    eq(firstTimes.kind, kind),
    actorId === null ? isNull(firstTimes.actorId) : eq(firstTimes.actorId, actorId),
    eq(firstTimes.subject, subject),
  );
  const [known] = await db.select().from(firstTimes).where(isThis);
  const row = { ...place, spanStart: span.start, spanEnd: span.end };
  if (!known) {
    const searched = await earlierStatements(db, actorId, place.instant);
    const [made] = await db
      .insert(firstTimes)
      .values({ kind, actorId, subject, ...row, searched, foundAt: now })
      .returning({ id: firstTimes.id });
    return made ? { id: made.id, kind, actorId, subject, span, words: place.words, searched } : null;
  }
  const isOlder = place.instant < known.instant;
  // Of two statements of one moment the one that was kept first is the first, in whatever order they are looked at.
  const isBefore =
    place.instant.getTime() === known.instant.getTime() &&
    place.statementId !== null &&
    known.statementId !== null &&
    place.statementId < known.statementId;
  if (!isOlder && !isBefore) return null;
  await db.update(firstTimes).set(row).where(eq(firstTimes.id, known.id));
  if (isOlder)
    await db.insert(firstTimeCorrections).values({
      ...{ firstTimeId: known.id, wasInstant: known.instant, wasVersionId: known.versionId, wasWords: known.words },
      ...{ becameInstant: place.instant, becameVersionId: place.versionId, correctedAt: now },
    });
  return null;
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
const BODIES = new Set(["government-body", "igo", "think-tank", "track2", "company"]);

async function mentionedIn(db: Database, versionId: number, now: Date): Promise<readonly Sighting[]> {
  const rows = await db
    .select({
      ...{ id: developments.id, type: developments.type, eventDate: developments.eventDate },
      ...{ start: developmentEvidence.spanStart, end: developmentEvidence.spanEnd, words: developmentEvidence.words },
      publishedInstant: sql<string | null>`(select published_instant from versions where id = ${versionId}::bigint)`,
    })
    .from(developmentEvidence)
    .innerJoin(developments, eq(developments.id, developmentEvidence.developmentId))
    .where(and(eq(developmentEvidence.versionId, versionId), isNull(developments.dismissedAt)));
  const sightings: Sighting[] = [];
  for (const { id, type, eventDate, start, end, words, publishedInstant } of rows) {
    const instant = publishedInstant === null ? null : new Date(publishedInstant);
    if (!OF_THE_TALKS.test(type) || instant === null) continue;
    if (instant.getTime() < Date.UTC(1990) || instant.getTime() > now.getTime() + AHEAD_MS) continue;
    const place = { versionId, statementId: null, instant, actorId: null, span: { start, end }, words };
    for (const venue of venuesIn(plainWords(words))) sightings.push({ ...place, kind: "venue", subject: venue });
    const day = type.endsWith(".scheduled") ? dayOf(eventDate) : null;
    if (day !== null) sightings.push({ ...place, kind: "date", subject: day });
    for (const body of await bodiesOf(db, id)) sightings.push({ ...place, kind: "body", subject: body });
  }
  return sightings;
}

async function bodiesOf(db: Database, developmentId: number): Promise<readonly string[]> {
  const rows = await db
    .select({ id: actors.id, type: actors.type })
    .from(developmentActors)
    .innerJoin(actors, eq(actors.id, developmentActors.actorId))
    .where(eq(developmentActors.developmentId, developmentId));
  return rows.filter(({ type }) => BODIES.has(type)).map(({ id }) => id);
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
