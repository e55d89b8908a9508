import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";

const DESCRIPTION = `What governments, institutions, think tanks and the press say about the talks on AI, with evidence.

Errors are problem documents (RFC 9457) that name the parameter. Lists are read page by page: \`next\` of one page is the \`cursor\` of the following one. Answers carry an ETag.

A server that others can reach wants a token, as \`Authorization: Bearer TOKEN\` or as the password of Basic. A token of scope \`reader\` may read; \`editor\` may also change rules, send tests and see deliveries; \`admin\` may also make endpoints. On a server that only its own machine reaches no token is needed.`;

/** A token of any scope, or none where only this machine can ask. */
const READERS: Record<string, string[]>[] = [{ token: ["reader"] }, {}];

/** Adds the OpenAPI document, made from the schemas that check the requests. */
export function describeApi(api: OpenAPIHono, version: string, baseOf: (c: Context) => string): void {
  api.openAPIRegistry.registerComponent("securitySchemes", "token", { type: "http", scheme: "bearer" });
  api.get("/openapi.json", (c) => c.json(apiDocument(api, version, baseOf(c))));
}

/** Gives the OpenAPI document of the API. */
export function apiDocument(api: OpenAPIHono, version: string, base: string) {
  return api.getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: "Parley", version, description: DESCRIPTION },
    servers: [{ url: `${base}/api/v1` }],
    security: READERS,
  });
}
