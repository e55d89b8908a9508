import { type Context, Hono } from "hono";
import { replayDeliveries } from "../../db/alerts/deliveries.ts";
import {
  disableEndpoint,
  type Endpoint,
  enableEndpoint,
  endpointNamed,
  endpointsByIds,
} from "../../db/alerts/endpoints.ts";
import type { Scope } from "../../db/analysts/tokens.ts";
import type { Database } from "../../db/client.ts";
import { Failure } from "../../domain/failure.ts";
import { readBound } from "../../domain/query/period.ts";
import { makeEndpoint, rotateEndpoint } from "../../make-endpoint.ts";
import { mayActAs } from "../http/access.ts";
import { type EndpointShown, endpointPage } from "../pages/endpoint.tsx";
import { endpointsPage, toMinute } from "../pages/endpoints.tsx";
import { notFoundPage } from "../pages/failed.tsx";
import { readId } from "../search.ts";
import { pageUrl, type View } from "../view.ts";
import { change, type WebActs } from "./acts.ts";
import { endpointForm, overlapHours } from "./endpoint-form.ts";
import type { PageTools } from "./page-tools.ts";
import { sendTest } from "./telling-acts.ts";

/** Does something with the endpoint that the address names. */
type ChangeOne = (
  path: string,
  least: Scope,
  act: (c: Context, endpoint: Endpoint, may: WebActs) => Promise<Response>,
) => void;

/**
 * Answers for endpoints: makes them, shows how they do with all that was sent to them, tests, switches, gives new secrets, sends a
 * period again. Where alerts go and what signs them is for admins, the rest for editors.
 */
export function endpointRoutes(tools: PageTools): Hono {
  const { db, acts, viewFor, page } = tools;
  const app = new Hono();
  const changeOne: ChangeOne = (path, least, act) => {
    app.post(path, (c) =>
      change(c, acts, least, async (may) => {
        const endpoint = await endpointOf(db, c);
        return endpoint ? act(c, endpoint, may) : page(c, notFoundPage(viewFor(c)), 404);
      }),
    );
  };
  app.get("/endpoints", async (c) => page(c, await endpointsPage(db, viewFor(c))));
  app.get("/endpoints/:id", async (c) => {
    const view = viewFor(c);
    const endpoint = await endpointOf(db, c);
    if (!endpoint) return page(c, notFoundPage(view), 404);
    return page(c, await endpointPage(db, view, endpoint, shownTo(c), { notice: whatWasDone(view) }));
  });
  app.post("/endpoints", (c) => change(c, acts, "admin", (may) => makeOne(c, may, tools)));
  addActs(changeOne, tools);
  addNewSecret(changeOne, tools);
  addReplay(changeOne, tools);
  return app;
}

function shownTo(c: Context): EndpointShown {
  return { owner: mayActAs(c, "admin"), deliveries: mayActAs(c, "editor") };
}

async function endpointOf(db: Database, c: Context): Promise<Endpoint | null> {
  const [endpoint] = await endpointsByIds(db, [readId(c.req.param("id") ?? "") ?? 0]);
  return endpoint ?? null;
}

/** Leads back to the page of an endpoint, which says what was done. */
function backTo(c: Context, { viewFor }: PageTools, { id }: Endpoint, said: Readonly<Record<string, string | number>>) {
  return c.redirect(pageUrl(viewFor(c), `/endpoints/${id}`, said), 303);
}

function whatWasDone(view: View): string | null {
  const count = Number(view.url.searchParams.get("count") ?? 0);
  const notices: Readonly<Record<string, string>> = {
    test: view.say("testSent"),
    on: view.say("switchedOn"),
    off: view.say("switchedOff"),
    replayed: view.say("replayedCount", { count: Number.isSafeInteger(count) ? count : 0 }),
  };
  return notices[view.url.searchParams.get("said") ?? ""] ?? null;
}

