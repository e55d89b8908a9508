import { desc, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { items, polls } from "../../src/db/schema/collection.ts";
import { poll } from "../../src/workers/poll.ts";
import { type Loopback, serve } from "../net/support/loopback.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { secondsOn } from "../support/moments.ts";
import { rss } from "../support/pages.ts";
import { buildWatchedSource, sourceRow } from "../support/rows.ts";
import { useWorkerContext } from "../support/worker-context.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);

/** What a server answers by path; a number is a status. Tells what was asked. */
async function answering(answers: Record<string, string | number>) {
  const asked: string[] = [];
  const server = await serve((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    const answer = answers[path] ?? 404;
    if (typeof answer === "number") response.writeHead(answer).end("no");
    else response.writeHead(200, { etag: `"${path}"` }).end(answer);
  });
  return { server, asked, answers };
}

const watch = (list: object, more: object = {}) =>
  buildWatchedSource(db(), { entry: { plainHttp: true, list, ...more } });

async function pollAt(sourceId: string, server: Loopback, seconds: number) {
  return poll({ sourceId }, context({ servers: [server], at: secondsOn(seconds) }));
}

const keysOf = async (sourceId: string) =>
  (await db().select().from(items).where(eq(items.sourceId, sourceId)).orderBy(items.id)).map(({ key }) => key);

async function lastPoll(sourceId: string) {
  const [row] = await db().select().from(polls).where(eq(polls.sourceId, sourceId)).orderBy(desc(polls.id)).limit(1);
  return row;
}

const codesOf = async (sourceId: string) => ((await lastPoll(sourceId))?.problems ?? []).map(({ code }) => code);

/** Entries `from` down to `to`, the newest first, with addresses on the server. */
const entries = ({ url }: Loopback, from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, at) => ({ key: `id-${from - at}`, url: `${url}/talks-${from - at}` }));

describe("a list whose address fails", () => {
  test("is read from its next address, and the poll says so; its own validators stay", async () => {
    const { server, asked, answers } = await answering({ "/own": 503, "/gone": 404 });
    answers["/other"] = rss([{ key: "one" }]);
    const sourceId = await buildWatchedSource(db(), {
      etag: '"own"',
      entry: {
        plainHttp: true,
        list: {
          ...{ kind: "feed", url: `${server.url}/own` },
          fallbackUrls: [`${server.url}/gone`, `${server.url}/other`],
        },
      },
    });
    expect(await pollAt(sourceId, server, 0)).toMatchObject({ outcome: "read", new: 1 });
    expect(asked).toEqual(["/own", "/gone", "/other"]);
    expect(await codesOf(sourceId)).toEqual(["fallback-used"]);
    expect(await sourceRow(db(), sourceId)).toMatchObject({ failuresInRow: 0, etag: '"own"' });
    expect(await pollAt(sourceId, server, 600)).toMatchObject({ outcome: "read", new: 0 });
    expect(await keysOf(sourceId)).toEqual(["one"]);
  });

  test("fails with the reason of its own address when no other answers with a list", async () => {
    const { server } = await answering({ "/own": 403, "/other": "<html><p>Closed.</p></html>" });
    const sourceId = await watch({ kind: "feed", url: `${server.url}/own`, fallbackUrls: [`${server.url}/other`] });
    expect(await pollAt(sourceId, server, 0)).toMatchObject({ outcome: "http-refused" });
    expect(await sourceRow(db(), sourceId)).toMatchObject({ failuresInRow: 1 });
  });
});

describe("an index of sitemaps", () => {
  const index = ({ url }: Loopback, ...names: string[]) =>
    `<sitemapindex>${names.map((name, at) => `<sitemap><loc>${url}/${name}</loc><lastmod>2026-05-${19 - at}</lastmod></sitemap>`).join("")}</sitemapindex>`;
  const sitemap = ({ url }: Loopback, ...names: string[]) =>
    `<urlset>${names.map((name) => `<url><loc>${url}/news/${name}</loc></url>`).join("")}</urlset>`;

  test("is followed to the sitemaps changed last; one that fails costs no other", async () => {
    const { server, asked, answers } = await answering({ "/b.xml": 500 });
    answers["/index.xml"] = index(server, "a.xml", "b.xml", "c.xml", "d.xml");
    answers["/a.xml"] = sitemap(server, "1", "2");
    answers["/c.xml"] = sitemap(server, "2", "3");
    const sourceId = await watch({ kind: "sitemap", url: `${server.url}/index.xml`, articlePath: "/news/" });
    expect(await pollAt(sourceId, server, 0)).toMatchObject({ outcome: "read", new: 3 });
    expect(asked).toEqual(["/index.xml", "/a.xml", "/b.xml", "/c.xml"]);
    expect(await codesOf(sourceId)).toEqual(["http-busy"]);
    // The index may stay as it is while its sitemaps grow.
    expect(await sourceRow(db(), sourceId)).toMatchObject({ etag: null });
    expect(await pollAt(sourceId, server, 600)).toMatchObject({ new: 0 });
  });

  test("of which none can be read is a failure", async () => {
    const { server, answers } = await answering({});
    answers["/index.xml"] = index(server, "a.xml");
    const sourceId = await watch({ kind: "sitemap", url: `${server.url}/index.xml` });
    expect(await pollAt(sourceId, server, 0)).toMatchObject({ outcome: "http-gone" });
  });
});

