import { desc, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../src/catalogue/load.ts";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { items, polls, sourceMoves } from "../../src/db/schema/collection.ts";
import { Failure } from "../../src/domain/failure.ts";
import type { FetchRequest } from "../../src/net/fetcher.ts";
import { shipped } from "../../src/paths.ts";
import { poll } from "../../src/workers/poll.ts";
import { serve } from "../net/support/loopback.ts";
import { buildCatalogue, buildSource } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { noon, secondsOn } from "../support/moments.ts";
import { rss } from "../support/pages.ts";
import { buildWatchedSource, sourceRow } from "../support/rows.ts";
import { useWorkerContext } from "../support/worker-context.ts";

const db = useDatabase();
const context = useWorkerContext(db, () => loadCatalogue({ shippedDir: shipped("catalogue"), overlayDir: null }));

const feed = rss([
  { key: "one", url: "https://norland.example/one" },
  { key: "two", url: "https://norland.example/two" },
]);

/** A source whose feed a server on loopback answers. */
async function watch(url: string, state: Parameters<typeof buildWatchedSource>[1] = {}): Promise<string> {
  return buildWatchedSource(db(), { ...state, entry: { plainHttp: true, list: { kind: "feed", url } } });
}

function movesOf(sourceId: string) {
  return db().select().from(sourceMoves).where(eq(sourceMoves.sourceId, sourceId)).orderBy(sourceMoves.id);
}

async function lastPoll(sourceId: string) {
  const [row] = await db().select().from(polls).where(eq(polls.sourceId, sourceId)).orderBy(desc(polls.id)).limit(1);
  return row;
}

describe("a poll", () => {
  test("keeps new entries, sends each to be fetched, and comes round again; a second run adds nothing", async () => {
    const server = await serve((_, response) =>
      response.writeHead(200, { "content-type": "application/rss+xml", etag: 'W/"a b"' }).end(feed),
    );
    const sourceId = await watch(`${server.url}/feed`);
    const first = context({ servers: [server] });
    expect(await poll({ sourceId }, first)).toMatchObject({ outcome: "read", new: 2 });
    expect(first.sent.map(({ stage }) => stage)).toEqual(["fetch", "fetch", "poll"]);
    expect(first.sent.at(-1)).toMatchObject({ data: { sourceId }, at: secondsOn(600) });
    const again = context({ servers: [server] });
    expect(await poll({ sourceId }, again)).toEqual({ skipped: true });
    const later = context({ servers: [server], at: secondsOn(600) });
    expect(await poll({ sourceId }, later)).toMatchObject({ new: 0 });
    expect(later.sent.map(({ stage }) => stage)).toEqual(["poll"]);
    expect(await db().select().from(items).where(eq(items.sourceId, sourceId))).toHaveLength(2);
  });

  test("sends the validators back byte for byte, and a list that did not change is unchanged", async () => {
    const asked: unknown[] = [];
    const server = await serve((request, response) => {
      asked.push([request.headers["if-none-match"], request.headers["if-modified-since"]]);
      response.writeHead(304).end();
    });
    const [etag, lastModified] = ['W/"a b"', "Tue, 19 May 2026 11:00:00 GMT"];
    const sourceId = await watch(`${server.url}/feed`, { etag, lastModified, failuresInRow: 2 });
    expect(await poll({ sourceId }, context({ servers: [server] }))).toMatchObject({ outcome: "unchanged", new: 0 });
    expect(asked).toEqual([[etag, lastModified]]);
    expect(await lastPoll(sourceId)).toMatchObject({ outcome: "unchanged", httpStatus: 304 });
    expect(await sourceRow(db(), sourceId)).toMatchObject({ failuresInRow: 0, etag, lastSuccessAt: noon });
  });

  test("that meets a busy server is recorded and backs off, longer where the server asks for it", async () => {
    let retryAfter = {};
    const server = await serve((_, response) => response.writeHead(503, retryAfter).end("busy"));
    const sourceId = await watch(`${server.url}/feed`, { etag: '"kept"' });
    const job = context({ servers: [server] });
    expect(await poll({ sourceId }, job)).toMatchObject({ outcome: "http-busy" });
    expect(await lastPoll(sourceId)).toMatchObject({ outcome: "failed", failureCode: "http-busy", httpStatus: 503 });
    expect(await sourceRow(db(), sourceId)).toMatchObject({
      ...{ failuresInRow: 1, nextPollAt: secondsOn(1_200), etag: '"kept"', lastSuccessAt: null },
    });
    expect(job.sent).toEqual([{ stage: "poll", data: { sourceId }, at: secondsOn(1_200) }]);
    retryAfter = { "retry-after": "86400" };
    await poll({ sourceId }, context({ servers: [server], at: secondsOn(1_200) }));
    expect(await sourceRow(db(), sourceId)).toMatchObject({ failuresInRow: 2, nextPollAt: secondsOn(1_200 + 86_400) });
  });

  test.each([
    ["a page instead of a list", "<!DOCTYPE html><html><body><p>Sorry, we are closed.</p></body></html>"],
    ["nothing at all", ""],
  ])("that is given %s is a failure and keeps no validators of it", async (_, body) => {
    const server = await serve((_request, response) =>
      response.writeHead(200, { "content-type": "text/html", etag: '"error page"' }).end(body),
    );
    const sourceId = await watch(`${server.url}/feed`);
    expect(await poll({ sourceId }, context({ servers: [server] }))).toMatchObject({ outcome: "not-a-feed" });
    expect(await sourceRow(db(), sourceId)).toMatchObject({ failuresInRow: 1, etag: null });
  });

  test("of a valid list without entries is no failure", async () => {
    const server = await serve((_, response) => response.writeHead(200).end(rss([])));
    const sourceId = await watch(`${server.url}/feed`);
    expect(await poll({ sourceId }, context({ servers: [server] }))).toMatchObject({ outcome: "read", new: 0 });
  });

  test("that robots.txt does not want is not made", async () => {
    let asked = 0;
    const server = await serve(
      (_, response) => {
        asked += 1;
        response.end(feed);
      },
      (_, response) => response.end("User-agent: *\nDisallow: /"),
    );
    const sourceId = await watch(`${server.url}/feed`);
    expect(await poll({ sourceId }, context({ servers: [server] }))).toMatchObject({ outcome: "robots-refused" });
    expect(asked).toBe(0);
  });

  test("that is told 410 is the last: the source is asked no more, after a restart too, until the catalogue has another address", async () => {
    let asked = 0;
    const server = await serve((_, response) => {
      asked += 1;
      response.writeHead(410).end();
    });
    const sourceId = await watch(`${server.url}/feed`);
    const job = context({ servers: [server] });
    expect(await poll({ sourceId }, job)).toMatchObject({ outcome: "http-gone" });
    expect(job.sent).toEqual([]);
    expect(await movesOf(sourceId)).toMatchObject([{ fromUrl: `${server.url}/feed`, toUrl: null, movedAt: noon }]);
    const { definition } = await sourceRow(db(), sourceId);
    const catalogue = { ...buildCatalogue(), sources: [definition] };
    await saveCatalogue(db(), catalogue, secondsOn(86_400));
    expect(await sourceRow(db(), sourceId)).toMatchObject({ nextPollAt: null });
    expect(await poll({ sourceId }, context({ servers: [server], at: secondsOn(86_400) }))).toEqual({ skipped: true });
    const moved = { ...definition, list: { kind: "feed" as const, url: `${server.url}/new`, fallbackUrls: [] } };
    await saveCatalogue(db(), { ...catalogue, sources: [moved] }, secondsOn(86_400));
    expect(await sourceRow(db(), sourceId)).toMatchObject({ nextPollAt: secondsOn(86_400) });
    expect(asked).toBe(1);
  });

  test("that is sent on for good the third time in a row moves its source, with a record of it", async () => {
    const asked: string[] = [];
    const server = await serve((request, response) => {
      asked.push(request.url ?? "");
      if (request.url === "/feed") response.writeHead(301, { location: "/moved" }).end();
      else response.writeHead(200, { etag: '"m"' }).end(feed);
    });
    const sourceId = await watch(`${server.url}/feed`);
    for (const look of [0, 1, 2, 3])
      await poll({ sourceId }, context({ servers: [server], at: secondsOn(look * 7_200) }));
    expect(asked).toEqual(["/feed", "/moved", "/feed", "/moved", "/feed", "/moved", "/moved"]);
    expect(await movesOf(sourceId)).toMatchObject([{ fromUrl: `${server.url}/feed`, toUrl: `${server.url}/moved` }]);
    expect(await sourceRow(db(), sourceId)).toMatchObject({ movedTo: `${server.url}/moved`, sentOnTimes: 0 });
  });

  test("does not come before the answer is stale, and follows the source's own rhythm", async () => {
    let headers = {};
    const server = await serve((_, response) => response.writeHead(200, headers).end(feed));
    const sourceId = await watch(`${server.url}/feed`);
    headers = { "cache-control": "max-age=1800" };
    await poll({ sourceId }, context({ servers: [server] }));
    expect(await sourceRow(db(), sourceId)).toMatchObject({ nextPollAt: secondsOn(1_800), newsAt: [noon] });
  });

  test("trusts a certificate of the catalogue for its source alone", async () => {
    const extraCa = "-----BEGIN CERTIFICATE-----\nbm8gY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n";
    const asked: FetchRequest[] = [];
    const fetch = async (request: FetchRequest): Promise<never> => {
      asked.push(request);
      throw new Failure("net-unreachable", "invented for the test");
    };
    const fetcher = { fetch, close: async () => {} };
    const list = { kind: "feed", url: "https://norland.example/feed.xml" };
    const trusting = await buildWatchedSource(db(), { entry: { extraCa, list } });
    const plain = await buildWatchedSource(db(), { entry: { list } });
    for (const sourceId of [trusting, plain]) await poll({ sourceId }, context({ fetcher }));
    expect(asked.map((request) => request.extraCa)).toEqual([extraCa, undefined]);
    expect(() => buildSource({ extraCa: "trust me" })).toThrow("PEM form");
  });

  test("of a source that is switched off, not due, or unknown asks nobody", async () => {
    const off = await buildWatchedSource(db(), { enabled: false });
    const early = await buildWatchedSource(db(), { nextPollAt: secondsOn(1) });
    const listless = await buildWatchedSource(db(), { nextPollAt: null });
    for (const sourceId of [off, early, listless, "nowhere"]) {
      const job = context();
      expect(await poll({ sourceId }, job)).toEqual({ skipped: true });
      expect(job.sent).toEqual([]);
    }
  });
});
