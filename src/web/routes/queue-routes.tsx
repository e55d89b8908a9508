import { Hono } from "hono";
import { unparkFailures } from "../../db/collection/stage-failures.ts";
import { chores, stages } from "../../queues.ts";
import { onlyFor } from "../http/access.ts";
import { answerProblem } from "../http/problem.ts";
import { BOARD_PATH, queuesPage } from "../pages/queues.tsx";
import { pageUrl } from "../view.ts";
import { change, refuseChange } from "./acts.ts";
import type { PageTools } from "./page-tools.ts";

/** Answers for the queues, to admins alone: what waits, what was put aside, and trying it again; and bull-board. */
export function queueRoutes({ db, now, acts, viewFor, page }: PageTools): Hono {
  const app = new Hono();
  app.get("/queues", async (c) => {
    const why = onlyFor(c, "admin");
    if (why) return why;
    const count = acts?.countJobs;
    return page(c, await queuesPage(db, viewFor(c), async (stage) => (count ? count(stage).catch(() => null) : null)));
  });
  app.post("/queues/again", (c) =>
    change(c, acts, "admin", async ({ enqueue }) => {
      const { stage: named, subject } = await c.req.parseBody();
      const all = [...stages, ...chores];
      const stage = all.find((one) => one === named);
      if (!stage) return answerProblem(c, 400, `stage: expected one of ${all.join(", ")}.`);
      await unparkFailures(db, stage, typeof subject === "string" ? subject : null, now());
      await enqueue("reconcile", {}, { at: now() });
      return c.redirect(pageUrl(viewFor(c), "/queues"), 303);
    }),
  );
  let board: Promise<Hono> | null = null;
  app.all(`${BOARD_PATH}/*`, async (c) => {
    const why = onlyFor(c, "admin");
    if (why) return why;
    const queues = acts?.allQueues;
    if (!queues) return answerProblem(c, 404, "This server has no queues to show.");
    if (c.req.method !== "GET" && c.req.method !== "HEAD") {
      const whyNot = refuseChange(c, "admin");
      if (whyNot) return whyNot;
    }
    // Loaded when first asked for: few ever look.
    board ??= import("./queue-board.ts").then(({ queueBoard }) => queueBoard(queues()));
    return (await board).fetch(c.req.raw);
  });
  app.get(BOARD_PATH, (c) => c.redirect(`${BOARD_PATH}/`));
  return app;
}
