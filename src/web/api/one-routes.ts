import { createRoute, z } from "@hono/zod-openapi";
import { actorShape, topicShape } from "./archive-routes.ts";
import { id, json, problems } from "./routes.ts";
import { links, sourceShape } from "./shapes.ts";

const word = (description: string, example: string) => z.object({ id: z.string().openapi({ description, example }) });
const plain = z.strictObject({});
const actorName = z.object({ id: z.string(), name: z.string(), nameZh: z.string().nullable() });

const wholeActor = actorShape
  .extend({
    parent: actorName.nullable().openapi({ description: "The body or side it belongs to." }),
    members: z.array(actorName).openapi({ description: "What belongs to it." }),
    offices: z
      .array(
        z.object({
          role: z.string(),
          roleZh: z.string().nullable(),
          body: z.string().nullable(),
          bodyName: z.string().nullable(),
          bodyNameZh: z.string().nullable(),
          from: z
            .string()
            .nullable()
            .openapi({ description: "As precisely as it is known: 2023, 2023-07, 2023-07-01." }),
          to: z.string().nullable(),
        }),
      )
      .openapi({ description: "The offices it holds or held, the latest first." }),
    links,
  })
  .openapi("Actor");

/** GET /actors/{id} */
export const actorRoute = createRoute({
  ...{ method: "get", path: "/actors/{id}", summary: "One actor, with its offices and what belongs to it" },
  request: { params: word("The id of an actor.", "china-mfa"), query: plain },
  responses: { ...json(wholeActor, "The actor"), ...problems },
});

const wholeTopic = topicShape
  .extend({ leaves: z.array(topicShape).openapi({ description: "What it is divided into." }), links })
  .openapi("Topic");

/** GET /topics/{id} */
export const topicRoute = createRoute({
  ...{ method: "get", path: "/topics/{id}", summary: "One topic, with its leaves" },
  request: { params: word("The id of a topic.", "frontier"), query: plain },
  responses: { ...json(wholeTopic, "The topic"), ...problems },
});

/** GET /sources/{id} */
export const sourceRoute = createRoute({
  ...{ method: "get", path: "/sources/{id}", summary: "One source, and how watching it goes" },
  request: { params: word("The id of a source.", "cn-mfa-presser-en"), query: plain },
  responses: { ...json(sourceShape, "The source"), ...problems },
});

const capture = z
  .object({
    id: z.number().int(),
    documentId: z.number().int(),
    sourceId: z.string().nullable().openapi({ description: "Null for imported files." }),
    url: z.string(),
    finalUrl: z.string().openapi({ description: "The address after redirects." }),
    httpStatus: z.number().int().nullable(),
    headers: z.record(z.string(), z.string()),
    fetchedAt: z.iso.datetime(),
    elapsedMs: z.number().int().nullable(),
    bodySha256: z.string().openapi({ description: "SHA-256 of the bytes as received, hexadecimal." }),
    byteLength: z.number().int(),
    thinned: z.boolean().openapi({ description: "Whether the bytes were let go, because nothing was read from them." }),
    readBy: z
      .number()
      .int()
      .nullable()
      .openapi({ description: "Version of the reader that read it; null while unread." }),
    links: z.object({ self: z.string(), body: z.string(), document: z.string() }),
  })
  .openapi("Capture");

/** GET /captures/{id} */
export const captureRoute = createRoute({
  ...{ method: "get", path: "/captures/{id}", summary: "One fetch: what was asked, what came" },
  request: { params: id, query: plain },
  responses: { ...json(capture, "The capture"), ...problems },
});
