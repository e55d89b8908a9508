import { z } from "@hono/zod-openapi";

/**
 * What may also be null. A schema with a name of its own cannot be made nullable in place: the document would name it and lose the null.
 */
export function orNull<Schema extends z.ZodType>(schema: Schema) {
  return z.union([schema, z.null()]);
}

/** A date as precise as its source gave it; see DESIGN of `KnownDate`. */
export const date = z
  .object({
    value: z.string().openapi({ example: "2026-05-19T20:31+08:00" }),
    precision: z.enum(["minute", "day", "month", "year"]),
    basis: z.string(),
    raw: z.string(),
  })
  .openapi("Date");

/** A place in the text of a version. */
export const span = z.object({ start: z.number().int(), end: z.number().int() }).openapi("Span", {
  description: "A half-open range of UTF-16 code units in the text of the document's version.",
});

/** A thing of the catalogue with its names in both languages. */
export const name = z.object({ id: z.string(), label: z.string(), labelZh: z.string().nullable() }).openapi("Name");

const sourceName = z
  .object({ id: z.string(), title: z.string(), titleZh: z.string().nullable() })
  .openapi("SourceName");

/** Where a thing is shown, and where it is answered. */
export const links = z.object({ html: z.url(), self: z.url() }).openapi("Links");

/** One statement. */
export const statementShape = z
  .object({
    id: z.number().int().openapi({ description: "Another reading of the document gives the words another number." }),
    key: z
      .string()
      .nullable()
      .openapi({ description: "The lasting name of the words, the same in every reading of the document." }),
    words: z.string().openapi({ description: "Interrupted words joined with one space; `content` says where." }),
    lang: z.string().nullable(),
    kind: z.enum(["direct", "mixed", "indirect"]),
    act: z.string(),
    polarity: z.enum(["affirmed", "negated", "hypothetical"]),
    speaker: z.object({
      text: z.string().nullable(),
      actorIds: z.array(z.string()),
      actors: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          nameZh: z.string().nullable(),
          bloc: z.string(),
          method: z.string(),
          confidence: z.number(),
          offices: z
            .array(
              z.object({
                role: z.string(),
                roleZh: z.string().nullable(),
                body: z.string(),
                bodyName: z.string().nullable(),
                bodyNameZh: z.string().nullable(),
              }),
            )
            .openapi({ description: "Offices held on the day of the statement; empty where the day is not known." }),
        }),
      ),
    }),
    addressee: z.string().nullable(),
    relayedBy: z.string().nullable(),
    topics: z.array(name.extend({ score: z.number() })),
    saidAt: orNull(date),
    content: z.array(span),
    confidence: z.number(),
    fidelity: z.string(),
    flags: z.array(z.string()),
    rule: z.string(),
    document: z.object({
      id: z.number().int(),
      title: z.string().nullable(),
      url: z.string().nullable(),
      origin: z.string().nullable().openapi({ description: "Where an imported document came from." }),
      version: z.number().int(),
      current: z.boolean(),
      withdrawnAt: z.iso.datetime().nullable(),
      publishedAt: orNull(date),
      source: orNull(sourceName),
    }),
    links: links.extend({
      lasting: z
        .url()
        .openapi({ description: "The address to cite: it leads to the words in whatever reading counts." }),
      text: z.url().openapi({ description: "The words, highlighted in the archived text." }),
    }),
  })
  .openapi("Statement");

/** One statement with whose words it says again: that may change with what comes in later, so it is in no dump. */
export const linkedStatementShape = statementShape
  .extend({
    repeats: z
      .object({
        firstId: z.number().int(),
        relation: z.enum(["same", "piece", "whole", "near"]),
        daysApart: z.number().int().nullable(),
      })
      .nullable()
      .openapi({
        description:
          "The first occurrence of these words in the archive, where this is not it: `piece` of it, a `whole` that holds it, `near` it.",
      }),
  })
  .openapi("LinkedStatement");

/** A question to ask instead of one that met nothing. */
export const filterInsteadShape = z
  .object({
    q: z.string().openapi({ description: "The `q` to ask, with a filter where the words stood." }),
    field: z.enum(["topic", "actor"]),
    id: z.string(),
    label: z.string(),
    labelZh: z.string().nullable(),
    statements: z.number().int().openapi({ description: "How many meet it; counted up to 1,000." }),
  })
  .openapi("FilterInstead");

/** One statement that was found. */
export const foundStatementShape = linkedStatementShape
  .extend({
    highlights: z.array(span).openapi({ description: "Where in `words` that stands which was looked for." }),
  })
  .openapi("FoundStatement");

/** One development. */
export const developmentShape = z
  .object({
    id: z.number().int(),
    key: z.string(),
    type: name,
    severity: z.number().int(),
    status: z.enum(["new", "background"]),
    edited: z.boolean(),
    summary: z.string(),
    hedge: z.string().nullable(),
    eventDate: orNull(date),
    detectedAt: z.iso.datetime(),
    actors: z.array(name),
    topics: z.array(name),
    evidence: z.array(
      z.object({
        words: z.string(),
        span,
        statementId: z.number().int().nullable(),
        document: z.object({
          id: z.number().int(),
          title: z.string().nullable(),
          url: z.string().nullable(),
          version: z.number().int(),
          source: orNull(sourceName),
        }),
      }),
    ),
    links,
  })
  .openapi("Development");

