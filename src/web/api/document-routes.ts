import { createRoute, z } from "@hono/zod-openapi";
import { documentFacetNames } from "../../db/search/document-facets.ts";
import { facetValue } from "./archive-routes.ts";
import { json, pageOf, paging, problems, question } from "./routes.ts";
import { date, documentShape, links, orNull, span } from "./shapes.ts";

/** One document that was found. */
export const foundDocumentShape = z
  .object({
    id: z.number().int(),
    title: z.string().nullable(),
    titleHighlights: z.array(span).openapi({ description: "Where in `title` that stands which was looked for." }),
    url: z.string().nullable(),
    origin: z.string().nullable().openapi({ description: "Where an imported document came from." }),
    source: documentShape.shape.source,
    byline: z.string().nullable(),
    kind: z.string(),
    lang: z.string().nullable(),
    publishedAt: orNull(date),
    firstSeenAt: z.iso.datetime(),
    withdrawnAt: z.iso.datetime().nullable(),
    version: z.number().int().openapi({ description: "Number of the version that counts." }),
    statements: z.number().int().openapi({ description: "How many statements it holds." }),
    excerpt: z
      .object({
        text: z.string(),
        start: z.number().int().openapi({ description: "Where in the text of the version the piece begins." }),
        highlights: z.array(span).openapi({ description: "Spans into this piece." }),
      })
      .openapi({ description: "The piece of its text that shows best what was looked for; else its beginning." }),
    links,
  })
  .openapi("FoundDocument");

/** GET /documents: what stands in which document. */
export const documentsRoute = createRoute({
  method: "get",
  path: "/documents",
  summary: "Search documents by title and text, the latest published first",
  description:
    "A document is found within a minute after it was read. What stood only in former versions is not found.",
  request: {
    query: z.strictObject({
      ...question,
      order: z.enum(["newest", "relevance"]).default("newest").openapi({
        description:
          "What comes first; `relevance` orders the newest 1,000 that meet the question, titles weighing more than texts.",
      }),
      ...paging,
    }),
  },
  responses: { ...json(pageOf(foundDocumentShape), "A page of documents"), ...problems },
});

/** GET /documents/facets: how often each value stands among the documents that are found. */
export const documentFacetsRoute = createRoute({
  method: "get",
  path: "/documents/facets",
  summary: "Counts of the documents that meet a question, by field",
  request: { query: z.strictObject(question) },
  responses: {
    ...json(
      z.object({
        of: z.number().int().openapi({ description: "How many were counted." }),
        complete: z.boolean().openapi({ description: "Whether these are all that meet it; else the newest." }),
        by: z.object(Object.fromEntries(documentFacetNames.map((name) => [name, z.array(facetValue)]))),
      }),
      "The counts",
    ),
    ...problems,
  },
});
