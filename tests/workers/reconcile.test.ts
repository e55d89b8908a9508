import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { recordAttempt } from "../../src/db/alerts/deliveries.ts";
import { markRead } from "../../src/db/archive/captures.ts";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { failedAttempts, fileFailure, parkedFailures } from "../../src/db/collection/stage-failures.ts";
import { unlinkedVersions } from "../../src/db/copies/copies.ts";
import { claimDigest, digestOf, markHanding, settleDigest } from "../../src/db/digests/digests.ts";
import { versions } from "../../src/db/schema/archive.ts";
import { developments } from "../../src/db/schema/developments.ts";
import { subscribers } from "../../src/db/schema/subscription.ts";
import type { Stage } from "../../src/queues.ts";
import { reconcile } from "../../src/workers/reconcile.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { hoursOn, noon, secondsOn } from "../support/moments.ts";
import {
  buildCapture,
  buildDelivery,
  buildDevelopment,
  buildItem,
  buildSubscriber,
  buildVersion,
  buildWatchedSource,
} from "../support/rows.ts";
import { type SentJob, sentTo, useWorkerContext } from "../support/worker-context.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);
const minuteAgo = secondsOn(-60);

beforeEach(async () => {
  await saveCatalogue(db(), buildCatalogue({ sources: [] }), noon);
  await db().update(subscribers).set({ enabled: false });
});

/** Runs reconcile and gives what it sent to one stage. */
async function sentBy(stage: Stage, at = noon): Promise<readonly SentJob[]> {
  const job = context({ at });
  await reconcile({}, job);
  return job.sent.filter((one) => one.stage === stage);
}

const ids = (jobs: readonly SentJob[]) => jobs.flatMap(({ data }) => Object.values(data));

function hold(stage: Stage, subject: unknown, remedy: "retry" | "park", nextAt: Date | null = null) {
  return fileFailure(db(), { stage, subject: String(subject), code: "x", message: "", remedy, nextAt }, noon);
}

describe("reconcile sends what a stage has forgotten", () => {
  test("sources that are due, with the time at which they were", async () => {
    const [due, late] = [
      await buildWatchedSource(db(), { nextPollAt: noon }),
      await buildWatchedSource(db(), { nextPollAt: secondsOn(1) }),
    ];
    const off = await buildWatchedSource(db(), { enabled: false });
    const jobs = await sentBy("poll");
    expect(jobs.find(({ data }) => ids([{ stage: "poll", data }])[0] === due)?.at).toEqual(noon);
    expect(ids(jobs)).not.toContain(late);
    expect(ids(jobs)).not.toContain(off);
  });

  test("items without an outcome", async () => {
    const forgotten = await buildItem(db(), { firstSeenAt: minuteAgo });
    const young = await buildItem(db(), { firstSeenAt: secondsOn(-10) });
    const decided = await buildItem(db(), { firstSeenAt: minuteAgo });
    await buildCapture(db(), { itemId: decided });
    const held = await buildItem(db(), { firstSeenAt: minuteAgo });
    await hold("fetch", held, "park");
    const sent = ids(await sentBy("fetch"));
    expect(sent).toContain(forgotten);
    for (const one of [young, decided, held]) expect(sent).not.toContain(one);
  });

  test("captures that nobody read", async () => {
    const forgotten = await buildCapture(db(), { fetchedAt: minuteAgo });
    const young = await buildCapture(db(), { fetchedAt: noon });
    const read = await buildCapture(db(), { fetchedAt: minuteAgo });
    await markRead(db(), read.captureId, 1);
    const held = await buildCapture(db(), { fetchedAt: minuteAgo });
    await hold("read", held.captureId, "park");
    const sent = ids(await sentBy("read"));
    expect(sent).toContain(forgotten.captureId);
    for (const one of [young, read, held]) expect(sent).not.toContain(one.captureId);
  });

  test("versions that nobody searched for news", async () => {
    const forgotten = await buildVersion(db(), { createdAt: minuteAgo });
    const young = await buildVersion(db(), { createdAt: noon });
    const searched = await buildVersion(db(), { createdAt: minuteAgo });
    await db().update(versions).set({ detectedBy: 1 }).where(eq(versions.id, searched.versionId));
    const sent = ids(await sentBy("detect"));
    expect(sent).toContain(forgotten.versionId);
    for (const one of [young, searched]) expect(sent).not.toContain(one.versionId);
  });

  test("developments that met no rule yet", async () => {
    const forgotten = await buildDevelopment(db(), { detectedAt: minuteAgo });
    const young = await buildDevelopment(db(), { detectedAt: noon });
    const matched = await buildDevelopment(db(), { detectedAt: minuteAgo });
    await db().update(developments).set({ matchedAt: noon }).where(eq(developments.id, matched.developmentId));
    const sent = ids(await sentBy("match"));
    expect(sent).toContain(forgotten.developmentId);
    for (const one of [young, matched]) expect(sent).not.toContain(one.developmentId);
  });

  test("deliveries whose time has come", async () => {
    const [due, later] = [await buildDelivery(db()), await buildDelivery(db(), { at: secondsOn(60) })];
    const sent = ids(await sentBy("deliver"));
    expect(sent).toContain(due);
    expect(sent).not.toContain(later);
  });

  test("deliveries to be tried again, under the time that their worker gave them", async () => {
    const id = await buildDelivery(db());
    const attempt = { attemptedAt: minuteAgo, httpStatus: 500, failureCode: "x", message: null, elapsedMs: 1 };
    await recordAttempt(db(), id, attempt, secondsOn(-5));
    const jobs = await sentBy("deliver");
    expect(jobs.find(({ data }) => ids([{ stage: "deliver", data }])[0] === id)?.at).toEqual(secondsOn(-5));
  });

  test("documents to be looked at again, with the time at which they were to be", async () => {
    const due = await buildCapture(db(), { nextCheckAt: minuteAgo });
    const later = await buildCapture(db(), { nextCheckAt: secondsOn(60) });
    const jobs = await sentBy("recheck");
    expect(jobs.find(({ data }) => ids([{ stage: "recheck", data }])[0] === due.documentId)?.at).toEqual(minuteAgo);
    expect(ids(jobs)).not.toContain(later.documentId);
  });
});

