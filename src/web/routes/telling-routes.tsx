import { type Context, Hono } from "hono";
import { allEndpoints } from "../../db/alerts/endpoints.ts";
import { developmentsAlertedBy, statementsAlertedBy } from "../../db/alerts/rule-alerts.ts";
import { allRules, ruleById, switchRule } from "../../db/alerts/rules.ts";
import { statementsByIds } from "../../db/archive/statement-rows.ts";
import { developmentsByIds } from "../../db/developments/development-list.ts";
import { AT_ONCE } from "../../domain/alert-manner.ts";
import { Failure } from "../../domain/failure.ts";
import { keepRule } from "../../keep-rule.ts";
import { atomFeed } from "../feeds/atom.ts";
import { jsonFeed } from "../feeds/json-feed.ts";
import { answerFeed, statementEntries } from "../feeds/search-feeds.ts";
import { onlyFor } from "../http/access.ts";
import { answerProblem } from "../http/problem.ts";
import { deliveryPage } from "../pages/delivery.tsx";
import { notFoundPage } from "../pages/failed.tsx";
import { rulesPage } from "../pages/rules.tsx";
import { readId } from "../search.ts";
import { pageUrl } from "../view.ts";
import { change } from "./acts.ts";
import { endpointRoutes } from "./endpoint-routes.tsx";
import type { PageTools } from "./page-tools.ts";
import { mannerTexts, readManner, readRuleForm } from "./rule-form.ts";
import { sendAgain } from "./telling-acts.ts";

/** Answers for rules with their past and feeds, endpoints with their test, deliveries with their log. */
export function tellingRoutes(tools: PageTools): Hono {
  const { db, now, acts, viewFor, page } = tools;
  const app = new Hono();
  const back = (c: Context, path: string) => c.redirect(pageUrl(viewFor(c), path), 303);

  app.get("/rules", async (c) => {
    const view = viewFor(c);
    const { searchParams } = view.url;
    const form = readRuleForm((name) => searchParams.get(name), searchParams.getAll("to"));
    return page(c, await rulesPage(db, view, form, null));
  });
  app.post("/rules", (c) =>
    change(c, acts, "editor", async () => {
      const view = viewFor(c);
      const given = await c.req.parseBody({ all: true });
      const form = readRuleForm(
        (name) => (typeof given[name] === "string" ? given[name] : null),
        [given.to ?? []].flat().map(String),
      );
      const { q, about, name } = form;
      const endpoints = (await allEndpoints(db)).filter(({ id }) => form.to?.includes(id));
      const before = (await allRules(db)).find((rule) => rule.name === name);
      const { manner, mistakes } = readManner(form.manner ?? mannerTexts(before?.manner ?? AT_ONCE));
      const refuse = async (why: string) => page(c, await rulesPage(db, view, { ...form, tried: true }, why), 400);
      if (mistakes[0] !== undefined) return refuse(mistakes[0]);
      const wish = { name, query: q, about, manner, endpoints: endpoints.map((endpoint) => endpoint.name) };
      const kept = await keepRule(db, wish, now());
      if (kept.ruleId === null) return refuse(kept.mistakes[0]?.message ?? "");
      return back(c, "/rules");
    }),
  );
  for (const [word, enabled] of [
    ["on", true],
    ["off", false],
  ] as const) {
    app.post(`/rules/:id/${word}`, (c) =>
      change(c, acts, "editor", async () => {
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
      const entries = statementEntries({ rows: told }, base);
      const form = c.req.param("feed") === "feed.json" ? "json" : "atom";
      const place = { title: about.title, self: base + about.path, home: `${base}/statements` };
      return answerFeed(c, form, place, entries, now());
    }
    const rows = await developmentsByIds(db, await developmentsAlertedBy(db, rule.id, 50));
    return c.req.param("feed") === "feed.atom"
      ? c.body(atomFeed(rows, base, now(), about), 200, { "Content-Type": "application/atom+xml; charset=utf-8" })
      : c.body(jsonFeed(rows, base, about), 200, { "Content-Type": "application/feed+json; charset=utf-8" });
  });

  app.route("/", endpointRoutes(tools));

  app.get("/deliveries/:id{msg_\\w+}", async (c) => {
    const why = onlyFor(c, "editor");
    if (why) return why;
    const view = viewFor(c);
    const body = await deliveryPage(db, view, c.req.param("id"));
    return body ? page(c, body) : page(c, notFoundPage(view), 404);
  });
  app.post("/deliveries/:id{msg_\\w+}/replay", (c) =>
    change(c, acts, "editor", async (may) => {
      const deliveryId = c.req.param("id") ?? "";
      try {
        await sendAgain(db, may, deliveryId, now());
      } catch (error) {
        if (error instanceof Failure && error.code === "endpoint-off") return answerProblem(c, 409, error.message);
        throw error;
      }
      return back(c, `/deliveries/${deliveryId}`);
    }),
  );
  return app;
}
