import { claimLetter, settleLetter } from "../db/digests/letters.ts";
import { whenBack } from "../db/when-back.ts";
import { Failure } from "../domain/failure.ts";
import { nextTryAt } from "../domain/retry-time.ts";
import type { Run } from "./context.ts";

/** How long an attempt may hold a letter: longer than any mail server is waited for. */
const LEASE_MS = 300_000;
/** Attempts at a letter before it is given up; they reach over about nine hours. */
const MOST_ATTEMPTS = 12;

/** Sends a letter about Parley itself. One that may have gone out is sent again under the same Message-ID. */
export const letter: Run<"letter"> = async ({ letterId }, { db, mailer, enqueue, now, log }) => {
  const found = await claimLetter(db, letterId, now(), LEASE_MS);
  if (!found) return { skipped: true };
  try {
    await mailer.send({
      ...{ to: found.address, subject: found.subject, html: found.html, text: found.plain, date: found.createdAt },
      messageId: `<letter-${letterId}@parley>`,
      headers: { "Auto-Submitted": "auto-generated" },
    });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const hopeless = error.remedy === "park" || found.attempts >= MOST_ATTEMPTS;
    const next = hopeless ? null : nextTryAt(found.attempts, now(), error.retryAfterMs);
    await settleLetter(db, letterId, next, error.message, now());
    if (next) await enqueue("letter", { letterId }, { at: next });
    else log.warn({ letterId, code: error.code }, "a letter could not be sent");
    return { sent: false, code: error.code };
  }
  await whenBack(LEASE_MS / 2, () => settleLetter(db, letterId, "sent", null, now()));
  return { sent: true };
};
