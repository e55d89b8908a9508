import { describe, expect, onTestFinished, test, vi } from "vitest";
import { databaseNow, followDatabaseClock } from "../../../src/db/postgres/clock.ts";
import { useDatabase } from "../../support/database.ts";

const db = useDatabase();

describe("the clock that processes share", () => {
  test.each([
    ["two hours fast", 7_200_000],
    ["two hours slow", -7_200_000],
    ["right", 0],
  ])("is the database's on a machine that is %s", async (_, aheadMs) => {
    const right = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now: right + aheadMs });
    onTestFinished(() => void vi.useRealTimers());
    expect(Math.abs((await databaseNow(db())).getTime() - right)).toBeLessThan(60_000);
    const told: number[] = [];
    const clock = await followDatabaseClock(db(), (skewMs) => told.push(skewMs));
    onTestFinished(clock.stop);
    expect(Math.abs(clock.now().getTime() - right)).toBeLessThan(60_000);
    expect(told.map((ms) => Math.round(ms / 3_600_000))).toEqual(aheadMs === 0 ? [] : [aheadMs / 3_600_000]);
  });
});
