import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { html } from "hono/html";
import { type Database, isDatabaseDown, isQueryStopped } from "../db/client.ts";
import { searchDevelopments } from "../db/developments/development-list.ts";
import { askDatabase } from "../db/postgres/health.ts";
import { QUESTION_STOPPED } from "../present/question-stopped.ts";
import { createApi } from "./api/api.ts";
import { apiDocument } from "./api/describe.ts";
import { atomFeed } from "./feeds/atom.ts";
import { addDownloads } from "./feeds/downloads.ts";
import { createLive } from "./feeds/live.ts";
import { addSearchFeeds } from "./feeds/search-feeds.ts";
import { type Access, guard, scopeOf } from "./http/access.ts";
import { type Asset, script, stylesheet } from "./http/assets.ts";
import { compression } from "./http/compression.ts";
import { createPageMemory } from "./http/page-memory.ts";
import { answerProblem } from "./http/problem.ts";
import { createRecall } from "./http/recall.ts";
import { securityHeaders } from "./http/security-headers.ts";
import { turns } from "./http/turns.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { failedPage, notFoundPage, type WhyFailed } from "./pages/failed.tsx";
import { referencePage, type ShownApi } from "./pages/reference.tsx";
import { isFromOurPage, type WebActs } from "./routes/acts.ts";
import { handRoutes } from "./routes/hand-routes.tsx";
import { pageRoutes } from "./routes/page-routes.tsx";
import type { PageBody, PageStatus } from "./routes/page-tools.ts";
import { queueRoutes } from "./routes/queue-routes.tsx";
import { subscriptionRoutes } from "./routes/subscription-routes.tsx";
import { tellingRoutes } from "./routes/telling-routes.tsx";
import { type View, viewOf } from "./view.ts";

/** What the web floor needs. */
export type WebOptions = {
  readonly db: Database;
  readonly now: () => Date;
  readonly version: string;
  /** `token` as soon as the server listens on more than this machine; see `isLoopback`. */
  readonly access: Access;
  /** The address people reach this server at, for links in the API and feed; null takes that of the request. */
  readonly publicUrl: string | null;
  /** What pages need to change something; null where they only show. */
  readonly acts?: WebActs | null;
  /** How long lists and overviews are shown again as they were made, in ms; none is, unless told otherwise. */
  readonly rememberMs?: number;
  /** Is told of every error that made a page or answer fail. */
  readonly report: (error: unknown) => void;
};

/** Bytes of a request's body, at most, on whatever path: forms and questions are far shorter. */
const MOST_BODY_BYTES = 64 * 1024;

/** Pages that are made at a time. A page asks several questions at once, so three of them keep the connections of the pages busy. */
const PAGES_AT_ONCE = 3;

/** How long a database that answered is believed to be there. */
const READY_FOR_MS = 1_000;