describe("a list that moved on by more than it holds", () => {
  test("is filled up from its own further pages, up to the last entry that was known", async () => {
    const { server, asked, answers } = await answering({});
    answers["/feed?kind=talks"] = rss(entries(server, 3, 1));
    const list = { kind: "feed", url: `${server.url}/feed?kind=talks`, paging: { url: "?paged={page}" } };
    const sourceId = await watch(list);
    await pollAt(sourceId, server, 0);
    expect(await codesOf(sourceId)).toEqual([]);
    answers["/feed?kind=talks"] = rss(entries(server, 10, 8));
    answers["/feed?paged=2&kind=talks"] = rss(entries(server, 7, 5));
    // The fourth page holds what is older than the first poll: that is no news.
    answers["/feed?paged=3&kind=talks"] = rss([
      ...entries(server, 4, 2),
      { key: "id-0", url: `${server.url}/talks-0` },
    ]);
    expect(await pollAt(sourceId, server, 600)).toMatchObject({ outcome: "read", new: 7 });
    expect(await keysOf(sourceId)).toEqual([3, 2, 1, 10, 9, 8, 7, 6, 5, 4].map((n) => `id-${n}`));
    expect((await lastPoll(sourceId))?.problems).toMatchObject([{ code: "gap-filled" }]);
    asked.length = 0;
    expect(await pollAt(sourceId, server, 1_200)).toMatchObject({ new: 0 });
    expect(asked).toEqual(["/feed?kind=talks"]);
    expect(await codesOf(sourceId)).toEqual([]);
  });

  test("is filled up from the publisher's listing page, whose entries are known by their addresses", async () => {
    const { server, answers } = await answering({});
    const listing = (from: number, to: number) =>
      `<html><body><nav><a href="/about-this-office">About</a></nav><ul>${entries(server, from, to)
        .map(({ url }) => `<li><a href="${url}?utm_source=list">A round of talks</a></li>`)
        .join("")}</ul></body></html>`;
    answers["/feed"] = rss(entries(server, 2, 1));
    const archive = {
      ...{ kind: "page", url: `${server.url}/news/`, articlePath: "/talks-\\d+" },
      paging: { url: "index_{page}.html", from: 1 },
    };
    const sourceId = await watch({ kind: "feed", url: `${server.url}/feed`, archive });
    await pollAt(sourceId, server, 0);
    answers["/feed"] = rss(entries(server, 9, 8));
    answers["/news/"] = listing(9, 6);
    answers["/news/index_1.html"] = listing(5, 2);
    expect(await pollAt(sourceId, server, 600)).toMatchObject({ new: 7 });
    expect(await codesOf(sourceId)).toEqual(["gap-filled"]);
  });

  test("is filled up from where the feed itself says that older entries stand", async () => {
    const { server, answers } = await answering({});
    const atom = (numbers: readonly number[], next = "") =>
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>Talks</title>${next && `<link rel="next" href="${next}"/>`}${numbers.map((n) => `<entry><id>id-${n}</id><title>T</title><link href="${server.url}/talks-${n}"/></entry>`).join("")}</feed>`;
    answers["/feed"] = atom([2, 1]);
    const sourceId = await watch({ kind: "feed", url: `${server.url}/feed` });
    await pollAt(sourceId, server, 0);
    answers["/feed"] = atom([8, 7], "/feed/2");
    answers["/feed/2"] = atom([6, 5], "/feed/3");
    answers["/feed/3"] = atom([4, 3, 2], "/feed/4");
    expect(await pollAt(sourceId, server, 600)).toMatchObject({ new: 6 });
    expect(await codesOf(sourceId)).toEqual(["gap-filled"]);
  });

  test("is reported where nothing says how to look back", async () => {
    const { server, answers } = await answering({});
    answers["/feed"] = rss(entries(server, 2, 1));
    const sourceId = await watch({ kind: "feed", url: `${server.url}/feed` });
    await pollAt(sourceId, server, 0);
    answers["/feed"] = rss(entries(server, 9, 8));
    expect(await pollAt(sourceId, server, 600)).toMatchObject({ new: 2 });
    expect(await codesOf(sourceId)).toEqual(["entries-missed"]);
  });

  test("and whose further page fails for a moment is looked into again at the next poll", async () => {
    const { server, answers } = await answering({ "/feed?paged=2": 503 });
    answers["/feed"] = rss(entries(server, 2, 1));
    const sourceId = await watch({ kind: "feed", url: `${server.url}/feed`, paging: { url: "?paged={page}" } });
    await pollAt(sourceId, server, 0);
    answers["/feed"] = rss(entries(server, 6, 5));
    expect(await pollAt(sourceId, server, 600)).toMatchObject({ new: 2 });
    expect(await codesOf(sourceId)).toEqual(["gap-open"]);
    expect(await sourceRow(db(), sourceId)).toMatchObject({ etag: null });
    answers["/feed?paged=2"] = rss(entries(server, 4, 2));
    expect(await pollAt(sourceId, server, 1_200)).toMatchObject({ new: 2 });
    expect(await codesOf(sourceId)).toEqual(["gap-filled"]);
    expect(await pollAt(sourceId, server, 1_800)).toMatchObject({ new: 0 });
    expect(await codesOf(sourceId)).toEqual([]);
  });

  test("has not where only its ids changed, which is said", async () => {
    const { server, answers } = await answering({});
    answers["/feed"] = rss([{ key: "a1", url: `${server.url}/talks-1` }]);
    const sourceId = await watch({ kind: "feed", url: `${server.url}/feed`, paging: { url: "?paged={page}" } });
    await pollAt(sourceId, server, 0);
    answers["/feed"] = rss([{ key: "a2", url: `${server.url}/talks-1` }]);
    await pollAt(sourceId, server, 600);
    expect(await codesOf(sourceId)).toEqual(["changing-ids"]);
  });
});
