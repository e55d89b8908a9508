import { createRoute, z } from "@hono/zod-openapi";
import { busy, id, json, paging, problems, question, text } from "./routes.ts";
import { developmentShape, documentShape, statementShape } from "./shapes.ts";

/** GET /statements/by-key/{key}: what a lasting name leads to. */
export const statementByKeyRoute = createRoute({
  ...{
    method: "get",
    path: "/statements/by-key/{key}",
    summary: "The statement with a lasting name, in its newest reading",
  },
  request: {
    params: z.object({ key: z.string().openapi({ description: "32 hexadecimal digits.", example: "0".repeat(32) }) }),
  },
  responses: { ...json(statementShape, "The statement"), ...problems },
});

/** How often a value stands among what was found. */
export const facetValue = z.object({
  id: z.string(),
  label: z.string(),
  labelZh: z.string().nullable(),
  count: z.number().int(),
});
const facets = ["actor", "side", "topic", "kind", "lang", "source", "year"] as const;

/** GET /facets: how often each value stands among the hits. */
export const facetsRoute = createRoute({
  ...{ method: "get", path: "/facets", summary: "Counts of the statements that meet a question, by field" },
  request: { query: z.strictObject(question) },
  responses: {
    ...json(
      z.object({
        of: z.number().int().openapi({ description: "How many were counted." }),
        complete: z.boolean().openapi({ description: "Whether these are all that meet it; else the newest." }),
        by: z.object(Object.fromEntries(facets.map((name) => [name, z.array(facetValue)]))),
      }),
      "The counts",
    ),
    ...problems,
  },
});

/** GET /names: what somebody may mean who has begun to type. */
export const namesRoute = createRoute({
  ...{
    method: "get",
    path: "/names",
    summary: "Suggest actors, topics, types and sources for the beginning of a name",
  },
  request: {
    query: z.strictObject({
      q: z.string().min(1).max(100).openapi({ description: "What was typed.", example: "fron" }),
    }),
  },
  responses: {
    ...json(
      z.object({
        items: z.array(
          z.object({ field: z.string(), id: z.string(), label: z.string(), labelZh: z.string().nullable() }),
        ),
      }),
      "The names",
    ),
    ...problems,
  },
});

const diffPiece = z.object({ kind: z.enum(["same", "added", "removed"]), text: z.string() });
const number = (description: string) =>
  z
    .string()
    .regex(/^[1-9]\d{0,8}$/, "expected a number from 1")
    .openapi({ description, example: "1" });

/** GET /documents/{id}/diff: what changed between two versions. */
export const diffRoute = createRoute({
  ...{ method: "get", path: "/documents/{id}/diff", summary: "The words that two versions of a document do not share" },
  request: {
    params: id,
    query: z.strictObject({ from: number("Number of the older version."), to: number("Number of the newer version.") }),
  },
  responses: {
    ...json(z.object({ from: z.number(), to: z.number(), pieces: z.array(diffPiece) }), "The difference"),
    ...problems,
  },
});

/** GET /captures/{id}/body: the raw bytes. */
export const captureBodyRoute = createRoute({
  ...{ method: "get", path: "/captures/{id}/body", summary: "The bytes of a fetch, exactly as received" },
  request: { params: id },
  responses: {
    200: {
      description: "The bytes",
      content: { "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) } },
    },
    ...problems,
  },
});

/** An actor as the list has it. */
export const actorShape = z.object({
  id: z.string(),
  name: z.string(),
  nameZh: z.string().nullable(),
  side: z.string(),
  type: z.string(),
  statements: z.number().int(),
});

/** GET /actors: of whom the archive holds words. */
export const actorsRoute = createRoute({
  ...{ method: "get", path: "/actors", summary: "The actors of whom the archive holds words, the most quoted first" },
  request: { query: z.strictObject({}) },
  responses: { ...json(z.object({ items: z.array(actorShape) }), "The actors"), ...problems },
});

/** A topic as the list has it. */
export const topicShape = z.object({
  id: z.string(),
  label: z.string(),
  labelZh: z.string().nullable(),
  parentId: z.string().nullable(),
  definition: z.string(),
  statements: z.number().int(),
});

/** GET /topics: the taxonomy. */
export const topicsRoute = createRoute({
  ...{ method: "get", path: "/topics", summary: "The topics with how many statements carry them" },
  request: { query: z.strictObject({}) },
  responses: { ...json(z.object({ items: z.array(topicShape) }), "The topics"), ...problems },
});

const change = z.object({
  cursor: z.string(),
  noun: z.enum(["document", "development"]),
  id: z.number().int(),
  change: z.enum(["created", "revised", "retagged", "withdrawn", "restored"]),
  changedAt: z.iso.datetime(),
  document: documentShape.optional(),
  development: developmentShape.optional(),
});

/** GET /changes: everything that became another, in an order that misses nothing. */
export const changesRoute = createRoute({
  ...{ method: "get", path: "/changes", summary: "What changed since a cursor, with what it is now" },
  request: {
    query: z.strictObject({
      after: text("The cursor of the last change that is known; left out for the beginning."),
      limit: paging.limit,
    }),
  },
  responses: {
    ...json(
      z.object({
        items: z.array(change),
        next: z
          .string()
          .nullable()
          .openapi({ description: "Ask again after this cursor; the same as given when nothing is new." }),
      }),
      "The changes, oldest first. Keep the latest of each noun and id: that is what /dump gives",
    ),
    ...problems,
  },
});

/** GET /dump: the whole archive as it is now. */
export const dumpRoute = createRoute({
  ...{ method: "get", path: "/dump", summary: "Every document and development as it is now, one JSON object a line" },
  request: { query: z.strictObject({}) },
  responses: {
    200: { description: "NDJSON", content: { "application/x-ndjson": { schema: z.string() } } },
    ...problems,
    ...busy,
  },
});
