import { z } from "zod";
import { parseUrl } from "../domain/parse-url.ts";
import { blocSchema, idSchema, languageSchema, zoneSchema } from "./fields.ts";
import { intervalSchema, windowSchema } from "./interval.ts";
import { whyUnsafePattern } from "./safe-pattern.ts";
import { whyBadSelector } from "./selector.ts";

/** An address we may ask: http or https, absolute, without user name or password. */
const addressSchema = z
  .string()
  .max(2000)
  .refine((text) => {
    const url = parseUrl(text);
    return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
  }, "expected an absolute http or https address without user name");

/** A CSS selector; `whyBadSelector` says what is taken. */
const selector = z.string().superRefine((text, context) => {
  const why = whyBadSelector(text);
  if (why) context.addIssue(`${why}; expected a CSS selector such as .news_list a`);
});

/** A regular expression; `whyUnsafePattern` says what is taken. */
const pattern = z.string().superRefine((text, context) => {
  const why = whyUnsafePattern(text);
  if (why) context.addIssue(`${why}; expected a simple regular expression such as /t\\d{8}_\\d+\\.html$`);
});

/** A way through JSON: names joined by dots, `[]` after a name that holds a list on the way; `$` is the whole. */
const jsonPath = z
  .string()
  .regex(
    /^(\$|[A-Za-z_][\w-]*(\[\])?(\.[A-Za-z_][\w-]*(\[\])?)*)$/,
    "expected a dotted path such as results or data.list[].item",
  );

/** What every kind of list may say. */
const everyList = {
  url: addressSchema,
  /** Asked in this order when the address fails. */
  fallbackUrls: z.array(addressSchema).default([]),
  /** Regular expression that an entry's absolute address must match, so that navigation and other sections are left out. */
  articlePath: pattern.optional(),
  /** Where older entries stand, for the poll that finds that some have passed unseen. */
  paging: z
    .strictObject({
      /** Address of a further page, relative to the list's own, with `{page}` for its number: `index_{page}.html`, `?paged={page}`. */
      url: z
        .string()
        .max(500)
        .refine(
          (text) => text.split("{page}").length === 2,
          "expected {page} once, where the number of the page stands",
        ),
      /** Number of the second page of the list. */
      from: z.int().min(0).max(100).default(2),
      /** Most further pages that one poll looks through. */
      most: z.int().min(1).max(20).default(10),
    })
    .optional(),
};

const pageList = z.strictObject({
  kind: z.literal("page"),
  ...everyList,
  /** CSS of each entry's link, or of an element that holds one link. */
  item: selector.optional(),
  /** CSS inside the entry for its date, where the list shows one. */
  date: selector.optional(),
});

/** The publisher's own listing page, looked through when the feed's window passed by unseen entries. */
const archive = pageList.optional();

/** Where a source lists what it published, and how to read that list. */
const listSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("feed"), ...everyList, archive }),
  pageList,
  z.strictObject({
    kind: z.literal("json"),
    ...everyList,
    /** Dotted paths: `results`, then inside each item `title`, `html_url` … */
    items: jsonPath,
    fields: z.strictObject({
      key: jsonPath.optional(),
      title: jsonPath,
      url: jsonPath,
      author: jsonPath.optional(),
      published: jsonPath.optional(),
      updated: jsonPath.optional(),
      summary: jsonPath.optional(),
      content: jsonPath.optional(),
    }),
    archive,
  }),
  /** A route of the WordPress REST API, such as https://norland.example/wp-json/wp/v2/posts. */
  z.strictObject({ kind: z.literal("wordpress"), ...everyList, archive }),
  z.strictObject({ kind: z.literal("sitemap"), ...everyList, archive }),
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
  /** Id in catalogue/actors/ of whoever publishes here. */
  actor: idSchema,
  /** What sort of place it is: `ministry-briefing`, `official-readout`, `think-tank`, `press` … */
  class: idSchema,
  /** Whether the publisher speaks for a state or international body: its words are verbatim-primary, its edits are news. */
  official: z.boolean(),
  bloc: blocSchema,
  languages: z.array(languageSchema).min(1),
  priority: z.enum(["A", "B", "C"]),
  enabled: z.boolean(),
  /** Why it is not enabled, in words, where it is not. */
  disabledBecause: z.string().min(1).optional(),
  confidence: z.enum(["high", "medium", "low"]),
  /** Keys of catalogue/evidence.yaml, or a sentence of your own. */
  evidence: z.array(z.string().min(1)).min(1),
  timeZone: zoneSchema.optional(),
  charset: z
    .string()
    .refine((label) => {
      try {
        return new TextDecoder(label).encoding.length > 0;
      } catch {
        return false;
      }
    }, "expected an encoding that web browsers know, such as utf-8 or gb18030")
    .optional(),
  poll: z
    .strictObject({
      every: intervalSchema,
      window: windowSchema.optional(),
      else: intervalSchema.optional(),
      /** How rarely the source may be asked when it is seen to publish rarely; without it `every` for priority A, twice that for B, four times for C. */
      slowest: intervalSchema.optional(),
    })
    .refine(({ window, else: outside }) => (window === undefined) === (outside === undefined), {
      message: "expected window and else together: the hours of every, and how often to look outside them",
      path: ["window"],
    }),
  /** Null where nothing can be polled yet; such a source is never enabled. */
  list: listSchema.nullable(),
  document: documentSchema.prefault({}),
  /** What tells the entries of the list apart; without it their own ids, else their addresses. */
  identity: z
    .strictObject({
      /** `url` for lists whose ids change although the entry is the same. */
      by: z.enum(["id", "url"]).default("id"),
      /** What is cut out of the id, such as a version behind it: #\d+$ */
      drop: pattern.optional(),
    })
    .optional(),
  /** Sources whose documents stand here too, under other addresses: one with their title and day is the same document. */
  mirrorOf: z.array(idSchema).optional(),
  /** How long after the first fetch a page is fetched again to catch edits; official sources: 1h, 6h, 24h, 7d. */
  recheck: z.array(intervalSchema).optional(),
  /** Certificates in PEM form that are trusted for this source alone, besides the usual ones: for sites that send an incomplete chain. */
  extraCa: z
    .string()
    .regex(
      /^\s*(?:-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----\s*)+$/,
      "expected certificates in PEM form: -----BEGIN CERTIFICATE----- …",
    )
    .optional(),
  /** This source alone may be fetched over plain http. */
  plainHttp: z.boolean().default(false),
  /** What people noted about it: terms, caveats, other addresses. */
  notes: z.array(z.string()).default([]),
});

export type Source = z.infer<typeof sourceSchema>;
export type SourceList = NonNullable<Source["list"]>;
