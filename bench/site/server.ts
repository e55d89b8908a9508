import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { writeFeed } from "./feed.ts";
import { writePage } from "./pages.ts";

/** What the benchmark asks of the server process. */
export type Ask =
  | { readonly kind: "listen"; readonly hosts: number; readonly feeds: number; readonly items: number }
  | { readonly kind: "publish" };

/** What the server process tells. */
export type Tell =
  | { readonly kind: "listening"; readonly ports: readonly number[] }
  | { readonly kind: "published"; readonly item: number; readonly atMs: number }
  | { readonly kind: "received"; readonly body: string; readonly atMs: number };

/** The feed into which items are published one by one during the run. */
export const LIVE_FEED = "live";

let feeds = 0;
let items = 0;
let live = 0;

function answer(request: IncomingMessage, response: ServerResponse): void {
  const [, kind = "", first = "", second = ""] = (request.url ?? "").split(/[/.]/);
  if (kind === "hook") {
    receive(request, response);
    return;
  }
  const body = bodyOf(`http://${request.headers.host}`, kind, first, Number(second));
  if (!body) {
    response.writeHead(404).end();
    return;
  }
  const etag = `"${kind}-${first}-${kind === "feed" && first === LIVE_FEED ? live : second}"`;
  const headers = { etag, "last-modified": "Fri, 29 May 2026 12:00:00 GMT" };
  if (request.headers["if-none-match"] === etag) response.writeHead(304, headers).end();
  else response.writeHead(200, { ...headers, "content-type": body.type }).end(body.text);
}

/** `/feed/7.xml` and `/page/7/3.html`; the live feed's pages are `/page/live/3.html`. */
function bodyOf(origin: string, kind: string, first: string, item: number): { type: string; text: string } | null {
  const isLive = first === LIVE_FEED;
  if (kind === "feed" && (isLive || Number(first) < feeds)) {
    const listed = isLive ? newest(live, 30) : Array.from({ length: items }, (_, n) => n);
    return { type: "application/rss+xml; charset=utf-8", text: writeFeed(origin, first, listed, pageOf) };
  }
  if (kind === "page" && (isLive ? item < live : item < items)) {
    return { type: "text/html; charset=utf-8", text: pageOf(first, item).html };
  }
  return null;
}

function pageOf(feed: string, item: number) {
  return feed === LIVE_FEED ? writePage(0, item, "always") : writePage(Number(feed), item, "sometimes");
}

function newest(count: number, most: number): readonly number[] {
  return Array.from({ length: Math.min(count, most) }, (_, n) => count - 1 - n);
}

function receive(request: IncomingMessage, response: ServerResponse): void {
  const atMs = Date.now();
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    response.writeHead(204).end();
    tell({ kind: "received", body: Buffer.concat(chunks).toString("utf8"), atMs });
  });
}

async function listen(hosts: number): Promise<readonly number[]> {
  const ports: number[] = [];
  for (let n = 0; n < hosts; n += 1) {
    const server = createServer(answer);
    server.keepAliveTimeout = 60_000;
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    ports.push((server.address() as AddressInfo).port);
  }
  return ports;
}

function tell(what: Tell): void {
  process.send?.(what);
}

process.on("message", async (ask: Ask) => {
  if (ask.kind === "listen") {
    ({ feeds, items } = ask);
    tell({ kind: "listening", ports: await listen(ask.hosts) });
  } else {
    live += 1;
    tell({ kind: "published", item: live - 1, atMs: Date.now() });
  }
});
process.on("disconnect", () => process.exit(0));