/** Makes the web application: pages, HTTP API, feed and health. */
export function createWeb(options: WebOptions): Hono {
  const { db, now, version, access, publicUrl, report, acts = null, rememberMs = 0 } = options;
  const app = new Hono();
  const baseOf = (c: Context) => (publicUrl ?? new URL(c.req.url).origin).replace(/\/+$/, "");
  const recall = createRecall(rememberMs, now);
  const viewFor = (c: Context): View =>
    viewOf(new URL(c.req.url), baseOf(c), now(), version, {
      accepts: c.req.header("accept-language") ?? null,
      recall,
    });
  const page = (c: Context, body: PageBody, status: PageStatus = 200) =>
    c.html(html`<!DOCTYPE html>${body}`, status, { Vary: "Accept-Language" });
  const memory = createPageMemory(rememberMs, now, (c) => scopeOf(c) ?? "");
  app.use(securityHeaders);
  app.use(guard(access, db, now, acts?.openSubscription ?? false));
  app.use(memory.middleware);
  app.use(compression());
  const tooLarge = (c: Context) => answerProblem(c, 413, `The body is larger than ${MOST_BODY_BYTES} bytes.`);
  app.use(bodyLimit({ maxSize: MOST_BODY_BYTES, onError: tooLarge }));

  // Read here, once for all: what is no form is a mistake of the request, not of ours.
  app.use(async (c, next) => {
    if (!isForm(c)) return next();
    const readable = await c.req.formData().then(
      () => true,
      () => false,
    );
    return readable ? next() : answerProblem(c, 400, "The form cannot be read: it is cut, or names no boundary.");
  });

  app.use(turns(PAGES_AT_ONCE));

  app.get("/healthz", (c) => c.text("ok"));
  const readiness = createRecall(READY_FOR_MS, now);
  app.get("/readyz", async (c) => {
    // Anybody may ask, and as often as they like: the database is asked once for all.
    await readiness("database", () => askDatabase(db));
    return c.text("ok");
  });
  let metrics: Metrics | null = null;
  app.get("/metrics", async (c) => {
    // Made when first asked for: they watch the loop and the collector of this process from then on.
    metrics ??= createMetrics(db);
    return c.body(await metrics.text(now()), 200, { "content-type": metrics.contentType });
  });
  for (const asset of [stylesheet, script]) app.get(asset.path, (c) => serve(c, asset));

  const tools = { db, now, acts, viewFor, page };
  app.route("/", pageRoutes({ ...tools, baseOf }));
  addSearchFeeds(app, db, baseOf, now);
  addDownloads(app, { db, now, report });
  app.get("/developments.atom", async (c) => {
    const { rows } = await searchDevelopments(
      db,
      { is: "filter", field: "status", values: ["new"] },
      { limit: 50, after: null },
    );
    return c.body(atomFeed(rows, baseOf(c), now()), 200, { "Content-Type": "application/atom+xml; charset=utf-8" });
  });

  // Whoever hears of something new is to find it on the page.
  app.get("/live", createLive(db, memory.forget));
  app.route("/", tellingRoutes(tools));
  app.route("/", handRoutes(tools));
  app.route("/", queueRoutes(tools));
  if (acts) app.route("/", subscriptionRoutes({ ...tools, acts }));
  const api = createApi({ db, now, version, baseOf, acts, report });
  app.get("/api", (c) => {
    const view = viewFor(c);
    return page(c, referencePage(view, apiDocument(api, version, view.base) as unknown as ShownApi));
  });
  app.route("/api/v1", api);
  app.all("/mcp", async (c) => {
    // A page elsewhere must not ask in the name of whoever reads it: the protocol wants the origin checked.
    if (!isFromOurPage(c)) return answerProblem(c, 403, "Pages of other hosts may not ask here.");
    const { answerMcp } = await import("../mcp/http.ts");
    return answerMcp(c.req.raw, { db, now, version, base: baseOf(c), report });
  });

  app.notFound((c) =>
    wantsPage(c) ? page(c, notFoundPage(viewFor(c)), 404) : answerProblem(c, 404, `There is nothing at ${c.req.path}.`),
  );
  app.onError((error, c) => {
    report(error);
    const why = whyFailed(error);
    const status = why === "error" ? 500 : 503;
    if (wantsPage(c)) return page(c, failedPage(viewFor(c), why), status);
    return answerProblem(c, status, FAILED[why]);
  });
  return app;
}

const FAILED: Readonly<Record<WhyFailed, string>> = {
  unavailable: "The database cannot be reached; try again shortly.",
  tooLong: QUESTION_STOPPED,
  error: "Parley made a mistake; what went wrong is in the log of the server.",
};

function whyFailed(error: unknown): WhyFailed {
  if (isQueryStopped(error)) return "tooLong";
  return isDatabaseDown(error) ? "unavailable" : "error";
}

function serve(c: Context, { type, body }: Asset): Response {
  return c.body(body, 200, { "Content-Type": type, "Cache-Control": "public, max-age=31536000, immutable" });
}

function isForm(c: Context): boolean {
  const type = c.req.header("Content-Type") ?? "";
  return c.req.method === "POST" && /^\s*(multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(type);
}

function wantsPage(c: Context): boolean {
  return !/^\/(api\/|mcp$|feeds\/|healthz|readyz|developments\.atom)/.test(c.req.path);
}