async function makeOne(c: Context, { secretKey, allowAddresses }: WebActs, { db, now, viewFor, page }: PageTools) {
  const view = viewFor(c);
  const given = await c.req.parseBody();
  const text = (name: string) => (typeof given[name] === "string" ? given[name].trim() : "");
  const texts = { name: text("name"), address: text("address"), format: text("format"), owner: text("owner") };
  const refuse = async (refused: string) => page(c, await endpointsPage(db, view, { texts, refused }), 400);
  const wish = endpointForm.safeParse(texts);
  if (!wish.success)
    return refuse(wish.error.issues.map(({ path, message }) => `${path.join(" ")}: ${message}`).join("; "));
  // Here one is made, not changed: a slip of the hand must not lead alerts elsewhere.
  if (await endpointNamed(db, texts.name)) return refuse(`There is an endpoint called ${texts.name} already.`);
  return orRefused(refuse, async () => {
    const { id, secret } = await makeEndpoint(wish.data, { db, secretKey, allowAddresses, now: now() });
    const [endpoint] = await endpointsByIds(db, [id]);
    if (!endpoint) throw new Error("the endpoint vanished between two statements");
    const notice = view.say("endpointAdded", { name: endpoint.name });
    c.header("Cache-Control", "no-store");
    return page(c, await endpointPage(db, view, endpoint, shownTo(c), { notice, secret }));
  });
}

function addActs(changeOne: ChangeOne, tools: PageTools): void {
  const { db, now, viewFor } = tools;
  changeOne("/endpoints/:id/test", "editor", async (c, endpoint, may) => {
    await sendTest(db, may, endpoint, { publicUrl: viewFor(c).base, at: now() });
    return backTo(c, tools, endpoint, { said: "test" });
  });
  changeOne("/endpoints/:id/off", "editor", async (c, endpoint) => {
    await disableEndpoint(db, endpoint.id, "somebody switched it off");
    return backTo(c, tools, endpoint, { said: "off" });
  });
  changeOne("/endpoints/:id/on", "editor", async (c, endpoint) => {
    await enableEndpoint(db, endpoint.name);
    return backTo(c, tools, endpoint, { said: "on" });
  });
}

function addNewSecret(changeOne: ChangeOne, { db, now, viewFor, page }: PageTools): void {
  changeOne("/endpoints/:id/rotate", "admin", async (c, endpoint, { secretKey }) => {
    const view = viewFor(c);
    const refuse = async (refused: string) =>
      page(c, await endpointPage(db, view, endpoint, shownTo(c), { refused }), 400);
    const overlap = overlapHours.safeParse((await c.req.parseBody()).overlap);
    if (!overlap.success) return refuse(overlap.error.issues.map(({ message }) => message).join(" "));
    const until = new Date(now().getTime() + overlap.data * 3_600_000);
    return orRefused(refuse, async () => {
      const secret = await rotateEndpoint(endpoint.name, until, { db, secretKey });
      if (secret === null) return refuse("Mails are not signed by a secret: this endpoint has none.");
      const notice = view.say("rotated", { when: toMinute(until) });
      c.header("Cache-Control", "no-store");
      return page(
        c,
        await endpointPage(db, view, (await endpointOf(db, c)) ?? endpoint, shownTo(c), { notice, secret }),
      );
    });
  });
}

function addReplay(changeOne: ChangeOne, tools: PageTools): void {
  const { db, now, viewFor, page } = tools;
  changeOne("/endpoints/:id/replay", "editor", async (c, endpoint, { enqueue }) => {
    const given = await c.req.parseBody();
    const since = readBound(String(given.since ?? ""), "since");
    const until = given.until ? readBound(String(given.until), "until") : now();
    if (!since || !until) {
      const refused = "A period needs days such as 2026-05-19.";
      return page(c, await endpointPage(db, viewFor(c), endpoint, shownTo(c), { refused }), 400);
    }
    const choice = { endpointId: endpoint.id, since, until, failedOnly: given.failed === "yes" };
    if (!endpoint.enabled) {
      const refused = `Endpoint ${endpoint.name} is switched off; switch it on, then send again.`;
      return page(c, await endpointPage(db, viewFor(c), endpoint, shownTo(c), { refused }), 409);
    }
    const ids = await replayDeliveries(db, choice, now());
    const jobs = ids.map((deliveryId) => ({ deliveryId }));
    await enqueue("deliver", jobs, { at: now() });
    return backTo(c, tools, endpoint, { said: "replayed", count: ids.length });
  });
}

/** Does something; what a person can set right is said on the page. */
async function orRefused(
  refuse: (sentence: string) => Promise<Response>,
  work: () => Promise<Response>,
): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return refuse(error.message);
  }
}
