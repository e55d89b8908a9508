import type { z } from "@hono/zod-openapi";
import type { DocumentRow, VersionRow, versionPlaces } from "../../db/archive/document-page.ts";
import type { DevelopmentRow } from "../../db/developments/development-list.ts";
import type { ConflictRow, ThreadRow } from "../../db/developments/thread-list.ts";
import type { CommitmentRow } from "../../db/records/commitment-list.ts";
import type { FirstTimeRow } from "../../db/records/first-time-list.ts";
import type { MeetingRow, PointRow } from "../../db/records/meeting-list.ts";
import type { PhraseLife, PhraseUseRow } from "../../db/records/phrase-list.ts";
import type { actorNames } from "../../db/search/name-lists.ts";
import { stepsOf } from "../thread-steps.ts";
import type {
  commitmentShape,
  firstTimeShape,
  listedVersionShape,
  meetingShape,
  phraseShape,
  phraseWithUsesShape,
  threadShape,
  threadWithConflictsShape,
} from "./record-shapes.ts";
import { versionJson } from "./rows-to-json.ts";

/** Documents and numbers of versions by the id of the version. */
export type Places = Awaited<ReturnType<typeof versionPlaces>>;
/** Names of actors by their ids. */
export type Names = Awaited<ReturnType<typeof actorNames>>;

const iso = (instant: Date | null) => instant?.toISOString() ?? null;

const linksOf = (base: string, noun: string, id: number | string, page = `${noun}/${id}`) => ({
  html: `${base}/${page}`,
  self: `${base}/api/v1/${noun}/${id}`,
});

/** A foreign key promises the version, so one that is missing is a mistake of the program. */
function placeOf(places: Places, versionId: number) {
  const place = places.get(versionId);
  if (!place) throw new Error(`version ${versionId} was not looked up`);
  return { id: place.documentId, version: place.number };
}

type Piece = {
  readonly versionId: number;
  readonly spanStart: number;
  readonly spanEnd: number;
  readonly words: string;
};

function evidenceOf(places: Places, { versionId, spanStart, spanEnd, words }: Piece) {
  return { words, span: { start: spanStart, end: spanEnd }, document: placeOf(places, versionId) };
}

function nameOf(id: string | null, label: string | null, labelZh: string | null) {
  return id === null ? null : { id, label: label ?? id, labelZh };
}

/** Gives a thread the shape that programs get. */
export function threadJson(
  thread: ThreadRow,
  developments: ReadonlyMap<number, DevelopmentRow>,
  base: string,
): z.infer<typeof threadShape> {
  const { id, key, course, state, mergedIntoId } = thread;
  return {
    ...{ id, key, course, state, mergedIntoId, stateAt: iso(thread.stateInstant) },
    openedAt: thread.openedAt.toISOString(),
    updatedAt: thread.updatedAt.toISOString(),
    steps: stepsOf(thread, developments).map(({ development, developmentId, ...step }) => ({
      ...{ developmentId, type: development.typeName.id, severity: development.severity, summary: development.summary },
      ...{ eventDate: development.eventDate, detectedAt: development.detectedAt.toISOString() },
      ...{ state: step.state, isKnownStep: step.isKnownStep, byAnalyst: step.byAnalyst },
    })),
    links: linksOf(base, "threads", id),
  };
}

/** Gives accounts that contradict each other the shape that programs get. */
export function conflictJson(
  { about, foundAt, ...row }: ConflictRow,
  places: Places,
): z.infer<typeof threadWithConflictsShape>["conflicts"][number] {
  return {
    about,
    first: { developmentId: row.developmentId, words: row.words, document: placeOf(places, row.versionId) },
    other: { developmentId: row.otherId, words: row.otherWords, document: placeOf(places, row.otherVersionId) },
    foundAt: foundAt.toISOString(),
  };
}

/** Gives a meeting the shape that programs get. */
export function meetingJson(meeting: MeetingRow, places: Places, base: string): z.infer<typeof meetingShape> {
  const { id, key, kind, day, foundAt } = meeting;
  return {
    ...{ id, key, kind, day, foundAt: foundAt.toISOString() },
    readouts: meeting.readouts.map(({ side, sideName, sideNameZh, versionId, participants, ...readout }) => ({
      side: { id: side, label: sideName, labelZh: sideNameZh },
      document: placeOf(places, versionId),
      ...{ title: readout.title, url: readout.url, lang: readout.lang, participants: [...participants] },
      publishedAt: iso(readout.publishedInstant),
    })),
    points: meeting.points.map((point) => ({
      topic: { id: point.topicId, label: point.label ?? point.topicId, labelZh: point.labelZh },
      verdict: point.verdict,
      first: accountOf(point, "first"),
      second: accountOf(point, "second"),
    })),
    links: linksOf(base, "meetings", id),
  };
}

