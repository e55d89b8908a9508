import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { captures } from "../../src/db/schema/archive.ts";
import { fetchItem } from "../../src/workers/fetch.ts";
import { serve } from "../net/support/loopback.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { briefing, page } from "../support/pages.ts";
import { buildItem, buildWatchedSource, itemRow } from "../support/rows.ts";
import { useWorkerContext } from "../support/worker-context.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);

/** Fetches an item whose page is this; the text stands at /text. Tells what was asked, with its referer, and what was kept. */
async function fetched(
  first: string | ((origin: string) => string),
  { body = [] as readonly string[], behind = page(briefing) } = {},
) {
  const asked: [string, string | undefined][] = [];
  const server = await serve((request, response) => {
    asked.push([request.url ?? "", request.headers.referer]);
    const origin = `http://${request.headers.host}`;
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    if (request.url === "/art/a.html") response.end(typeof first === "string" ? first : first(origin));
    else response.end(behind);
  });
  const sourceId = await buildWatchedSource(db(), { entry: { plainHttp: true, document: { body: [...body] } } });
  const itemId = await buildItem(db(), { sourceId, url: `${server.url}/art/a.html` });
  await fetchItem({ itemId }, context({ servers: [server] }));
  const { documentId } = await itemRow(db(), itemId);
  const [kept] = await db()
    .select()
    .from(captures)
    .where(eq(captures.documentId, documentId ?? 0));
  return {
    asked: asked.map(([path, from]) => [path, from?.replace(server.url, "") ?? null]),
    kept,
    origin: server.url,
  };
}

const around = (inner: string) =>
  `<!DOCTYPE html><html><head><title>Press conference</title></head><body><nav>${"<a href=/x>News of the ministry</a> ".repeat(30)}</nav>${inner}<footer>The ministry</footer></body></html>`;

describe("a page that only leads to the text", () => {
  test.each([
    [
      "by a script",
      "<html><head><script>window.location.href='/art/text.html';</script></head><body></body></html>",
      [],
    ],
    [
      "by a script that replaces it",
      '<html><script>location.replace("text.html")</script>One moment, please.</html>',
      [],
    ],
    [
      "by refresh",
      '<html><meta http-equiv="refresh" content="0; url=/art/text.html"><body>One moment.</body></html>',
      [],
    ],
    [
      "with a frame as its body",
      around('<div class="art-con"><iframe src="/art/text.html"></iframe></div>'),
      [".art-con"],
    ],
    ["with nothing but a frame", '<html><body><iframe src="text.html"></iframe></body></html>', []],
  ])("%s is followed once, saying where we came from", async (_, first, body) => {
    const { asked, kept, origin } = await fetched(first, { body });
    expect(asked).toEqual([
      ["/art/a.html", null],
      ["/art/text.html", "/art/a.html"],
    ]);
    expect(kept).toMatchObject({ url: `${origin}/art/a.html`, finalUrl: `${origin}/art/text.html` });
  });

  test("to another such page is followed no further", async () => {
    const hop = (to: string) => `<html><script>location.href = "${to}"</script></html>`;
    const { asked } = await fetched(hop("/second"), { behind: hop("/third") });
    expect(asked.map(([path]) => path)).toEqual(["/art/a.html", "/second"]);
  });
});

describe("a page is kept as it is", () => {
  test.each([
    ["that leads to another host", "<html><script>location.href='https://southmark.example/text.html'</script></html>"],
    ["that leads to itself", "<html><script>location.href='/art/a.html#top'</script></html>"],
    ["that leads nowhere", "<html><script>location.href='javascript:alert(1)'</script></html>"],
    [
      "that speaks for itself beside a frame",
      page(briefing).replace("</article>", '<iframe src="/player"></iframe></article>'),
    ],
    [
      "that speaks for itself beside a script",
      page(briefing).replace("</head>", "<script>location.href='/app'</script></head>"),
    ],
    ["that begins a thousand tags and ends none", '<meta http-equiv=refresh content="0;url '.repeat(400)],
    ["that is made of frames", around('<iframe src="/one">'.repeat(5_000))],
    ["with several frames", around('<iframe src="/one"></iframe><iframe src="/two"></iframe>')],
  ])("%s", async (_, first) => {
    const { asked, kept, origin } = await fetched(first);
    expect(asked.map(([path]) => path)).toEqual(["/art/a.html"]);
    expect(kept).toMatchObject({ finalUrl: `${origin}/art/a.html` });
  });
});
