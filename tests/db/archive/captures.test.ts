import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { bytesDigest } from "../../../src/db/archive/bytes-digest.ts";
import { captureWithBody, latestCapture, unreadCaptures } from "../../../src/db/archive/captures.ts";
import { documentWithIdentity } from "../../../src/db/collection/places.ts";
import { bodies, captures, documents } from "../../../src/db/schema/archive.ts";
import { useDatabase } from "../../support/database.ts";
import { noon, secondsOn } from "../../support/moments.ts";
import { buildDay } from "../../support/readings.ts";
import { buildCapture, buildItem, buildVersion, buildWatchedSource, itemRow } from "../../support/rows.ts";

const db = useDatabase();

describe("a capture", () => {
  test("gives back the bytes that came, whatever they are", async () => {
    const body = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 31) % 256);
    const { captureId } = await buildCapture(db(), { body });
    const stored = await captureWithBody(db(), captureId);
    expect(Buffer.compare(stored?.fetched.bytes ?? new Uint8Array(), body)).toBe(0);
  });

  test("of an empty page is kept too", async () => {
    const { captureId } = await buildCapture(db(), { body: "" });
    expect((await captureWithBody(db(), captureId))?.fetched.bytes.byteLength).toBe(0);
  });

  test("of the same bytes is a capture of its own, the bytes are stored once", async () => {
    const body = "the same bytes from two places";
    await Promise.all([buildCapture(db(), { body }), buildCapture(db(), { body })]);
    const sha256 = bytesDigest(new TextEncoder().encode(body));
    expect(await db().select({ id: bodies.sha256 }).from(bodies).where(eq(bodies.sha256, sha256))).toHaveLength(1);
    expect(await db().select().from(captures).where(eq(captures.bodySha256, sha256))).toHaveLength(2);
  });

  test("of the same identity belongs to the same document, also when two come at once", async () => {
    const identity = "https://norland.example/briefing-of-may";
    const made = await Promise.all([1, 2, 3].map((body) => buildCapture(db(), { identity, body: `text ${body}` })));
    expect(new Set(made.map(({ documentId }) => documentId)).size).toBe(1);
    expect(made.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await db().select().from(documents).where(eq(documents.identity, identity))).toHaveLength(1);
  });

  test("of an address longer than an index takes is told by it all the same", async () => {
    const path = Array.from({ length: 1_900 }, (_, index) => ((index * 7_919) % 46_656).toString(36)).join("-");
    const [one, other] = ["1", "2"].map((end) => `https://norland.example/?q=${path}${end}`);
    const first = await buildCapture(db(), { identity: one });
    expect(await documentWithIdentity(db(), one ?? "")).toBe(first.documentId);
    expect((await buildCapture(db(), { identity: one })).documentId).toBe(first.documentId);
    expect((await buildCapture(db(), { identity: other })).documentId).not.toBe(first.documentId);
  });

  test("decides the item that led to it: new for a new document, known for one that is here", async () => {
    const identity = "https://norland.example/two-ways";
    const [one, other] = [await buildItem(db()), await buildItem(db())];
    const { documentId } = await buildCapture(db(), { identity, itemId: one });
    await buildCapture(db(), { identity, itemId: other });
    expect(await itemRow(db(), one)).toMatchObject({ outcome: "new", documentId, decidedAt: noon });
    expect(await itemRow(db(), other)).toMatchObject({ outcome: "known", documentId });
  });

  test("tells what the list said of it", async () => {
    const sourceId = await buildWatchedSource(db());
    const itemId = await buildItem(db(), { sourceId, title: "From the list", publishedAt: buildDay("2026-05-18") });
    const { captureId } = await buildCapture(db(), { sourceId, itemId });
    expect(await captureWithBody(db(), captureId)).toMatchObject({
      ...{ title: "From the list", published: buildDay("2026-05-18"), source: { id: sourceId } },
    });
  });

  test("that is not there is null", async () => {
    expect(await captureWithBody(db(), 999_999_999)).toBeNull();
    expect(await latestCapture(db(), 999_999_999)).toBeNull();
  });
});

test("captures wait for the reader until one has read them", async () => {
  const waiting = await buildCapture(db(), { fetchedAt: secondsOn(-120) });
  const read = await buildCapture(db(), { fetchedAt: secondsOn(-120) });
  await buildVersion(db(), { capture: read });
  const young = await buildCapture(db(), { fetchedAt: noon });
  const ids = await unreadCaptures(db(), secondsOn(-60), 1_000);
  expect(ids).toContain(waiting.captureId);
  expect(ids).not.toContain(read.captureId);
  expect(ids).not.toContain(young.captureId);
});
