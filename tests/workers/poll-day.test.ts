import { and, eq, inArray } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { dueSources } from "../../src/db/collection/sources.ts";
import { polls } from "../../src/db/schema/collection.ts";
import { poll } from "../../src/workers/poll.ts";
import { serve } from "../net/support/loopback.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { secondsOn } from "../support/moments.ts";
import { rss } from "../support/pages.ts";
import { buildWatchedSource } from "../support/rows.ts";
import { useWorkerContext } from "../support/worker-context.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);

const FEEDS = 50;
const HOURS = 24;
const EVERY_S = 3_600;

/** A server whose feeds change every five hours, one after another, and which notes who asked how. */
async function publisher(clock: { seconds: number }) {
  const asked: {
    readonly feed: string;
    readonly at: number;
    readonly conditional: boolean;
    readonly status: number;
  }[] = [];
  const server = await serve((request, response) => {
    const feed = request.url ?? "";
    const edition = Math.floor((clock.seconds / 3_600 + Number(feed.slice(1))) / 5);
    const etag = `W/"${edition} ${feed}"`;
    const status = request.headers["if-none-match"] === etag ? 304 : 200;
    asked.push({ feed, at: clock.seconds, conditional: request.headers["if-none-match"] !== undefined, status });
    if (status === 304) response.writeHead(304, { etag }).end();
    else
      response
        .writeHead(200, { etag })
        .end(rss([{ key: `${feed} ${edition}`, url: `https://norland.example${feed}/${edition}` }]));
  });
  return { server, asked };
}

describe("a day of fifty feeds, with a restart each hour", () => {
  test("asks no feed before its time, none unconditionally a second time, and misses no edition", async () => {
    const clock = { seconds: 0 };
    const { server, asked } = await publisher(clock);
    const ids = await Promise.all(
      Array.from({ length: FEEDS }, (_, feed) =>
        buildWatchedSource(db(), {
          entry: {
            plainHttp: true,
            priority: "A",
            poll: { every: "1h" },
            list: { kind: "feed", url: `${server.url}/${feed}` },
          },
        }),
      ),
    );
    for (let hour = 0; hour < HOURS; hour += 1) {
      // A restart: connections, the copy of robots.txt and every timer are new; what is due stands in Postgres.
      const job = context({ servers: [server], now: () => secondsOn(clock.seconds) });
      for (let minute = 0; minute < 60; minute += 10) {
        clock.seconds = hour * 3_600 + minute * 60;

        const due = (await dueSources(db(), secondsOn(clock.seconds), 1_000)).filter(({ id }) => ids.includes(id));
        await Promise.all(due.map(({ id }) => poll({ sourceId: id }, job)));
      }
    }
    const byFeed = new Map(asked.map(({ feed }) => [feed, asked.filter((look) => look.feed === feed)]));
    expect(byFeed.size).toBe(FEEDS);
    for (const looks of byFeed.values()) {
      expect(looks).toHaveLength(HOURS);
      expect(looks.slice(1).filter(({ conditional }) => !conditional)).toEqual([]);
      for (const [index, look] of looks.slice(1).entries())
        expect(look.at - (looks[index]?.at ?? 0)).toBeGreaterThanOrEqual(EVERY_S);
      expect(looks.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1 + HOURS / 5 + 1);
    }
    const failed = await db()
      .select()
      .from(polls)
      .where(and(inArray(polls.sourceId, ids), eq(polls.outcome, "failed")));
    expect(failed).toEqual([]);
  }, 120_000);

  test("fetches nothing from a host whose robots.txt answers 5xx, and does not press it", async () => {
    let robots = 0;
    let pages = 0;
    const server = await serve(
      (_, response) => {
        pages += 1;
        response.end(rss([]));
      },
      (_, response) => {
        robots += 1;
        response.writeHead(503).end();
      },
    );
    const sourceId = await buildWatchedSource(db(), {
      entry: { plainHttp: true, poll: { every: "10m" }, list: { kind: "feed", url: `${server.url}/feed` } },
    });
    for (let at = 0; at < 86_400; at += 600)
      await poll({ sourceId }, context({ servers: [server], at: secondsOn(at) }));
    expect(pages).toBe(0);
    // Ten minutes, doubled up to six hours: eight looks in a day and not 144.
    expect(robots).toBeLessThanOrEqual(9);
  });
});