function accountOf(point: PointRow, side: "first" | "second") {
  const [words, start, end] = [point[`${side}Words`], point[`${side}Start`], point[`${side}End`]];
  if (words === null) return null;
  return {
    ...{ words, documentId: point[`${side}DocumentId`], strength: point[`${side}Strength`] },
    span: start === null || end === null ? null : { start, end },
  };
}

/** Gives the lives of one phrase the shape that programs get. */
export function phraseJson(id: string, lives: readonly PhraseLife[], base: string): z.infer<typeof phraseShape> {
  return {
    id,
    lives: lives.map(({ actorId, actorName, actorNameZh, textClass, uses, texts, changed, ...life }) => ({
      actor: nameOf(actorId, actorName, actorNameZh),
      ...{ textClass, uses, texts, changed, absentSince: life.absentSince },
      firstUsedAt: iso(life.firstUsed),
      lastUsedAt: iso(life.lastUsed),
    })),
    links: linksOf(base, "phrases", id),
  };
}

/** Gives a place where a phrase stands the shape that programs get. */
export function phraseUseJson(use: PhraseUseRow, places: Places): z.infer<typeof phraseWithUsesShape>["uses"][number] {
  const { actorId, actorName, actorNameZh, textClass, lang, wording, statementId } = use;
  return {
    actor: nameOf(actorId, actorName, actorNameZh),
    ...{ textClass, lang, wording, statementId, usedAt: iso(use.usedInstant) },
    evidence: evidenceOf(places, use),
  };
}

/** Gives a commitment the shape that programs get. */
export function commitmentJson(
  row: CommitmentRow,
  names: Names,
  places: Places,
  base: string,
): z.infer<typeof commitmentShape> {
  const { id, state, action, due, developmentId } = row;
  const named = (ids: readonly string[]) =>
    ids.map((one) => ({ id: one, label: names.get(one)?.label ?? one, labelZh: names.get(one)?.labelZh ?? null }));
  return {
    ...{ id, state, by: named(row.byActorIds), to: named(row.toActorIds), action, due, developmentId },
    madeAt: iso(row.madeInstant),
    evidence: evidenceOf(places, row),
    reports: row.reports.map((report) => ({
      report: report.report,
      reportedAt: iso(report.reportedInstant),
      evidence: evidenceOf(places, report),
    })),
    links: linksOf(base, "commitments", id, `developments/${developmentId}`),
  };
}

/** Gives a first time the shape that programs get. */
export function firstTimeJson(row: FirstTimeRow, places: Places, base: string): z.infer<typeof firstTimeShape> {
  const { id, kind, actorId, actorName, actorNameZh, statementId, developmentId, searched } = row;
  const { document, ...evidence } = evidenceOf(places, row);
  const page = statementId === null ? `documents/${document.id}?v=${document.version}` : `statements/${statementId}`;
  return {
    ...{ id, kind, actor: nameOf(actorId, actorName, actorNameZh), statementId, developmentId, searched },
    subject: { id: row.subject, label: row.subjectName, labelZh: row.subjectNameZh },
    at: row.instant.toISOString(),
    evidence: { ...evidence, document },
    foundAt: row.foundAt.toISOString(),
    links: linksOf(base, "first-times", id, page),
  };
}

/** Gives a version in the list of its document the shape that programs get. */
export function listedVersionJson(
  document: DocumentRow,
  version: VersionRow,
  base: string,
): z.infer<typeof listedVersionShape> {
  const { number, title, lang, publishedAt, updatedAt, statementCount } = version;
  const api = `${base}/api/v1/documents/${document.id}`;
  return {
    ...versionJson(document, version),
    ...{ title, lang, publishedAt, updatedAt, statements: statementCount },
    links: {
      html: `${base}/documents/${document.id}?v=${number}`,
      self: `${api}?v=${number}`,
      body: `${base}/api/v1/captures/${version.capture.id}/body`,
      diff: number > 1 ? `${api}/diff?from=${number - 1}&to=${number}` : null,
    },
  };
}
