import { asc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { recheckTimes } from "../../src/catalogue/recheck.ts";
import { saveCatalogue } from "../../src/db/catalogue.ts";
import { markDetected } from "../../src/db/developments.ts";
import { dueRechecks } from "../../src/db/documents.ts";
import { captures, documents } from "../../src/db/schema/archive.ts";
import { developments } from "../../src/db/schema/developments.ts";
import { failedAttempts } from "../../src/db/stage-failures.ts";
import { recheck } from "../../src/workers/recheck.ts";
import { performWith, stageWorkers } from "../../src/workers/worker.ts";
import { type Loopback, serve } from "../net/support/loopback.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { noon, secondsOn } from "../support/moments.ts";
import { briefing, page } from "../support/pages.ts";
import { buildCapture, buildVersion, buildWatchedSource, sourceRow } from "../support/rows.ts";
import { idSentTo, sentTo, useWorkerContext } from "../support/worker-context.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);
beforeAll(() => saveCatalogue(db(), buildCatalogue(), noon));

const [hour, sixHours, day, week] = [3_600, 21_600, 86_400, 604_800];

/** An official document that was fetched at noon and is looked at again after 1, 6, 24 hours and a week. */
async function watched(server: Loopback, body: string): Promise<number> {
  const sourceId = await buildWatchedSource(db(), { entry: { plainHttp: true } });
  const { definition } = await sourceRow(db(), sourceId);
  const nextCheckAt = recheckTimes(definition, noon)[0] ?? null;
  const { documentId } = await buildCapture(db(), { url: `${server.url}/${sourceId}`, sourceId, body, nextCheckAt });
  return documentId;
}

async function documentRow(id: number) {
  const [row] = await db().select().from(documents).where(eq(documents.id, id));
  return row;
}

function capturesOf(documentId: number) {
  return db().select().from(captures).where(eq(captures.documentId, documentId)).orderBy(asc(captures.id));
}

/** A server whose page a test may change. */
async function changing(first: string) {
  const now = { body: first, status: 200, asked: 0 };
  const server = await serve((_, response) => {
    now.asked += 1;
    response.writeHead(now.status, { "content-type": "text/html" }).end(now.body);
  });
  return { server, now };
}

describe("a document that is looked at again", () => {
  test("and is unchanged makes no capture, and the next look is due at its time", async () => {
    const { server } = await changing(page(briefing));
    const documentId = await watched(server, page(briefing));
    const job = context({ servers: [server], at: secondsOn(hour) });
    expect(await recheck({ documentId }, job)).toEqual({ documentId, changed: false });
    expect(await capturesOf(documentId)).toHaveLength(1);
    expect(await documentRow(documentId)).toMatchObject({ nextCheckAt: secondsOn(sixHours), checks: 1 });
    expect(job.sent).toEqual([{ stage: "recheck", data: { documentId }, at: secondsOn(sixHours) }]);
  });

  test("and was edited makes a capture that is sent to be read; a second run makes none", async () => {
    const { server, now } = await changing(page(briefing));
    const documentId = await watched(server, page(briefing));
    now.body = page(briefing.slice(1));
    const job = context({ servers: [server], at: secondsOn(day) });
    expect(await recheck({ documentId }, job)).toEqual({ documentId, changed: true });
    expect(idSentTo(job, "read")).toBe((await capturesOf(documentId))[1]?.id);
    expect(await documentRow(documentId)).toMatchObject({ nextCheckAt: secondsOn(week) });
    await recheck({ documentId }, context({ servers: [server], at: secondsOn(day + 1) }));
    expect(await capturesOf(documentId)).toHaveLength(2);
  });

  test("before its time is left alone: the look was made already", async () => {
    const { server, now } = await changing(page(briefing));
    const documentId = await watched(server, page(briefing));
    expect(await recheck({ documentId }, context({ servers: [server], at: secondsOn(hour - 1) }))).toEqual({
      skipped: true,
    });
    expect(now.asked).toBe(0);
  });

  test("for the last time is not looked at any more", async () => {
    const { server, now } = await changing(page(briefing));
    const documentId = await watched(server, page(briefing));
    const job = context({ servers: [server], at: secondsOn(week) });
    await recheck({ documentId }, job);
    expect((await documentRow(documentId))?.nextCheckAt).toBeNull();
    expect(job.sent).toEqual([]);
    expect(await recheck({ documentId }, context({ at: secondsOn(week + 1) }))).toEqual({ skipped: true });
    expect(now.asked).toBe(1);
  });

  test("and is gone is marked withdrawn since then, and not any more when it is back", async () => {
    const { server, now } = await changing(page(briefing));
    const documentId = await watched(server, page(briefing));
    now.status = 404;
    await recheck({ documentId }, context({ servers: [server], at: secondsOn(hour) }));
    expect(await documentRow(documentId)).toMatchObject({
      withdrawnAt: secondsOn(hour),
      nextCheckAt: secondsOn(sixHours),
    });
    await recheck({ documentId }, context({ servers: [server], at: secondsOn(sixHours) }));
    expect(await documentRow(documentId)).toMatchObject({ withdrawnAt: secondsOn(hour) });
    now.status = 200;
    await recheck({ documentId }, context({ servers: [server], at: secondsOn(day) }));
    expect(await documentRow(documentId)).toMatchObject({ withdrawnAt: null });
    expect(await capturesOf(documentId)).toHaveLength(1);
  });

  test("and is gone twice in a row is a development, told once; once may be an outage", async () => {
    const { server, now } = await changing(page(briefing));
    const documentId = await watched(server, page(briefing));
    const [capture] = await capturesOf(documentId);
    const place = { captureId: capture?.id ?? 0, documentId };
    const { versionId } = await buildVersion(db(), { capture: place });
    await markDetected(db(), versionId, 1);
    now.status = 410;
    const [once, twice, thrice] = [hour, sixHours, day].map((at) => context({ servers: [server], at: secondsOn(at) }));
    for (const job of [once, twice, thrice]) if (job) await recheck({ documentId }, job);
    const told = await db().select().from(developments).where(eq(developments.documentId, documentId));
    expect(told).toMatchObject([
      { type: "document.withdrawn", status: "new", versionId, detectedAt: secondsOn(sixHours) },
    ]);
    expect([once, twice, thrice].map((job) => job && sentTo(job, "match").length)).toEqual([0, 1, 0]);
  });

  test("at a server that is busy is tried again later, and reconcile does not hurry it", async () => {
    const { server, now } = await changing(page(briefing));
    const documentId = await watched(server, page(briefing));
    now.status = 503;
    const job = context({ servers: [server], at: secondsOn(hour) });
    await performWith(job, stageWorkers(1, 1))("recheck", { documentId }, { retry: false });
    expect(job.sent).toEqual([{ stage: "recheck", data: { documentId }, at: secondsOn(hour + 5), retry: true }]);
    expect((await documentRow(documentId))?.withdrawnAt).toBeNull();
    expect((await dueRechecks(db(), secondsOn(hour + 1), 1_000)).map(({ id }) => id)).not.toContain(documentId);
  });

  test("that cannot be fetched at all waits for its next look instead of being asked for without end", async () => {
    const { server, now } = await changing(page(briefing));
    const documentId = await watched(server, page(briefing));
    now.status = 418;
    const job = context({ servers: [server], at: secondsOn(hour) });
    await performWith(job, stageWorkers(1, 1))("recheck", { documentId }, { retry: false });
    expect(await documentRow(documentId)).toMatchObject({ nextCheckAt: secondsOn(sixHours) });
    expect((await dueRechecks(db(), secondsOn(sixHours), 1_000)).map(({ id }) => id)).toContain(documentId);
    expect(await failedAttempts(db(), "recheck", String(documentId))).toBe(0);
  });

  test("that was imported or is not there is nothing to do", async () => {
    const { documentId } = await buildCapture(db(), { sourceId: null });
    expect(await recheck({ documentId }, context())).toEqual({ skipped: true });
    expect(await recheck({ documentId: 999_999_999 }, context())).toEqual({ skipped: true });
  });
});
