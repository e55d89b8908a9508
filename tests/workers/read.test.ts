import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { currentVersion, versionWithStatements } from "../../src/db/archive/versions.ts";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { clearFailure, fileFailure, parkedFailures } from "../../src/db/collection/stage-failures.ts";
import { verifyArchive } from "../../src/db/history/verify.ts";
import { captures, versions } from "../../src/db/schema/archive.ts";
import { alerts, rules } from "../../src/db/schema/delivery.ts";
import { developments } from "../../src/db/schema/developments.ts";
import { statements } from "../../src/db/schema/statements.ts";
import { DETECTOR_VERSION } from "../../src/detect/version.ts";
import { READER_VERSION } from "../../src/read/version.ts";
import { detect } from "../../src/workers/detect.ts";
import { read } from "../../src/workers/read.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { noon, secondsOn } from "../support/moments.ts";
import { briefing, page } from "../support/pages.ts";
import { buildCapture, buildRule, buildVersion } from "../support/rows.ts";
import { sentTo, type TestContext, useWorkerContext } from "../support/worker-context.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);
beforeAll(() => saveCatalogue(db(), buildCatalogue(), noon));

const edited = briefing.map((text) => text.replace("would be arranged", "might be arranged"));

/** The place of one page: captures built with it are of one document. */
let places = 0;
function place() {
  places += 1;
  const url = `https://norland.example/read/${places}`;
  return { url, identity: url };
}

function versionsOf(documentId: number) {
  return db()
    .select({ number: versions.number, cause: versions.cause, captureId: versions.captureId })
    .from(versions)
    .where(eq(versions.documentId, documentId))
    .orderBy(versions.number);
}

/** Makes a version of what a reader of ours before this one read from a capture. */
async function readBefore(capture: { captureId: number; documentId: number }, text: string, title = "Old title") {
  return buildVersion(db(), { capture, readerVersion: READER_VERSION - 1, article: { text, title } });
}

describe("the first reading of a page", () => {
  test("makes the first version with its statements, done with where it tells of nothing; a second run adds nothing", async () => {
    const capture = await buildCapture(db(), { ...place(), body: page(briefing) });
    const job = context();
    const outcome = await read(capture, job);
    expect(outcome).toMatchObject({ cause: "first" });
    expect(job.sent).toEqual([]);
    const versionId = Number(outcome.versionId);
    expect((await versionWithStatements(db(), versionId))?.detectedBy).toBe(DETECTOR_VERSION);
    const version = await versionWithStatements(db(), versionId);
    expect(version?.article.text).toContain("We will keep the hotline open");
    expect(version?.statements.length).toBeGreaterThan(0);
    const again = context();
    expect(await read(capture, again)).toEqual({ unchanged: true });
    expect(again.sent).toEqual([]);
    expect(await versionsOf(capture.documentId)).toHaveLength(1);
    const rows = await db().select().from(statements).where(eq(statements.versionId, versionId));
    expect(rows).toHaveLength(version?.statements.length ?? 0);
    expect((await verifyArchive(db(), capture.documentId)).breaches).toEqual([]);
  });

  test("that tells of nothing is asked by the rules about statements all the same, and alerted once", async () => {
    const ruleId = await buildRule(db(), { query: "hotline", about: "statements" });
    const capture = await buildCapture(db(), { ...place(), body: page(briefing) });
    const job = context();
    const { versionId } = await read(capture, job);
    expect(sentTo(job, "detect")).toEqual([{ versionId }]);
    for (const time of ["first", "second"]) {
      await detect({ versionId: Number(versionId) }, context());
      const made = await db().select().from(alerts).where(eq(alerts.ruleId, ruleId));
      expect(made, time).toMatchObject([{ kind: "statements", versionId }]);
    }
    await db().update(rules).set({ enabled: false }).where(eq(rules.id, ruleId));
  });

  test("done by two workers at once makes one version", async () => {
    const capture = await buildCapture(db(), { ...place(), body: page(briefing) });
    await Promise.all([read(capture, context()), read(capture, context())]);
    expect(await versionsOf(capture.documentId)).toHaveLength(1);
  });

  test("of a page without a text is put aside, and not asked for again by reconcile", async () => {
    const capture = await buildCapture(db(), { ...place(), body: "<html><body></body></html>" });
    await expect(read(capture, context())).rejects.toMatchObject({ code: "no-text", remedy: "park" });
    const [row] = await db().select().from(captures).where(eq(captures.id, capture.captureId));
    expect(row?.readBy).toBe(READER_VERSION);
    expect(await versionsOf(capture.documentId)).toEqual([]);
  });

  test("of a capture that is not there is nothing to do", async () => {
    expect(await read({ captureId: 999_999_999 }, context())).toEqual({ skipped: true });
  });
});

describe("a later capture", () => {
  test("that says the same makes no version", async () => {
    const at = place();
    const first = await buildCapture(db(), { ...at, body: page(briefing) });
    await read(first, context());
    const later = await buildCapture(db(), { ...at, body: page(briefing).replace("<body>", "<body><!-- 2 -->") });
    const job = context();
    expect(await read(later, job)).toEqual({ unchanged: true });
    expect(job.sent).toEqual([]);
    const [row] = await db().select().from(captures).where(eq(captures.id, later.captureId));
    expect(row?.readBy).toBe(READER_VERSION);
  });

  test("that says something else is the publisher's edit", async () => {
    const at = place();
    await read(await buildCapture(db(), { ...at, body: page(briefing) }), context());
    const later = await buildCapture(db(), { ...at, body: page(edited) });
    expect(await read(later, context())).toMatchObject({ cause: "edited" });
    expect((await versionsOf(later.documentId)).map(({ cause }) => cause)).toEqual(["first", "edited"]);
    expect((await currentVersion(db(), later.documentId))?.captureId).toBe(later.captureId);
  });

  test("with another title over the same text is an edit too", async () => {
    const at = place();
    await read(await buildCapture(db(), { ...at, body: page(briefing) }), context());
    const later = await buildCapture(db(), { ...at, body: page(briefing, "Remarks of 19 May 2026") });
    expect(await read(later, context())).toMatchObject({ cause: "edited" });
  });
});

