import { join, resolve } from "node:path";
import type { Config } from "./config.ts";
import { readDkimKey } from "./dkim-key.ts";
import { createMailer, type Mailer } from "./net/mail.ts";

/**
 * Makes the mailer that the settings describe: a mail server, or a folder where none is set.
 *
 * @throws {Failure} `bad-setting` when the key that signs mails cannot be read.
 */
export function openMailer(config: Config): Mailer {
  return createMailer({
    smtpUrl: config.SMTP_URL ?? null,
    mailDir: mailFolder(config),
    from: config.PARLEY_MAIL_FROM,
    dkim: readDkimKey(config),
  });
}

/** Names the folder that mails are written to where no mail server is set. */
export function mailFolder({ PARLEY_DATA }: Pick<Config, "PARLEY_DATA">): string {
  return join(resolve(PARLEY_DATA), "mail");
}
