import { and, desc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import type { ShiftNews } from "../../detect/record/record-news.ts";
import { type KeptStance, type Shift, shiftOf } from "../../detect/record/stance-shift.ts";
import { areOfOneThing } from "../../detect/record/stance-words.ts";
import type { Stance } from "../../detect/record/stances.ts";
import { earliestInstant } from "../../domain/known-date.ts";
import { isPossible } from "../../domain/possible-instant.ts";
import type { Database } from "../client.ts";
import { stanceShiftCorrections, stanceShifts, stances } from "../schema/stances.ts";

/** A document as far as stances go. */
export type StanceText = {
  readonly documentId: number;
  readonly versionId: number;
  /** Ids of its statements, in their order. */
  readonly statementIds: readonly number[];
};

/** A shift as it was found in the archive. */
export type FoundShift = ShiftNews & {
  /** The key of the development that told it before; null where it is new to the archive. */
  readonly knownKey: string | null;
};

type Row = typeof stances.$inferSelect;

/** Stances that a new one is compared with, on one topic of one holder, the latest first. */
const COMPARED = 60;

/**
 * Keeps the stances of a version and finds those that differ from their holder's own record (see `shiftOf`). A stance that comes in
 * late may show that a shift that was told came earlier, or was none: that is recorded, and told no second time.
 *
 * Holds only while the lock of records is held: of two versions at once the later must see the earlier.
 */
export async function keepStances(
  db: Database,
  text: StanceText,
  found: readonly Stance[],
  now: Date,
): Promise<readonly FoundShift[]> {
  const dated = found.filter(({ saidAt }) => isPossible(earliestInstant(saidAt), now));
  if (dated.length === 0) return [];
  const rows = rowsOf(text, dated);
  // Sent together: whoever else keeps records waits for each answer.
  const [kept, held, records] = await Promise.all([
    saveStances(db, text.versionId, rows),
    shiftsAfter(db, rows),
    recordsBefore(db, rows),
  ]);
  if (held.length > 0) await correctShifts(db, kept, held, now);
  const news: FoundShift[] = [];
  for (const stance of dated) {
    const own = kept.filter((row) => row.spanStart === stance.span.start && row.holderId === stance.holderId);
    const one = await firstShift(db, own, records, now);
    if (one) news.push(newsOf(stance, one));
  }
  return news;
}

type NewRow = typeof stances.$inferInsert;

function rowsOf({ documentId, versionId, statementIds }: StanceText, found: readonly Stance[]): readonly NewRow[] {
  return found.flatMap(({ statement, holderId, actorId, topicIds, side, object, span, words, saidAt }) =>
    topicIds.map((topicId) => ({
      ...{ holderId, actorId, topicId, side, object, documentId, versionId, words },
      ...{ statementId: statementIds[statement] ?? null, instant: earliestInstant(saidAt) },
      ...{ spanStart: span.start, spanEnd: span.end },
    })),
  );
}

async function saveStances(db: Database, versionId: number, rows: readonly NewRow[]): Promise<readonly Row[]> {
  const [, kept] = await Promise.all([
    db
      .insert(stances)
      .values([...rows])
      .onConflictDoNothing(),
    db.select().from(stances).where(eq(stances.versionId, versionId)).orderBy(stances.id),
  ]);
  return kept;
}

type Asked = Pick<NewRow, "holderId" | "topicId" | "instant">;

function nameOf({ holderId, topicId, instant }: Asked): string {
  return [holderId, topicId, instant.toISOString()].join("\n");
}

/** What holders held on topics before moments, by `nameOf`, the latest first. */
type StanceRecords = ReadonlyMap<string, readonly KeptStance[]>;

/** Lists what holders held on topics before moments, the latest first; words of a version that was read anew do not count. */
async function recordsBefore(db: Database, asked: readonly Asked[]): Promise<StanceRecords> {
  const names = new Map(asked.map((one) => [nameOf(one), one]));
  const wanted = [...names].map(([asker, { holderId, topicId, instant }]) => ({
    ...{ asker, holder: holderId, topic: topicId, before: instant.toISOString() },
  }));
  const rows = await db.execute<{
    readonly asker: string;
    readonly id: number;
    readonly side: KeptStance["side"];
    readonly object: string;
    readonly instant: string;
    readonly words: string;
  }>(sql`
    select asker, s.id::float8 as id, s.side, s.object, s.words,
      to_char(s.instant at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as instant
    from jsonb_to_recordset(${JSON.stringify(wanted)}::text::jsonb) as wanted (asker text, holder text, topic text, before timestamptz)
    cross join lateral (
      select * from stances where holder_id = wanted.holder and topic_id = wanted.topic and instant < wanted.before
      order by instant desc nulls last, id desc nulls last limit ${COMPARED}) s
    join documents d on d.id = s.document_id and d.current_version_id = s.version_id
    order by asker, s.instant desc, s.id desc`);
  const records = new Map<string, KeptStance[]>();
  for (const { asker, instant, ...row } of rows) {
    const kept = { ...row, instant: new Date(instant) };
    const list = records.get(asker);
    if (list) list.push(kept);
    else records.set(asker, [kept]);
  }
  return records;
}

type Found = {
  readonly row: Row;
  readonly shift: Shift<KeptStance>;
  readonly key: string;
  readonly knownKey: string | null;
};

/** Of one stance on several topics the first that is a shift tells it. */
async function firstShift(db: Database, own: readonly Row[], records: StanceRecords, now: Date): Promise<Found | null> {
  for (const row of own) {
    const shift = shiftOf(row, records.get(nameOf(row)) ?? []);
    if (!shift) continue;
    const known = await knownShift(db, row, shift.earlier);
    if (known) return { row, shift, key: known.developmentKey, knownKey: known.developmentKey };
    const key = [
      "position.shift",
      "record",
      row.holderId,
      row.topicId,
      row.side,
      row.instant.toISOString(),
      row.id,
    ].join("|");
    const place = { holderId: row.holderId, topicId: row.topicId, instant: row.instant };
    await db.insert(stanceShifts).values({
      ...{ ...place, developmentKey: key, stanceId: row.id, earlierStanceId: shift.earlier.id },
      ...{ earlierDays: shift.days, foundAt: now },
    });
    return { row, shift, key, knownKey: null };
  }
  return null;
}

/** The same shift told before, by another document of those days or by this one: after the last statement of the earlier stance. */
async function knownShift(db: Database, { holderId, topicId, side, object }: Row, earlier: KeptStance) {
  const rows = await db
    .select({ developmentKey: stanceShifts.developmentKey, side: stances.side, object: stances.object })
    .from(stanceShifts)
    .innerJoin(stances, eq(stances.id, stanceShifts.stanceId))
    .where(
      and(
        eq(stanceShifts.holderId, holderId),
        eq(stanceShifts.topicId, topicId),
        isNull(stanceShifts.overturnedAt),
        gt(stanceShifts.instant, earlier.instant),
      ),
    )
    .orderBy(stanceShifts.id)
    .limit(COMPARED);
  return rows.find((row) => row.side === side && areOfOneThing(row.object, object)) ?? null;
}

function newsOf(stance: Stance, { row, shift, key, knownKey }: Found): FoundShift {
  const { holderId, actorId, topicIds, span, words, isReported } = stance;
  const { words: earlierWords, instant } = shift.earlier;
  return {
    ...{ key, knownKey, holderId, actorId, span, words, isReported },
    topicIds: [row.topicId, ...topicIds.filter((id) => id !== row.topicId)],
    earlier: { words: earlierWords, instant },
  };
}

/** Lists shifts of the same holders and topics that are later than the first of some stances. */
async function shiftsAfter(db: Database, rows: readonly Asked[]) {
  const earliest = new Date(Math.min(...rows.map(({ instant }) => instant.getTime())));
  return db
    .select({ shift: stanceShifts, stance: stances })
    .from(stanceShifts)
    .innerJoin(stances, eq(stances.id, stanceShifts.stanceId))
    .where(
      and(
        inArray(stanceShifts.holderId, [...new Set(rows.map(({ holderId }) => holderId))]),
        inArray(stanceShifts.topicId, [...new Set(rows.map(({ topicId }) => topicId))]),
        gt(stanceShifts.instant, earliest),
        isNull(stanceShifts.overturnedAt),
      ),
    )
    .orderBy(desc(stanceShifts.instant))
    .limit(COMPARED);
}

type HeldShift = Awaited<ReturnType<typeof shiftsAfter>>[number];

/** Looks again at shifts that are later than a stance that has come in: one may have come with it, or may be none. */
async function correctShifts(db: Database, kept: readonly Row[], held: readonly HeldShift[], now: Date): Promise<void> {
  const taken = new Set<number>();
  const records = await recordsBefore(db, [...held.map(({ stance }) => stance), ...kept]);
  for (const { shift, stance } of held) {
    if (shiftOf(stance, records.get(nameOf(stance)) ?? [])) continue;
    const sooner = kept.find(
      (row) =>
        !taken.has(row.id) &&
        row.holderId === stance.holderId &&
        row.topicId === stance.topicId &&
        row.side === stance.side &&
        row.instant < stance.instant &&
        areOfOneThing(row.object, stance.object),
    );
    const moved = sooner ? shiftOf(sooner, records.get(nameOf(sooner)) ?? []) : null;
    const became = sooner && moved ? { row: sooner, earlier: moved } : null;
    if (sooner && moved) taken.add(sooner.id);
    await db
      .update(stanceShifts)
      .set(
        became
          ? {
              ...{ stanceId: became.row.id, instant: became.row.instant },
              ...{ earlierStanceId: became.earlier.earlier.id, earlierDays: became.earlier.days },
            }
          : { overturnedAt: now },
      )
      .where(eq(stanceShifts.id, shift.id));
    await db.insert(stanceShiftCorrections).values({
      ...{ shiftId: shift.id, wasStanceId: stance.id, becameStanceId: became?.row.id ?? null, correctedAt: now },
    });
  }
}

/** Puts beside developments that tell of shifts, by their keys, the last words of the stance before, as evidence in their own document. */
export async function quoteEarlierStances(db: Database, developmentKeys: readonly string[]): Promise<void> {
  await db.execute(sql`
    insert into development_evidence (development_id, version_id, statement_id, span_start, span_end, words)
    select d.id, s.version_id, s.statement_id, s.span_start, s.span_end, s.words
    from stance_shifts x join stances s on s.id = x.earlier_stance_id join developments d on d.key = x.development_key
    where d.key in (select jsonb_array_elements_text(${JSON.stringify(developmentKeys)}::text::jsonb))
    order by x.id on conflict do nothing`);
}
