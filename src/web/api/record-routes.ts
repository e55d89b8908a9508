import { createRoute, z } from "@hono/zod-openapi";
import { idSchema } from "../../catalogue/fields.ts";
import {
  commitmentShape,
  firstTimeShape,
  listedVersionShape,
  meetingShape,
  phraseShape,
  phraseWithUsesShape,
  threadShape,
  threadWithConflictsShape,
} from "./record-shapes.ts";
import { id, json, pageOf, paging, problems } from "./routes.ts";

const { limit } = paging;
const one = { params: id, query: z.strictObject({}) };

function listOf<Schema extends z.ZodType>(item: Schema, description: string) {
  return json(z.object({ items: z.array(item) }), description);
}

/** GET /threads: courses of things, page by page. */
export const threadsRoute = createRoute({
  ...{ method: "get", path: "/threads", summary: "List threads, those that moved last first" },
  request: {
    query: z.strictObject({
      course: z
        .string()
        .regex(/^[a-z][a-z-]{0,39}$/, "expected a word such as talks")
        .optional()
        .openapi({ description: "Only threads of this course.", example: "talks" }),
      state: z
        .enum(["reported", "announced", "scheduled", "held", "postponed", "suspended", "resumed"])
        .optional()
        .openapi({ description: "Only threads that stand there." }),
      ...paging,
    }),
  },
  responses: { ...json(pageOf(threadShape), "A page of threads"), ...problems },
});

/** GET /threads/{id} */
export const threadRoute = createRoute({
  ...{ method: "get", path: "/threads/{id}", summary: "One thread, and the accounts in it that contradict each other" },
  request: one,
  responses: { ...json(threadWithConflictsShape, "The thread"), ...problems },
});

/** GET /meetings: those of which an official account is known. */
export const meetingsRoute = createRoute({
  ...{ method: "get", path: "/meetings", summary: "List the latest meetings with both sides' accounts" },
  request: { query: z.strictObject({ limit }) },
  responses: { ...listOf(meetingShape, "The meetings"), ...problems },
});

/** GET /meetings/{id} */
export const meetingRoute = createRoute({
  ...{ method: "get", path: "/meetings/{id}", summary: "One meeting, account by account and topic by topic" },
  request: one,
  responses: { ...json(meetingShape, "The meeting"), ...problems },
});

/** GET /phrases: the stock phrases that were used. */
export const phrasesRoute = createRoute({
  ...{ method: "get", path: "/phrases", summary: "List the stock phrases that were used, the last used first" },
  request: { query: z.strictObject({}) },
  responses: { ...listOf(phraseShape, "The phrases"), ...problems },
});

/** GET /phrases/{id} */
export const phraseRoute = createRoute({
  ...{ method: "get", path: "/phrases/{id}", summary: "One stock phrase with the places where it stands" },
  request: {
    params: z.object({ id: z.string().openapi({ description: "Its words.", example: "win-win-cooperation" }) }),
    query: z.strictObject({ limit }),
  },
  responses: { ...json(phraseWithUsesShape, "The phrase"), ...problems },
});

/** GET /commitments: who undertook what, page by page. */
export const commitmentsRoute = createRoute({
  ...{ method: "get", path: "/commitments", summary: "List commitments, those made last first" },
  request: {
    query: z.strictObject({
      state: z
        .enum(["open", "met", "missed"])
        .optional()
        .openapi({ description: "Only those that stand so, as far as later texts tell." }),
      ...paging,
    }),
  },
  responses: { ...json(pageOf(commitmentShape), "A page of commitments"), ...problems },
});

/** GET /commitments/{id} */
export const commitmentRoute = createRoute({
  ...{ method: "get", path: "/commitments/{id}", summary: "One commitment with what later texts tell of it" },
  request: one,
  responses: { ...json(commitmentShape, "The commitment"), ...problems },
});

/** GET /first-times: what was said or mentioned for the first time. */
export const firstTimesRoute = createRoute({
  ...{ method: "get", path: "/first-times", summary: "List the latest first times" },
  request: {
    query: z.strictObject({
      actor: idSchema.optional().openapi({ description: "Only those of this actor: its id.", example: "china" }),
      limit,
    }),
  },
  responses: { ...listOf(firstTimeShape, "The first times"), ...problems },
});

/** GET /first-times/{id} */
export const firstTimeRoute = createRoute({
  ...{ method: "get", path: "/first-times/{id}", summary: "One first time" },
  request: one,
  responses: { ...json(firstTimeShape, "The first time"), ...problems },
});

/** GET /documents/{id}/versions: every reading of a document, without the texts. */
export const versionsRoute = createRoute({
  ...{ method: "get", path: "/documents/{id}/versions", summary: "The versions of a document, the newest first" },
  request: one,
  responses: { ...listOf(listedVersionShape, "The versions"), ...problems },
});
