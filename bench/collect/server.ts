import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the server process is told to be. */
export type Publishers = { readonly hosts: number; readonly speed: number; readonly changeEveryMs: number };

const ENTRIES = 20;
let told: Publishers = { hosts: 0, speed: 1, changeEveryMs: 1 };

/** Answers `/7.xml` with a feed of twenty entries, or 304; each feed gets a new entry at its own moments of the simulated time. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  const feed = /^\/(\d+)\.xml$/.exec(request.url ?? "")?.[1];
  if (!feed) return void response.writeHead(404).end();
  const edition = Math.floor((Date.now() * told.speed) / told.changeEveryMs + Number(feed) * 0.618);
  const etag = `"${feed}-${edition}"`;
  if (request.headers["if-none-match"] === etag) return void response.writeHead(304, { etag }).end();
  const items = Array.from({ length: ENTRIES }, (_, back) => {
    const link = `http://${request.headers.host}/${feed}/${edition - back}`;
    return `<item><title>Notice ${edition - back}</title><link>${link}</link><guid>${link}</guid></item>`;
  });
  const body = `<rss version="2.0"><channel><title>Feed ${feed}</title>${items.join("")}</channel></rss>`;
  response.writeHead(200, { etag, "content-type": "application/rss+xml" }).end(body);
}

process.on("message", async (publishers: Publishers) => {
  told = publishers;
  const ports = await Promise.all(
    Array.from({ length: publishers.hosts }, async () => {
      const server = createServer(answer);
      server.keepAliveTimeout = 60_000;
      await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
      return (server.address() as AddressInfo).port;
    }),
  );
  process.send?.(ports);
});
process.on("disconnect", () => process.exit(0));
