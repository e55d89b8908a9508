import { z } from "@hono/zod-openapi";
import { isZone } from "../../catalogue/fields.ts";
import { EXPECTED_NAME, GIVEN_NAME } from "../../domain/given-name.ts";
import { endpointFormats } from "../../make-endpoint.ts";
import { links, orNull } from "./shapes.ts";

const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "expected a time such as 22:00")
  .openapi({ example: "22:00" });

const quiet = z
  .strictObject({
    ...{ from: clock, to: clock },
    timeZone: z
      .string()
      .refine(isZone, "expected an IANA time zone such as Asia/Shanghai")
      .openapi({ description: "IANA name.", example: "Asia/Shanghai" }),
  })
  .openapi("QuietHours");

/** How a rule speaks up. */
const manner = z.strictObject({
  quiet: orNull(quiet),
  cooldownMinutes: z.number().int().min(0).max(99_999).openapi({ description: "Least time between two on a thread." }),
  urgentFrom: z.number().int().min(1).max(5).nullable().openapi({ description: "From this severity nothing waits." }),
  batchAfter: z.number().int().min(0).max(999).optional().openapi({
    description: "So many alerts in ten minutes go out one by one, the rest together; 0 for never, 10 where left out.",
  }),
});

const about = z.enum(["developments", "statements"]);
const question = z.string().max(2_000, "expected at most 2,000 characters");

/** A name that somebody gives a rule or an endpoint. */
export const givenName = z.string().regex(GIVEN_NAME, EXPECTED_NAME).openapi({ example: "channels" });

/** One rule. */
export const ruleShape = z
  .object({
    ...{ id: z.number().int(), name: z.string(), query: z.string(), about },
    ...{ manner, enabled: z.boolean(), createdAt: z.iso.datetime() },
    endpoints: z.array(z.string()).openapi({ description: "Names of the endpoints that it reports to." }),
    links: links.extend({ atom: z.url(), jsonFeed: z.url() }),
  })
  .openapi("Rule");

/** A rule as somebody wants it. */
export const ruleWishShape = z
  .strictObject({
    name: givenName,
    query: question.openapi({ description: "In the language of search: docs/query.md.", example: "type:talks" }),
    about: about.default("developments"),
    manner: manner.partial().optional(),
    endpoints: z
      .array(z.string().openapi({ example: "desk" }))
      .min(1, "expected the name of at least one endpoint")
      .max(100),
  })
  .openapi("RuleWish");

/** A rule to be tried. */
export const ruleTrialShape = z
  .strictObject({
    ...{ query: question, about: about.default("developments"), manner: manner.partial().optional() },
    days: z.number().int().min(1).max(9_999).default(90).openapi({ description: "How far back it is tried." }),
  })
  .openapi("RuleTrial");

/** What a rule would have sent. */
export const backtestShape = z
  .object({
    ...{ about, since: z.iso.datetime(), until: z.iso.datetime() },
    looked: z.number().int().openapi({ description: "Developments or statements looked at." }),
    cut: z.boolean().openapi({ description: "Whether there were more in the period than were looked at." }),
    ...{ hits: z.number().int(), background: z.number().int(), late: z.number().int() },
    messages: z.array(z.object({ at: z.iso.datetime(), lines: z.array(z.string()), late: z.boolean() })),
    ...{ batches: z.number().int(), perWeek: z.number() },
    busiest: z.object({ day: z.string(), messages: z.number().int() }).nullable(),
  })
  .openapi("Backtest");

const kind = z.enum(["webhook", "mail"]);
const format = z.enum(endpointFormats);

/** One endpoint; never its secret. */
export const endpointShape = z
  .object({
    ...{ id: z.number().int(), name: z.string(), kind, format },
    place: z.string().openapi({ description: "Its host, or its mail address without the name." }),
    address: z.string().nullable().openapi({
      description: "In full, for tokens of scope admin: the path of a webhook may be a secret. Null for others.",
    }),
    owner: z.string().nullable().openapi({ description: "For tokens of scope admin; null for others." }),
    ...{ enabled: z.boolean(), disabledBecause: z.string().nullable() },
    failingSince: z.iso.datetime().nullable().openapi({ description: "Since when every attempt has failed." }),
    ...{ createdAt: z.iso.datetime(), links },
  })
  .openapi("Endpoint");

/** An endpoint as somebody wants it. */
export const endpointWishShape = z
  .strictObject({
    name: givenName,
    address: z.string().min(1).max(2_000).openapi({
      description: "An https address or a mail address.",
      example: "https://desk.example.org/hook",
    }),
    format: format.default("parley"),
    owner: z.email("expected a mail address").nullable().default(null).openapi({
      description: "Written to when the endpoint is switched off because it fails.",
    }),
  })
  .openapi("EndpointWish");

const secret = z.string().openapi({ description: "Signs its deliveries (Standard Webhooks). Shown this once." });

/** An endpoint that was made, with its secret. */
export const madeEndpointShape = z
  .object({ endpoint: endpointShape, secret: secret.nullable() })
  .openapi("EndpointWithSecret");

/** A secret that was made anew. */
export const rotatedSecretShape = z
  .object({
    secret,
    previousUntil: z.iso.datetime().openapi({ description: "Until then the secret before signs too." }),
  })
  .openapi("RotatedSecret");

/** One delivery without its body. */
export const deliveryShape = z
  .object({
    ...{ id: z.string(), status: z.enum(["pending", "delivered", "failed"]) },
    kind: z.enum(["development", "statements", "batch", "correction", "test"]),
    ...{ rule: z.string().nullable(), endpoint: z.string() },
    ...{ createdAt: z.iso.datetime(), deliveredAt: z.iso.datetime().nullable() },
    ...{ nextAttemptAt: z.iso.datetime().nullable(), replayedAt: z.iso.datetime().nullable() },
    ...{ attempts: z.number().int(), developmentId: z.number().int().nullable() },
  })
  .openapi("Delivery");

const headers = z.record(z.string(), z.string()).nullable();

/** One delivery with its body and every attempt. */
export const deliveryWithAttemptsShape = deliveryShape
  .omit({ attempts: true })
  .extend({
    body: z.string().openapi({ description: "Exactly what is sent, at every attempt the same." }),
    attempts: z.array(
      z.object({
        ...{ attemptedAt: z.iso.datetime(), httpStatus: z.number().int().nullable() },
        ...{ failureCode: z.string().nullable(), message: z.string().nullable(), elapsedMs: z.number().int() },
        ...{ request: headers, response: headers },
      }),
    ),
  })
  .openapi("DeliveryWithAttempts");

/** One digest without its text. */
export const digestShape = z
  .object({
    ...{ id: z.number().int(), period: z.enum(["daily", "weekly"]), day: z.string() },
    status: z.enum(["claimed", "handing", "sent", "failed", "unknown"]),
    to: z.string().openapi({ description: "The address without the name of its owner." }),
    personal: z.boolean().openapi({
      description: "Whether its reader chose what stands in it: then nobody else sees its subject and text.",
    }),
    ...{ subject: z.string().nullable(), sentAt: z.iso.datetime().nullable(), message: z.string().nullable() },
    links,
  })
  .openapi("Digest");

/** One digest with its text. */
export const digestWithTextShape = digestShape
  .extend({
    ...{ periodStart: z.iso.datetime(), periodEnd: z.iso.datetime(), lang: z.string(), timeZone: z.string() },
    ...{ plain: z.string().nullable(), html: z.string().nullable() },
  })
  .openapi("DigestWithText");
