import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Config } from "./config.ts";
import { Failure } from "./domain/failure.ts";
import type { DkimKey } from "./net/mail.ts";

/**
 * Reads the key that signs mails; null where none is set.
 *
 * @throws {Failure} `bad-setting` when only one of the two settings is there, or the file holds no private key.
 */
export function readDkimKey(
  config: Pick<Config, "PARLEY_DKIM_SELECTOR" | "PARLEY_DKIM_KEY" | "PARLEY_MAIL_FROM">,
): DkimKey | null {
  const { PARLEY_DKIM_SELECTOR: selector, PARLEY_DKIM_KEY: path, PARLEY_MAIL_FROM: from } = config;
  if (!selector && !path) return null;
  if (!selector || !path) {
    throw new Failure("bad-setting", "PARLEY_DKIM_SELECTOR and PARLEY_DKIM_KEY belong together: set both or none.");
  }
  const domain = /@([^\s<>]+)>?\s*$/.exec(from)?.[1] ?? "";
  try {
    const privateKey = readFileSync(path, "utf8");
    createPrivateKey(privateKey);
    return { domain, selector, privateKey };
  } catch (cause) {
    throw new Failure("bad-setting", `PARLEY_DKIM_KEY: ${path} cannot be read as a private key in PEM form.`, {
      cause,
    });
  }
}
