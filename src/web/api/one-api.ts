import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { isCatalogueId } from "../../catalogue/fields.ts";
import { captureFacts } from "../../db/archive/capture-facts.ts";
import { sourceCoverage } from "../../db/collection/coverage.ts";
import { actorById, quotedActors, topicsWithCounts } from "../../db/search/name-lists.ts";
import { readId } from "../search.ts";
import type { Parts } from "./archive-api.ts";
import { actorRoute, captureRoute, sourceRoute, topicRoute } from "./one-routes.ts";
import { sourceJson } from "./rows-to-json.ts";

/** Adds single actors, topics, sources and captures: what stands in their lists, and what leads on from each. */
export function addOneApi(
  api: OpenAPIHono,
  { db, now, baseOf, notFound }: Omit<Parts, "badRequest"> & { readonly now: () => Date },
): void {
  const linksOf = (c: Context, path: string) => ({ html: `${baseOf(c)}${path}`, self: `${baseOf(c)}/api/v1${path}` });

  api.openapi(actorRoute, async (c) => {
    const actor = await actorById(db, nameOf(c));
    if (!actor) return notFound(c, "actor");
    const quoted = (await quotedActors(db)).find(({ id }) => id === actor.id);
    const { id, name, nameZh, type, bloc: side, parent, members } = actor;
    const offices = actor.offices.map(({ bodyId: body, validFrom: from, validTo: to, ...office }) => ({
      ...office,
      ...{ body, from, to },
    }));
    const belongs = { parent, members: [...members], offices, links: linksOf(c, `/actors/${id}`) };
    return c.json({ id, name, nameZh, side, type, statements: quoted?.count ?? 0, ...belongs }, 200);
  });

  api.openapi(topicRoute, async (c) => {
    const wanted = nameOf(c);
    const topics = (await topicsWithCounts(db)).map(({ count: statements, ...rest }) => ({ ...rest, statements }));
    const topic = topics.find(({ id }) => id === wanted);
    if (!topic) return notFound(c, "topic");
    const leaves = topics.filter(({ parentId }) => parentId === topic.id);
    return c.json({ ...topic, leaves, links: linksOf(c, `/topics/${topic.id}`) }, 200);
  });

  api.openapi(sourceRoute, async (c) => {
    const wanted = nameOf(c);
    const source = (await sourceCoverage(db, now())).find(({ id }) => id === wanted);
    return source ? c.json(sourceJson(source), 200) : notFound(c, "source");
  });

  api.openapi(captureRoute, async (c) => {
    const capture = await captureFacts(db, readId(c.req.param("id")) ?? 0);
    if (!capture) return notFound(c, "capture");
    const { self } = linksOf(c, `/captures/${capture.id}`);
    const links = { self, body: `${self}/body`, document: linksOf(c, `/documents/${capture.documentId}`).self };
    return c.json({ ...capture, fetchedAt: capture.fetchedAt.toISOString(), links }, 200);
  });
}

/** The id in a path; what cannot be one names nothing. */
function nameOf(c: Context): string {
  const id = c.req.param("id") ?? "";
  return isCatalogueId(id) ? id : "";
}
