import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { savePoll } from "../../src/db/collection/polls.ts";
import { digestOf } from "../../src/db/digests/digests.ts";
import { changeWishes, confirmSubscriber, subscriberAt, unsubscribe } from "../../src/db/digests/subscribers.ts";
import { Failure } from "../../src/domain/failure.ts";
import { createMailer, type Mail, type Mailer } from "../../src/net/mail.ts";
import { digest } from "../../src/workers/digest.ts";
import { refusing, smtp } from "../net/support/smtp.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { hoursOn, noon } from "../support/moments.ts";
import { buildDevelopment, buildSubscriber, buildWatchedSource } from "../support/rows.ts";
import { useWorkerContext } from "../support/worker-context.ts";
import { openWeb } from "../web/open-web.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);
const day = "2026-05-19";

beforeAll(async () => {
  await saveCatalogue(db(), buildCatalogue({ sources: [] }), noon);
  await buildDevelopment(db(), { summary: "Norland and Vestria agreed to talk.", detectedAt: hoursOn(-10) });
  const sourceId = await buildWatchedSource(db(), { entry: { title: "Harbour Wire" } });
  await savePoll(db(), {
    ...{ sourceId, startedAt: hoursOn(-6), finishedAt: hoursOn(-6), nextPollAt: hoursOn(1), httpStatus: 503 },
    ...{ outcome: "failed", failureCode: "http-busy", message: "it answered 503" },
  });
});

/** The mails in a folder that carry this text. */
async function mailsWith(folder: string, text: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  const mails = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  return mails.filter((mail) => mail.includes(text));
}

/** A mail server that is busy so many times, then takes the mail. */
function busyMailer(times: number): Mailer & { readonly taken: Mail[] } {
  const taken: Mail[] = [];
  let left = times;
  return {
    taken,
    send: async (mail) => {
      if (left-- > 0) throw new Failure("mail-busy", "The mail server is busy.");
      taken.push(mail);
      return { answer: "250 ok", path: null };
    },
  };
}

describe("the digest of a day", () => {
  test("is written once, with what was new and who could not be reached; a second run writes nothing", async () => {
    const subscriberId = await buildSubscriber(db());
    const job = context();
    await digest({ subscriberId, day }, job);
    expect(await digest({ subscriberId, day }, job)).toEqual({ skipped: true });
    const mails = await mailsWith(job.mailDir, `Message-ID: <digest-${subscriberId}-${day}@parley>`);
    expect(mails).toHaveLength(1);
    const stored = await digestOf(db(), subscriberId, day);
    expect(stored).toMatchObject({ status: "sent", sentAt: noon, periodEnd: hoursOn(-5), periodStart: hoursOn(-29) });
    expect(stored?.subject).toContain("Norland and Vestria agreed to talk.");
    expect(stored?.plain).toContain("0 of 1 source reached; 1 failing.");
    expect(stored?.plain).toContain("Harbour Wire: it answered 503");
  });

  test("is sent by one of two processes that want it", async () => {
    const subscriberId = await buildSubscriber(db());
    const mailer = busyMailer(0);
    await Promise.all([1, 2, 3].map(() => digest({ subscriberId, day }, context({ mailer }))));
    expect(mailer.taken).toHaveLength(1);
  });

  test("that the mail server did not take is tried again with the same words and Message-ID", async () => {
    const subscriberId = await buildSubscriber(db());
    const mailer = busyMailer(1);
    await expect(digest({ subscriberId, day }, context({ mailer }))).rejects.toMatchObject({ code: "mail-busy" });
    const failed = await digestOf(db(), subscriberId, day);
    expect(failed).toMatchObject({ status: "failed", message: "The mail server is busy." });
    await buildDevelopment(db(), { severity: 1, summary: "This came later.", detectedAt: hoursOn(-9) });
    await digest({ subscriberId, day }, context({ mailer, at: hoursOn(1) }));
    expect(mailer.taken).toMatchObject([
      { messageId: failed?.messageId, text: failed?.plain, subject: failed?.subject },
    ]);
    expect(await digestOf(db(), subscriberId, day)).toMatchObject({
      status: "sent",
      sentAt: hoursOn(1),
      message: null,
    });
  });

  test("begins where the last one ended, so that nothing falls between two", async () => {
    const subscriberId = await buildSubscriber(db());
    const mailer = busyMailer(0);
    await digest({ subscriberId, day: "2026-05-16" }, context({ mailer, at: hoursOn(-77) }));
    await digest({ subscriberId, day }, context({ mailer }));
    const [first, second] = [await digestOf(db(), subscriberId, "2026-05-16"), await digestOf(db(), subscriberId, day)];
    expect(second?.periodStart).toEqual(first?.periodEnd);
  });

  test("of somebody who moved to a zone that is further on is a digest still", async () => {
    const address = "moved@desk.example";
    const subscriberId = await buildSubscriber(db(), { address, timeZone: "America/Los_Angeles", sendAt: "20:00" });
    const mailer = busyMailer(0);
    await digest({ subscriberId, day: "2026-05-18" }, context({ mailer }));
    await buildSubscriber(db(), { address, timeZone: "Asia/Shanghai", sendAt: "07:00" });
    await digest({ subscriberId, day }, context({ mailer }));
    expect(mailer.taken).toHaveLength(2);
  });

  test("in Chinese speaks Chinese and leaves the quoted words in theirs", async () => {
    const subscriberId = await buildSubscriber(db(), { lang: "zh" });
    await digest({ subscriberId, day }, context({ mailer: busyMailer(0) }));
    const stored = await digestOf(db(), subscriberId, day);
    expect(stored?.plain).toContain("每日简报");
    expect(stored?.plain).toContain("Norland and Vestria agreed to talk.");
  });

  test("of nobody is not sent", async () => {
    expect(await digest({ subscriberId: 999_999, day }, context())).toEqual({ skipped: true });
  });
});

