import { isLooseDate } from "../catalogue/fields.ts";
import { activeSubscribers, allSubscribers, type Subscriber } from "../db/digests/subscribers.ts";
import { lastDueDigest } from "../domain/digest-time.ts";
import { Failure } from "../domain/failure.ts";
import { prepareDigest } from "../workers/digest.ts";
import { withArchive } from "./context.ts";
import { printRows, say } from "./output.ts";
import { publicUrlOf } from "./public-url.ts";

const DAY_MS = 86_400_000;

type DigestOptions = {
  readonly date?: string;
  readonly to?: string;
  readonly html?: boolean;
  readonly lang?: string;
  readonly week?: boolean;
};

/** Prints the digest of a day as it would be sent (or was), without sending anything. */
export async function digestCommand(options: DigestOptions): Promise<void> {
  mustBeADay(options.date);
  if (options.lang !== undefined && options.lang !== "en" && options.lang !== "zh")
    throw new Failure("bad-input", `--lang ${options.lang}: there are en and zh.`);
  await withArchive(async ({ db, now }, config) => {
    const subscribers = await activeSubscribers(db);
    const subscriber = options.to ? subscribers.find(({ address }) => address === options.to) : subscribers[0];
    if (options.to && !subscriber) throw noSuchSubscriber(options.to);
    const anybody = { id: 0, timeZone: config.PARLEY_DIGEST_ZONE, sendAt: config.PARLEY_DIGEST_AT, lang: "en" };
    // What somebody chose is shown only to who names them.
    const wish = options.to && subscriber ? subscriber : { ...anybody, ...placeAndHour(subscriber) };
    const at = now();
    const today = lastDueDigest({ ...wish, sendAt: "00:00" }, at).day;
    const day = options.date ?? today;
    const next = dayAfter(lastDueDigest(wish, at).day);
    if (day > today && day > next)
      throw new Failure("bad-input", `--date ${day} lies in the future: today is ${today} in ${wish.timeZone}.`);
    const mail = await prepareDigest(
      { ...wish, lang: options.lang ?? wish.lang },
      day,
      options.week ? "weekly" : "daily",
      {
        ...{ db, publicUrl: publicUrlOf(config), now: () => at, secretKey: null },
      },
    );
    console.log(options.html ? mail.html : `Subject: ${mail.subject}\n\n${mail.plain}`);
    const span = `${minuteOf(mail.periodStart)} to ${minuteOf(mail.periodEnd)}`;
    const since = day < next ? `; what came since is told on ${next}: --date ${next} shows it so far` : " and goes on";
    say(`This digest tells of ${span}${since}.`);
  });
}

/**
 * Checks what `--date` names, where it was given.
 *
 * @throws {Failure} `bad-input` when it is no day that exists.
 */
export function mustBeADay(date: string | undefined): void {
  if (date !== undefined && !(date.length === 10 && isLooseDate(date)))
    throw new Failure("bad-input", `--date ${date}: expected a day that exists, as YYYY-MM-DD.`);
}

/** Says that `--to` names nobody who gets digests. */
export function noSuchSubscriber(address: string): Failure {
  return new Failure("bad-input", `--to ${address}: no such subscriber; parley subscribers lists them.`);
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

function minuteOf(instant: Date): string {
  return `${instant.toISOString().slice(0, 16)}Z`;
}

function placeAndHour(subscriber: Subscriber | undefined) {
  if (!subscriber) return {};
  const { id, timeZone, sendAt, lang } = subscriber;
  return { id, timeZone, sendAt, lang };
}

/** Lists who asked for digests, when they come and what stands against it. What somebody watches is their own and is not listed. */
export async function subscribersCommand(options: { readonly format?: string }): Promise<void> {
  await withArchive(async ({ db }) => {
    const rows = (await allSubscribers(db)).map(({ watch: _, topics: __, ruleIds: ___, ...rest }) => rest);
    printRows(
      rows,
      [
        { name: "address", value: ({ address }) => address },
        {
          name: "gets",
          value: ({ daily, weeklyOn }) =>
            [...(daily ? ["daily"] : []), ...(weeklyOn === null ? [] : [`weekly on ${WEEKDAYS[weeklyOn - 1]}`])].join(
              ", ",
            ),
        },
        { name: "at", value: ({ sendAt }) => sendAt, width: 8 },
        { name: "zone", value: ({ timeZone }) => timeZone, width: 22 },
        { name: "language", value: ({ lang }) => lang, width: 10 },
        { name: "state", value: stateOf },
      ],
      options.format === "json" || options.format === "csv" ? options.format : "table",
    );
  });
}

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

function stateOf(
  one: Pick<Subscriber, "enabled" | "confirmedAt" | "unsubscribedAt" | "suspendedAt" | "suspendedBecause">,
) {
  if (one.unsubscribedAt) return "unsubscribed";
  if (one.suspendedAt) return `suspended: ${one.suspendedBecause}`;
  if (!one.confirmedAt) return "not confirmed yet";
  return one.enabled ? "on" : "off";
}
