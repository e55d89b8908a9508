import { zoneSchema } from "../catalogue/fields.ts";
import type { AlertManner } from "../domain/alert-manner.ts";
import { Failure } from "../domain/failure.ts";
import type { RuleAbout } from "../domain/rule.ts";

/** What a rule may be told on the command line. */
export type RuleOptions = {
  readonly about?: string;
  readonly quiet?: string;
  readonly zone?: string;
  readonly cooldown?: string;
  readonly urgent?: string;
  readonly batchAfter?: string;
  readonly days?: string;
};

/** A rule as somebody wants it. */
export type RuleWish = {
  readonly query: string;
  readonly about: RuleAbout;
  readonly manner: AlertManner;
  /** How many days back it is tried. */
  readonly days: number;
};

const CLOCK = "(?:[01]\\d|2[0-3]):[0-5]\\d";

/**
 * Reads a rule from the command line.
 *
 * @throws {Failure} `bad-input` that names every option that is wrong.
 */
export function ruleFrom(words: readonly string[], options: RuleOptions): RuleWish {
  const { about = "developments", quiet, zone = "UTC", cooldown = "0", urgent, batchAfter, days = "90" } = options;
  const mistakes: string[] = [];
  if (about !== "developments" && about !== "statements")
    mistakes.push(`--about ${about}: there are developments and statements.`);
  const hours = quiet === undefined ? null : new RegExp(`^(${CLOCK})-(${CLOCK})$`).exec(quiet);
  if (quiet !== undefined && !hours) mistakes.push(`--quiet ${quiet}: expected local hours such as 22:00-07:00.`);
  if (hours && hours[1] === hours[2]) mistakes.push(`--quiet ${quiet}: begins and ends at the same time.`);
  if (!zoneSchema.safeParse(zone).success)
    mistakes.push(`--zone ${zone}: expected an IANA time zone such as Asia/Shanghai.`);
  if (!/^\d{1,5}$/.test(cooldown)) mistakes.push(`--cooldown ${cooldown}: expected minutes, 0 to 99999.`);
  if (urgent !== undefined && !/^[1-5]$/.test(urgent)) mistakes.push(`--urgent ${urgent}: expected 1 to 5.`);
  if (batchAfter !== undefined && !/^\d{1,3}$/.test(batchAfter))
    mistakes.push(`--batch-after ${batchAfter}: expected a number from 0 to 999.`);
  if (!/^[1-9]\d{0,3}$/.test(days)) mistakes.push(`--days ${days}: expected a number from 1 to 9999.`);
  if (mistakes.length > 0) throw new Failure("bad-input", mistakes.join("\n"));
  return {
    query: words.join(" ").trim(),
    about: about as RuleAbout,
    manner: {
      quiet: hours ? { from: hours[1] ?? "", to: hours[2] ?? "", timeZone: zone } : null,
      cooldownMinutes: Number(cooldown),
      urgentFrom: urgent === undefined ? null : Number(urgent),
      ...(batchAfter === undefined ? {} : { batchAfter: Number(batchAfter) }),
    },
    days: Number(days),
  };
}