test("a digest does not say that nothing is new when not every source was reached", async () => {
  const subscriberId = await buildSubscriber(db());
  const mailer = busyMailer(0);
  await digest({ subscriberId, day: "2026-05-22" }, context({ mailer, at: hoursOn(72) }));
  expect(mailer.taken[0]?.subject).toBe("Parley: nothing found, but not all sources were reached");
});

describe("an address that the mail server refuses", () => {
  /** Sends the digests of some days by a real mail server. */
  async function sendOn(days: readonly string[], subscriberId: number, url: string): Promise<readonly unknown[]> {
    const mailer = createMailer({ smtpUrl: url, mailDir: "/nowhere", from: "Parley <parley@example.org>" });
    const ends: unknown[] = [];
    for (const one of days)
      ends.push(await digest({ subscriberId, day: one }, context({ mailer })).catch(({ code }) => code));
    return ends;
  }

  test("three times in a row is suspended with the reason; a mail that is taken in between counts anew", async () => {
    const answers = [550, 550, 250, 550, 550, 550];
    const server = await smtp({
      onRcptTo: (_address, _session, done) => {
        const code = answers.shift() ?? 250;
        done(code === 250 ? undefined : refusing(code));
      },
    });
    const address = "gone@desk.example";
    const subscriberId = await buildSubscriber(db(), { address });
    const days = ["2026-05-11", "2026-05-12", "2026-05-13", "2026-05-14", "2026-05-15"];
    const ends = await sendOn(days, subscriberId, server.url);
    expect(ends.filter((end) => end === "mail-refused")).toHaveLength(4);
    expect(await subscriberAt(db(), address)).toMatchObject({ bounces: 2, suspendedAt: null });
    expect(await sendOn(["2026-05-16", "2026-05-17"], subscriberId, server.url)).toEqual([
      "mail-refused",
      { skipped: true },
    ]);
    const suspended = await subscriberAt(db(), address);
    expect(suspended).toMatchObject({ suspendedAt: noon, suspendedBecause: expect.stringContaining("550") });
    const { $ } = await openWeb(db()).page("/deliveries");
    expect($("main").text()).toContain("g…@desk.example");
    expect($("main").text()).not.toContain(address);

    await confirmSubscriber(db(), subscriberId, noon);
    expect(await sendOn(["2026-05-18"], subscriberId, server.url)).toMatchObject([{ day: "2026-05-18" }]);
  });

  test("is not taken for gone when the server refuses us: the digest is tried again", async () => {
    const server = await smtp({ authOptional: false, onAuth: (_auth, _session, done) => done(refusing(535)) });
    const url = server.url.replace("smtp://", "smtp://me:wrong@");
    const address = "innocent@desk.example";
    const subscriberId = await buildSubscriber(db(), { address });
    const days = ["2026-05-11", "2026-05-12", "2026-05-13", "2026-05-14"];
    expect(new Set(await sendOn(days, subscriberId, url))).toEqual(new Set(["mail-denied"]));
    expect(await subscriberAt(db(), address)).toMatchObject({ bounces: 0, suspendedAt: null });
    expect(await digestOf(db(), subscriberId, "2026-05-14")).toMatchObject({ status: "failed" });
  });
});

