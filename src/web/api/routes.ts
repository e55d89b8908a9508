import { createRoute, z } from "@hono/zod-openapi";
import { type FieldName, fieldNames, fieldOf } from "../../domain/query/field.ts";
import {
  coverageShape,
  developmentShape,
  filterInsteadShape,
  foundStatementShape,
  linkedDocumentShape,
  linkedStatementShape,
  problemShape,
  sourceShape,
} from "./shapes.ts";

/** A parameter that may be left out. */
export const text = (description: string, example?: string) => z.string().optional().openapi({ description, example });

/** Which page of a list. */
export const paging = {
  limit: z.coerce
    .number("expected a whole number from 1 to 200")
    .int("expected a whole number from 1 to 200")
    .min(1, "expected a whole number from 1 to 200")
    .max(200, "expected a whole number from 1 to 200")
    .default(50)
    .openapi({ description: "Rows per page, 1 to 200." }),
  cursor: text("Where the page begins: `next` of the page before."),
};

/** `q` and every field of the query language, so that programs need not write a query. */
export const question = {
  q: text("A question in Parley's query language: docs/query.md.", "guardrails topic:frontier -trade"),
  ...(Object.fromEntries(
    fieldNames.map((name) => {
      const { says, expected, many, example } = fieldOf(name);
      return [name, text(`${says}: ${expected}${many ? "; several joined by commas" : ""}.`, example.split(":")[1])];
    }),
  ) as Record<FieldName, ReturnType<typeof text>>),
};

/** The answers that any question may get. */
export const problems = {
  400: { description: "The request cannot be understood", content: problemContent() },
  401: { description: "A token is needed", content: problemContent() },
  403: {
    description: "The token may not do this, or the request comes from a page elsewhere",
    content: problemContent(),
  },
  404: { description: "Not found", content: problemContent() },
};

/** The answer of what is made for a few at a time. */
export const busy = {
  503: { description: "Others are being answered; Retry-After says when to ask again", content: problemContent() },
};

/** An answer that says what is wrong. */
export function problemContent() {
  return { "application/problem+json": { schema: problemShape } };
}

/** The answer of an operation. */
export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { 200: { description, content: { "application/json": { schema } } } };
}

/** The answer of a list that is read page by page. */
export function pageOf<Schema extends z.ZodType>(item: Schema) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().openapi({ description: "The cursor of the next page; null on the last." }),
  });
}

/** The number in a path. */
export const id = z.object({ id: z.string().openapi({ description: "A number.", example: "12" }) });

/** GET /statements: who said what, when, about which topic. */
export const statementsRoute = createRoute({
  method: "get",
  path: "/statements",
  summary: "Search statements, newest first",
  request: {
    query: z.strictObject({
      ...question,
      order: z
        .enum(["newest", "relevance"])
        .default("newest")
        .openapi({ description: "What comes first; `relevance` orders the newest 2,000 that meet the question." }),
      ...paging,
    }),
  },
  responses: {
    ...json(
      pageOf(foundStatementShape).extend({
        suggestions: z.array(filterInsteadShape).openapi({
          description:
            "What may have been meant, where nothing meets the question but its words name a topic or an actor: `hotline` for `topic:crisis.hotline`.",
        }),
      }),
      "A page of statements",
    ),
    ...problems,
  },
});

/** GET /statements/{id} */
export const statementRoute = createRoute({
  method: "get",
  path: "/statements/{id}",
  summary: "One statement",
  request: { params: id },
  responses: { ...json(linkedStatementShape, "The statement"), ...problems },
});

/** GET /developments: what happened. */
export const developmentsRoute = createRoute({
  method: "get",
  path: "/developments",
  summary: "List developments, the latest detected first",
  request: {
    query: z.strictObject({
      ...question,
      ...paging,
    }),
  },
  responses: { ...json(pageOf(developmentShape), "A page of developments"), ...problems },
});

/** GET /developments/{id} */
export const developmentRoute = createRoute({
  method: "get",
  path: "/developments/{id}",
  summary: "One development",
  request: { params: id },
  responses: { ...json(developmentShape, "The development"), ...problems },
});

/** GET /documents/{id}: archived text with its statements and versions. */
export const documentRoute = createRoute({
  method: "get",
  path: "/documents/{id}",
  summary: "One document, its versions, and the text and statements of one version",
  request: {
    params: id,
    query: z.strictObject({ v: text("Number of the version; without it the one that counts today.", "1") }),
  },
  responses: { ...json(linkedDocumentShape, "The document"), ...problems },
});

/** GET /sources: coverage. */
export const sourcesRoute = createRoute({
  method: "get",
  path: "/sources",
  summary: "Every source and how watching it goes",
  request: { query: z.strictObject({}) },
  responses: {
    ...json(z.object({ coverage: coverageShape, items: z.array(sourceShape) }), "The sources"),
    ...problems,
  },
});
