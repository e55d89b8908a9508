import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { rss } from "../../support/pages.ts";

/** A publisher whose feeds fill while time passes. */
export type Publisher = {
  readonly origin: string;
  readonly host: string;
  /** Lets items appear from now on, evenly until all are out. */
  readonly begin: () => void;
  /** Addresses of all items that are ever published. */
  readonly addresses: () => readonly string[];
  readonly allOut: () => boolean;
  readonly close: () => Promise<void>;
};

/** Starts a publisher of so many feeds, each of which shows all its items so far; all are out after `overMs`. */
export async function startPublisher(feeds: number, itemsPerFeed: number, overMs: number): Promise<Publisher> {
  let begunAt = Number.POSITIVE_INFINITY;
  const out = () => Math.min(1, Math.max(0, (performance.now() - begunAt) / overMs));
  const server = createServer({ keepAliveTimeout: 5_000 }, (request, response) => {
    const [, kind, feed = "", item = ""] = (request.url ?? "").split("/");
    const origin = `http://${request.headers.host}`;
    if (kind === "page") {
      const body = `<p>Norland and Southmark spoke of matter ${item} of series ${feed}, the ministry said on Tuesday.</p>`;
      return void response
        .writeHead(200, { "content-type": "text/html; charset=utf-8" })
        .end(
          `<html><head><title>Notice ${feed}-${item}</title></head><body><article>${body.repeat(3)}</article></body></html>`,
        );
    }
    if (kind !== "feed") return void response.writeHead(404).end();
    const shown = Math.floor(out() * itemsPerFeed);
    const etag = `"${feed}-${shown}"`;
    if (request.headers["if-none-match"] === etag) return void response.writeHead(304, { etag }).end();
    const entries = Array.from({ length: shown }, (_, n) => ({
      key: `${feed}/${n}`,
      url: `${origin}/page/${feed}/${n}`,
    }));
    response.writeHead(200, { etag, "content-type": "application/rss+xml" }).end(rss(entries));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ origin: `http://${host}`, host },
    begin: () => {
      begunAt = performance.now();
    },
    addresses: () =>
      Array.from({ length: feeds * itemsPerFeed }, (_, n) => {
        return `http://${host}/page/${Math.floor(n / itemsPerFeed)}/${n % itemsPerFeed}`;
      }),
    allOut: () => out() >= 1,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