describe("captures of an edited page", () => {
  async function two() {
    const at = place();
    const first = await buildCapture(db(), { ...at, body: page(briefing) });
    return [first, await buildCapture(db(), { ...at, body: page(edited) })] as const;
  }

  /** Searches every version that was sent to be searched, and gives the edits found. */
  async function editsFoundAfter(job: TestContext, documentId: number) {
    for (const data of sentTo(job, "detect")) await detect(data, job);
    return db()
      .select({ status: developments.status })
      .from(developments)
      .where(and(eq(developments.documentId, documentId), eq(developments.type, "document.silent-edit")));
  }

  test.each(["in order", "in reverse order", "at once"])("read %s give one first version and one edit", async (how) => {
    const [first, second] = await two();
    const job = context();
    if (how === "at once") await Promise.all([read(first, job), read(second, job)]);
    else for (const capture of how === "in order" ? [first, second] : [second, first]) await read(capture, job);
    expect((await versionsOf(first.documentId)).map(({ cause }) => cause)).toEqual(["first", "edited"]);
    expect((await currentVersion(db(), first.documentId))?.captureId).toBe(second.captureId);
    expect(await editsFoundAfter(job, first.documentId)).toEqual([{ status: "new" }]);
  });

  test("of which only an older reader could read the first still show the edit, which is kept and not told as news", async () => {
    const at = place();
    const first = await buildCapture(db(), { ...at, body: "<html><body></body></html>" });
    await readBefore(first, briefing.join("\n\n"));
    const second = await buildCapture(db(), { ...at, body: page(edited) });
    const job = context();
    expect(await read(second, job)).toMatchObject({ cause: "edited" });
    expect(await parkedFailures(db(), 100)).toContainEqual(
      expect.objectContaining({ stage: "read", subject: String(first.captureId), code: "no-text" }),
    );
    expect(await editsFoundAfter(job, first.documentId)).toEqual([{ status: "background" }]);
    expect(await read(second, context())).toEqual({ unchanged: true });
  });

  test("of which the first could only be read after the second still show the edit, and the second counts", async () => {
    const [first, second] = await two();
    const subject = String(first.captureId);
    const failure = {
      stage: "read",
      subject,
      code: "reader-crashed",
      message: "",
      remedy: "park",
      nextAt: null,
    } as const;
    await fileFailure(db(), failure, noon);
    const early = context();
    expect(await read(second, early)).toMatchObject({ cause: "first" });
    expect(await editsFoundAfter(early, first.documentId)).toEqual([]);
    await clearFailure(db(), "read", subject);
    const late = context();
    expect(await read(first, late)).toMatchObject({ cause: "reread" });
    expect((await currentVersion(db(), first.documentId))?.captureId).toBe(second.captureId);
    expect(await editsFoundAfter(late, first.documentId)).toEqual([{ status: "new" }]);
    expect(await editsFoundAfter(late, first.documentId)).toHaveLength(1);
  });
});

describe("a reader that is newer than the archive", () => {
  test("reads a capture anew without calling it an edit", async () => {
    const capture = await buildCapture(db(), { ...place(), body: page(briefing) });
    await readBefore(capture, "What an older reader saw.");
    expect(await read(capture, context())).toMatchObject({ cause: "reread" });
    expect((await versionsOf(capture.documentId)).map(({ cause }) => cause)).toEqual(["first", "reread"]);
  });

  test("does not take its own better reading of unchanged bytes for an edit", async () => {
    const at = place();
    const first = await buildCapture(db(), { ...at, body: page(briefing) });
    await readBefore(first, "What an older reader saw.");
    const later = await buildCapture(db(), { ...at, body: page(briefing).replace("<body>", "<body><!-- 2 -->") });
    expect(await read(later, context())).toEqual({ unchanged: true });
    expect((await versionsOf(first.documentId)).map(({ cause }) => cause)).toEqual(["first", "reread"]);
  });

  test("still tells an edit from its own better reading", async () => {
    const at = place();
    const first = await buildCapture(db(), { ...at, body: page(briefing) });
    await readBefore(first, "What an older reader saw.");
    const later = await buildCapture(db(), { ...at, body: page(edited) });
    expect(await read(later, context())).toMatchObject({ cause: "edited" });
  });

  test("over all captures of an edited page makes no new edit, and the latest capture counts", async () => {
    const at = place();
    const first = await buildCapture(db(), { ...at, body: page(briefing), fetchedAt: secondsOn(-60) });
    await readBefore(first, "Old reading of the first.");
    const second = await buildCapture(db(), { ...at, body: page(edited) });
    await readBefore(second, "Old reading of the second.");
    for (const { captureId } of [first, second]) await read({ captureId }, context());
    const causes = (await versionsOf(first.documentId)).slice(2).map(({ cause }) => cause);
    expect(causes).toEqual(["reread", "reread"]);
    expect((await currentVersion(db(), first.documentId))?.captureId).toBe(second.captureId);
  });
});
