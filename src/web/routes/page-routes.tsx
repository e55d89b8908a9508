import { type Context, Hono } from "hono";
import { isCatalogueId } from "../../catalogue/fields.ts";
import type { Database } from "../../db/client.ts";
import { digestById } from "../../db/digests/digest-archive.ts";
import { mayActAs, onlyFor } from "../http/access.ts";
import { MAIL_POLICY } from "../http/security-headers.ts";
import { aboutPage } from "../pages/about.tsx";
import { actorPage, actorsPage } from "../pages/actors.tsx";
import { commitmentsPage } from "../pages/commitments.tsx";
import { deliveriesPage } from "../pages/deliveries.tsx";
import { developmentPage } from "../pages/development.tsx";
import { developmentsPage } from "../pages/developments.tsx";
import { digestPage } from "../pages/digest.tsx";
import { documentPage } from "../pages/document.tsx";
import { documentsPage } from "../pages/documents.tsx";
import { notFoundPage } from "../pages/failed.tsx";
import { matrixPage } from "../pages/matrix.tsx";
import { meetingPage, meetingsPage } from "../pages/meetings.tsx";
import { phrasePage, phrasesPage } from "../pages/phrases.tsx";
import { sourcesPage } from "../pages/sources.tsx";
import { statementPage, statementReference } from "../pages/statement.tsx";
import { statementsPage } from "../pages/statements.tsx";
import { threadPage, threadsPage } from "../pages/threads.tsx";
import { todayPage } from "../pages/today.tsx";
import { topicPage } from "../pages/topic.tsx";
import { topicsPage } from "../pages/topics.tsx";
import { readId } from "../search.ts";
import { pageUrl, type View } from "../view.ts";
import type { PageBody, PageStatus, PageTools } from "./page-tools.ts";

type Tools = PageTools & {
  /** The address that links out of a page begin with, without a slash at the end. */
  readonly baseOf: (c: Context) => string;
};

/** Pages that show the same to whoever may read. */
const OVERVIEWS: Readonly<Record<string, (db: Database, view: View) => PageBody | Promise<PageBody>>> = {
  "/": todayPage,
  "/actors": actorsPage,
  "/phrases": phrasesPage,
  "/threads": threadsPage,
  "/meetings": meetingsPage,
  "/commitments": commitmentsPage,
  "/matrix": matrixPage,
  "/topics": topicsPage,
  "/sources": sourcesPage,
};

/** Pages that search: a question that cannot be read is answered with 400. */
const SEARCHES: Readonly<
  Record<string, (db: Database, view: View) => Promise<{ readonly body: PageBody; readonly status: PageStatus }>>
> = {
  "/developments": developmentsPage,
  "/statements": statementsPage,
  "/documents": documentsPage,
};

/** Pages of what the catalogue names. */
const NAMED: Readonly<Record<string, (db: Database, view: View, id: string) => Promise<PageBody | null>>> = {
  "/actors/:id": actorPage,
  "/topics/:id": topicPage,
  "/phrases/:id": phrasePage,
};

/** Answers with what is stored: overviews, searches, and one page of each thing. */
export function pageRoutes(tools: Tools): Hono {
  const app = new Hono();
  addLists(app, tools);
  addNamed(app, tools);
  // Before the pages by number: /statements/7.bib is no number.
  addOtherForms(app, tools);
  addNumbered(app, tools);
  return app;
}

function addLists(app: Hono, { db, acts, viewFor, page }: Tools): void {
  for (const [path, make] of Object.entries(OVERVIEWS)) app.get(path, async (c) => page(c, await make(db, viewFor(c))));
  for (const [path, make] of Object.entries(SEARCHES))
    app.get(path, async (c) => {
      const { body, status } = await make(db, viewFor(c));
      return page(c, body, status);
    });
  app.get("/deliveries", async (c) => {
    const why = onlyFor(c, "editor");
    if (why) return why;
    const { body, status } = await deliveriesPage(db, viewFor(c));
    return page(c, body, status);
  });
  app.get("/digests", (c) => c.redirect(pageUrl(viewFor(c), "/deliveries"), 302));
  app.get("/about", async (c) => page(c, await aboutPage(db, viewFor(c), acts?.openSubscription ?? false)));
}

function addNamed(app: Hono, { db, viewFor, page }: Tools): void {
  for (const [path, make] of Object.entries(NAMED))
    app.get(path, async (c) => {
      const view = viewFor(c);
      const id = c.req.param("id") ?? "";
      const body = isCatalogueId(id) ? await make(db, view, id) : null;
      return body === null ? page(c, notFoundPage(view), 404) : page(c, body);
    });
}

function addNumbered(app: Hono, { db, acts, viewFor, page }: Tools): void {
  const mayDecide = (c: Context) => acts !== null && mayActAs(c, "editor");
  const pageById = (path: string, make: (view: View, id: number, c: Context) => Promise<PageBody | null>) =>
    app.get(path, async (c) => {
      const view = viewFor(c);
      const id = readId(c.req.param("id") ?? "");
      const body = id === null ? null : await make(view, id, c);
      return body === null ? page(c, notFoundPage(view), 404) : page(c, body);
    });
  pageById("/developments/:id", (view, id, c) => developmentPage(db, view, id, mayDecide(c)));
  pageById("/threads/:id", (view, id, c) => threadPage(db, view, id, mayDecide(c)));
  pageById("/statements/:id", (view, id) => statementPage(db, view, id));
  pageById("/meetings/:id", (view, id) => meetingPage(db, view, id));
  pageById("/documents/:id", (view, id) => documentPage(db, view, id));
  pageById("/digests/:id", (view, id) => digestPage(db, view, id));
}

/** Adds what is no page of ours: references to a statement, and a digest as it was mailed. */
function addOtherForms(app: Hono, { db, viewFor, page, baseOf }: Tools): void {
  app.get("/statements/:reference{[0-9]+\\.(?:bib|csl\\.json)}", async (c) => {
    const [number = "", ...form] = c.req.param("reference").split(".");
    const id = readId(number);
    const reference =
      id === null ? null : await statementReference(db, baseOf(c), id, form.join(".") as "bib" | "csl.json");
    if (!reference) return page(c, notFoundPage(viewFor(c)), 404);
    return c.body(reference.body, 200, { "Content-Type": reference.type });
  });
  app.get("/digests/:id/mail", async (c) => {
    const id = readId(c.req.param("id"));
    const digest = id === null ? null : await digestById(db, id);
    if (!digest?.html || digest.isPersonal) return page(c, notFoundPage(viewFor(c)), 404);
    return c.body(digest.html, 200, {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": MAIL_POLICY,
    });
  });
}