describe("reconcile sends what is to be tried again", () => {
  test("when its time has come, as a second try with the id it was filed under", async () => {
    const itemId = await buildItem(db());
    await hold("fetch", itemId, "retry", secondsOn(3_600));
    await hold("digest", "7.2026-05-19", "retry", secondsOn(3_600));
    expect((await sentBy("fetch")).filter(({ retry }) => retry)).toEqual([]);
    const later = context({ at: secondsOn(3_600) });
    await reconcile({}, later);
    const retries = later.sent.filter(({ retry }) => retry).map(({ stage, data }) => ({ stage, data }));
    expect(retries).toEqual(
      expect.arrayContaining([
        { stage: "fetch", data: { itemId } },
        { stage: "digest", data: { subscriberId: 7, day: "2026-05-19", period: "daily" } },
      ]),
    );
  });
});

describe("reconcile sends the digests whose hour has come", () => {
  const day = "2026-05-19";

  test("once: not before, not when it was sent, not while it is being sent", async () => {
    const subscriberId = await buildSubscriber(db());
    const wanted = async (at: Date) => {
      const job = context({ at });
      await reconcile({}, job);
      return sentTo(job, "digest").filter((data) => data.subscriberId === subscriberId);
    };
    expect(await wanted(hoursOn(-5.01))).toEqual([{ subscriberId, day: "2026-05-18", period: "daily" }]);
    expect(await wanted(noon)).toEqual([{ subscriberId, day, period: "daily" }]);
    const about = { subscriberId, day, periodStart: hoursOn(-29), periodEnd: hoursOn(-5), messageId: "<a@b>" };
    const id = await claimDigest(db(), { ...about, subject: "s", html: "h", plain: "p" }, noon);
    expect(await wanted(noon)).toEqual([]);
    await settleDigest(db(), id ?? 0, "failed", "busy", noon);
    expect(await wanted(noon), "its next try was never filed: the process died").toEqual([
      { subscriberId, day, period: "daily" },
    ]);
    await hold("digest", `${subscriberId}.${day}.daily`, "park");
    expect(await wanted(noon)).toEqual([]);
  });

  test("but not this morning's to who subscribed at noon", async () => {
    const subscriberId = await buildSubscriber(db(), { createdAt: secondsOn(-1) });
    expect(ids(await sentBy("digest"))).not.toContain(subscriberId);
    expect(ids(await sentBy("digest", hoursOn(19)))).toContain(subscriberId);
  });

  test("and names those of which a dead process left no word", async () => {
    const subscriberId = await buildSubscriber(db());
    const about = { subscriberId, day, periodStart: hoursOn(-29), periodEnd: hoursOn(-5), messageId: "<c@d>" };
    const id = await claimDigest(db(), { ...about, subject: "s", html: "h", plain: "p" }, secondsOn(-700));
    await markHanding(db(), id ?? 0);
    const job = context();
    await reconcile({}, job);
    expect((await digestOf(db(), subscriberId, day))?.status).toBe("unknown");
    expect(job.lines.map(({ msg }) => msg)).toContain("digests that may or may not have gone out");
    const again = sentTo(job, "digest").filter((data) => data.subscriberId === subscriberId);
    expect(again, "it is sent once more").toEqual([{ subscriberId, day, period: "daily" }]);
  });
});

