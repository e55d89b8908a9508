import { describe, expect, test } from "vitest";
import { openDatabase } from "../../../src/db/client.ts";
import {
  claimDigest,
  digestOf,
  lastDigest,
  markHanding,
  type NewDigest,
  reclaimDigest,
  settleDeadDigests,
  settleDigest,
} from "../../../src/db/digests/digests.ts";
import { useDatabase } from "../../support/database.ts";
import { hoursOn, noon, secondsOn } from "../../support/moments.ts";
import { buildSubscriber } from "../../support/rows.ts";

const db = useDatabase();

function digest(subscriberId: number, day = "2026-05-19"): NewDigest {
  return {
    ...{ subscriberId, day, periodStart: hoursOn(-24), periodEnd: noon, messageId: `<${subscriberId}-${day}@parley>` },
    ...{ subject: "Parley", html: "<p>nothing\0 new</p>", plain: "nothing new \ud800" },
  };
}

describe("the digest of a day", () => {
  test("is claimed by one of two processes that want it at the same moment", async () => {
    const subscriberId = await buildSubscriber(db());
    const other = openDatabase(db.url());
    const claims = await Promise.all(
      [db(), other.db, db(), other.db].map((one) => claimDigest(one, digest(subscriberId), noon)),
    ).finally(other.close);
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });

  test("that failed is taken up again by one of two, with the words and the Message-ID it had", async () => {
    const subscriberId = await buildSubscriber(db());
    const id = (await claimDigest(db(), digest(subscriberId), noon)) ?? 0;
    await settleDigest(db(), id, "failed", "the mail server is busy", noon);
    const taken = await Promise.all([1, 2].map(() => reclaimDigest(db(), id, secondsOn(60))));
    expect(taken.filter((claim) => claim !== null)).toEqual([id]);
    expect(await digestOf(db(), subscriberId, "2026-05-19")).toMatchObject({
      ...{ status: "claimed", messageId: `<${subscriberId}-2026-05-19@parley>`, plain: "nothing new \ufffd" },
    });
  });

  test("that was sent is not taken up again", async () => {
    const subscriberId = await buildSubscriber(db());
    const id = (await claimDigest(db(), digest(subscriberId), noon)) ?? 0;
    await settleDigest(db(), id, "sent", null, noon);
    expect(await reclaimDigest(db(), id, noon)).toBeNull();
    expect(await claimDigest(db(), digest(subscriberId), noon)).toBeNull();
    expect(await digestOf(db(), subscriberId, "2026-05-19")).toMatchObject({ status: "sent", sentAt: noon });
  });

  test("whose process died before anything left is sent as if never tried", async () => {
    const subscriberId = await buildSubscriber(db());
    const id = (await claimDigest(db(), digest(subscriberId), secondsOn(-700))) ?? 0;
    expect(await settleDeadDigests(db(), secondsOn(-600))).toEqual({ unsent: [id], unknown: [] });
    expect(await settleDeadDigests(db(), secondsOn(-600))).toEqual({ unsent: [], unknown: [] });
    expect(await reclaimDigest(db(), id, noon)).toBe(id);
    expect(await digestOf(db(), subscriberId, "2026-05-19")).toMatchObject({ repeats: 0 });
  });

  test("whose process died while it was handed over is marked unknown and repeated once, never twice", async () => {
    const subscriberId = await buildSubscriber(db());
    const id = (await claimDigest(db(), digest(subscriberId), secondsOn(-700))) ?? 0;
    await markHanding(db(), id);
    expect(await settleDeadDigests(db(), secondsOn(-600))).toEqual({ unsent: [], unknown: [id] });
    expect(await reclaimDigest(db(), id, secondsOn(-700))).toBe(id);
    await markHanding(db(), id);
    expect(await settleDeadDigests(db(), secondsOn(-600))).toEqual({ unsent: [], unknown: [id] });
    expect(await reclaimDigest(db(), id, noon)).toBeNull();
    expect(await digestOf(db(), subscriberId, "2026-05-19")).toMatchObject({ status: "unknown", repeats: 1 });
  });

  test("begins where the last one ended that went out or may have", async () => {
    const subscriberId = await buildSubscriber(db());
    const sent = (await claimDigest(db(), digest(subscriberId, "2026-05-16"), noon)) ?? 0;
    await settleDigest(db(), sent, "sent", null, noon);
    const failed = (await claimDigest(db(), digest(subscriberId, "2026-05-18"), noon)) ?? 0;
    await settleDigest(db(), failed, "failed", "busy", noon);
    expect((await lastDigest(db(), subscriberId, "daily", "2026-05-19"))?.day).toBe("2026-05-16");
    expect(await lastDigest(db(), subscriberId, "daily", "2026-05-16")).toBeNull();
  });
});
