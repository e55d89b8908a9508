import { and, asc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { captureWithBody } from "../../src/db/archive/captures.ts";
import { dueRechecks } from "../../src/db/archive/documents.ts";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { captures, documents } from "../../src/db/schema/archive.ts";
import { items } from "../../src/db/schema/collection.ts";
import { fetchItem } from "../../src/workers/fetch.ts";
import { poll } from "../../src/workers/poll.ts";
import { recheck } from "../../src/workers/recheck.ts";
import { serve } from "../net/support/loopback.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { noon, secondsOn } from "../support/moments.ts";
import { briefing, page, rss } from "../support/pages.ts";
import { buildWatchedSource } from "../support/rows.ts";
import { idSentTo, useWorkerContext } from "../support/worker-context.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);
beforeAll(() => saveCatalogue(db(), buildCatalogue(), noon));

/** A publisher with one entry whose text and page a test may change; it was polled and fetched at noon. */
async function published(entry: { readonly official?: boolean; readonly fromFeed?: boolean; readonly link?: boolean }) {
  const now = { text: "The ministry spoke of the hotline.", page: page(briefing), whileAsked: async () => {} };
  const server = await serve(async (request, response) => {
    const link = entry.link === false ? {} : { url: `http://${request.headers.host}/briefing` };
    if (request.url === "/feed") response.end(rss([{ key: "a", text: now.text, ...link }]));
    else {
      const asItWas = now.page;
      await now.whileAsked();
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(asItWas);
    }
  });
  const sourceId = await buildWatchedSource(db(), {
    entry: {
      ...{ plainHttp: true, official: entry.official ?? false, list: { kind: "feed", url: `${server.url}/feed` } },
      ...(entry.fromFeed ? { document: { fromFeed: true } } : {}),
    },
  });
  const pollAt = (seconds: number) => poll({ sourceId }, context({ servers: [server], at: secondsOn(seconds) }));
  const first = context({ servers: [server] });
  await poll({ sourceId }, first);
  await fetchItem({ itemId: idSentTo(first, "fetch") }, first);
  const [item] = await db().select().from(items).where(eq(items.sourceId, sourceId));
  const documentId = item?.documentId ?? 0;
  const recheckAt = (seconds: number) =>
    recheck({ documentId }, context({ servers: [server], at: secondsOn(seconds) }));
  return { now, sourceId, documentId, pollAt, recheckAt };
}

async function dueAt(documentId: number): Promise<Date | null> {
  const [row] = await db().select().from(documents).where(eq(documents.id, documentId));
  return row?.nextCheckAt ?? null;
}

async function capturedTexts(documentId: number): Promise<readonly string[]> {
  const rows = await db()
    .select({ id: captures.id })
    .from(captures)
    .where(and(eq(captures.documentId, documentId)))
    .orderBy(asc(captures.id));
  const all = await Promise.all(rows.map(({ id }) => captureWithBody(db(), id)));
  return all.map((capture) => new TextDecoder().decode(capture?.fetched.bytes));
}

describe("an entry of which its list says something else under the same id", () => {
  test("has its page read again at the next round, of sources that are no officials' too", async () => {
    const { now, documentId, pollAt, recheckAt } = await published({});
    expect(await dueAt(documentId)).toBeNull();
    await pollAt(3_600);
    expect(await dueAt(documentId)).toBeNull();
    now.text = "The ministry spoke of no hotline.";
    now.page = page(briefing.slice(0, 2));
    expect(await pollAt(7_200)).toMatchObject({ new: 0 });
    expect(await dueAt(documentId)).toEqual(secondsOn(7_200));
    expect((await dueRechecks(db(), secondsOn(7_200), 1_000)).map(({ id }) => id)).toContain(documentId);
    expect(await recheckAt(7_201)).toMatchObject({ outcome: "changed" });
    expect(await recheckAt(7_202)).toEqual({ skipped: true });
    expect(await capturedTexts(documentId)).toEqual([page(briefing), page(briefing.slice(0, 2))]);
    await pollAt(10_800);
    expect(await dueAt(documentId)).toBeNull();
  });

  test("is looked at no sooner after the last look than ten minutes or a tenth of its age, however often it changes", async () => {
    const { now, documentId, pollAt, recheckAt } = await published({});
    now.text = "seen by 12";
    await pollAt(600);
    await recheckAt(600);
    now.text = "seen by 13";
    await pollAt(36_000);
    expect(await dueAt(documentId)).toEqual(secondsOn(36_000));
    await recheckAt(36_000);
    now.text = "seen by 14";
    await pollAt(37_000);
    expect(await dueAt(documentId)).toEqual(secondsOn(36_000 + 3_700));
  });

  test("does not put off the look that is due anyway", async () => {
    const { now, documentId, pollAt, recheckAt } = await published({ official: true });
    await recheckAt(3_600);
    now.text = "The ministry spoke of no hotline.";
    await pollAt(3_700);
    expect(await dueAt(documentId)).toEqual(secondsOn(4_200));
    await recheckAt(4_200);
    expect(await dueAt(documentId)).toEqual(secondsOn(21_600));
  });

  test("while its page is being looked at is looked at once more: the edit may have come after the page was sent", async () => {
    const { now, documentId, pollAt, recheckAt } = await published({ official: true });
    now.whileAsked = async () => {
      now.text = "The ministry spoke of no hotline.";
      now.page = page(briefing.slice(0, 2));
      await pollAt(3_601);
    };
    expect(await recheckAt(3_602)).toMatchObject({ outcome: "same" });
    expect(await dueAt(documentId)).toEqual(secondsOn(4_202));
    now.whileAsked = async () => {};
    expect(await recheckAt(4_202)).toMatchObject({ outcome: "changed" });
    expect(await dueAt(documentId)).toEqual(secondsOn(21_600));
  });

  test.each([
    ["of a source whose documents are the feed's own text", { fromFeed: true }],
    ["without an address", { link: false }],
  ])("%s, has its new text kept, once", async (_, entry) => {
    const { now, documentId, pollAt, recheckAt } = await published(entry);
    now.text = "The ministry spoke of no hotline.";
    await pollAt(3_600);
    expect(await recheckAt(3_600)).toMatchObject({ outcome: "changed" });
    expect(await recheckAt(3_601)).toEqual({ skipped: true });
    expect(await capturedTexts(documentId)).toEqual([
      "The ministry spoke of the hotline.",
      "The ministry spoke of no hotline.",
    ]);
  });
});

test("an entry that only an older Parley saw is not taken for edited when it is seen again", async () => {
  const { sourceId, documentId, pollAt } = await published({});
  await db().update(items).set({ saidSha256: null }).where(eq(items.sourceId, sourceId));
  await pollAt(3_600);
  expect(await dueAt(documentId)).toBeNull();
  const [item] = await db().select().from(items).where(eq(items.sourceId, sourceId));
  expect(item?.saidSha256).toMatch(/^[0-9a-f]{64}$/);
});
