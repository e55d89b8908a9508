import { type Context, Hono } from "hono";
import type { z } from "zod";
import { type Hand, mergeByHand } from "../../db/developments/analyst-acts.ts";
import { developmentsByIds } from "../../db/developments/development-list.ts";
import { threadsByIds } from "../../db/developments/thread-list.ts";
import { Failure } from "../../domain/failure.ts";
import { answerProblem } from "../http/problem.ts";
import { notFoundPage } from "../pages/failed.tsx";
import { readId } from "../search.ts";
import { pageUrl } from "../view.ts";
import { change } from "./acts.ts";
import { actByHand, DEVELOPMENT_ACTS, handForm, mergeForm } from "./hand-wish.ts";
import type { PageTools } from "./page-tools.ts";

/** Takes the forms by which analysts confirm, dismiss, weigh, split and merge; all of it is for editors, and is kept with their names. */
export function handRoutes({ db, now, acts, viewFor, page }: PageTools): Hono {
  const app = new Hono();
  const decide = <Form extends z.ZodType<{ by: string; reason: string | null }>>(
    path: "developments" | "threads",
    { name, form, isThere, work }: Decision<Form>,
  ) =>
    app.post(`/${path}/:id/${name}`, (c) =>
      change(c, acts, "editor", async () => {
        const id = readId(c.req.param("id") ?? "");
        if (id === null || !(await isThere(id))) return page(c, notFoundPage(viewFor(c)), 404);
        const wish = form.safeParse(await textsOf(c));
        if (!wish.success) {
          const says = wish.error.issues.map(({ path: at, message }) => `${at.join(" ")}: ${message}`);
          return answerProblem(c, 400, `${says.join("; ")}.`);
        }
        try {
          const { by, reason } = wish.data;
          const to = await work(id, wish.data, { by, reason: reason || null, at: now() });
          return c.redirect(pageUrl(viewFor(c), to), 303);
        } catch (error) {
          if (!(error instanceof Failure) || error.code !== "bad-input") throw error;
          return answerProblem(c, 409, error.message);
        }
      }),
    );
  for (const act of DEVELOPMENT_ACTS)
    decide("developments", {
      ...{ name: act, form: handForm, isThere: async (id) => (await developmentsByIds(db, [id])).length > 0 },
      work: async (id, { severity }, hand) => {
        await actByHand(db, { act, id, severity }, hand);
        return `/developments/${id}#hand`;
      },
    });
  decide("threads", {
    ...{ name: "merge", form: mergeForm, isThere: async (id) => (await threadsByIds(db, [id])).length > 0 },
    work: async (id, { into }, hand) => {
      await mergeByHand(db, id, into, hand);
      return `/threads/${into}`;
    },
  });
  return app;
}

type Decision<Form extends z.ZodType> = {
  readonly name: string;
  readonly form: Form;
  readonly isThere: (id: number) => Promise<boolean>;
  /** Does it, and gives the page that shows what was done. */
  readonly work: (id: number, wish: z.infer<Form>, hand: Hand) => Promise<string>;
};

/** Gives the fields of a form that were filled in. */
async function textsOf(c: Context): Promise<Readonly<Record<string, string>>> {
  const texts = Object.entries(await c.req.parseBody()).flatMap(([name, value]) =>
    typeof value === "string" && value.trim() !== "" ? [[name, value.trim()] as const] : [],
  );
  return Object.fromEntries(texts);
}
