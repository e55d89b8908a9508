import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { documentById, versionPlaces } from "../../db/archive/document-page.ts";
import { conflictsAmong, searchThreads, type ThreadRow, threadsByIds } from "../../db/developments/thread-list.ts";
import { commitmentsByIds, searchCommitments } from "../../db/records/commitment-list.ts";
import { type FirstTimeRow, firstTimeById, latestFirstTimes } from "../../db/records/first-time-list.ts";
import { latestMeetings, meetingsByIds } from "../../db/records/meeting-list.ts";
import { actorNames } from "../../db/search/name-lists.ts";
import { readCursor, readId } from "../search.ts";
import { developmentsOf } from "../thread-steps.ts";
import type { Parts } from "./archive-api.ts";
import { answerCommitments, answerMeetings, answerPhrase, answerPhrases } from "./record-answers.ts";
import {
  commitmentRoute,
  commitmentsRoute,
  firstTimeRoute,
  firstTimesRoute,
  meetingRoute,
  meetingsRoute,
  phraseRoute,
  phrasesRoute,
  threadRoute,
  threadsRoute,
  versionsRoute,
} from "./record-routes.ts";
import { conflictJson, firstTimeJson, listedVersionJson, threadJson } from "./records-to-json.ts";

/** Adds what Parley keeps beside statements and developments: threads, meetings, phrases, commitments, first times, versions. */
export function addRecordApi(api: OpenAPIHono, { db, baseOf, badRequest, notFound }: Parts): void {
  const idsOf = (c: Context) => [readId(c.req.param("id") ?? "")].filter((id) => id !== null);

  const threadsJson = async (rows: readonly ThreadRow[], base: string) => {
    const developments = await developmentsOf(db, rows);
    return rows.map((row) => threadJson(row, developments, base));
  };
  const firstTimesJson = async (rows: readonly FirstTimeRow[], base: string) => {
    const places = await versionPlaces(db, rows.map(versionOf));
    return rows.map((row) => firstTimeJson(row, places, base));
  };

  api.openapi(threadsRoute, async (c) => {
    const { course = null, state = null, limit, cursor: word } = c.req.valid("query");
    const cursor = readCursor(word);
    if (cursor.mistakes.length > 0) return badRequest(c, cursor.mistakes);
    const { rows, next } = await searchThreads(db, { course, state, firstTimes: true }, { limit, after: cursor.after });
    return c.json({ items: await threadsJson(rows, baseOf(c)), next }, 200);
  });

  api.openapi(threadRoute, async (c) => {
    const rows = await threadsByIds(db, idsOf(c));
    const [thread] = await threadsJson(rows, baseOf(c));
    if (!thread) return notFound(c, "thread");
    const ids = thread.steps.map(({ developmentId }) => developmentId);
    const conflicts = await conflictsAmong(db, ids);
    const versions = conflicts.flatMap(({ versionId, otherVersionId }) => [versionId, otherVersionId]);
    const places = await versionPlaces(db, versions);
    return c.json({ ...thread, conflicts: conflicts.map((row) => conflictJson(row, places)) }, 200);
  });

  api.openapi(meetingsRoute, async (c) => {
    const rows = await latestMeetings(db, c.req.valid("query").limit);
    return c.json({ items: await answerMeetings(db, rows, baseOf(c)) }, 200);
  });

  api.openapi(meetingRoute, async (c) => {
    const [meeting] = await answerMeetings(db, await meetingsByIds(db, idsOf(c)), baseOf(c));
    return meeting ? c.json(meeting, 200) : notFound(c, "meeting");
  });

  api.openapi(phrasesRoute, async (c) => {
    return c.json({ items: await answerPhrases(db, baseOf(c)) }, 200);
  });

  api.openapi(phraseRoute, async (c) => {
    const phrase = await answerPhrase(db, c.req.valid("param").id, baseOf(c), c.req.valid("query").limit);
    return phrase ? c.json(phrase, 200) : notFound(c, "phrase");
  });

  api.openapi(commitmentsRoute, async (c) => {
    const { state = null, limit, cursor: word } = c.req.valid("query");
    const cursor = readCursor(word);
    if (cursor.mistakes.length > 0) return badRequest(c, cursor.mistakes);
    const { rows, next } = await searchCommitments(db, { state }, { limit, after: cursor.after });
    return c.json({ items: await answerCommitments(db, rows, baseOf(c)), next }, 200);
  });

  api.openapi(commitmentRoute, async (c) => {
    const [commitment] = await answerCommitments(db, await commitmentsByIds(db, idsOf(c)), baseOf(c));
    return commitment ? c.json(commitment, 200) : notFound(c, "commitment");
  });

  api.openapi(firstTimesRoute, async (c) => {
    const { actor = null, limit } = c.req.valid("query");
    if (actor !== null && !(await actorNames(db, [actor])).has(actor)) {
      const message = `No actor has the id "${actor}"; /api/v1/names?q=… suggests ids.`;
      return badRequest(c, [{ parameter: "actor", message }]);
    }
    const rows = await latestFirstTimes(db, limit, actor);
    return c.json({ items: await firstTimesJson(rows, baseOf(c)) }, 200);
  });

  api.openapi(firstTimeRoute, async (c) => {
    const [id] = idsOf(c);
    const row = id === undefined ? null : await firstTimeById(db, id);
    const [first] = await firstTimesJson(row ? [row] : [], baseOf(c));
    return first ? c.json(first, 200) : notFound(c, "first time");
  });

  api.openapi(versionsRoute, async (c) => {
    const [id] = idsOf(c);
    const document = id === undefined ? null : await documentById(db, id);
    if (!document) return notFound(c, "document");
    return c.json({ items: document.versions.map((row) => listedVersionJson(document, row, baseOf(c))) }, 200);
  });
}

const versionOf = ({ versionId }: { readonly versionId: number }) => versionId;
