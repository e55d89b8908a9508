import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { type ActOutcome, actsOn, type Hand, mergeByHand } from "../../db/developments/analyst-acts.ts";
import { developmentsByIds } from "../../db/developments/development-list.ts";
import { threadsByIds } from "../../db/developments/thread-list.ts";
import { Failure } from "../../domain/failure.ts";
import { answerProblem } from "../http/problem.ts";
import { actByHand, DEVELOPMENT_ACTS, handFields } from "../routes/hand-wish.ts";
import { readId } from "../search.ts";
import { id, json, problems } from "./routes.ts";
import { type TellingParts, whyNot } from "./telling-api.ts";
import { changing, needs, sent } from "./telling-routes.ts";

const plain = z.strictObject({});
const handShape = {
  by: handFields.by.openapi({ description: "Who decides this.", example: "Ada" }),
  reason: handFields.reason.openapi({ description: "Why." }),
};
const severity = z
  .number()
  .int()
  .min(1)
  .max(5)
  .openapi({ description: "5 changes the state of the talks.", example: 4 });
const into = z
  .number()
  .int()
  .min(1)
  .max(999_999_999_999_999)
  .openapi({ description: "The thread it becomes part of.", example: 2 });

const actShape = z
  .object({
    act: z.enum(["confirm", "dismiss", "severity", "merge", "split"]),
    by: z.string(),
    reason: z.string().nullable(),
    at: z.iso.datetime(),
    before: z.record(z.string(), z.unknown()),
    after: z.record(z.string(), z.unknown()),
  })
  .openapi("ActByHand");
const outcomeShape = z
  .object({
    actId: z.number().int().openapi({ description: "The row it is kept in." }),
    isNews: z.boolean().openapi({ description: "Whether the rules are to look at the development now." }),
  })
  .openapi("ActOutcome");

const actsRoute = createRoute({
  ...{ method: "get", path: "/developments/{id}/acts", summary: "What analysts did to a development and its thread" },
  request: { params: id, query: plain },
  responses: { ...json(z.object({ items: z.array(actShape) }), "The acts, the first one first"), ...problems },
});

const SUMMARY = {
  confirm: "Confirm a development; what was held back becomes news",
  dismiss: "Dismiss a development, also where its words are found again",
  severity: "Weigh a development anew, for good",
  split: "Take a development out of its thread into one of its own",
} as const;

const mergeRoute = createRoute({
  ...{ method: "post", path: "/threads/{id}/merge", summary: "Lay one thread into another", ...needs("editor") },
  request: { params: id, query: plain, body: sent(z.strictObject({ ...handShape, into })) },
  responses: { ...json(outcomeShape, "What it led to"), ...changing },
});

/** Adds what analysts do by hand to developments and threads, kept with who did it, and the list of it. */
export function addHandApi(api: OpenAPIHono, { db, now, acts, notFound }: TellingParts): void {
  const idOf = (c: Context) => readId(c.req.param("id") ?? "") ?? 0;
  const handOf = ({ by, reason }: Omit<Hand, "at">): Hand => ({ by, reason: reason || null, at: now() });
  const outcome = async (c: Context, work: () => Promise<ActOutcome>) => {
    try {
      return c.json(await work(), 200);
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== "bad-input") throw error;
      return answerProblem(c, 409, error.message) as never;
    }
  };

  api.openapi(actsRoute, async (c) => {
    const [development] = await developmentsByIds(db, [idOf(c)]);
    if (!development) return notFound(c, "development");
    const items = (await actsOn(db, development.id)).map(({ act, by, reason, actedAt, before, after }) => ({
      ...{ act, by, reason, at: actedAt.toISOString() },
      ...{ before: { ...before }, after: { ...after } },
    }));
    return c.json({ items }, 200);
  });

  for (const act of DEVELOPMENT_ACTS) {
    const wish = act === "severity" ? z.strictObject({ ...handShape, severity }) : z.strictObject(handShape);
    const route = createRoute({
      ...{ method: "post", path: `/developments/{id}/${act}` as const, summary: SUMMARY[act], ...needs("editor") },
      request: { params: id, query: plain, body: sent(wish) },
      responses: { ...json(outcomeShape, "What it led to"), ...changing },
    });
    api.openapi(route, async (c) => {
      const given: z.infer<typeof wish> & { readonly severity?: number } = c.req.valid("json");
      const why = whyNot(c, acts, "editor");
      if (why) return why as never;
      const [development] = await developmentsByIds(db, [idOf(c)]);
      if (!development) return notFound(c, "development");
      return outcome(c, () => actByHand(db, { act, id: development.id, severity: given.severity }, handOf(given)));
    });
  }

  api.openapi(mergeRoute, async (c) => {
    const given = c.req.valid("json");
    const why = whyNot(c, acts, "editor");
    if (why) return why as never;
    const [thread] = await threadsByIds(db, [idOf(c)]);
    if (!thread) return notFound(c, "thread");
    return outcome(c, () => mergeByHand(db, thread.id, given.into, handOf(given)));
  });
}
