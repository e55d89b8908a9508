import { eq, sql } from "drizzle-orm";
import type { NewFirst } from "../../detect/record/record-news.ts";
import { venuesIn } from "../../detect/words/places.ts";
import { plainWords } from "../../detect/words/plain-words.ts";
import { dayOf, earliestInstant } from "../../domain/known-date.ts";
import { isPossible } from "../../domain/possible-instant.ts";
import type { ReadVersion } from "../archive/versions.ts";
import type { Database } from "../client.ts";
import { firstTimeCorrections, firstTimes } from "../schema/first-times.ts";
import type { ShownDevelopment } from "./shown-developments.ts";

/** A first as it was kept. */
type KeptFirst = NewFirst & { readonly id: number };

/** Something that is a first time unless the archive holds an older one. */
export type Sighting = Omit<NewFirst, "searched" | "searchedDays"> & {
  readonly versionId: number;
  readonly statementId: number | null;
  readonly instant: Date;
};

/** A version as far as first times go. */
export type SightedVersion = Pick<ReadVersion, "id" | "statements"> & {
  readonly article: Pick<ReadVersion["article"], "publishedAt">;
};

/**
 * Finds what in a version may be a first time: each actor on each topic of its dated statements, and bodies, dates and venues in the
 * developments that it shows. Dates that cannot be (before 1990, in the future) are no first.
 */
export function sightingsIn(
  version: SightedVersion,
  shown: readonly ShownDevelopment[],
  now: Date,
): readonly Sighting[] {
  return [...spokenIn(version, now), ...mentionedIn(version, shown, now)];
}

/** Tells whether any of these is older than the first that is known; what is not stays so, for firsts only ever grow older. */
export async function areFirsts(db: Database, sightings: readonly Sighting[]): Promise<boolean> {
  const known = await knownFirsts(db, sightings);
  return sightings.some((sighting) => {
    const before = known.get(nameOf(sighting));
    return !before || comesBefore(sighting, before);
  });
}

/**
 * Keeps the first times among what was sighted. Something older than the first that is known takes its place, and the correction is
 * recorded; it is no second first.
 *
 * Holds only while the lock of records is held: of two versions at once the later must see the earlier.
 */
export async function keepFirstTimes(
  db: Database,
  sightings: readonly Sighting[],
  now: Date,
): Promise<readonly NewFirst[]> {
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
): Promise<KeptFirst | null> {
  const { searched, searchedDays } = await earlierStatements(db, actorId, place.instant);
  const row = { ...place, spanStart: span.start, spanEnd: span.end };
  const [made] = await db
    .insert(firstTimes)
    .values({ kind, actorId, subject, ...row, searched, foundAt: now })
    .returning({ id: firstTimes.id });
  return made ? { id: made.id, kind, actorId, subject, span, words: place.words, searched, searchedDays } : null;
}

/** Of two statements of one moment the one that was kept first is the first, in whatever order they are looked at. */
function comesBefore(one: Pick<Sighting, "instant" | "statementId">, other: Pick<Sighting, "instant" | "statementId">) {
  if (one.instant.getTime() !== other.instant.getTime()) return one.instant < other.instant;
  return one.statementId !== null && other.statementId !== null && one.statementId < other.statementId;
}

/** Puts something older in the place of the first that is known; tells whether it was older. */
async function putBefore(db: Database, known: KnownFirst, sighting: Sighting, now: Date): Promise<boolean> {
  const { versionId, statementId, instant, words, span } = sighting;
  if (!comesBefore(sighting, known)) return false;
  const row = { versionId, statementId, instant, words, spanStart: span.start, spanEnd: span.end };
  await db.update(firstTimes).set(row).where(eq(firstTimes.id, known.id));
  if (instant < known.instant)
    await db.insert(firstTimeCorrections).values({
      ...{ firstTimeId: known.id, wasInstant: known.instant, wasVersionId: known.versionId, wasWords: known.words },
      ...{ becameInstant: instant, becameVersionId: versionId, correctedAt: now },
    });
  return true;
}

/** The earliest statement of each actor on each topic, the actors and topics by name. */
function spokenIn({ id: versionId, statements }: SightedVersion, now: Date): readonly Sighting[] {
  const earliest = new Map<string, Sighting>();
  for (const { id: statementId, saidAt, actors, topics, content, text: words } of statements) {
    const [span] = content;
    const instant = saidAt && earliestInstant(saidAt);
    if (!span || !instant || !isPossible(instant, now)) continue;
    for (const { actorId } of actors)
      for (const { id: subject } of topics) {
        const sighting: Sighting = { versionId, statementId, instant, kind: "topic", actorId, subject, span, words };
        const before = earliest.get(nameOf(sighting));
        if (!before || comesBefore(sighting, before)) earliest.set(nameOf(sighting), sighting);
      }
  }
  return [...earliest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sighting]) => sighting);
}

/** Developments whose places, days and bodies are those of the talks. */
const OF_THE_TALKS = /^(?:talks|summit|institution|envoy|multilateral)\./;

function mentionedIn(
  { id: versionId, article }: SightedVersion,
  shown: readonly ShownDevelopment[],
  now: Date,
): readonly Sighting[] {
  const instant = article.publishedAt && earliestInstant(article.publishedAt);
  if (!instant || !isPossible(instant, now)) return [];
  const sightings: Sighting[] = [];
  for (const { type, eventDate, start, end, words, bodies, isDismissed } of shown) {
    if (isDismissed || !OF_THE_TALKS.test(type)) continue;
    const place = { versionId, statementId: null, instant, actorId: null, span: { start, end }, words };
    for (const venue of venuesIn(plainWords(words))) sightings.push({ ...place, kind: "venue", subject: venue });
    const day = type.endsWith(".scheduled") ? dayOf(eventDate) : null;
    if (day !== null) sightings.push({ ...place, kind: "date", subject: day });
    for (const body of bodies) sightings.push({ ...place, kind: "body", subject: body });
  }
  return sightings;
}

async function earlierStatements(
  db: Database,
  actorId: string | null,
  instant: Date,
): Promise<Pick<NewFirst, "searched" | "searchedDays">> {
  const before = sql`s.said_instant < ${instant.toISOString()}::timestamptz`;
  const days = sql`coalesce(extract(day from ${instant.toISOString()}::timestamptz - min(s.said_instant)), 0)::int as days`;
  const [row] = await db.execute<{ count: number; days: number }>(
    actorId === null
      ? sql`select count(*)::int as count, ${days} from statements s where ${before}`
      : sql`select count(*)::int as count, ${days} from statement_actors a join statements s on s.id = a.statement_id
          where a.actor_id = ${actorId} and ${before}`,
  );
  return { searched: row?.count ?? 0, searchedDays: row?.days ?? 0 };
}
