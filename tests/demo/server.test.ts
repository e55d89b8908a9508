import { load } from "cheerio";
import RssParser from "rss-parser";
import { afterEach, describe, expect, test } from "vitest";
import type { Source } from "../../src/catalogue/source.ts";
import { demoCatalogue } from "../../src/demo/catalogue.ts";
import { type DemoServer, type DemoServerOptions, startDemoServer } from "../../src/demo/server.ts";
import type { DemoEvent } from "../../src/demo/stage.ts";
import { demoFolder } from "./demo-folder.ts";

const running: DemoServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function serve(options: Partial<DemoServerOptions> = {}): Promise<DemoServer> {
  const server = await startDemoServer({ folder: demoFolder, port: 0, releaseEveryMs: null, ...options });
  running.push(server);
  return server;
}

const textAt = async (url: string) => (await fetch(url)).text();
const sourcesOf = async (server: DemoServer) => (await demoCatalogue(demoFolder, server.origin)).sources;

async function linksOf(source: Source): Promise<string[]> {
  const { list } = source;
  if (list?.kind === "feed") {
    const { items } = await new RssParser().parseString(await textAt(list.url));
    return items.map(({ link }) => link ?? "");
  }
  if (list?.kind !== "page") throw new Error(`${source.id} has no list`);
  const page = load(await textAt(list.url));
  return page(list.item ?? "a")
    .map((_, link) => new URL(page(link).attr("href") ?? "", list.url).href)
    .get();
}

describe("the lists of the sources", () => {
  test("hold one page each when the watching begins", async () => {
    const server = await serve();
    for (const source of await sourcesOf(server))
      expect([source.id, await linksOf(source)]).toEqual([source.id, [expect.any(String)]]);
  });

  test("lead to pages in which the catalogue's selectors find title, date and body", async () => {
    const server = await serve();
    server.release(1_000);
    for (const source of await sourcesOf(server)) {
      const links = await linksOf(source);
      expect(links.length).toBeGreaterThanOrEqual(3);
      for (const link of links) {
        const page = load(await textAt(link));
        const { title, date, body } = source.document;
        for (const selector of [...title, ...date, ...body]) {
          expect([link, selector, page(selector).text().trim()]).toEqual([link, selector, expect.stringMatching(/\S/)]);
        }
        if (source.list?.kind === "page") expect(link).toMatch(new RegExp(source.list.articlePath ?? ""));
      }
    }
  });

  test("show what came out last first, at most ten in a feed", async () => {
    const server = await serve();
    server.release(1_000);
    const feed = await new RssParser().parseString(await textAt(`${server.origin}/white-house/feed/`));
    const dates = feed.items.map(({ isoDate }) => isoDate ?? "");
    expect(dates).toEqual(dates.toSorted().reverse());
    expect(dates).toHaveLength(10);
    expect(dates[0]).toBe("2023-12-01T03:18:41.000Z");
  });

  test("carry the whole body of a White House document, with its own date and a key apart from the link", async () => {
    const server = await serve();
    const feed = await new RssParser().parseString(await textAt(`${server.origin}/white-house/feed/`));
    expect(feed.items[0]).toMatchObject({
      title: "Nominations and Withdrawal Sent to the\u00a0Senate",
      pubDate: "Tue, 24 Oct 2023 16:24:28 -0400",
      guid: expect.stringMatching(/^parley-demo:/),
      "content:encoded": expect.stringContaining("Claria Horn Boom"),
    });
  });

  test("grow by a page with each release, in the order of the real dates", async () => {
    const events: DemoEvent[] = [];
    const server = await serve({ onEvent: (event) => events.push(event) });
    const { released, total } = server.progress();
    server.release(total);
    expect(server.progress()).toEqual({ released: total, total });
    expect(events).toHaveLength(total - released);
    expect(events[0]).toMatchObject({ title: expect.stringContaining("Press Briefing by Press Secretary") });
  });

  test("name no page that is not out, and such a page is not found", async () => {
    const server = await serve();
    expect((await fetch(server.editedUrl)).status).toBe(404);
    expect(await textAt(`${server.origin}/`)).not.toContain(new URL(server.editedUrl).pathname);
  });
});

describe("a visitor who comes again", () => {
  test.each(["/", "/robots.txt", "/white-house/feed/", "/norland/web/fyrbt/jzhsl/"])(
    "to %s with the tag is told that nothing changed",
    async (path) => {
      const { origin } = await serve();
      const etag = (await fetch(origin + path)).headers.get("etag") ?? "";
      const again = await fetch(origin + path, { headers: { "if-none-match": `"other", W/${etag}` } });
      expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
    },
  );

  test("to a page with its date is told the same, and gets the page with an older date", async () => {
    const server = await serve();
    const page = `${server.origin}/norland/eng/xw/fyrbt/lxjzh/202311/t20231108_20000108.html`;
    const date = (await fetch(page)).headers.get("last-modified") ?? "";
    expect(date).toBe("Wed, 08 Nov 2023 12:31:00 GMT");
    expect((await fetch(page, { headers: { "if-modified-since": date } })).status).toBe(304);
    const older = "Wed, 08 Nov 2023 12:30:59 GMT";
    expect((await fetch(page, { headers: { "if-modified-since": older } })).status).toBe(200);
    expect((await fetch(page, { headers: { "if-modified-since": "yesterday" } })).status).toBe(200);
  });

  test("to a feed with the tag gets the feed once it has grown", async () => {
    const server = await serve();
    const feed = `${server.origin}/white-house/feed/`;
    const etag = (await fetch(feed)).headers.get("etag") ?? "";
    server.release();
    expect((await fetch(feed, { headers: { "if-none-match": etag } })).status).toBe(200);
  });
});

