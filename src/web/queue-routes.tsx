import { type Context, Hono } from "hono";
import type { Database } from "../db/client.ts";
import { unparkFailures } from "../db/collection/stage-failures.ts";
import { chores, stages } from "../queues.ts";
import { type Access, onlyFor } from "./access.ts";
import { type WebActs, whyNotToChange } from "./acts.ts";
import type { notFoundPage } from "./pages/failed.tsx";
import { BOARD_PATH, queuesPage } from "./pages/queues.tsx";
import { answerProblem } from "./problem.ts";
import { pageUrl, type View } from "./view.ts";

/** What the page of queues needs. */
export type QueueTools = {
  readonly db: Database;
  readonly now: () => Date;
  readonly access: Access;
  /** Null where pages may change nothing. */
  readonly acts: WebActs | null;
  readonly viewFor: (c: Context) => View;
  readonly page: (c: Context, body: ReturnType<typeof notFoundPage>) => Response | Promise<Response>;
};

/** Answers for the queues, to admins alone: what waits, what was put aside, and trying it again; and bull-board. */
export function queueRoutes({ db, now, access, acts, viewFor, page }: QueueTools): Hono {
  const app = new Hono();
  app.get("/queues", async (c) => {
    const why = onlyFor(c, "admin");
    if (why) return why;
    const count = acts?.countJobs;
    return page(c, await queuesPage(db, viewFor(c), async (stage) => (count ? count(stage).catch(() => null) : null)));
  });
  app.post("/queues/again", async (c) => {
    if (!acts) return answerProblem(c, 403, "This server only reads; use the command line.");
    const why = await whyNotToChange(c, { access, db, now: now(), least: "admin" });
    if (why !== null) return answerProblem(c, 403, why);
    const { stage: named, subject } = await c.req.parseBody();
    const all = [...stages, ...chores];
    const stage = all.find((one) => one === named);
    if (!stage) return answerProblem(c, 400, `stage: expected one of ${all.join(", ")}.`);
    await unparkFailures(db, stage, typeof subject === "string" ? subject : null, now());
    await acts.enqueue("reconcile", {}, { at: now() });
    return c.redirect(pageUrl(viewFor(c), "/queues"), 303);
  });
  let board: Promise<Hono> | null = null;
  app.all(`${BOARD_PATH}/*`, async (c) => {
    const why = onlyFor(c, "admin");
    if (why) return why;
    const queues = acts?.allQueues;
    if (!acts || !queues) return answerProblem(c, 404, "This server has no queues to show.");
    if (c.req.method !== "GET" && c.req.method !== "HEAD") {
      const whyNot = await whyNotToChange(c, { access, db, now: now(), least: "admin" });
      if (whyNot !== null) return answerProblem(c, 403, whyNot);
    }
    // Loaded when first asked for: few ever look.
    board ??= import("./queue-board.ts").then(({ queueBoard }) => queueBoard(queues()));
    return (await board).fetch(c.req.raw);
  });
  app.get(BOARD_PATH, (c) => c.redirect(`${BOARD_PATH}/`));
  return app;
}
