import { createRoute, z } from "@hono/zod-openapi";
import { coverageShape, developmentShape, documentShape, problemShape, sourceShape, statementShape } from "./shapes.ts";

const text = (description: string, example?: string) => z.string().optional().openapi({ description, example });

const paging = {
  limit: z.coerce
    .number("expected a whole number from 1 to 200")
    .int("expected a whole number from 1 to 200")
    .min(1, "expected a whole number from 1 to 200")
    .max(200, "expected a whole number from 1 to 200")
    .default(50)
    .openapi({ description: "Rows per page, 1 to 200." }),
  cursor: text("Where the page begins: `next` of the page before."),
};

const problems = {
  400: { description: "The request cannot be understood", content: problemContent() },
  401: { description: "A token is needed", content: problemContent() },
  404: { description: "Not found", content: problemContent() },
};

function problemContent() {
  return { "application/problem+json": { schema: problemShape } };
}

function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { 200: { description, content: { "application/json": { schema } } } };
}

function pageOf<Schema extends z.ZodType>(item: Schema) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().openapi({ description: "The cursor of the next page; null on the last." }),
  });
}

const id = z.object({ id: z.string().openapi({ description: "A number.", example: "12" }) });

/** GET /statements: who said what, when, about which topic. */
export const statementsRoute = createRoute({
  method: "get",
  path: "/statements",
  summary: "Search statements, newest first",
  request: {
    query: z.strictObject({
      q: text('Words, "exact phrases", -not, and filters: actor: topic: kind: lang: since: until:', "guardrails"),
      actor: text("Ids or exact names of actors, joined by commas; parts of a body are included."),
      topic: text("Ids of topics, joined by commas; a parent stands for its leaves."),
      bloc: text("Sides, joined by commas.", "US,China"),
      kind: text("direct, mixed, indirect; joined by commas."),
      lang: text("Language of the words.", "zh"),
      source: text("Ids of sources, joined by commas."),
      since: text("First day (UTC), month or year, or an instant.", "2026-05"),
      until: text("Last day (UTC), month or year, or the instant before which.", "2026-06-30"),
      ...paging,
    }),
  },
  responses: { ...json(pageOf(statementShape), "A page of statements"), ...problems },
});

/** GET /statements/{id} */
export const statementRoute = createRoute({
  method: "get",
  path: "/statements/{id}",
  summary: "One statement",
  request: { params: id },
  responses: { ...json(statementShape, "The statement"), ...problems },
});

/** GET /developments: what happened. */
export const developmentsRoute = createRoute({
  method: "get",
  path: "/developments",
  summary: "List developments, the latest detected first",
  request: {
    query: z.strictObject({
      type: text("Ids of development types, joined by commas."),
      status: text("new or background."),
      severity: text("At least this severity, 1 to 5.", "4"),
      actor: text("Ids or exact names of actors, joined by commas."),
      topic: text("Ids of topics, joined by commas; a parent stands for its leaves."),
      since: text("First day of detection (UTC), month or year, or an instant."),
      until: text("Last day of detection (UTC), month or year, or the instant before which."),
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
  responses: { ...json(documentShape, "The document"), ...problems },
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
