import { digestCorrections } from "../db/alerts/corrections.ts";
import { chosenDevelopments, chosenStatements, type DigestChoice, isEverything } from "../db/digests/digest-choice.ts";
import { coverageOf, intakeOf, newStatementsIn, ownTroubles } from "../db/digests/digest-facts.ts";
import { digestDevelopments, digestStatements } from "../db/digests/digest-lines.ts";
import {
  claimDigest,
  digestOf,
  lastDigest,
  markHanding,
  type NewDigest,
  reclaimDigest,
  settleDigest,
} from "../db/digests/digests.ts";
import { activeSubscriber, clearBounces, noteBounce, type Subscriber } from "../db/digests/subscribers.ts";
import { whenBack } from "../db/when-back.ts";
import { type DigestPeriod, digestDueOn, periodBefore } from "../domain/digest-time.ts";
import { Failure } from "../domain/failure.ts";
import { signLink } from "../net/signed-link.ts";
import { composeDigest } from "../present/digest-mail.ts";
import { linkTo } from "../present/links.ts";
import type { JobData } from "../queues.ts";
import type { Outcome, WorkerContext } from "./context.ts";

/** Most developments and statements that one mail tells; the rest is counted and linked. */
const MOST = { daily: { developments: 40, statements: 12 }, weekly: { developments: 60, statements: 20 } } as const;
/** How long the database may be away while it is to be written down that a mail left: less than the ten minutes after which its sender counts as dead. */
const SETTLE_WITHIN_MS = 240_000;
/** Statements that are looked at for each one that somebody's choice may leave. */
const CHOOSING_FROM = 8;

/** What sending a digest needs of the world; `parley digest send` brings it without the rest of the monitor. */
export type DigestContext = Pick<WorkerContext, "db" | "mailer" | "publicUrl" | "secretKey" | "now" | "log">;

/**
 * Sends one subscriber the digest of one day or week: composed, claimed, handed over, settled. A second run finds the claim and sends
 * nothing. One that broke off while it was handed over is sent again once, with the same words and Message-ID.
 */
export async function digest(
  { subscriberId, day, period = "daily" }: JobData["digest"],
  context: DigestContext,
): Promise<Outcome> {
  const { db, mailer, now } = context;
  const subscriber = await activeSubscriber(db, subscriberId);
  if (!subscriber) return { skipped: true };
  const earlier = await digestOf(db, subscriberId, day, period);
  const mail = earlier?.subject ? earlier : await prepareDigest(subscriber, day, period, context);
  const digestId = earlier
    ? await reclaimDigest(db, earlier.id, now())
    : await claimDigest(db, mail as NewDigest, now());
  if (digestId === null) return { skipped: true };
  const settle = (status: "sent" | "failed" | "unknown", message: string | null) =>
    whenBack(SETTLE_WITHIN_MS, () => settleDigest(db, digestId, status, message, now()));
  try {
    await mailer.send({
      ...{ to: subscriber.address, subject: mail.subject ?? "", html: mail.html ?? "", text: mail.plain ?? "" },
      ...{ messageId: mail.messageId, date: mail.periodEnd, headers: listHeaders(subscriber, context) },
      onHanding: () => markHanding(db, digestId),
    });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    await settle(error.code === "mail-unsure" ? "unknown" : "failed", error.message);
    if (error.code === "mail-refused" && (await noteBounce(db, subscriberId, error.message, now())))
      context.log.warn({ subscriberId }, "an address was suspended after three refusals in a row");
    throw error;
  }
  await settle("sent", null);
  await clearBounces(db, subscriberId);
  return { digestId, day, period };
}

/** Lets mail programs unsubscribe with one click (RFC 8058), which they do only over https. */
function listHeaders(
  subscriber: Subscriber,
  { publicUrl, secretKey }: DigestContext,
): Readonly<Record<string, string>> {
  const url = linkTo.unsubscribe(publicUrl, signLink(secretKey, "unsubscribe", subscriber, subscriber.createdAt));
  return {
    "List-Unsubscribe": `<${url}>`,
    ...(publicUrl.startsWith("https://") ? { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" } : {}),
    "Auto-Submitted": "auto-generated",
  };
}

/** Whoever a digest is made for; `id` 0 is nobody in particular. */
export type DigestReader = Pick<Subscriber, "id" | "timeZone" | "sendAt" | "lang"> &
  Partial<DigestChoice & Pick<Subscriber, "address" | "createdAt">>;

/** Composes the digest of a day without sending it; what `parley digest --print` shows. */
export async function prepareDigest(
  reader: DigestReader,
  day: string,
  period: DigestPeriod,
  { db, publicUrl, now, secretKey }: Pick<WorkerContext, "db" | "publicUrl" | "now"> & { secretKey: Uint8Array | null },
): Promise<NewDigest> {
  const due = digestDueOn(reader, day);
  // One that is asked for before its hour tells what is known so far.
  const periodEnd = new Date(Math.min(due.getTime(), now().getTime()));
  const ended = (await lastDigest(db, reader.id, period, day))?.periodEnd;
  // Whoever moved to a zone further on is due before the last one ended: better told twice than a day not told.
  const periodStart = ended && ended < periodEnd ? ended : periodBefore(reader, periodEnd, period);
  const choice = { topics: reader.topics ?? [], ruleIds: reader.ruleIds ?? [], watch: reader.watch ?? null };
  const most = MOST[period];
  const developmentIds = await chosenDevelopments(db, choice, periodStart, periodEnd);
  const shown = developmentIds.slice(0, most.developments);
  const said = await newStatementsIn(db, periodStart, periodEnd, most.statements * CHOOSING_FROM);
  const statements = (await chosenStatements(db, choice, said)).slice(0, most.statements);
  const corrections = reader.id === 0 ? [] : await digestCorrections(db, reader.id, now());
  const mail = composeDigest({
    ...{ period, day, periodStart, periodEnd, timeZone: reader.timeZone, publicUrl, corrections },
    lang: reader.lang === "zh" ? "zh" : "en",
    developments: await digestDevelopments(db, shown),
    more: developmentIds.length - shown.length,
    statements: await digestStatements(db, statements),
    coverage: await coverageOf(db, periodStart, periodEnd),
    troubles: await ownTroubles(db),
    intake: await intakeOf(db, periodStart, periodEnd),
    links: linksOf(reader, publicUrl, secretKey),
  });
  return {
    ...{ subscriberId: reader.id, period, day, periodStart, periodEnd, ...mail },
    isPersonal: !isEverything(choice),
    messageId: `<digest-${reader.id}-${day}${period === "weekly" ? "-week" : ""}@parley>`,
    told: [
      ...shown.map((developmentId) => ({ developmentId, correction: false })),
      ...corrections.map(({ developmentId }) => ({ developmentId, correction: true })),
    ],
  };
}

function linksOf({ id, address, createdAt }: DigestReader, publicUrl: string, secretKey: Uint8Array | null) {
  if (!secretKey || !address || !createdAt) return null;
  const sign = (purpose: "manage" | "unsubscribe") => signLink(secretKey, purpose, { id, address }, createdAt);
  return {
    manage: linkTo.subscription(publicUrl, sign("manage")),
    unsubscribe: linkTo.unsubscribe(publicUrl, sign("unsubscribe")),
  };
}