/** One version of a document, without its text. */
export const versionShape = z
  .object({
    number: z.number().int(),
    current: z.boolean(),
    cause: z.enum(["first", "edited", "reread"]),
    readerVersion: z.number().int(),
    textSha256: z.string(),
    createdAt: z.iso.datetime(),
    capture: z.object({
      id: z.number().int(),
      url: z.string(),
      finalUrl: z.string(),
      httpStatus: z.number().int().nullable(),
      bodySha256: z.string(),
      byteLength: z.number().int(),
      fetchedAt: z.iso.datetime(),
    }),
  })
  .openapi("Version");

/** One document with its versions; `text` is that of the version asked for. */
export const documentShape = z
  .object({
    id: z.number().int(),
    identity: z.string(),
    url: z.string().nullable(),
    origin: z.string().nullable(),
    source: orNull(sourceName),
    firstSeenAt: z.iso.datetime(),
    withdrawnAt: z.iso.datetime().nullable(),
    lastLookAt: z.iso
      .datetime()
      .nullable()
      .openapi({ description: "When it was last looked at again; null while never." }),
    looks: z
      .array(
        z.object({
          at: z.iso.datetime(),
          outcome: z.enum(["changed", "gone", "withdrawn", "restored", "failed"]).openapi({
            description:
              "`changed`: other bytes, which are read; `gone`: not there; `withdrawn`: not there for the second time in a row; `restored`: there again.",
          }),
          httpStatus: z.number().int().nullable(),
          failureCode: z.string().nullable(),
        }),
      )
      .openapi({ description: "The last looks at which it was not as before, the latest first." }),
    version: z
      .object({
        number: z.number().int(),
        title: z.string().nullable(),
        byline: z.string().nullable(),
        publisher: z.string().nullable(),
        kind: z.string(),
        lang: z.string().nullable(),
        publishedAt: orNull(date),
        updatedAt: orNull(date),
        text: z.string(),
        statements: z.array(statementShape),
      })
      .nullable(),
    versions: z.array(versionShape),
    links,
  })
  .openapi("Document");

/** One document with those that tell the same: that may change with what comes in later, so it is in no dump. */
export const linkedDocumentShape = documentShape
  .extend({
    family: z
      .array(
        z.object({
          documentId: z.number().int(),
          title: z.string().nullable(),
          url: z.string().nullable(),
          lang: z.string().nullable(),
          relation: z.enum(["copy", "part", "rewrite", "translation"]).nullable(),
        }),
      )
      .openapi({
        description: "Other documents that tell the same, the first of them (`relation` null) first; at most fifty.",
      }),
  })
  .openapi("LinkedDocument");

/** One source with how watching it goes. */
export const sourceShape = z
  .object({
    id: z.string(),
    title: z.string(),
    titleZh: z.string().nullable(),
    actorId: z.string(),
    enabled: z.boolean(),
    disabledBecause: z.string().nullable(),
    priority: z.string(),
    every: z.string(),
    lastPollAt: z.iso.datetime().nullable(),
    lastSuccessAt: z.iso.datetime().nullable(),
    nextPollAt: z.iso.datetime().nullable(),
    failuresInRow: z.number().int(),
    state: z.enum(["reached", "failed", "late", "gone", "new", "off"]).openapi({
      description: "How watching it goes. Only `reached` lets its silence be believed.",
    }),
    quietSince: z.iso.datetime().nullable().openapi({
      description: "Since when it is unusually quiet against its own last 28 days; null while it is not.",
    }),
    lastPoll: z
      .object({
        outcome: z.enum(["read", "unchanged", "failed"]),
        failureCode: z.string().nullable(),
        message: z.string().nullable(),
        itemsSeen: z.number().int(),
        itemsNew: z.number().int(),
      })
      .nullable(),
    documents: z.number().int(),
    lastDocumentAt: z.iso.datetime().nullable(),
  })
  .openapi("Source");

/** How much of what is watched answered in the last 24 hours. */
export const coverageShape = z
  .object({
    since: z.iso.datetime(),
    watched: z.number().int(),
    reached: z.number().int(),
    late: z.array(sourceName),
    quiet: z.array(sourceName),
    incidents: z.number().int(),
    troubles: z
      .array(z.string())
      .openapi({ description: "Codes of what is wrong with Parley itself: work waits, and news may lie in it." }),
    complete: z.boolean().openapi({
      description:
        "Whether silence may be believed: every watched source is reached, none is blind, and nothing waits inside Parley.",
    }),
  })
  .openapi("Coverage");

/** An error (RFC 9457). */
export const problemShape = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string(),
    errors: z.array(z.object({ parameter: z.string(), message: z.string() })).optional(),
  })
  .openapi("Problem");
