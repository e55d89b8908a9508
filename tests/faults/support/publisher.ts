import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { rss } from "../../support/pages.ts";

/** A publisher whose feeds fill while time passes. */
export type Publisher = {
  /** The hosts of its feeds, `host:port`. */
  readonly hosts: readonly string[];
  readonly feedUrl: (feed: number) => string;
  /** Lets items appear from now on, evenly until all are out. */
  readonly begin: () => void;
  /** Addresses of all items that are ever published. */
  readonly addresses: () => readonly string[];
  readonly allOut: () => boolean;
  readonly close: () => Promise<void>;
};

/** As many hosts as feeds have in life: one connection at a time to a single one would be all that is tested. */
const FEEDS_PER_HOST = 5;

/** Starts a publisher of so many feeds on several hosts, each of which shows all its items so far; all are out after `overMs`. */
export async function startPublisher(feeds: number, itemsPerFeed: number, overMs: number): Promise<Publisher> {
  let begunAt = Number.POSITIVE_INFINITY;
  const out = () => Math.min(1, Math.max(0, (performance.now() - begunAt) / overMs));
  const answer: RequestListener = (request, response) => {
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
  };
  const servers = Array.from({ length: Math.ceil(feeds / FEEDS_PER_HOST) }, () =>
    createServer({ keepAliveTimeout: 5_000 }, answer),
  );
  await Promise.all(servers.map((server) => new Promise<void>((done) => server.listen(0, "127.0.0.1", done))));
  const hosts = servers.map((server) => `127.0.0.1:${(server.address() as AddressInfo).port}`);
  const originOf = (feed: number) => `http://${hosts[feed % hosts.length]}`;
  return {
    hosts,
    feedUrl: (feed) => `${originOf(feed)}/feed/${feed}`,
    begin: () => {
      begunAt = performance.now();
    },
    addresses: () =>
      Array.from({ length: feeds * itemsPerFeed }, (_, n) => {
        const feed = Math.floor(n / itemsPerFeed);
        return `${originOf(feed)}/page/${feed}/${n % itemsPerFeed}`;
      }),
    allOut: () => out() >= 1,
    close: async () => {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
    },
  };
}
