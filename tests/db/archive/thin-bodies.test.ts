import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { captureBody } from "../../../src/db/archive/capture-body.ts";
import { captureWithBody, markRead } from "../../../src/db/archive/captures.ts";
import { capturesReadBefore } from "../../../src/db/archive/documents.ts";
import { thinBodies } from "../../../src/db/archive/thin-bodies.ts";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import { verifyArchive } from "../../../src/db/history/verify.ts";
import { buildCatalogue } from "../../support/catalogue.ts";
import { useDatabase } from "../../support/database.ts";
import { hoursOn, noon } from "../../support/moments.ts";
import { buildCapture, buildVersion } from "../../support/rows.ts";
import { openWeb } from "../../web/open-web.ts";

const db = useDatabase();
const old = hoursOn(-24 * 100);
const before = hoursOn(-24 * 90);
const url = "https://norland.example/thin";
const page = { url, identity: url, fetchedAt: old };
const ids = { read: 0, spare: 0, unread: 0, young: 0, shared: 0 };

beforeAll(async () => {
  await saveCatalogue(db(), buildCatalogue(), noon);
  const read = await buildCapture(db(), { ...page, body: "read" });
  await buildVersion(db(), { capture: read });
  ids.read = read.captureId;
  const take = async (body: string, fetchedAt = old) =>
    (await buildCapture(db(), { ...page, body, fetchedAt })).captureId;
  ids.spare = await take("spare");
  ids.unread = await take("unread");
  ids.young = await take("young", noon);
  ids.shared = await take("shared");
  const again = await take("shared", noon);
  for (const id of [ids.read, ids.spare, ids.young, ids.shared, again]) await markRead(db(), id, 1);
});

const bytesOf = async (id: number) => {
  const bytes = (await captureBody(db(), id))?.bytes;
  return bytes ? Buffer.from(bytes).toString() : null;
};

test("only old bytes from which nothing was read are thinned, and a second time there is nothing to thin", async () => {
  expect(await thinBodies(db(), before)).toBe(1);
  expect(await thinBodies(db(), before)).toBe(0);
  expect(await Promise.all([ids.read, ids.spare, ids.unread, ids.young, ids.shared].map(bytesOf))).toEqual([
    ...["read", null, "unread", "young", "shared"],
  ]);
  expect((await verifyArchive(db(), null)).breaches).toEqual([]);
  const { status, body } = await openWeb(db()).json(`/api/v1/captures/${ids.spare}/body`);
  expect([status, body.detail]).toEqual([404, expect.stringContaining("thinned")]);
  const period = { since: new Date(0), until: null };
  const replayed = await capturesReadBefore(db(), 9, period, 0, 100);
  expect(replayed).toContain(ids.read);
  expect(replayed, "what has no bytes is not read again").not.toContain(ids.spare);
});

test("bytes that are fetched again are kept again", async () => {
  await thinBodies(db(), before);
  const { captureId } = await buildCapture(db(), { ...page, body: "spare", fetchedAt: noon });
  expect(await bytesOf(captureId)).toBe("spare");
  expect((await captureWithBody(db(), captureId))?.fetched.bytes.byteLength).toBe(5);
  expect(await bytesOf(ids.spare)).toBe("spare");
});

test.each(["gzipped = 'x'", "byte_length = 1, gzipped = ''", "sha256 = sha256 || 'x', gzipped = ''"])(
  "the database lets nobody set %s",
  async (change) => {
    await expect(db().execute(sql.raw(`update bodies set ${change}`))).rejects.toThrow();
  },
);

test("verify names bytes that were emptied although a version was read from them", async () => {
  const { captureId } = await buildVersion(db(), { capture: await buildCapture(db(), { body: "needed" }) });
  await db().execute(
    sql`update bodies set gzipped = '' where sha256 = (select body_sha256 from captures where id = ${captureId})`,
  );
  const { breaches } = await verifyArchive(db(), null);
  expect(breaches).toEqual([
    { row: expect.stringContaining("body "), what: expect.stringContaining("bytes are gone") },
  ]);
});
