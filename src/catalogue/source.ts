import { z } from "zod";
import { idSchema, languageSchema, zoneSchema } from "./fields.ts";

/** `10m`, `2h`, `1d`: how often to look. */
const interval = z.string().regex(/^\d+[smhd]$/, "expected a number and a unit: 30s, 10m, 2h, 1d");

const selector = z.string().min(1);

/** Where a source lists what it published, and how to read that list. */
const listSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("feed"), url: z.url(), fallbackUrls: z.array(z.url()).default([]) }),
  z.strictObject({
    kind: z.literal("page"),
    url: z.url(),
    /** CSS of each entry's link, or of an element that holds one link. */
    item: selector.optional(),
    /** CSS inside the entry for its date, where the list shows one. */
    date: selector.optional(),
    /** Regular expression that an entry's absolute address must match, so that navigation links are left out. */
    articlePath: z.string().optional(),
    fallbackUrls: z.array(z.url()).default([]),
  }),
  z.strictObject({
    kind: z.literal("json"),
    url: z.url(),
    /** Dotted paths: `results`, then inside each item `title`, `html_url` … */
    items: z.string(),
    fields: z.strictObject({
      key: z.string().optional(),
      title: z.string(),
      url: z.string(),
      published: z.string().optional(),
      summary: z.string().optional(),
      content: z.string().optional(),
    }),
    fallbackUrls: z.array(z.url()).default([]),
  }),
  z.strictObject({ kind: z.literal("sitemap"), url: z.url(), fallbackUrls: z.array(z.url()).default([]) }),
]);

/** How to read the pages of a source. Everything may be left out: then the general reader is used. */
const documentSchema = z.strictObject({
  /** Who is speaking how; `general` finds out from the page. */
  layout: z
    .enum([
      "general",
      "mfa-transcript",
      "mfa-remarks",
      "state-briefing",
      "white-house",
      "mofcom-transcript",
      "un-briefing",
    ])
    .default("general"),
  /** CSS of the element(s) that hold the body, tried in order. */
  body: z.array(selector).default([]),
  title: z.array(selector).default([]),
  date: z.array(selector).default([]),
  /** CSS of what to cut out of the body. */
  drop: z.array(selector).default([]),
  kind: z.enum(["news", "transcript", "release", "op-ed", "interview", "report"]).optional(),
  /** Read the item of the feed itself and fetch nothing (full-text feeds, pages behind a wall). */
  fromFeed: z.boolean().default(false),
});

/** A place we watch. One entry of catalogue/sources/*.yaml. */
export const sourceSchema = z.strictObject({
  id: idSchema,
  title: z.string().min(1),
  titleZh: z.string().optional(),
  /** Id in actors.yaml of whoever publishes here. */
  actor: idSchema,
  /** What sort of place it is: `ministry-briefing`, `official-readout`, `think-tank`, `press` … */
  class: z.string().min(1),
  /** Whether the publisher speaks for a state or international body: its words are verbatim-primary, its edits are news. */
  official: z.boolean(),
  bloc: z.string().min(1),
  languages: z.array(languageSchema).min(1),
  priority: z.enum(["A", "B", "C"]),
  enabled: z.boolean(),
  /** Why it is not enabled, in words, where it is not. */
  disabledBecause: z.string().optional(),
  confidence: z.enum(["high", "medium", "low"]),
  evidence: z.array(z.string()).min(1),
  timeZone: zoneSchema.optional(),
  charset: z.string().optional(),
  poll: z.strictObject({
    every: interval,
    /** Local hours in which `every` holds, e.g. `16:30-22:45 Asia/Shanghai Mon-Fri`; outside them `else`. */
    window: z
      .string()
      .regex(/^\d\d:\d\d-\d\d:\d\d [A-Za-z_]+\/[A-Za-z_]+( [A-Z][a-z]{2}-[A-Z][a-z]{2})?$/)
      .optional(),
    else: interval.optional(),
  }),
  /** Null where nothing can be polled yet; such a source is never enabled. */
  list: listSchema.nullable(),
  document: documentSchema.prefault({}),
  /** How long after the first fetch a page is fetched again to catch edits; official sources: 1h, 6h, 24h, 7d. */
  recheck: z.array(interval).optional(),
  /** This source alone may be fetched over plain http. */
  plainHttp: z.boolean().default(false),
  /** What people noted about it: terms, caveats, other addresses. */
  notes: z.array(z.string()).default([]),
});

export type Source = z.infer<typeof sourceSchema>;
export type SourceList = NonNullable<Source["list"]>;

/** Turns `10m` into milliseconds. */
export function intervalMs(text: string): number {
  const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[text.slice(-1)] ?? Number.NaN;
  return Number(text.slice(0, -1)) * unitMs;
}
