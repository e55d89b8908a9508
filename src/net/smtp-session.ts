import { Readable } from "node:stream";
import SmtpConnection from "nodemailer/lib/smtp-connection";
import { Failure } from "../domain/failure.ts";
import type { SmtpSettings } from "./smtp-settings.ts";
import { withoutMailAddresses } from "./without-mail-addresses.ts";

/** Most time for each step of SMTP: connecting, greeting, silence in between. */
const STEP_MS = 20_000;

/** A mail as bytes, with the envelope it travels in. */
export type Parcel = {
  readonly from: string;
  readonly to: string;
  /** RFC 5322, lines ended by CRLF, signed. */
  readonly bytes: Uint8Array;
  /**
   * Is waited for when the server asked for the bytes (354) and before the first of them leaves. Until then nothing can have
   * arrived; from then on, until the answer, nobody knows.
   */
  readonly onHanding: (() => Promise<void>) | null;
};

/**
 * Hands one mail to a mail server (RFC 5321).
 *
 * No failure names the reader or carries what the library threw: mail servers repeat the address they refuse.
 *
 * @returns The server's last word.
 * @throws {Failure} `mail-refused` (5xx to the recipient or the mail), `mail-denied` (5xx to us, before any recipient), `mail-busy` (4xx, or no connection before the bytes were asked for), `mail-unsure` (the
 *   connection broke after bytes had left and before the answer: the server may have the mail).
 */
export async function handToServer(settings: SmtpSettings, parcel: Parcel): Promise<string> {
  const where = `${settings.host}:${settings.port}`;
  const { auth, ...place } = settings;
  const connection = new SmtpConnection({
    ...place,
    connectionTimeout: STEP_MS,
    greetingTimeout: STEP_MS,
    socketTimeout: STEP_MS,
  });
  let handed = false;
  const broken = new Promise<never>((_, fail) => connection.on("error", fail));
  // Whoever waits hears of it below; one that comes later is nobody's business.
  broken.catch(() => {});
  const step = <T>(start: (done: (error?: Error | null, value?: T) => void) => void) =>
    Promise.race([
      broken,
      new Promise<T | undefined>((done, fail) => start((error, value) => (error ? fail(error) : done(value)))),
    ]);
  try {
    await step((done) => connection.connect((error) => done(error)));
    if (auth) await step((done) => connection.login({ user: auth.user, pass: auth.pass }, (error) => done(error)));
    const bytes = lazily(parcel.bytes, async () => {
      await parcel.onHanding?.();
      handed = true;
    });
    const envelope = { from: parcel.from, to: [parcel.to], size: parcel.bytes.length };
    const sent = await step<{ response: string }>((done) =>
      connection.send(envelope, bytes, (error, info) => done(error, info as { response: string } | undefined)),
    );
    connection.quit();
    return withoutMailAddresses(sent?.response ?? "", [parcel.to]);
  } catch (error) {
    connection.close();
    throw error instanceof Failure ? error : smtpFailure(error, where, handed, parcel);
  }
}

/** Gives bytes only when they are asked for, after something else was done. */
function lazily(bytes: Uint8Array, before: () => Promise<void>): Readable {
  let asked = false;
  return new Readable({
    read() {
      if (asked) return;
      asked = true;
      before().then(
        () => {
          this.push(bytes);
          this.push(null);
        },
        (error) => this.destroy(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
}

function smtpFailure(error: unknown, where: string, handed: boolean, { from, to }: Parcel): Failure {
  const { responseCode, command = "" } = error as { responseCode?: number; command?: string };
  const words = (error instanceof Error ? error.message : String(error)).replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]+/gu, " ");
  const said = withoutMailAddresses(words.trim(), [to, from]).slice(0, 300);
  if (responseCode !== undefined && responseCode >= 500) {
    if (/^(RCPT TO|DATA)/.test(command))
      return new Failure("mail-refused", `The mail server ${where} refused the mail: ${said}. Check the address.`);
    const message = `The mail server ${where} lets us send nothing: ${said}. Check user and password in SMTP_URL, and PARLEY_MAIL_FROM.`;
    return new Failure("mail-denied", message);
  }
  if (handed && (responseCode === undefined || responseCode < 400)) {
    const message = `The connection to the mail server ${where} broke after the mail was handed over and before it answered: ${said}. It may or may not go out.`;
    return new Failure("mail-unsure", message);
  }
  return new Failure("mail-busy", `The mail server ${where} did not take the mail: ${said}. It is tried again later.`);
}