test("the digest of the week tells the week, in a mail of its own beside that of the day", async () => {
  await buildDevelopment(db(), { summary: "A hotline was opened on Friday.", detectedAt: hoursOn(-4 * 24) });
  const subscriberId = await buildSubscriber(db());
  const mailer = busyMailer(0);
  await digest({ subscriberId, day }, context({ mailer }));
  await digest({ subscriberId, day, period: "weekly" }, context({ mailer }));
  expect(await digest({ subscriberId, day, period: "weekly" }, context({ mailer }))).toEqual({ skipped: true });
  const [daily, weekly] = mailer.taken;
  expect(mailer.taken).toHaveLength(2);
  expect(daily?.text).not.toContain("A hotline was opened on Friday.");
  expect(weekly?.text).toContain("A hotline was opened on Friday.");
  expect(weekly?.messageId).not.toBe(daily?.messageId);
  const stored = await digestOf(db(), subscriberId, day, "weekly");
  expect(stored).toMatchObject({ periodStart: hoursOn(-5 - 7 * 24), periodEnd: hoursOn(-5) });
});

test("what a subscriber watches stands in no log and on nobody else's page, also after they left", async () => {
  await buildDevelopment(db(), { summary: "Zebrafish were mentioned.", detectedAt: hoursOn(-9) });
  const subscriberId = await buildSubscriber(db(), { address: "secretive@desk.example" });
  const [other] = [await buildSubscriber(db())];
  const wish = { timeZone: "UTC", sendAt: "07:00", lang: "en" };
  await changeWishes(db(), subscriberId, { ...wish, watch: "zebrafish -norland" });
  const job = context({ mailer: busyMailer(0) });
  await digest({ subscriberId, day }, job);
  await digest({ subscriberId: other, day }, job);
  const stored = await digestOf(db(), subscriberId, day);
  expect(stored?.subject).toContain("Zebrafish");
  expect(stored?.plain).not.toContain("agreed to talk");
  expect(JSON.stringify(job.lines)).not.toMatch(/zebrafish|secretive/i);

  const web = openWeb(db());
  const mustHide = async () => {
    for (const place of [`/digests/${stored?.id}`, `/api/v1/digests/${stored?.id}`, `/api/v1/digests`, "/metrics"]) {
      const text = await (await web.get(place)).text();
      expect(text, place).not.toMatch(/-norland|secretive@|Zebrafish were/);
    }
    expect((await web.get(`/digests/${stored?.id}/mail`)).status).toBe(404);
    const { $ } = await web.page("/deliveries");
    expect($(`a[href="/digests/${stored?.id}"]`).text()).toBe("Digest");
  };
  await mustHide();
  await unsubscribe(db(), subscriberId, noon);
  expect(await subscriberAt(db(), "secretive@desk.example")).toMatchObject({ watch: null });
  await mustHide();
});
