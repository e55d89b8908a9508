import { asc, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { recheckTimes } from "../../src/catalogue/recheck.ts";
import { dueRechecks } from "../../src/db/archive/documents.ts";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { failedAttempts } from "../../src/db/collection/stage-failures.ts";
import { markDetected } from "../../src/db/developments/developments.ts";
import { captures, documents, rechecks } from "../../src/db/schema/archive.ts";
import { developments } from "../../src/db/schema/developments.ts";
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
async function watched(server: Loopback, body: string, entry = {}, headers?: Record<string, string>): Promise<number> {
  const sourceId = await buildWatchedSource(db(), { entry: { plainHttp: true, ...entry } });
  const { definition } = await sourceRow(db(), sourceId);
  const nextCheckAt = recheckTimes(definition, noon)[0] ?? null;
  const { documentId } = await buildCapture(db(), {
    url: `${server.url}/${sourceId}`,
    sourceId,
    body,
    nextCheckAt,
    headers,
  });
  return documentId;
}

async function documentRow(id: number) {
  const [row] = await db().select().from(documents).where(eq(documents.id, id));
  return row;
}

function looksAt(documentId: number) {
  return db().select().from(rechecks).where(eq(rechecks.documentId, documentId)).orderBy(asc(rechecks.id));
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
    expect(await recheck({ documentId }, job)).toEqual({ documentId, outcome: "same" });
    expect(await capturesOf(documentId)).toHaveLength(1);
    expect(await documentRow(documentId)).toMatchObject({ nextCheckAt: secondsOn(sixHours), checks: 1 });
    expect(job.sent).toEqual([{ stage: "recheck", data: { documentId }, at: secondsOn(sixHours) }]);
  });

  test("and was edited makes a capture that is sent to be read; a second run makes none", async () => {
    const { server, now } = await changing(page(briefing));
    const documentId = await watched(server, page(briefing));
    now.body = page(briefing.slice(1));
    const job = context({ servers: [server], at: secondsOn(day) });
    expect(await recheck({ documentId }, job)).toEqual({ documentId, outcome: "changed" });
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

  test("after a week is looked at ever more rarely, each time it has doubled its age, and at least each half year", async () => {
    const { server } = await changing(page(briefing));
    const documentId = await watched(server, page(briefing));
    const looks: number[] = [];
    for (let at: Date | null = secondsOn(week); at && looks.length < 8; ) {
      await recheck({ documentId }, context({ servers: [server], at }));
      at = (await documentRow(documentId))?.nextCheckAt ?? null;
      looks.push(((at?.getTime() ?? 0) - noon.getTime()) / (day * 1_000));
    }
    expect(looks).toEqual([14, 28, 56, 112, 224, 404, 584, 764]);
  });

  test("as often as the catalogue says is not looked at any more after that", async () => {
    const { server, now } = await changing(page(briefing));
    const documentId = await watched(server, page(briefing), { recheck: ["1h"] });
    const job = context({ servers: [server], at: secondsOn(hour) });
    await recheck({ documentId }, job);
    expect((await documentRow(documentId))?.nextCheckAt).toBeNull();
    expect(job.sent).toEqual([]);
    expect(await recheck({ documentId }, context({ at: secondsOn(hour + 1) }))).toEqual({ skipped: true });
    expect(now.asked).toBe(1);
  });

  test("is asked with the validators of its last answer, and 304 is the same", async () => {
    const asked: unknown[] = [];
    const server = await serve((request, response) => {
      asked.push(request.headers["if-none-match"]);
      response.writeHead(304).end();
    });
    const documentId = await watched(server, page(briefing), {}, { etag: 'W/"a b"' });
    expect(await recheck({ documentId }, context({ servers: [server], at: secondsOn(hour) }))).toMatchObject({
      outcome: "same",
    });
    expect(asked).toEqual(['W/"a b"']);
    expect(await looksAt(documentId)).toMatchObject([{ outcome: "same", httpStatus: 304, checkedAt: secondsOn(hour) }]);
  });

  test("and answers 200 with a page that says it is gone counts as gone, and is restored when it is back", async () => {
    const { server, now } = await changing(page(briefing));
    const documentId = await watched(server, page(briefing));
    now.body = page(["Sorry, the page you asked for was not found."], "Page not found");
    await recheck({ documentId }, context({ servers: [server], at: secondsOn(hour) }));
    await recheck({ documentId }, context({ servers: [server], at: secondsOn(sixHours) }));
    now.body = page(briefing.slice(1));
    await recheck({ documentId }, context({ servers: [server], at: secondsOn(day) }));
    expect((await looksAt(documentId)).map(({ outcome }) => outcome)).toEqual(["gone", "withdrawn", "restored"]);
    expect(await capturesOf(documentId)).toHaveLength(2);
  });

  test("and answers 200 with a bot check is not edited: nothing of it is kept, and it is asked again", async () => {
    const { server, now } = await changing(page(briefing));
    const documentId = await watched(server, page(briefing));
    now.body = page(["Verify you are human by completing the action below."], "Just a moment...");
    const job = context({ servers: [server], at: secondsOn(hour) });
    await performWith(job, stageWorkers(1, 1))("recheck", { documentId }, { retry: false });
    expect(await capturesOf(documentId)).toHaveLength(1);
    expect(await documentRow(documentId)).toMatchObject({ withdrawnAt: null, nextCheckAt: secondsOn(hour) });
    expect(job.sent).toEqual([{ stage: "recheck", data: { documentId }, at: secondsOn(hour + 1_800), retry: true }]);
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
      { type: "document.withdrawn", status: "new", versionId, detectedAt: secondsOn(sixHours), certainty: "confirmed" },
    ]);
    expect(told[0]?.matchedAt, "the rules saw it in the same transaction").toEqual(secondsOn(sixHours));
    expect([once, twice, thrice].flatMap((job) => (job ? sentTo(job, "match") : []))).toEqual([]);
  });

  test("and whose look could not be kept counts as not looked at: the next that finds it gone is the first", async () => {
    const { server, now } = await changing(page(briefing));
    const documentId = await watched(server, page(briefing));
    now.status = 404;
    await db().execute(sql`create function refuse_look() returns trigger language plpgsql as
      'begin raise exception ''refused''; end'`);
    await db().execute(
      sql`create trigger refuse_look before insert on rechecks for each row execute function refuse_look()`,
    );
    await expect(recheck({ documentId }, context({ servers: [server], at: secondsOn(hour) }))).rejects.toThrow();
    await db().execute(sql`drop trigger refuse_look on rechecks`);
    expect(await documentRow(documentId)).toMatchObject({ withdrawnAt: null, checks: 0 });
    expect(await recheck({ documentId }, context({ servers: [server], at: secondsOn(hour + 5) }))).toMatchObject({
      outcome: "gone",
    });
  });

  test("and is gone, then answers otherwise, then is gone again is not withdrawn until it is gone twice in a row", async () => {
    const { server, now } = await changing(page(briefing));
    const documentId = await watched(server, page(briefing));
    const perform = (at: number) => performWith(context({ servers: [server], at: secondsOn(at) }), stageWorkers(1, 1));
    for (const [at, status] of [
      [hour, 404],
      [sixHours, 418],
      [day, 404],
      [week, 404],
    ] as const) {
      now.status = status;
      await perform(at)("recheck", { documentId }, { retry: false });
    }
    expect((await looksAt(documentId)).map(({ outcome }) => outcome)).toEqual(["gone", "failed", "gone", "withdrawn"]);
    expect(await documentRow(documentId)).toMatchObject({ withdrawnAt: secondsOn(hour) });
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
