import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { allTokens, makeToken, revokeTokens, scopeOfToken } from "../../src/db/analysts/tokens.ts";
import { unreadCaptures } from "../../src/db/archive/captures.ts";
import { openIncidents, settleIncidents, takePulse } from "../../src/db/collection/incidents.ts";
import {
  clearFailure,
  failedAttempts,
  fileFailure,
  parkedFailures,
  retriesDue,
} from "../../src/db/collection/stage-failures.ts";
import { activeSubscriber, activeSubscribers } from "../../src/db/digests/subscribers.ts";
import { gaugesNow } from "../../src/db/postgres/gauges.ts";
import { holdRunnerLock, type RunnerLock } from "../../src/db/postgres/runner-lock.ts";
import { versions } from "../../src/db/schema/archive.ts";
import { incidents, tokens } from "../../src/db/schema/operation.ts";
import { Failure } from "../../src/domain/failure.ts";
import { useDatabase } from "../support/database.ts";
import { hoursOn, noon, secondsOn } from "../support/moments.ts";
import { buildCapture, buildSubscriber, buildVersion, buildWatchedSource } from "../support/rows.ts";

const db = useDatabase();

/** Takes the lock again; a first query may only find out that the connection is gone. */
async function keepAgain({ keep }: RunnerLock): Promise<void> {
  await keep().catch((error) => (error instanceof Failure ? Promise.reject(error) : keep()));
}

describe("an incident", () => {
  const trouble = { sourceId: null, code: "stage-stuck-read", message: "12 rows have waited." };

  test("opens once, stays open while it lasts, closes, and opens anew when it comes back", async () => {
    expect(await settleIncidents(db(), [trouble], noon)).toEqual({ opened: [trouble], closed: 0 });
    expect(await settleIncidents(db(), [trouble], secondsOn(60))).toEqual({ opened: [], closed: 0 });
    expect((await openIncidents(db())).map(({ openedAt }) => openedAt)).toEqual([noon]);
    expect(await settleIncidents(db(), [], secondsOn(120))).toEqual({ opened: [], closed: 1 });
    expect(await openIncidents(db())).toEqual([]);
    expect(await settleIncidents(db(), [trouble], secondsOn(180))).toEqual({ opened: [trouble], closed: 0 });
    expect(await db().select().from(incidents).where(eq(incidents.code, trouble.code))).toHaveLength(2);
    await settleIncidents(db(), [], secondsOn(240));
  });

  test("is one when two watchdogs look at the same moment", async () => {
    const sourceId = await buildWatchedSource(db());
    const failing = { sourceId, code: "source-failing", message: "It failed three times." };
    await Promise.all([settleIncidents(db(), [failing], noon), settleIncidents(db(), [failing], noon)]);
    expect(await openIncidents(db())).toHaveLength(1);
    await settleIncidents(db(), [], noon);
  });
});

describe("the pulse", () => {
  test("names sources that fail and those that nobody polls, and rows that wait too long", async () => {
    const failing = await buildWatchedSource(db(), { failuresInRow: 3, nextPollAt: hoursOn(1) });
    const twice = await buildWatchedSource(db(), { failuresInRow: 2, nextPollAt: hoursOn(1) });
    const overdue = await buildWatchedSource(db(), { nextPollAt: secondsOn(-121) });
    const late = await buildWatchedSource(db(), { nextPollAt: secondsOn(-100) });
    const off = await buildWatchedSource(db(), { enabled: false, failuresInRow: 9, nextPollAt: null });
    await buildCapture(db(), { fetchedAt: secondsOn(-700) });
    const held = await buildCapture(db(), { fetchedAt: secondsOn(-700) });
    await fileFailure(
      db(),
      { stage: "read", subject: String(held.captureId), code: "no-text", message: "", remedy: "park", nextAt: null },
      noon,
    );
    const pulse = await takePulse(db(), noon);
    const ids = [...pulse.failing, ...pulse.overdue].map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([failing, overdue]));
    for (const well of [twice, late, off]) expect(ids).not.toContain(well);
    expect(pulse.stuck).toEqual({ read: 1 });
  });

  test("counts texts of which nobody kept records and that nobody compared with the others, but for what is put aside", async () => {
    const { versionId } = await buildVersion(db(), { createdAt: secondsOn(-700) });
    await db().update(versions).set({ detectedBy: 1 }).where(eq(versions.id, versionId));
    expect((await takePulse(db(), noon)).stuck).toMatchObject({ record: 1, link: 1 });
    expect((await gaugesNow(db(), noon)).waiting.record).toEqual({ rows: 1, oldestSeconds: 700 });
    for (const stage of ["record", "link"])
      await fileFailure(
        db(),
        { stage, subject: String(versionId), code: "defect", message: "", remedy: "park", nextAt: null },
        noon,
      );
    const after = await takePulse(db(), noon);
    expect([after.stuck.record, after.stuck.link]).toEqual([undefined, undefined]);
    expect((await gaugesNow(db(), noon)).waiting.record).toEqual({ rows: 0, oldestSeconds: 0 });
  });
});

