import { type Context, Hono } from "hono";
import type { Database } from "../db/client.ts";
import { developmentsByIds } from "../db/development-list.ts";
import { allEndpoints, endpointsByIds } from "../db/endpoints.ts";
import { catalogueNames } from "../db/query-names.ts";
import { developmentsAlertedBy, statementsAlertedBy } from "../db/rule-alerts.ts";
import { allRules, ruleById, saveRule, switchRule } from "../db/rules.ts";
import { statementsByIds } from "../db/statement-rows.ts";
import type { Scope } from "../db/tokens.ts";
import { AT_ONCE } from "../domain/alert-manner.ts";
import { mistakesInRule } from "../domain/rule.ts";
import type { Access } from "./access.ts";
import { type WebActs, whyNotToChange } from "./acts.ts";
import { atomFeed } from "./atom.ts";
import { jsonFeed } from "./json-feed.ts";
import { deliveryPage } from "./pages/delivery.tsx";
import { endpointsPage } from "./pages/endpoints.tsx";
import { notFoundPage } from "./pages/failed.tsx";
import { ruleFormOf, rulesPage } from "./pages/rules.tsx";
import { answerProblem } from "./problem.ts";
import { readId } from "./search.ts";
import { answerFeed, statementEntries } from "./search-feeds.ts";
import { sendAgain, sendTest } from "./telling-acts.ts";
import { pageUrl, type View } from "./view.ts";

/** What the pages of rules, endpoints and deliveries need. */
export type TellingTools = {
  readonly db: Database;
  readonly now: () => Date;
  readonly access: Access;
  /** Null where pages may change nothing. */
  readonly acts: WebActs | null;
  readonly viewFor: (c: Context) => View;
  readonly page: (
    c: Context,
    body: ReturnType<typeof notFoundPage>,
    status?: 200 | 400 | 404,
  ) => Response | Promise<Response>;
};

/** Answers for rules with their past and feeds, endpoints with their test, deliveries with their log. */
export function tellingRoutes({ db, now, access, acts, viewFor, page }: TellingTools): Hono {
  const app = new Hono();
  /** Does something that changes, or says why it may not be done. */
  const change = async (c: Context, least: Scope, act: (may: WebActs) => Promise<Response>): Promise<Response> => {
    const why = acts
      ? await whyNotToChange(c, { access, db, now: now(), least })
      : "This server only reads; use the command line.";
    return why === null && acts ? act(acts) : answerProblem(c, 403, why ?? "");
  };
  const back = (c: Context, path: string) => c.redirect(pageUrl(viewFor(c), path), 303);

  app.get("/rules", async (c) => {
    const view = viewFor(c);
    return page(c, await rulesPage(db, view, ruleFormOf(view.url), null));
  });
  app.post("/rules", (c) =>
    change(c, "editor", async () => {
      const view = viewFor(c);
      const given = await c.req.parseBody({ all: true });
      const text = (name: string) => (typeof given[name] === "string" ? given[name].trim() : "");
      const about = text("about") === "statements" ? ("statements" as const) : ("developments" as const);
      const [q, name] = [text("q"), text("name")];
      const wanted = [given.to].flat().map(Number);
      const endpoints = (await allEndpoints(db)).filter(({ id }) => wanted.includes(id));
      const mistakes = mistakesInRule(q, about, await catalogueNames(db));
      const refused =
        mistakes[0]?.message ??
        (name === "" || name.length > 80 ? "A rule needs a name of at most 80 characters." : null) ??
        (endpoints.length === 0 ? "A rule needs an endpoint to report to." : null);
      if (refused) return page(c, await rulesPage(db, view, { q, about, name, tried: true }, refused), 400);
      // The form has no place for the manner of a rule: one that is here keeps its own.
      const manner = (await allRules(db)).find((rule) => rule.name === name)?.manner ?? AT_ONCE;
      await saveRule(
        db,
        { name, query: q, about, manner },
        endpoints.map(({ id }) => id),
        now(),
      );
      return back(c, "/rules");
    }),
  );
  for (const [word, enabled] of [
    ["on", true],
    ["off", false],
  ] as const) {
    app.post(`/rules/:id/${word}`, (c) =>
      change(c, "editor", async () => {
        const rule = await ruleById(db, readId(c.req.param("id") ?? "") ?? 0);
        if (!rule) return page(c, notFoundPage(viewFor(c)), 404);
        await switchRule(db, rule.name, enabled);
        return back(c, "/rules");
      }),
    );
  }
  app.get("/rules/:id/:feed{feed\\.(atom|json)}", async (c) => {
    const rule = await ruleById(db, readId(c.req.param("id")) ?? 0);
    if (!rule) return answerProblem(c, 404, "There is no such rule; see /rules.");
    const about = { title: `Parley: ${rule.name}`, path: c.req.path };
    const { base } = viewFor(c);
    if (rule.about === "statements") {
      const told = await statementsByIds(db, await statementsAlertedBy(db, rule, 50));
      const entries = await statementEntries(db, { rows: told }, base);
      const form = c.req.param("feed") === "feed.json" ? "json" : "atom";
      const place = { title: about.title, self: base + about.path, home: `${base}/statements` };
      return answerFeed(c, form, place, entries, now());
    }
    const rows = await developmentsByIds(db, await developmentsAlertedBy(db, rule.id, 50));
    return c.req.param("feed") === "feed.atom"
      ? c.body(atomFeed(rows, base, now(), about), 200, { "Content-Type": "application/atom+xml; charset=utf-8" })
      : c.body(jsonFeed(rows, base, about), 200, { "Content-Type": "application/feed+json; charset=utf-8" });
  });

  app.get("/endpoints", async (c) => {
    const view = viewFor(c);
    const notice = view.url.searchParams.has("sent") ? view.say("testSent") : null;
    return page(c, await endpointsPage(db, view, notice));
  });
  app.post("/endpoints/:id/test", (c) =>
    change(c, "editor", async (may) => {
      const [endpoint] = await endpointsByIds(db, [readId(c.req.param("id") ?? "") ?? 0]);
      if (!endpoint) return page(c, notFoundPage(viewFor(c)), 404);
      await sendTest(db, may, endpoint, { publicUrl: viewFor(c).base, at: now() });
      return c.redirect(pageUrl(viewFor(c), "/endpoints", { sent: 1 }), 303);
    }),
  );

  app.get("/deliveries/:id{msg_\\w+}", async (c) => {
    const view = viewFor(c);
    const body = await deliveryPage(db, view, c.req.param("id"));
    return body ? page(c, body) : page(c, notFoundPage(view), 404);
  });
  app.post("/deliveries/:id{msg_\\w+}/replay", (c) =>
    change(c, "editor", async (may) => {
      const deliveryId = c.req.param("id") ?? "";
      await sendAgain(db, may, deliveryId, now());
      return back(c, `/deliveries/${deliveryId}`);
    }),
  );
  return app;
}
