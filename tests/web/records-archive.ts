import type { Database } from "../../src/db/client.ts";
import { placeInThreads } from "../../src/db/developments/threads.ts";
import { commitmentReports, commitments } from "../../src/db/schema/commitments.ts";
import { firstTimes } from "../../src/db/schema/first-times.ts";
import { phraseUses } from "../../src/db/schema/phrase-uses.ts";
import { meetingPoints, meetings, readouts } from "../../src/db/schema/readouts.ts";
import { developmentConflicts } from "../../src/db/schema/threads.ts";
import { noon } from "../support/moments.ts";
import { buildStatement } from "../support/readings.ts";
import { buildCapture } from "../support/rows.ts";
import { keepCatalogue, keepDevelopment, keepDocument } from "./archive.ts";

/** What the document of `keepRecords` says. */
export const TEXT = "Norland will share its tests by July.";
const span = { spanStart: 0, spanEnd: 7, words: "Norland" };

/** Fills a database with one of each thing that Parley keeps: a document of two versions, threads, a meeting, phrases, commitments, first times. */
export async function keepRecords(db: Database) {
  await keepCatalogue(db);
  const ids = { document: 0, version: 0, capture: 0, developments: [] as number[], commitments: [] as number[] };
  const url = "https://norland.example/tests";
  const kept = await keepDocument(db, { url, text: TEXT, statements: [buildStatement(TEXT, TEXT)] });
  Object.assign(ids, { document: kept.documentId, version: kept.versionId });
  const evidence = { words: "Norland", span: { start: 0, end: 7 }, document: { id: kept.documentId, version: 1 } };
  for (const number of [1, 2, 3]) {
    const says = { summary: `Promise ${number}`, evidence: [{ start: number, end: 20 }] };
    ids.developments.push(await keepDevelopment(db, kept, says));
  }
  await placeInThreads(db, ids.developments, noon);
  const [developmentId = 0, otherId = 0] = ids.developments;
  const place = { versionId: kept.versionId, documentId: kept.documentId };
  await db.insert(developmentConflicts).values({
    ...{ developmentId, otherId, about: "date", words: "in May", versionId: kept.versionId, foundAt: noon },
    ...{ otherWords: "in June", otherVersionId: kept.versionId },
  });
  const made = [new Date("2026-05-01T00:00:00Z"), null, new Date("2026-05-03T00:00:00Z")];
  const row = { versionId: kept.versionId, ...span, byActorIds: ["norland"], toActorIds: [], action: "share" };
  const rows = await db
    .insert(commitments)
    .values(ids.developments.map((id, index) => ({ developmentId: id, ...row, madeInstant: made[index] ?? null })))
    .returning({ id: commitments.id });
  ids.commitments.push(...rows.map(({ id }) => id));
  await db
    .insert(commitmentReports)
    .values({ commitmentId: ids.commitments[0] ?? 0, report: "repeated", versionId: kept.versionId, ...span });
  const [meeting] = await db
    .insert(meetings)
    .values({ key: "talks norland southmark 2026-05-19", kind: "talks", day: "2026-05-19", foundAt: noon })
    .returning({ id: meetings.id });
  const meetingId = meeting?.id ?? 0;
  await db.insert(readouts).values({ ...place, meetingId, side: "norland", participants: ["ada-example"] });
  const point = { meetingId, verdict: "only-first" as const, firstDocumentId: kept.documentId, firstWords: TEXT };
  await db
    .insert(meetingPoints)
    .values({ ...point, topicId: "frontier.safety", firstStart: 0, firstEnd: 7, firstStrength: "agreed" });
  const use = { ...place, ...span, actorId: "norland", textClass: "release" as const, lang: "en" as const };
  await db.insert(phraseUses).values([
    { ...use, phraseId: "open-door", wording: "open door", usedInstant: noon },
    { ...use, phraseId: "open-door", spanStart: 3, wording: null, usedInstant: null },
    { ...use, phraseId: "closed-door", wording: "closed door", usedInstant: null },
  ]);
  const first = { instant: noon, versionId: kept.versionId, ...span, searched: 12, foundAt: noon };
  await db.insert(firstTimes).values([
    { ...first, kind: "topic", actorId: "norland", subject: "frontier.safety", statementId: kept.statementIds[0] },
    { ...first, kind: "venue", actorId: null, subject: "Northport", instant: new Date("2026-05-01T00:00:00Z") },
  ]);
  const capture = await buildCapture(db, { url, identity: url, body: "<p>edited</p>" });
  await keepDocument(db, { text: "Norland will share its tests by June.", capture, cause: "edited" });
  ids.capture = capture.captureId;
  return { ...ids, evidence };
}
