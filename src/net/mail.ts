import { randomBytes } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import { Failure } from "../domain/failure.ts";
import { handToServer } from "./smtp-session.ts";
import { readSmtpUrl } from "./smtp-settings.ts";

/** One mail to one person. */
export type Mail = {
  /** A bare address: `name@host`. */
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** `<…@…>`; the same whenever this mail is sent again, so that readers' programs show it once. */
  readonly messageId: string;
  /** The mail's own date, also the start of its file name. */
  readonly date: Date;
  /** Further headers, e.g. `List-Unsubscribe`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Is waited for when the mail is about to leave: until then nothing can have arrived. */
  readonly onHanding?: () => Promise<void>;
};

/** The key that mails are signed with (DKIM, RFC 6376). */
export type DkimKey = {
  /** The domain of the sender's address. */
  readonly domain: string;
  /** Names the key in the DNS: `SELECTOR._domainkey.DOMAIN`. */
  readonly selector: string;
  /** PEM. */
  readonly privateKey: string;
};

/** Nodemailer's own list leaves out what one-click unsubscription must have signed (RFC 8058, 4). */
const SIGNED_HEADERS =
  "from:to:subject:date:message-id:mime-version:content-type:content-transfer-encoding:list-unsubscribe:list-unsubscribe-post:list-id:auto-submitted";

/** Where a mail went: the mail server's last word, or the file it was written to. */
export type SentMail = { readonly answer: string | null; readonly path: string | null };

/** Sends mail, or writes it down where no mail server is set. */
export type Mailer = {
  /**
   * @throws {Failure} `mail-refused` (SMTP 5xx to the reader or the mail), `mail-denied` (SMTP 5xx to us), `mail-busy` (SMTP 4xx, no connection, the folder cannot be written), `mail-unsure` (the
   *   connection broke after the mail was handed over: the server may have it all the same), `bad-input` (an address or message id that is none).
   */
  readonly send: (mail: Mail) => Promise<SentMail>;
};

/** One address, no list and no comment: what stands here is written into the envelope and a header. */
const ADDRESS = /^[^\s@<>()[\]\\,;:"\p{C}]+@[^\s@<>()[\]\\,;:"\p{C}]+$/u;

const MESSAGE_ID = /^<[^\s<>@\p{C}]+@[^\s<>@\p{C}]+>$/u;

/**
 * Makes the way out for mail: SMTP where `smtpUrl` is set, else one `.eml` file (RFC 5322) per mail in `mailDir`.
 *
 * @param options.from - A bare address, or `Name <address>`.
 * @throws {Failure} `bad-setting` when `smtpUrl` or `from` is unusable.
 */
export function createMailer(options: {
  readonly smtpUrl: string | null;
  readonly mailDir: string;
  readonly from: string;
  /** Signs each mail, where mails are not signed by the mail server. */
  readonly dkim?: DkimKey | null;
}): Mailer {
  const from = readFrom(options.from);
  const send =
    options.smtpUrl === null
      ? sendToFolder(options.mailDir, options.dkim ?? null)
      : sendBySmtp(options.smtpUrl, options.dkim ?? null);
  return {
    send: async (mail) => {
      checkMail(mail);
      const message: Message = {
        from,
        to: { name: "", address: mail.to },
        subject: onOneLine(mail.subject),
        text: mail.text,
        html: mail.html,
        messageId: mail.messageId,
        date: mail.date,
        headers: Object.entries(mail.headers ?? {}).map(([key, value]) => ({ key, value: onOneLine(value) })),
        // What a publisher wrote must never make the library read a file or an address of ours.
        disableFileAccess: true,
        disableUrlAccess: true,
      };
      return send(message, mail.onHanding ?? null);
    },
  };
}

type Address = { readonly name: string; readonly address: string };
type Message = {
  readonly from: Address;
  readonly to: Address;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  readonly date: Date;
  readonly headers: { key: string; value: string }[];
  readonly disableFileAccess: true;
  readonly disableUrlAccess: true;
};
type Send = (message: Message, onHanding: (() => Promise<void>) | null) => Promise<SentMail>;

function sendBySmtp(smtpUrl: string, dkim: DkimKey | null): Send {
  const settings = readSmtpUrl(smtpUrl);
  const compose = composer(dkim);
  return async (message, onHanding) => {
    const bytes = await compose(message);
    const answer = await handToServer(settings, {
      ...{ from: message.from.address, to: message.to.address, bytes, onHanding },
    });
    return { answer, path: null };
  };
}

/** Makes what writes a mail as the bytes that travel, signed where there is a key. */
function composer(dkim: DkimKey | null): (message: Message) => Promise<Uint8Array> {
  const transport = createTransport({
    ...{ streamTransport: true as const, buffer: true as const, newline: "windows" },
    ...(dkim
      ? {
          dkim: {
            domainName: dkim.domain,
            keySelector: dkim.selector,
            privateKey: dkim.privateKey,
            headerFieldNames: SIGNED_HEADERS,
          },
        }
      : {}),
  });
  return async (message) => (await transport.sendMail(message)).message as Uint8Array;
}

function sendToFolder(mailDir: string, dkim: DkimKey | null): Send {
  const compose = composer(dkim);
  return async (message, onHanding) => {
    const bytes = await compose(message);
    const path = join(mailDir, fileName(message));
    const unfinished = `${path}.${randomBytes(6).toString("hex")}.tmp`;
    try {
      await mkdir(mailDir, { recursive: true });
      await writeFile(unfinished, bytes, { flush: true });
      await onHanding?.();
      await rename(unfinished, path);
      return { answer: null, path };
    } catch (cause) {
      await rm(unfinished, { force: true }).catch(() => {});
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Failure("mail-busy", `The mail could not be written to ${mailDir}: ${reason}. Check the folder.`, {
        cause,
      });
    }
  };
}

/** `2026-03-03T07-00-00Z-digest-17-parley.example.eml`: sorts by date, safe in every file system. */
function fileName({ date, messageId }: Message): string {
  const day = date
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(":", "-");
  const id = messageId.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[-.]+|[-.]+$/g, "");
  return `${day}-${id.slice(0, 120)}.eml`;
}

function checkMail({ to, messageId, headers }: Mail): void {
  if (!ADDRESS.test(to)) throw new Failure("bad-input", `"${onOneLine(to)}" is not one mail address.`);
  if (!MESSAGE_ID.test(messageId))
    throw new Failure("bad-input", `"${onOneLine(messageId)}" is not a message id like <a@b>.`);
  for (const name of Object.keys(headers ?? {})) {
    if (!/^[A-Za-z0-9-]+$/.test(name))
      throw new Failure("bad-input", `"${onOneLine(name)}" is not the name of a header.`);
  }
}

function readFrom(text: string): Address {
  const [, name = "", address = ""] = /^(?:([^<>]*)<)?([^<>]*)>?$/.exec(onOneLine(text)) ?? [];
  if (!ADDRESS.test(address.trim())) {
    throw new Failure("bad-setting", `"${onOneLine(text)}" cannot send mail: write an address, or Name <address>.`);
  }
  return { name: name.trim().replace(/^"(.*)"$/, "$1"), address: address.trim() };
}

/** Leaves no line break and no control character, which could begin a header of its own. */
function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]+/gu, " ").trim();
}
