import { type ReadVersion, versionWithStatements } from "../db/archive/versions.ts";
import type { Database } from "../db/client.ts";
import { lockDevelopments } from "../db/developments/development-lock.ts";
import { developmentsNear, foundIn, saveDevelopments } from "../db/developments/developments.ts";
import { dueCommitments, keepCommitments, markMissed, mayConcernCommitments } from "../db/records/commitments.ts";
import { areFirsts, keepFirstTimes, type Sighting, sightingsIn } from "../db/records/first-times.ts";
import { countsForPhrases, keepPhraseUses } from "../db/records/phrase-uses.ts";
import { keepReadout, markToldUnpaired, unpairedMeetings } from "../db/records/readouts.ts";
import { AWAITS_SIDES, isRecorded, markRecorded, type SidesOfTalks, sidesOfTalks } from "../db/records/recorded.ts";
import { withRecordsLock } from "../db/records/records-lock.ts";
import { developmentsShownIn, type ShownDevelopment } from "../db/records/shown-developments.ts";
import { type FoundShift, keepStances, quoteEarlierStances } from "../db/records/stances.ts";
import {
  commitmentNews,
  firstTimeNews,
  phraseNews,
  type RecordSource,
  readoutNews,
  shiftNews,
  unpairedNews,
} from "../detect/record/record-news.ts";
import type { Records } from "../detect/record/records.ts";
import type { StanceStatement } from "../detect/record/stances.ts";
import { DETECTOR_VERSION } from "../detect/version.ts";
import { splitSentences } from "../detect/words/sentences.ts";
import type { Development } from "../domain/development.ts";
import { earliestInstant, type KnownDate, toTheDay } from "../domain/known-date.ts";
import { isRecent, mayBeNewsOfRecords } from "../domain/news.ts";
import { overlaps, type Span, wordsAt } from "../domain/span.ts";
import { upperTopicOf } from "../domain/upper-topic.ts";
import { type Alerted, alertOnDevelopments } from "./alerting.ts";
import type { WorkerContext } from "./context.ts";
import { oneByOne } from "./one-by-one.ts";
import type { RecordTask } from "./reader-thread.ts";
import { sendAlerts } from "./send-alerts.ts";

/**
 * Keeps what a version adds to first times, stock phrases, stances, paired readouts and commitments, and tells what is new by them. A second
 * run finds the same and tells nothing. Commitments wait where the catalogue lacks one of the two sides; `reconcile` has them kept
 * once it has both.
 *
 * Most texts add nothing. That is found out without making others wait; the lock is only for what does.
 *
 * @param records - What the reading thread made of the version: see `recordTaskOf`.
 */
export async function keepRecords(version: ReadVersion, records: Records, context: WorkerContext): Promise<number> {
  const { db, now } = context;
  const [sides, shown] = await Promise.all([sidesOfTalks(db), developmentsShownIn(db, version.id)]);
  const sighted = sightingsIn(version, shown, now());
  const matter: Matter = { records, sides, shown, sighted };
  const mark = (database: Database) => markRecorded(database, version.id, sides ? DETECTOR_VERSION : AWAITS_SIDES);
  if (!(await mayAdd(db, version, matter))) {
    await mark(db);
    return 0;
  }
  const { added, alerted } = await withRecordsLock(db, async (locked) => {
    const isFirstLook = !(await isRecorded(locked, version.id));
    const { publishedAt } = version.article;
    const from: RecordSource = {
      isNews: isFirstLook && mayBeNewsOfRecords({ ...version, publishedAt }, now()),
      eventDate: toTheDay(publishedAt),
    };
    const found = await newsOf(locked, version, matter, from, now());
    const kept = await keep(locked, version, found, context);
    await mark(locked);
    return kept;
  });
  await sendAlerts(alerted, context);
  return added.length;
}

/** What the reading thread is asked to keep the records of a version. */
export function recordTaskOf({ article, source, statements }: ReadVersion): RecordTask {
  const { title, text, kind, lang, publishedAt } = article;
  return {
    ...{ article: { title, text, kind, lang, publishedAt }, official: source?.official ?? false },
    ...{ sourceActorId: source?.actor ?? null, statements: statements.map(asStanceStatement) },
  };
}

