import { coverageOf, intakeOf, newDevelopmentsIn, newStatementsIn } from "../db/digest-facts.ts";
import { claimDigest, digestOf, lastDigest, type NewDigest, reclaimDigest, settleDigest } from "../db/digests.ts";
import { activeSubscriber, type Subscriber } from "../db/subscribers.ts";
import { dayBefore, digestDueOn } from "../domain/digest-time.ts";
import { Failure } from "../domain/failure.ts";
import { composeDigest } from "../present/digest-mail.tsx";
import type { Run, WorkerContext } from "./context.ts";

/** Most developments and statements that one mail tells; the rest is counted and linked. */
const MOST_DEVELOPMENTS = 40;
const MOST_STATEMENTS = 12;

/** Sends one subscriber the digest of one day: composed, claimed, sent, settled. A second run finds the claim and sends nothing. */
export const digest: Run<"digest"> = async ({ subscriberId, day }, context) => {
  const { db, mailer, now } = context;
  const subscriber = await activeSubscriber(db, subscriberId);
  if (!subscriber) return { skipped: true };
  const earlier = await digestOf(db, subscriberId, day);
  const mail = earlier?.subject ? earlier : await prepareDigest(subscriber, day, context);
  const digestId = earlier
    ? await reclaimDigest(db, earlier.id, now())
    : await claimDigest(db, mail as NewDigest, now());
  if (digestId === null) return { skipped: true };
  try {
    await mailer.send({
      ...{ to: subscriber.address, subject: mail.subject ?? "", html: mail.html ?? "", text: mail.plain ?? "" },
      ...{ messageId: mail.messageId, date: mail.periodEnd },
    });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    await settleDigest(db, digestId, "failed", error.message, now());
    throw error;
  }
  await settleDigest(db, digestId, "sent", null, now());
  return { digestId, day };
};

/** Composes the digest of a day without sending it; what `parley digest --print` shows. */
export async function prepareDigest(
  subscriber: Pick<Subscriber, "id" | "timeZone" | "sendAt" | "lang">,
  day: string,
  { db, publicUrl, now }: Pick<WorkerContext, "db" | "publicUrl" | "now">,
): Promise<NewDigest> {
  const due = digestDueOn(subscriber, day);
  // One that is asked for before its hour tells what is known so far.
  const periodEnd = new Date(Math.min(due.getTime(), now().getTime()));
  const ended = (await lastDigest(db, subscriber.id, day))?.periodEnd;
  // Whoever moved to a zone further on is due before the last one ended: better told twice than a day not told.
  const periodStart = ended && ended < periodEnd ? ended : dayBefore(subscriber, periodEnd);
  const mail = composeDigest({
    ...{
      day,
      periodStart,
      periodEnd,
      timeZone: subscriber.timeZone,
      publicUrl,
      lang: subscriber.lang === "zh" ? "zh" : "en",
    },
    developments: await newDevelopmentsIn(db, periodStart, periodEnd, MOST_DEVELOPMENTS),
    statements: await newStatementsIn(db, periodStart, periodEnd, MOST_STATEMENTS),
    coverage: await coverageOf(db, periodStart, periodEnd),
    intake: await intakeOf(db, periodStart, periodEnd),
  });
  return {
    subscriberId: subscriber.id,
    day,
    periodStart,
    periodEnd,
    messageId: `<digest-${subscriber.id}-${day}@parley>`,
    ...mail,
  };
}
