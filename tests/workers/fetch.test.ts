import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { mirrorTable } from "../../src/catalogue/mirrors.ts";
import { captureWithBody } from "../../src/db/archive/captures.ts";
import { placesOf } from "../../src/db/collection/places.ts";
import { captures, documents } from "../../src/db/schema/archive.ts";
import { Failure } from "../../src/domain/failure.ts";
import { fetchItem, giveUpFetch } from "../../src/workers/fetch.ts";
import { serve } from "../net/support/loopback.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { noon, secondsOn } from "../support/moments.ts";
import { briefing, page } from "../support/pages.ts";
import { buildCapture, buildItem, buildWatchedSource, itemRow } from "../support/rows.ts";
import { idSentTo, useWorkerContext } from "../support/worker-context.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);

describe("an item", () => {
  test("becomes a capture of its page, sent to be read; a second run adds nothing", async () => {
    let asked = 0;
    const server = await serve((_, response) => {
      asked += 1;
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page(briefing));
    });
    const sourceId = await buildWatchedSource(db(), { entry: { plainHttp: true } });
    const itemId = await buildItem(db(), { sourceId, url: `${server.url}/briefing#top` });
    const job = context({ servers: [server] });
    await fetchItem({ itemId }, job);
    const captureId = idSentTo(job, "read");
    const stored = await captureWithBody(db(), captureId);
    expect(new TextDecoder().decode(stored?.fetched.bytes)).toBe(page(briefing));
    expect(await itemRow(db(), itemId)).toMatchObject({ outcome: "new", documentId: stored?.documentId });
    const [document] = await db()
      .select()
      .from(documents)
      .where(eq(documents.identity, `https://${server.host}/briefing`));
    // An official source: its page is looked at again after an hour.
    expect(document).toMatchObject({ id: stored?.documentId, nextCheckAt: secondsOn(3_600) });
    const again = context({ servers: [server] });
    expect(await fetchItem({ itemId }, again)).toEqual({ skipped: true });
    expect(again.sent).toEqual([]);
    expect(asked).toBe(1);
  });

  test("whose page is here already leads there and is not fetched", async () => {
    const { documentId } = await buildCapture(db(), { identity: "https://norland.example/known?id=1" });
    const itemId = await buildItem(db(), { url: "https://norland.example/known?utm_source=feed&id=1#part" });
    const job = context();
    expect(await fetchItem({ itemId }, job)).toEqual({ known: documentId });
    expect(await itemRow(db(), itemId)).toMatchObject({ outcome: "known", documentId, decidedAt: noon });
    expect(job.sent).toEqual([]);
  });

  test("of another source that leads to the same page is a second place of one document, told once", async () => {
    const first = await buildWatchedSource(db());
    const url = `https://norland.example/shared-${first}`;
    const { documentId } = await buildCapture(db(), { url, identity: url, sourceId: first });
    const second = await buildWatchedSource(db());
    const itemId = await buildItem(db(), { sourceId: second, url: `http://www.norland.example/shared-${first}/` });
    await fetchItem({ itemId }, context());
    const again = await buildItem(db(), { sourceId: second, url });
    await fetchItem({ itemId: again }, context());
    const own = await buildItem(db(), { sourceId: first, url });
    await fetchItem({ itemId: own }, context());
    expect(await placesOf(db(), documentId)).toMatchObject([
      { sourceId: second, url: `http://www.norland.example/shared-${first}/`, kind: "address" },
    ]);
    for (const id of [itemId, again, own])
      expect(await itemRow(db(), id)).toMatchObject({ outcome: "known", documentId });
  });

  test("that a redirect leads on is the document there, whichever of the two addresses comes first", async () => {
    let asked = 0;
    const server = await serve((request, response) => {
      asked += 1;
      if (request.url === "/short") response.writeHead(302, { location: "/2026/second-round-of-talks/short" }).end();
      else response.end(page(briefing));
    });
    const sourceId = await buildWatchedSource(db(), { entry: { plainHttp: true } });
    const short = await buildItem(db(), { sourceId, url: `${server.url}/short` });
    await fetchItem({ itemId: short }, context({ servers: [server] }));
    const long = await buildItem(db(), { sourceId, url: `${server.url}/2026/second-round-of-talks/short` });
    await fetchItem({ itemId: long }, context({ servers: [server] }));
    const { documentId } = await itemRow(db(), short);
    expect(await itemRow(db(), long)).toMatchObject({ outcome: "known", documentId });
    expect(asked).toBe(2);
    expect(await placesOf(db(), documentId ?? 0)).toMatchObject([
      { kind: "redirect", sourceId: null },
      { kind: "address", sourceId },
    ]);
  });

  test("that a redirect leads on is kept with the place where it led, or not at all", async () => {
    const server = await serve((request, response) => {
      if (request.url === "/brief") response.writeHead(302, { location: "/2026/third-round-of-talks/brief" }).end();
      else response.end(page(briefing));
    });
    const sourceId = await buildWatchedSource(db(), { entry: { plainHttp: true } });
    const itemId = await buildItem(db(), { sourceId, url: `${server.url}/brief` });
    await db().execute(sql`create function refuse_place() returns trigger language plpgsql as
      'begin raise exception ''refused''; end'`);
    await db().execute(
      sql`create trigger refuse_place before insert on places for each row execute function refuse_place()`,
    );
    await expect(fetchItem({ itemId }, context({ servers: [server] }))).rejects.toThrow();
    await db().execute(sql`drop function refuse_place() cascade`);
    expect(await itemRow(db(), itemId)).toMatchObject({ outcome: null, documentId: null });
    await fetchItem({ itemId }, context({ servers: [server] }));
    const { documentId } = await itemRow(db(), itemId);
    expect(await placesOf(db(), documentId ?? 0)).toMatchObject([{ kind: "redirect", sourceId: null }]);
  });

  test("that a redirect leads to a page which is here already is that document", async () => {
    const server = await serve((request, response) => {
      if (request.url?.startsWith("/old")) response.writeHead(301, { location: "/new/talks-of-may" }).end();
      else response.end(page(briefing));
    });
    const sourceId = await buildWatchedSource(db(), { entry: { plainHttp: true } });
    const there = await buildItem(db(), { sourceId, url: `${server.url}/new/talks-of-may` });
    await fetchItem({ itemId: there }, context({ servers: [server] }));
    const job = context({ servers: [server] });
    const itemId = await buildItem(db(), { sourceId, url: `${server.url}/old/talks-of-may.html` });
    await fetchItem({ itemId }, job);
    const { documentId } = await itemRow(db(), there);
    expect(await itemRow(db(), itemId)).toMatchObject({ outcome: "known", documentId });
    expect(job.sent).toEqual([]);
    const third = await buildItem(db(), { sourceId, url: `${server.url}/old/talks-of-may.html` });
    expect(await fetchItem({ itemId: third }, context())).toEqual({ known: documentId });
  });

  test("on a declared mirror is one document with two places, in whichever order they show", async () => {
    const date = (value: string) => ({ value, precision: "day" as const, basis: "listing", raw: value });
    for (const firstShown of ["ministry", "embassy"] as const) {
      const title = `Spokesperson’s Remarks on the Talks, seen first at the ${firstShown}`;
      const ministry = await buildWatchedSource(db());
      const embassy = await buildWatchedSource(db(), { entry: { mirrorOf: [ministry] } });
      const mirrorsOf = mirrorTable([{ id: embassy, mirrorOf: [ministry] }]);
      const [first, second] = firstShown === "ministry" ? [ministry, embassy] : [embassy, ministry];
      const one = await buildItem(db(), { sourceId: first, title, publishedAt: date("2026-05-19") });
      const { documentId } = await buildCapture(db(), { itemId: one, sourceId: first });
      const two = await buildItem(db(), {
        ...{ sourceId: second, url: `https://bw.embassy.example/t2026_${firstShown}.html` },
        ...{ title: title.replace("’", "'").toUpperCase(), publishedAt: date("2026-05-20") },
      });
      await fetchItem({ itemId: two }, context({ mirrorsOf }));
      expect(await itemRow(db(), two)).toMatchObject({ outcome: "known", documentId });
      expect(await placesOf(db(), documentId)).toMatchObject([{ sourceId: second, kind: "mirror" }]);
    }
  });

  test("of a source that gives its text in the feed is read from there", async () => {
    const sourceId = await buildWatchedSource(db(), { entry: { document: { fromFeed: true } } });
    const itemId = await buildItem(db(), { sourceId, content: "发言人说：“我们将对话。”", summary: "short" });
    const job = context();
    await fetchItem({ itemId }, job);
    const captureId = idSentTo(job, "read");
    const stored = await captureWithBody(db(), captureId);
    expect(new TextDecoder().decode(stored?.fetched.bytes)).toBe("发言人说：“我们将对话。”");
  });

  test("without an address is a document of its source by its key", async () => {
    const sourceId = await buildWatchedSource(db());
    const itemId = await buildItem(db(), { sourceId, key: "no-address", url: null, summary: "A sentence." });
    await fetchItem({ itemId }, context());
    const [document] = await db()
      .select()
      .from(documents)
      .where(eq(documents.identity, `${sourceId} no-address`));
    expect((await itemRow(db(), itemId)).documentId).toBe(document?.id);
  });

  test("with neither address nor text says so", async () => {
    const itemId = await buildItem(db(), { url: null });
    await expect(fetchItem({ itemId }, context())).rejects.toMatchObject({ code: "no-text", remedy: "park" });
  });

  test("whose address no index could hold is fetched like any other", async () => {
    const server = await serve((_, response) => response.end(page(briefing)));
    const sourceId = await buildWatchedSource(db(), { entry: { plainHttp: true } });
    const long = Array.from({ length: 1_500 }, (_, index) => ((index * 7_919) % 46_656).toString(36)).join("-");
    const itemId = await buildItem(db(), { sourceId, url: `${server.url}/?q=${long}` });
    await fetchItem({ itemId }, context({ servers: [server] }));
    expect(await itemRow(db(), itemId)).toMatchObject({ outcome: "new" });
    const twin = await buildItem(db(), { sourceId, url: `${server.url}/?q=${long}` });
    await fetchItem({ itemId: twin }, context({ servers: [server] }));
    expect(await itemRow(db(), twin)).toMatchObject({ outcome: "known" });
  });

  test.each([
    [404, "http-gone"],
    [503, "http-busy"],
    [403, "http-refused"],
  ])("whose page answers %i fails with that reason and leaves nothing behind", async (status, code) => {
    const server = await serve((_, response) => response.writeHead(status).end("no"));
    const sourceId = await buildWatchedSource(db(), { entry: { plainHttp: true } });
    const itemId = await buildItem(db(), { sourceId, url: `${server.url}/briefing` });
    await expect(fetchItem({ itemId }, context({ servers: [server] }))).rejects.toMatchObject({ code });
    expect((await itemRow(db(), itemId)).outcome).toBeNull();
    expect(await db().select().from(captures).where(eq(captures.sourceId, sourceId))).toEqual([]);
  });
});

describe("an item that is given up", () => {
  test.each([
    ["robots-refused", "refused"],
    ["net-forbidden", "refused"],
    ["http-gone", "failed"],
    ["too-large", "failed"],
  ] as const)("for %s is %s, with the reason", async (code, outcome) => {
    const itemId = await buildItem(db());
    await giveUpFetch({ itemId }, new Failure(code, "why"), context());
    expect(await itemRow(db(), itemId)).toMatchObject({ outcome, failureCode: code, message: "why", decidedAt: noon });
  });

  test("after it was settled stays as it was", async () => {
    const itemId = await buildItem(db());
    const { documentId } = await buildCapture(db(), { itemId });
    await giveUpFetch({ itemId }, new Failure("http-gone", "late"), context());
    expect(await itemRow(db(), itemId)).toMatchObject({ outcome: "new", documentId, failureCode: null });
  });
});