function asStanceStatement({ actors, content, cue, kind, act, polarity, confidence, topics, saidAt }: StanceStatement) {
  return { actors, content, cue, kind, act, polarity, confidence, topics, saidAt };
}

/** All that the records of a version are kept by. */
type Matter = {
  readonly records: Records;
  readonly sides: SidesOfTalks | null;
  readonly shown: readonly ShownDevelopment[];
  readonly sighted: readonly Sighting[];
};

async function mayAdd(db: Database, version: ReadVersion, { records, shown, sighted }: Matter): Promise<boolean> {
  if (records.readout !== null || countsForPhrases(records) || records.stances.length > 0) return true;
  return mayConcernCommitments(placeOf(version), shown) || areFirsts(db, sighted);
}

function placeOf({ id: versionId, documentId, article }: ReadVersion) {
  const { text, lang, publishedAt } = article;
  const publishedInstant = publishedAt ? earliestInstant(publishedAt) : null;
  return { documentId, versionId, text, lang, publishedAt, publishedInstant };
}

async function newsOf(
  db: Database,
  version: ReadVersion,
  { records, sides, shown, sighted }: Matter,
  from: RecordSource,
  now: Date,
): Promise<readonly Development[]> {
  const place = placeOf(version);
  const { text } = place;
  const sentences = splitSentences(text);
  const [lead] = sentences;
  if (!lead) return [];
  const firsts = await keepFirstTimes(db, sighted, now);
  const phrases = await keepPhraseUses(db, place, records);
  const pairing = records.readout ? await keepReadout(db, place, records.readout, now) : null;
  const reports = sides ? await keepCommitments(db, { ...place, sides }, shown) : [];
  const shifts = await shiftsIn(db, version, { records, shown }, now);
  const isOfficial = version.source?.official ?? false;
  const sentenceAt = (span: Span | null) => {
    const holding = sentences.find(({ start, end }) => span !== null && start <= span.start && span.end <= end);
    return wordsAt(text, holding ?? span ?? lead);
  };
  return [
    ...firsts.map((first) => firstTimeNews(first, records.officialActorIds.includes(first.actorId ?? ""), from)),
    ...phrases.map((change) => phraseNews(change, lead, sentenceAt(change.place), from)),
    pairing && records.readout ? readoutNews(pairing, records.readout.side, lead, from) : null,
    ...shifts.map((shift) => shiftNews(shift, isOfficial, from)),
    ...reports.map(({ report, ...told }) =>
      report === "repeated" ? null : commitmentNews({ ...told, report }, isOfficial, from),
    ),
  ].filter((one) => one !== null);
}

/** Other words of the same shift come within so many days. */
const SHIFT_TOLD_DAYS = 7;

/** Finds stances against their holders' own record; one that its sentence tells in words, or that others told in words, is told already. */
async function shiftsIn(
  db: Database,
  version: ReadVersion,
  { records, shown }: Pick<Matter, "records" | "shown">,
  now: Date,
): Promise<readonly (FoundShift & { readonly isTold: boolean })[]> {
  const { id: versionId, documentId, statements } = version;
  const text = { documentId, versionId, statementIds: statements.map(({ id }) => id) };
  const all = await keepStances(db, text, records.stances, now);
  const shifts = all.filter(({ span }) => !shown.some((one) => one.type === "position.shift" && overlaps(one, span)));
  const moment = version.article.publishedAt ? earliestInstant(version.article.publishedAt) : now;
  const asked = { types: ["position.shift"], moment, days: SHIFT_TOLD_DAYS };
  const near = shifts.length === 0 ? [] : await developmentsNear(db, documentId, asked);
  return shifts.map((shift) => {
    const upper = shift.topicIds.map(upperTopicOf);
    const told = near.find(
      ({ key, actorIds, topics }) =>
        key === shift.knownKey ||
        (actorIds.includes(shift.holderId) && topics.some((topic) => upper.includes(upperTopicOf(topic)))),
    );
    const key = shift.knownKey ?? told?.key ?? shift.key;
    return { ...shift, key, isTold: shift.knownKey !== null || told !== undefined };
  });
}

