import type { Archive } from "../archive.ts";
import type { Config } from "../config.ts";
import { activeSubscribers, type Subscriber } from "../db/digests/subscribers.ts";
import { databaseNow } from "../db/postgres/clock.ts";
import { type DigestPeriod, lastDueDigest, lastDueDigests } from "../domain/digest-time.ts";
import { Failure } from "../domain/failure.ts";
import { mailFolder, openMailer } from "../open-mailer.ts";
import { readSecretKey } from "../secret-key.ts";
import { type DigestContext, digest } from "../workers/digest.ts";
import { makeLog, withArchive } from "./context.ts";
import { mustBeADay, noSuchSubscriber } from "./digest.ts";
import { say } from "./output.ts";
import { publicUrlOf } from "./public-url.ts";

type SendOptions = { readonly date?: string; readonly to?: string; readonly week?: boolean };

/**
 * Sends the digest of a day now, by the way and with the claim of the worker: what was sent, or is being sent, is not sent again. Without
 * a date it is the one that was due last. Exit status 1 when a mail was not taken; it may be tried again.
 *
 * @throws {Failure} `bad-input` when the day is none, lies ahead, or nobody gets such a digest then.
 */
export async function sendDigestCommand({ date, to, week = false }: SendOptions): Promise<void> {
  mustBeADay(date);
  const period = week ? "weekly" : "daily";
  await withArchive(async (archive, config) => {
    const context = await contextOf(archive, config);
    const now = await databaseNow(archive.db);
    const subscribers = await activeSubscribers(archive.db);
    const chosen = to === undefined ? subscribers : subscribers.filter(({ address }) => address === to);
    if (to !== undefined && chosen.length === 0) throw noSuchSubscriber(to);
    const due = chosen.flatMap((subscriber) => {
      const day = dayFor(subscriber, period, date, now);
      return day === null ? [] : [{ subscriber, day }];
    });
    if (due.length === 0) throw nobodyGetsIt(period, date, to);
    for (const { subscriber, day } of due) await sendOne(subscriber, day, period, context);
    if (!config.SMTP_URL) say(`No SMTP_URL is set: mails are written to ${mailFolder(config)}.`);
  });
}

async function contextOf({ db }: Archive, config: Config): Promise<Omit<DigestContext, "now">> {
  const secretKey = await readSecretKey(config);
  return {
    ...{ db, secretKey, mailer: openMailer(config), publicUrl: publicUrlOf(config) },
    log: makeLog(config.PARLEY_LOG_LEVEL),
  };
}

/** Gives the day of which somebody gets a digest; null where they want none such, or the week of theirs ends on another day. */
function dayFor(subscriber: Subscriber, period: DigestPeriod, date: string | undefined, now: Date): string | null {
  const last = lastDueDigests(subscriber, now).find((one) => one.period === period);
  if (!last || date === undefined) return last?.day ?? null;
  const today = lastDueDigest({ ...subscriber, sendAt: "00:00" }, now).day;
  if (date > today)
    throw new Failure("bad-input", `--date ${date} lies in the future: today is ${today} in ${subscriber.timeZone}.`);
  return period === "daily" || weekdayOf(date) === subscriber.weeklyOn ? date : null;
}

/** Counts from 1 Monday to 7 Sunday. */
function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

function nobodyGetsIt(period: DigestPeriod, date: string | undefined, to: string | undefined): Failure {
  const when = date === undefined ? "" : ` on ${date}`;
  return new Failure(
    "bad-input",
    `${to ?? "Nobody"} gets ${to === undefined ? "a" : "no"} ${period} digest${when}; parley subscribers lists who gets what.`,
  );
}

async function sendOne(
  { id, address }: Subscriber,
  day: string,
  period: DigestPeriod,
  context: Omit<DigestContext, "now">,
): Promise<void> {
  // Claims are compared between machines: the time is the database's.
  const now = await databaseNow(context.db);
  try {
    const { skipped } = await digest({ subscriberId: id, day, period }, { ...context, now: () => now });
    say(
      skipped
        ? `The ${period} digest of ${day} went to ${address} before, or is being sent: not sent again.`
        : `The ${period} digest of ${day} is sent to ${address}.`,
    );
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    say(`The ${period} digest of ${day} was not sent to ${address}: ${error.message}`);
    process.exitCode = 1;
  }
}
