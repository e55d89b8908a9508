import { z } from "zod";
import { zoneSchema } from "./catalogue/fields.ts";
import { Failure } from "./domain/failure.ts";
import { nearestName } from "./domain/query/mistake.ts";

/** Digits only: what else JavaScript takes for a number (`0x50`, `1e3`) is a slip of the hand here. */
const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^-?\d{1,9}$/, `expected a whole number from ${least} to ${most}`)
    .transform(Number)
    .pipe(z.number().min(least).max(most));

const list = z
  .string()
  .transform((text) => text.split(",").flatMap((part) => (part.trim() === "" ? [] : [part.trim()])))
  .pipe(z.array(z.string()));

/** Every setting: one table, checked at start, printed into docs/configuration.md. */
export const settings = {
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: "expected postgres://user:password@host:port/database" })
    .optional()
    .describe("Postgres 14 or newer that holds the archive. Without it Parley starts its own in `PARLEY_DATA`."),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: "expected redis://host:port" })
    .optional()
    .describe("Redis 6.2 or newer, or Valkey, for the queues. Without it the queues live in Postgres."),
  PARLEY_DATA: z
    .string()
    .min(1)
    .default(".parley")
    .describe("Folder for what Parley keeps on this machine: its own Postgres, mails, keys."),
  PARLEY_CATALOGUE: z
    .string()
    .min(1)
    .optional()
    .describe("Folder with your own sources, actors and topics, laid over the shipped catalogue."),
  PARLEY_HOST: z
    .string()
    .min(1)
    .default("127.0.0.1")
    .describe(
      "Address the web server binds to. Anything but loopback needs a token for every request: `parley token add`.",
    ),
  PARLEY_PORT: wholeNumber(0, 65_535).default(4750).describe("Port of the web server; 0 takes any free one."),
  PARLEY_PROXIES: list
    .pipe(
      z.array(
        z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], "expected addresses such as 10.0.0.5 or 10.0.0.0/8"),
      ),
    )
    .default([])
    .describe(
      "Addresses or networks, joined by commas, of the proxies in front; any other address may have 100 connections to the pages open. Those of this machine are never counted.",
    ),
  PARLEY_PUBLIC_URL: z
    .url()
    .optional()
    .describe(
      "Where readers reach the pages; links in alerts and mails begin with it. Default: the address it binds to.",
    ),
  PARLEY_CONTACT: z
    .string()
    .min(3)
    .default("https://github.com/parley-monitor/parley")
    .describe("Mail or web address in the user agent, so that publishers know whom to write to. Please set your own."),
  PARLEY_ALLOW_ADDRESSES: list
    .default([])
    .describe("`host:port` pairs, joined by commas, that may be dialled although they lie inside a private network."),
  PARLEY_HOST_GAP_MS: wholeNumber(0, 600_000)
    .default(1_000)
    .describe("Least time between two requests to one host, milliseconds."),
  PARLEY_THIN_AFTER_DAYS: wholeNumber(30, 36_500)
    .optional()
    .describe(
      "After so many days the bytes of fetches from which no version was read are taken away; their hashes stay. Without it everything is kept.",
    ),
  PARLEY_FETCHES: wholeNumber(1, 256).default(16).describe("Pages fetched at one time."),
  PARLEY_READERS: wholeNumber(1, 64)
    .default(1)
    .describe(
      "Threads that read pages. One keeps up with what the main thread of a process brings; each further one takes about 100 MB.",
    ),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: "expected smtp://user:password@host:port" })
    .optional()
    .describe("Mail server for digests. Without it mails are written to `PARLEY_DATA`/mail/*.eml."),
  PARLEY_MAIL_FROM: z.string().min(3).default("Parley <parley@localhost>").describe("Sender of the mails."),
  PARLEY_DKIM_SELECTOR: z
    .string()
    .regex(/^[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?$/, "expected the name of a key, such as parley2026")
    .optional()
    .describe(
      "Name of the DKIM key in the DNS of the sender's domain. Set it with `PARLEY_DKIM_KEY` where the mail server does not sign; big mail services want one-click unsubscription signed.",
    ),
  PARLEY_DKIM_KEY: z.string().min(1).optional().describe("File with the private DKIM key (PEM)."),
  PARLEY_OPEN_SUBSCRIPTION: z
    .enum(["yes", "no"])
    .default("no")
    .describe("Whether anybody who reaches the pages may ask for digests at /subscribe without a token."),
  PARLEY_DIGEST_TO: z.email().optional().describe("Address that gets the daily digest, made a subscriber at start."),
  PARLEY_DIGEST_AT: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "expected HH:MM from 00:00 to 23:59")
    .default("07:00")
    .describe("Local time at which `PARLEY_DIGEST_TO` gets its digest."),
  PARLEY_DIGEST_ZONE: zoneSchema.default("UTC").describe("Time zone of `PARLEY_DIGEST_AT`."),
  PARLEY_SECRET_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/, "expected 32 bytes in base64: openssl rand -base64 32")
    .optional()
    .describe(
      "Key that seals webhook secrets at rest. Without it one is made in `PARLEY_DATA`/secret-key. Set it where several machines share a database.",
    ),
  PARLEY_LOG_LEVEL: z
    .enum(["silent", "fatal", "error", "warn", "info", "debug", "trace"])
    .default("info")
    .describe("How much is logged to standard error."),
} as const;

const Settings = z.object(settings);

/** What the environment says, checked and complete. */
export type Config = Readonly<z.infer<typeof Settings>>;

/**
 * Reads the settings from environment variables. A variable that is set but empty or blank counts as not set.
 *
 * @throws {Failure} `bad-setting`, naming every bad setting, its value and what is expected.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const result = Settings.safeParse(given);
  const unknown = Object.keys(given).filter(
    (name) =>
      name.startsWith("PARLEY_") &&
      !(name in settings) &&
      !name.startsWith("PARLEY_TEST_") &&
      name !== "PARLEY_CORPORA",
  );
  const mistakes = result.success
    ? []
    : result.error.issues.map(({ path, message }) => describeMistake(String(path[0]), given, message));
  mistakes.push(...unknown.map(describeUnknown));
  if (mistakes.length > 0) throw new Failure("bad-setting", `Bad settings:\n  ${mistakes.join("\n  ")}`);
  return result.data as Config;
}

function describeUnknown(name: string): string {
  const meant = nearestName(name, Object.keys(settings));
  return `${name} is no setting of Parley; ${meant ? `did you mean ${meant}? See` : "see"} docs/configuration.md`;
}

function describeMistake(name: string, given: Readonly<Record<string, string | undefined>>, message: string): string {
  // Addresses of servers carry passwords, so their values are not repeated.
  const value =
    name.endsWith("_URL") || name.includes("SECRET") ? "(value not shown)" : `is ${JSON.stringify(given[name])}`;
  return `${name} ${value}: ${message}`;
}

/** Prints the settings as the Markdown table of docs/configuration.md. */
export function configurationTable(): string {
  const rows = Object.entries(settings).map(([name, schema]) => {
    const fallback = schema.safeParse(undefined);
    const shown = fallback.success && fallback.data !== undefined ? `\`${String(fallback.data)}\`` : "none";
    return `| \`${name}\` | ${shown === "``" ? "none" : shown} | ${schema.description ?? ""} |`;
  });
  return ["| setting | default | what it does |", "|---|---|---|", ...rows].join("\n");
}
