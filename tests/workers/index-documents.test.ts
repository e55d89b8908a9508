import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { failedAttempts } from "../../src/db/collection/stage-failures.ts";
import { documentIndex } from "../../src/db/schema/search.ts";
import { searchDocuments } from "../../src/db/search/document-search.ts";
import { readQuestion } from "../../src/domain/query/ask.ts";
import { reconcile } from "../../src/workers/reconcile.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { hoursOn, noon, secondsOn } from "../support/moments.ts";
import { buildCapture, buildVersion } from "../support/rows.ts";
import { useWorkerContext } from "../support/worker-context.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);

beforeEach(() => saveCatalogue(db(), buildCatalogue({ sources: [] }), noon));

const found = async (q: string) => {
  const { rows } = await searchDocuments(db(), readQuestion({ q }).query, { limit: 50, after: null });
  return rows.map(({ id }) => id);
};
const page = (text: string) => buildVersion(db(), { article: { text, title: null }, createdAt: noon });

describe("reconcile has documents found", () => {
  test("that were read since it came round last, and does nothing the second time", async () => {
    const { documentId } = await page("A zeppelin landed.");
    expect(await found("zeppelin")).toEqual([]);
    expect(await reconcile({}, context())).toMatchObject({ indexed: 1 });
    expect(await found("zeppelin")).toEqual([documentId]);
    const rows = () => db().select().from(documentIndex).where(eq(documentIndex.documentId, documentId));
    const before = await rows();
    expect(await reconcile({}, context())).toMatchObject({ indexed: 0 });
    expect(await rows()).toEqual(before);
  });

  test("by what they say since they were edited", async () => {
    const url = "https://norland.example/edited";
    const capture = await buildCapture(db(), { url, identity: url });
    await buildVersion(db(), { capture, article: { text: "An obelisk." } });
    await reconcile({}, context());
    const again = await buildCapture(db(), { url, identity: url, body: "edited", fetchedAt: secondsOn(9) });
    await buildVersion(db(), { capture: again, cause: "edited", article: { text: "A pyramid." } });
    await reconcile({}, context());
    expect(await found("pyramid")).toEqual([capture.documentId]);
    expect(await found("obelisk")).toEqual([]);
  });

  test("a few at a time while pages wait to be read", async () => {
    for (let count = 0; count < 25; count += 1) await page(`A waiting page, number ${count}.`);
    const unread = await buildCapture(db(), { fetchedAt: secondsOn(-60) });
    expect(await reconcile({}, context())).toMatchObject({ indexed: 20 });
    await buildVersion(db(), { capture: unread });
    expect(await reconcile({}, context())).toMatchObject({ indexed: 6 });
  });

  test("and compared and recorded a few at a time while pages wait for a reading thread", async () => {
    const later = { ...context(), now: () => hoursOn(1) };
    await reconcile({}, later);
    for (let count = 0; count < 25; count += 1) await page(`An early page, number ${count}.`);
    const busy = { ...later, reader: { ...later.reader, isBusy: () => true } };
    expect(await reconcile({}, busy)).toMatchObject({ linked: 20, recorded: 20, indexed: 20 });
    expect(await reconcile({}, later)).toMatchObject({ linked: 5, recorded: 5, indexed: 5 });
    expect(await reconcile({}, later)).toMatchObject({ linked: 0, recorded: 0, indexed: 0 });
  });

  test("but for one that fails, which holds up no other and is tried again later", async () => {
    const bad = await page("The database refuses this text.");
    const good = await page("It takes this minaret.");
    await db().execute(sql`create function refuse_entry() returns trigger language plpgsql as
      'begin raise exception ''refused''; end'`);
    await db().execute(sql`create trigger refuse_entry before insert on document_index for each row
      when (new.document_id = ${sql.raw(String(bad.documentId))}) execute function refuse_entry()`);
    expect(await reconcile({}, context())).toMatchObject({ indexed: 1 });
    expect(await found("minaret")).toEqual([good.documentId]);
    expect(await failedAttempts(db(), "index", String(bad.documentId))).toBe(1);
    expect(await reconcile({}, context()), "its next try is not due").toMatchObject({ indexed: 0 });
    await db().execute(sql`drop trigger refuse_entry on document_index`);
    expect(await reconcile({}, context({ at: hoursOn(1) }))).toMatchObject({ indexed: 1 });
    expect(await failedAttempts(db(), "index", String(bad.documentId))).toBe(0);
    expect(await found("refuses")).toEqual([bad.documentId]);
  });
});
