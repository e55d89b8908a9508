import { z } from "zod";
import { zoneSchema } from "../catalogue/fields.ts";
import { saveSubscriber } from "../db/subscribers.ts";
import { Failure } from "../domain/failure.ts";
import { withArchive } from "./context.ts";
import { say } from "./output.ts";

const wishSchema = z.object({
  address: z.email("expected a mail address, such as name@example.org"),
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "expected HH:MM from 00:00 to 23:59"),
  zone: zoneSchema,
  lang: z.enum(["en", "zh"], "expected en or zh"),
});

/** Makes a subscriber of the daily digest, or changes the hour of the one with this address. */
export async function subscribeCommand(
  address: string,
  options: { readonly at: string; readonly zone: string; readonly lang: string },
): Promise<void> {
  const given: Readonly<Record<string, string>> = { address, at: options.at, zone: options.zone, lang: options.lang };
  const wish = wishSchema.safeParse(given);
  if (!wish.success) {
    const mistakes = wish.error.issues.map(({ path, message }) => {
      const name = String(path[0]);
      return `${name === "address" ? "" : `--${name} `}${given[name]}: ${message}.`;
    });
    throw new Failure("bad-input", mistakes.join("\n"));
  }
  const { at: sendAt, zone: timeZone, lang } = wish.data;
  await withArchive(({ db }) => saveSubscriber(db, { address, timeZone, sendAt, lang }, new Date()));
  say(`${address} gets the digest at ${sendAt} ${timeZone}.`);
}