describe("one text that always fails", () => {
  const broken = "This text breaks the readers.";

  /** A context whose readers cannot read the records of one text. */
  function withBrokenText(at: Date) {
    const job = context({ at });
    const record: typeof job.reader.record = (task) =>
      task.article.text === broken ? Promise.reject(new Error("the reader broke")) : job.reader.record(task);
    return { ...job, reader: { ...job.reader, record } };
  }

  async function oldText(text: string): Promise<number> {
    const { versionId } = await buildVersion(db(), { article: { text }, createdAt: minuteAgo });
    await db().update(versions).set({ detectedBy: 1 }).where(eq(versions.id, versionId));
    return versionId;
  }

  const recordedBy = async (id: number) =>
    (await db().select({ by: versions.recordedBy }).from(versions).where(eq(versions.id, id)))[0]?.by ?? null;

  test("holds up no other: its failure is filed, it is tried again later and put aside at last", async () => {
    const bad = await oldText(broken);
    const good = await oldText("The two sides spoke about AI.");
    await reconcile({}, withBrokenText(noon));
    expect(await recordedBy(bad)).toBeNull();
    expect(await recordedBy(good)).not.toBeNull();
    expect(await failedAttempts(db(), "record", String(bad))).toBe(1);
    await reconcile({}, withBrokenText(secondsOn(1)));
    expect(await failedAttempts(db(), "record", String(bad)), "its next try is not due").toBe(1);
    for (const hour of [1, 2, 3, 4, 5, 6]) await reconcile({}, withBrokenText(hoursOn(hour)));
    expect(await failedAttempts(db(), "record", String(bad))).toBe(5);
    const parked = await parkedFailures(db(), 10);
    expect(parked).toContainEqual(expect.objectContaining({ stage: "record", subject: String(bad) }));
  });

  test("is off the file once it goes through", async () => {
    const bad = await oldText(broken);
    await reconcile({}, withBrokenText(noon));
    expect(await failedAttempts(db(), "record", String(bad))).toBe(1);
    await reconcile({}, context({ at: secondsOn(10) }));
    expect(await recordedBy(bad)).not.toBeNull();
    expect(await failedAttempts(db(), "record", String(bad))).toBe(0);
  });

  test("holds up no other either where it cannot be compared with the others", async () => {
    const bad = await oldText("The first text, which the database refuses.");
    const good = await oldText("The second text, which it takes.");
    await db().execute(sql`create function refuse_sketch() returns trigger language plpgsql as
      'begin raise exception ''refused''; end'`);
    await db().execute(sql`create trigger refuse_sketch before insert on version_sketches for each row
      when (new.version_id = ${sql.raw(String(bad))}) execute function refuse_sketch()`);
    await reconcile({}, context());
    expect(await failedAttempts(db(), "link", String(bad))).toBe(1);
    const before = { createdBefore: noon, now: secondsOn(-1) };
    expect(await unlinkedVersions(db(), before, 100)).not.toContain(good);
    await db().execute(sql`drop trigger refuse_sketch on version_sketches`);
    await reconcile({}, context({ at: secondsOn(10) }));
    expect(await failedAttempts(db(), "link", String(bad))).toBe(0);
    expect(await unlinkedVersions(db(), before, 100)).not.toContain(bad);
  });
});

test("run twice, reconcile asks for the same and changes nothing", async () => {
  await buildItem(db(), { firstSeenAt: minuteAgo });
  const [one, other] = [context(), context()];
  const first = await reconcile({}, one);
  expect(await reconcile({}, other)).toEqual(first);
  expect(other.sent).toEqual(one.sent);
});
