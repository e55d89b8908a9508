import { createRoute, z } from "@hono/zod-openapi";
import type { Scope } from "../../db/analysts/tokens.ts";
import { busy, id, json, pageOf, paging, problemContent, problems, text } from "./routes.ts";
import {
  backtestShape,
  deliveryShape,
  deliveryWithAttemptsShape,
  digestShape,
  digestWithTextShape,
  endpointShape,
  endpointWishShape,
  madeEndpointShape,
  rotatedSecretShape,
  ruleShape,
  ruleTrialShape,
  ruleWishShape,
} from "./telling-shapes.ts";

const one = { params: id, query: z.strictObject({}) };
const deliveryId = z.object({
  id: z.string().openapi({ description: "`msg_` and 32 digits.", example: `msg_${"0".repeat(32)}` }),
});
/** What token an operation needs. */
export const needs = (scope: Scope) => ({ security: [{ token: [scope] }] });
const listOf = <Schema extends z.ZodType>(item: Schema, description: string) =>
  json(z.object({ items: z.array(item) }), description);
/** The body of a request. */
export const sent = <Schema extends z.ZodType>(schema: Schema, required = true) => ({
  required,
  content: { "application/json": { schema } },
});
const answered = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { "application/json": { schema } },
});
/** The answers that what changes something may get. */
export const changing = {
  ...problems,
  409: { description: "Its state does not allow it now", content: problemContent() },
  413: { description: "More than is taken", content: problemContent() },
  415: { description: "The body is not sent as JSON", content: problemContent() },
};

/** GET /rules */
export const rulesRoute = createRoute({
  ...{ method: "get", path: "/rules", summary: "List the rules" },
  request: { query: z.strictObject({}) },
  responses: { ...listOf(ruleShape, "The rules"), ...problems },
});

/** GET /rules/{id} */
export const ruleRoute = createRoute({
  ...{ method: "get", path: "/rules/{id}", summary: "One rule" },
  request: one,
  responses: { ...json(ruleShape, "The rule"), ...problems },
});

/** POST /rules */
export const saveRuleRoute = createRoute({
  ...{ method: "post", path: "/rules", summary: "Make a rule, or change the one of this name", ...needs("editor") },
  description: "What came in before the rule was made is never sent. What the wish leaves out has its default.",
  request: { query: z.strictObject({}), body: sent(ruleWishShape) },
  responses: {
    200: answered(ruleShape, "The rule, changed; it is on"),
    201: answered(ruleShape, "The rule, made"),
    ...changing,
  },
});

/** POST /rules/test */
export const testRuleRoute = createRoute({
  ...{ method: "post", path: "/rules/test", summary: "What a rule would have sent; nothing is kept" },
  request: { query: z.strictObject({}), body: sent(ruleTrialShape) },
  responses: { ...json(backtestShape, "What it would have sent"), ...changing, ...busy },
});

const switchRoute = <Noun extends "rules" | "endpoints", Word extends "on" | "off", Shape extends z.ZodType>(
  noun: Noun,
  word: Word,
  shape: Shape,
) =>
  createRoute({
    method: "post",
    path: `/${noun}/{id}/${word}` as const,
    summary: `Switch ${noun === "rules" ? "a rule" : "an endpoint"} ${word}`,
    ...needs("editor"),
    request: one,
    responses: { ...json(shape, "As it is now"), ...changing },
  });

/** POST /rules/{id}/on and /off */
export const ruleOnRoute = switchRoute("rules", "on", ruleShape);
export const ruleOffRoute = switchRoute("rules", "off", ruleShape);

/** GET /endpoints */
export const endpointsRoute = createRoute({
  ...{ method: "get", path: "/endpoints", summary: "List where alerts go" },
  request: { query: z.strictObject({}) },
  responses: { ...listOf(endpointShape, "The endpoints"), ...problems },
});

/** GET /endpoints/{id} */
export const endpointRoute = createRoute({
  ...{ method: "get", path: "/endpoints/{id}", summary: "One endpoint" },
  request: one,
  responses: { ...json(endpointShape, "The endpoint"), ...problems },
});

/** POST /endpoints */
export const saveEndpointRoute = createRoute({
  ...{ method: "post", path: "/endpoints", summary: "Make an endpoint, or give the one of this name a new address" },
  ...needs("admin"),
  description: "It is on then, and a webhook has a new secret.",
  request: { query: z.strictObject({}), body: sent(endpointWishShape) },
  responses: {
    200: answered(madeEndpointShape, "The endpoint, changed"),
    201: answered(madeEndpointShape, "The endpoint, made"),
    ...changing,
  },
});

/** POST /endpoints/{id}/rotate */
export const rotateRoute = createRoute({
  ...{ method: "post", path: "/endpoints/{id}/rotate", summary: "Give a webhook a new secret", ...needs("admin") },
  request: {
    ...one,
    body: sent(
      z.strictObject({
        overlapHours: z.number().int().min(0).max(999).default(24).openapi({ description: "How long both sign." }),
      }),
    ),
  },
  responses: { ...json(rotatedSecretShape, "The new secret"), ...changing },
});

/** POST /endpoints/{id}/test */
export const testEndpointRoute = createRoute({
  ...{ method: "post", path: "/endpoints/{id}/test", summary: "Send an endpoint a test, as an alert is sent" },
  ...needs("editor"),
  request: one,
  responses: { 202: answered(deliveryShape, "The delivery, on its way"), ...changing },
});

/** POST /endpoints/{id}/on and /off */
export const endpointOnRoute = switchRoute("endpoints", "on", endpointShape);
export const endpointOffRoute = switchRoute("endpoints", "off", endpointShape);

/** GET /deliveries: what was sent; needs the scope editor, because deliveries name other people's endpoints. */
export const deliveriesRoute = createRoute({
  ...{ method: "get", path: "/deliveries", summary: "Alerts on their way to endpoints, the latest first" },
  ...needs("editor"),
  request: {
    query: z.strictObject({
      status: z.enum(["pending", "delivered", "failed"]).optional().openapi({ description: "Only those." }),
      limit: paging.limit,
      cursor: text("Where the page begins: `next` of the page before."),
    }),
  },
  responses: { ...json(pageOf(deliveryShape), "The deliveries"), ...problems },
});

/** GET /deliveries/{id} */
export const deliveryRoute = createRoute({
  ...{ method: "get", path: "/deliveries/{id}", summary: "One delivery: what was sent, what was answered" },
  ...needs("editor"),
  request: { params: deliveryId, query: z.strictObject({}) },
  responses: { ...json(deliveryWithAttemptsShape, "The delivery"), ...problems },
});

/** POST /deliveries/{id}/replay */
export const replayRoute = createRoute({
  ...{ method: "post", path: "/deliveries/{id}/replay", summary: "Send a delivery again: same id, same bytes" },
  ...needs("editor"),
  request: { params: deliveryId, query: z.strictObject({}) },
  responses: { 202: answered(deliveryWithAttemptsShape, "The delivery, on its way again"), ...changing },
});

/** GET /digests */
export const digestsRoute = createRoute({
  ...{ method: "get", path: "/digests", summary: "List the latest digests" },
  request: { query: z.strictObject({ limit: paging.limit }) },
  responses: { ...listOf(digestShape, "The digests"), ...problems },
});

/** GET /digests/{id} */
export const digestRoute = createRoute({
  ...{ method: "get", path: "/digests/{id}", summary: "One digest as it was sent" },
  request: one,
  responses: { ...json(digestWithTextShape, "The digest"), ...problems },
});