describe("a failed job", () => {
  const failure = (subject: string, remedy: "retry" | "park") => ({
    ...{ stage: "fetch", subject, code: "http-busy", message: "busy\0", remedy },
    nextAt: remedy === "retry" ? secondsOn(60) : null,
  });

  test("is counted each time, keeps when it first failed, and is forgotten when it goes through", async () => {
    await fileFailure(db(), failure("1", "retry"), noon);
    await fileFailure(db(), failure("1", "retry"), secondsOn(30));
    expect(await failedAttempts(db(), "fetch", "1")).toBe(2);
    const rows = await db().execute(
      sql`select first_at = ${noon.toISOString()}::timestamptz as same from stage_failures where subject = '1'`,
    );
    expect(rows[0]).toEqual({ same: true });
    await clearFailure(db(), "fetch", "1");
    expect(await failedAttempts(db(), "fetch", "1")).toBe(0);
  });

  test("is due at its time; a parked one never is", async () => {
    await fileFailure(db(), failure("2", "retry"), noon);
    await fileFailure(db(), failure("3", "park"), noon);
    expect(await retriesDue(db(), secondsOn(59), 100)).toEqual([]);
    expect(await retriesDue(db(), secondsOn(60), 100)).toEqual([{ stage: "fetch", subject: "2" }]);
    expect((await parkedFailures(db(), 100)).map(({ subject }) => subject)).toContain("3");
  });

  test("of another stage holds nothing back", async () => {
    const { captureId } = await buildCapture(db(), { fetchedAt: secondsOn(-60) });
    await fileFailure(db(), failure(String(captureId), "park"), noon);
    expect(await unreadCaptures(db(), noon, 1_000)).toContain(captureId);
  });
});

describe("a token", () => {
  test("opens what its scope says, and only its digest is kept", async () => {
    const token = await makeToken(db(), "desk", "editor", noon, null);
    expect(token).toMatch(/^parley_[\w-]{43}$/);
    expect(await scopeOfToken(db(), token, noon)).toBe("editor");
    const [row] = await db().select().from(tokens);
    expect(Buffer.from(row?.sha256 ?? []).includes(Buffer.from(token.slice(7, 20)))).toBe(false);
    expect(JSON.stringify(await allTokens(db()))).not.toContain(token);
  });

  test.each(["", "parley_", "parley_unknown", "x".repeat(10_000), "'; drop table tokens; --"])(
    "that nobody made opens nothing: %j",
    async (token) => {
      expect(await scopeOfToken(db(), token, noon)).toBeNull();
    },
  );

  test("opens nothing when it is over, from that very moment", async () => {
    const token = await makeToken(db(), "visitor", "reader", noon, secondsOn(60));
    expect(await scopeOfToken(db(), token, secondsOn(59))).toBe("reader");
    expect(await scopeOfToken(db(), token, secondsOn(60))).toBeNull();
  });

  test("opens nothing when it was revoked", async () => {
    const token = await makeToken(db(), "gone", "admin", noon, null);
    expect(await revokeTokens(db(), "gone", noon)).toBe(1);
    expect(await revokeTokens(db(), "gone", noon)).toBe(0);
    expect(await scopeOfToken(db(), token, noon)).toBeNull();
  });
});

describe("the lock of the one monitor", () => {
  test("is refused to a second one, naming the process and the folder, and given when the first has gone", async () => {
    const { release } = await holdRunnerLock(db.url(), "/data/parley");
    await expect(holdRunnerLock(db.url(), "/data/parley")).rejects.toMatchObject({
      code: "in-use",
      message: expect.stringMatching(new RegExp(`process ${process.pid}\\).*/data/parley`)),
    });
    await release();
    const again = await holdRunnerLock(db.url(), "/data/parley");
    await again.release();
  });

  /** Ends the connections that hold the lock, as a killed server does. */
  const endConnections = () =>
    db().execute(sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name like 'parley runner %' and datname = current_database()`);

  test("is taken again after its connection was lost", async () => {
    const lock = await holdRunnerLock(db.url(), "/data/parley");
    await endConnections();
    await keepAgain(lock);
    await lock.keep();
    await expect(holdRunnerLock(db.url(), "/data/parley")).rejects.toMatchObject({ code: "in-use" });
    await lock.release();
    const next = await holdRunnerLock(db.url(), "/data/parley");
    await next.release();
  });

  test("that another took meanwhile is not taken back: the first is told to leave", async () => {
    const first = await holdRunnerLock(db.url(), "/data/parley");
    await endConnections();
    const second = await holdRunnerLock(db.url(), "/data/parley");
    await expect(keepAgain(first)).rejects.toMatchObject({ code: "in-use" });
    await first.release();
    await second.release();
  });
});

test("a subscriber is told by the address and may move to another zone", async () => {
  const id = await buildSubscriber(db(), { address: "one@desk.example" });
  expect(await buildSubscriber(db(), { address: "one@desk.example", timeZone: "Asia/Shanghai" })).toBe(id);
  expect(await activeSubscriber(db(), id)).toMatchObject({ timeZone: "Asia/Shanghai", sendAt: "07:00" });
  expect((await activeSubscribers(db())).filter(({ address }) => address === "one@desk.example")).toHaveLength(1);
  expect(await activeSubscriber(db(), 999_999)).toBeNull();
});