describe("the silent edit", () => {
  test("changes the words of one page and nothing else, its address and feed entry the same", async () => {
    const server = await serve({ onEvent: () => {} });
    server.release(1_000);
    const urls = [...(await Promise.all((await sourcesOf(server)).map(linksOf))).flat(), server.editedUrl];
    const lists = (await sourcesOf(server)).map(({ list }) => list?.url ?? "");
    const before = await Promise.all([...urls, ...lists].map(textAt));
    server.editNow();
    const after = await Promise.all([...urls, ...lists].map(textAt));

    const changed = [...urls, ...lists].filter((_, index) => before[index] !== after[index]);
    expect(changed).toEqual([server.editedUrl]);
    const [was, is] = [before, after].map((pages) => pages[urls.length - 1] ?? "");
    expect([was?.includes("30 nations"), was?.includes("31 nations")]).toEqual([true, false]);
    expect([is?.includes("30 nations"), is?.includes("31 nations")]).toEqual([false, true]);
  });

  test("is seen by a conditional visit, whether by tag or by date", async () => {
    const server = await serve();
    server.release(1_000);
    const { headers } = await fetch(server.editedUrl);
    server.editNow();
    const conditions: Record<string, string>[] = [
      { "if-none-match": headers.get("etag") ?? "" },
      { "if-modified-since": headers.get("last-modified") ?? "" },
    ];
    for (const condition of conditions) {
      expect((await fetch(server.editedUrl, { headers: condition })).status).toBe(200);
    }
  });

  test("of a page that is not out yet publishes it first", async () => {
    const events: DemoEvent[] = [];
    const server = await serve({ onEvent: (event) => events.push(event) });
    server.editNow();
    server.editNow();
    expect(events.at(-2)).toEqual({
      kind: "released",
      title: expect.any(String),
      path: new URL(server.editedUrl).pathname,
    });
    expect(events.filter(({ kind }) => kind === "edited")).toHaveLength(1);
    expect(await textAt(server.editedUrl)).toContain("31 nations");
  });
});

test("a source that goes down answers 503 for its list and its pages, and the others answer as before", async () => {
  const server = await serve();
  const sources = await sourcesOf(server);
  const fragile = sources.find(({ id }) => id === server.fragileSourceId);
  const pages = await linksOf(fragile as Source);
  server.takeDown();
  for (const url of [fragile?.list?.url ?? "", ...pages]) expect((await fetch(url)).status).toBe(503);
  for (const source of sources.filter(({ id }) => id !== server.fragileSourceId)) {
    expect((await fetch(source.list?.url ?? "")).status).toBe(200);
  }
});

test("the clock releases all, edits the page after it came out and takes the source down, once each", async () => {
  const events: DemoEvent[] = [];
  const finished = new Promise<void>((resolve) => {
    void serve({
      releaseEveryMs: 1,
      onEvent: (event) => {
        events.push(event);
        if (event.kind === "finished") resolve();
      },
    });
  });
  await finished;
  const server = running[0] as DemoServer;
  const { released, total } = server.progress();
  expect(released).toBe(total);
  const kinds = events.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind !== "released")).toEqual(["edited", "down", "finished"]);
  const out = events.findIndex(
    (event) => event.kind === "released" && event.path === new URL(server.editedUrl).pathname,
  );
  expect(kinds.indexOf("edited")).toBeGreaterThan(out);
});

describe("a request that is not for a page", () => {
  test.each([
    ["POST", "/", 405],
    ["GET", "/nowhere", 404],
    ["GET", "//", 404],
    ["GET", "/white-house/../../etc/passwd", 404],
    ["GET", "/%E0%A4%A", 404],
    ["HEAD", "/", 200],
    ["GET", "/white-house/feed/?paged=2", 200],
  ])("%s %s is answered with %i", async (method, path, status) => {
    const { origin } = await serve();
    expect((await fetch(origin + path, { method })).status).toBe(status);
  });
});

test("a port that is taken is named, with what to do", async () => {
  const { origin } = await serve();
  const port = Number(new URL(origin).port);
  await expect(serve({ port })).rejects.toMatchObject({
    code: "in-use",
    message: expect.stringContaining(`Port ${port}`),
  });
  await expect(serve({ port: 70_000 })).rejects.toMatchObject({ code: "bad-setting" });
});

test("the index says which sources are invented", async () => {
  const { origin } = await serve();
  const page = load(await textAt(`${origin}/`));
  const titles = page("h2")
    .map((_, title) => page(title).text())
    .get();
  expect(titles.filter((title) => title.includes("invented"))).toHaveLength(4);
});
