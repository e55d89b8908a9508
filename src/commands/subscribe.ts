import { z } from "zod";
import { zoneSchema } from "../catalogue/fields.ts";
import { allRules } from "../db/alerts/rules.ts";
import { askConsent } from "../db/digests/consent.ts";
import { confirmSubscriber, saveSubscriber, subscriberAt, unsubscribe } from "../db/digests/subscribers.ts";
import { catalogueNames } from "../db/search/query-names.ts";
import { Failure } from "../domain/failure.ts";
import { explainMistakes, mistakesInRule } from "../domain/rule.ts";
import { signLink } from "../net/signed-link.ts";
import { confirmLetter } from "../present/confirm-letter.ts";
import { linkTo } from "../present/links.ts";
import { readSecretKey } from "../secret-key.ts";
import { withArchive, withCataloguedArchive } from "./context.ts";
import { say } from "./output.ts";
import { publicUrlOf } from "./public-url.ts";

const wishSchema = z.object({
  address: z.email("expected a mail address, such as name@example.org"),
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "expected HH:MM from 00:00 to 23:59"),
  zone: zoneSchema,
  lang: z.enum(["en", "zh"], "expected en or zh"),
  weekly: z
    .string()
    .regex(/^[1-7]$/, "expected a day of the week, 1 Monday to 7 Sunday")
    .optional(),
});

type SubscribeOptions = {
  readonly at: string;
  readonly zone: string;
  readonly lang: string;
  readonly weekly?: string;
  readonly daily?: boolean;
  readonly topic?: readonly string[];
  readonly rule?: readonly string[];
  readonly watch?: string;
  readonly confirmed?: boolean;
};

/** Asks the owner of an address whether the digest is wanted; with `--confirmed` somebody vouches for that, and it comes at once. */
export async function subscribeCommand(address: string, options: SubscribeOptions): Promise<void> {
  const given: Readonly<Record<string, string | undefined>> = {
    ...{ address, at: options.at, zone: options.zone, lang: options.lang, weekly: options.weekly },
  };
  const wish = wishSchema.safeParse(given);
  if (!wish.success) {
    const mistakes = wish.error.issues.map(({ path, message }) => {
      const name = String(path[0]);
      return `${name === "address" ? "" : `--${name} `}${given[name]}: ${message}.`;
    });
    throw new Failure("bad-input", mistakes.join("\n"));
  }
  const { at: sendAt, zone: timeZone, lang, weekly } = wish.data;
  await withCataloguedArchive(async ({ db, now }, config) => {
    const names = await catalogueNames(db);
    const unknown = (options.topic ?? []).filter((topic) => !names.topics.some(({ id }) => id === topic));
    if (unknown.length > 0) throw new Failure("bad-input", `--topic ${unknown.join(", ")}: see parley topics.`);
    const rules = new Map((await allRules(db)).map(({ name, id }) => [name, id]));
    const noRule = (options.rule ?? []).filter((rule) => !rules.has(rule));
    if (noRule.length > 0) throw new Failure("bad-input", `--rule ${noRule.join(", ")}: see parley rules.`);
    const mistakes = options.watch ? mistakesInRule(options.watch, "statements", names) : [];
    if (mistakes.length > 0) throw new Failure("bad-input", explainMistakes(options.watch ?? "", mistakes));
    const subscriber = {
      ...{ address, timeZone, sendAt, lang, topics: [...(options.topic ?? [])], watch: options.watch ?? null },
      ruleIds: (options.rule ?? []).flatMap((rule) => rules.get(rule) ?? []),
      ...{ daily: options.daily ?? true, weeklyOn: weekly === undefined ? null : Number(weekly) },
    };
    const when = `at ${sendAt} ${timeZone}`;
    if (options.confirmed) {
      const at = now();
      // Whoever left before has said yes anew, by the word of who runs this.
      await confirmSubscriber(db, await saveSubscriber(db, subscriber, at), at);
      say(`${address} gets the digest ${when}.`);
      return;
    }
    const key = await readSecretKey(config);
    const at = now();
    const letterId = await askConsent(
      db,
      subscriber,
      (asked) =>
        confirmLetter(
          asked.address,
          lang,
          `${linkTo.confirm(publicUrlOf(config), signLink(key, "confirm", asked, at))}?lang=${lang}`,
        ),
      at,
    );
    if (letterId === "too-many")
      throw new Failure(
        "bad-input",
        "Too many addresses were asked within the hour; try again later, or vouch with --confirmed.",
      );
    say(
      letterId === null
        ? `${address} was asked today, or gets the digest already: it is changed by the link in each mail, or with --confirmed.`
        : `${address} is asked by mail whether the digest is wanted; after a yes it comes ${when}.`,
    );
  });
}

/** Takes a subscriber off. */
export async function unsubscribeCommand(address: string): Promise<void> {
  await withArchive(async ({ db, now }) => {
    const subscriber = await subscriberAt(db, address);
    if (!subscriber) throw new Failure("bad-input", `${address}: no such subscriber; parley subscribers lists them.`);
    await unsubscribe(db, subscriber.id, now());
    say(`${address} gets nothing more.`);
  });
}