/** What was kept: the ids of the developments that are new, and their alerts, which wait to be sent. */
type Kept = { readonly added: readonly number[]; readonly alerted: readonly Alerted[] };

const NOTHING: Kept = { added: [], alerted: [] };

/** Keeps developments together with their alerts; call it in the transaction that holds the lock of records. */
async function keep(
  db: Database,
  version: ReadVersion,
  found: readonly Development[],
  context: WorkerContext,
): Promise<Kept> {
  if (found.length === 0) return NOTHING;
  await lockDevelopments(db);
  const by = { detectorVersion: version.detectedBy ?? DETECTOR_VERSION, detectedAt: context.now() };
  const added = await saveDevelopments(db, foundIn(version, found, by));
  const shifts = found.filter(({ type }) => type === "position.shift").map(({ key }) => key);
  if (shifts.length > 0) await quoteEarlierStances(db, shifts);
  return { added, alerted: await alertOnDevelopments(db, added, context) };
}

/** Accounts of a meeting are expected from both sides within this time. */
const PAIRED_WITHIN_MS = 48 * 3_600_000;

/** Tells what time alone brings: a commitment whose day has passed in silence, a meeting of which one side has said nothing. */
export async function raiseWhatIsDue(context: WorkerContext, most: number): Promise<number> {
  const { db, now } = context;
  let raised = 0;
  const send = async ({ added, alerted }: Kept) => {
    raised += added.length;
    await sendAlerts(alerted, context);
  };
  const foundBefore = new Date(now().getTime() - PAIRED_WITHIN_MS);
  const meetings = await unpairedMeetings(db, { foundBefore, now: now() }, most);
  const raiseMeeting = async (meeting: UnpairedMeeting) => send(await raiseUnpaired(meeting, context));
  await oneByOne("raise-unpaired", meetings, ({ id }) => id, raiseMeeting, context);
  const due = await dueCommitments(db, now(), most);
  const raiseCommitment = async (one: DueCommitment) => send(await raiseMissed(one, context));
  await oneByOne("raise-missed", due, ({ row }) => row.id, raiseCommitment, context);
  return raised;
}

type UnpairedMeeting = Awaited<ReturnType<typeof unpairedMeetings>>[number];

async function raiseUnpaired(meeting: UnpairedMeeting, context: WorkerContext): Promise<Kept> {
  const { db, now } = context;
  const version = await versionWithStatements(db, meeting.versionId);
  const [lead] = splitSentences(version?.article.text ?? "");
  return withRecordsLock(db, async (locked) => {
    await markToldUnpaired(locked, meeting.id, now());
    if (!version || !lead) return NOTHING;
    const { publishedAt } = version.article;
    const from = { isNews: mayBeNewsOfRecords({ ...version, publishedAt }, now()), eventDate: toTheDay(publishedAt) };
    return keep(locked, version, [unpairedNews(meeting, lead, wordsAt(version.article.text, lead), from)], context);
  });
}

type DueCommitment = Awaited<ReturnType<typeof dueCommitments>>[number];

async function raiseMissed({ row, key }: DueCommitment, context: WorkerContext): Promise<Kept> {
  const { db, now } = context;
  const version = await versionWithStatements(db, row.versionId);
  return withRecordsLock(db, async (locked) => {
    await markMissed(locked, row.id, now());
    if (!version) return NOTHING;
    const told = {
      ...{ commitmentKey: key, report: "missed" as const, words: row.words, actorIds: row.byActorIds },
      span: { start: row.spanStart, end: row.spanEnd },
    };
    const from = {
      isNews: row.dueInstant !== null && isRecent(row.dueInstant, now()),
      eventDate: dueDate(row.dueInstant),
    };
    return keep(locked, version, [commitmentNews(told, false, from)], context);
  });
}

function dueDate(instant: Date | null): KnownDate | null {
  const value = instant?.toISOString().slice(0, 10);
  return value ? { value, precision: "day", basis: "text", raw: value } : null;
}
