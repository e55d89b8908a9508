import type { IncomingMessage, ServerResponse } from "node:http";
import { answerTo } from "./answer.ts";
import { entityTag, holdsAlready, httpDate } from "./conditional.ts";
import type { Site, SiteState } from "./site.ts";

/** Answers one request for a list or page, with validators, and 304 to those who hold it already. */
export function respond(site: Site, state: SiteState, request: IncomingMessage, response: ServerResponse): void {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { allow: "GET, HEAD" }).end();
    return;
  }
  const { status, type, body, modifiedAt } = answerTo(site, state, pathOf(request.url ?? "/"));
  if (status !== 200) {
    response.writeHead(status, { "content-type": type }).end(body);
    return;
  }
  const etag = entityTag(body);
  const validators = {
    etag,
    ...(modifiedAt && { "last-modified": httpDate(modifiedAt) }),
    "cache-control": "no-cache",
  };
  if (holdsAlready(request.headers, etag, modifiedAt)) {
    response.writeHead(304, validators).end();
    return;
  }
  const bytes = Buffer.from(body, "utf8");
  response.writeHead(200, { ...validators, "content-type": type, "content-length": bytes.length }).end(bytes);
}

/** The path of a request target, without its query. */
function pathOf(target: string): string {
  return target.split(/[?#]/, 1)[0] || "/";
}
