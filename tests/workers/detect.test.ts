import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { loadCatalogue } from "../../src/catalogue/load.ts";
import { versionWithStatements } from "../../src/db/archive/versions.ts";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { developmentWithEvidence, markDetected } from "../../src/db/developments/developments.ts";
import { versions } from "../../src/db/schema/archive.ts";
import { alerts, deliveries } from "../../src/db/schema/delivery.ts";
import { developments } from "../../src/db/schema/developments.ts";
import { shipped } from "../../src/paths.ts";
import { detect } from "../../src/workers/detect.ts";
import { read } from "../../src/workers/read.ts";
import type { Reader } from "../../src/workers/reader.ts";
import { useDatabase } from "../support/database.ts";
import { noon } from "../support/moments.ts";
import { page } from "../support/pages.ts";
import { buildDay } from "../support/readings.ts";
import { buildCapture, buildEndpoint, buildRule, buildVersion, buildWatchedSource } from "../support/rows.ts";
import { sentTo, useWorkerContext } from "../support/worker-context.ts";

const db = useDatabase();
const catalogue = loadCatalogue({ shippedDir: shipped("catalogue"), overlayDir: null });
const context = useWorkerContext(db, () => catalogue);
beforeAll(() => saveCatalogue(db(), catalogue, noon));

const announcement =
  "The United States and China agreed to hold a new round of talks on artificial intelligence on 2 June 2026, the spokesperson said.";

/** A version of an official document that says this. */
async function release(text: string, says: Parameters<typeof buildVersion>[1] = {}, day = "2026-05-19") {
  const sourceId = await buildWatchedSource(db());
  const capture = says.capture ?? (await buildCapture(db(), { sourceId }));
  const article = { text, kind: "release", publishedAt: buildDay(day) } as const;
  return buildVersion(db(), { ...says, capture, article });
}

/** Lists the developments that a version is the news of. */
async function newsOf(versionId: number): Promise<readonly number[]> {
  const isOf = eq(developments.versionId, versionId);
  const rows = await db().select({ id: developments.id }).from(developments).where(isOf).orderBy(developments.id);
  return rows.map(({ id }) => id);
}

describe("a version", () => {
  test("that tells of something new makes a development that the rules have seen when it stands here; a second run adds nothing", async () => {
    const { versionId, article } = await release(announcement);
    const job = context();
    expect(await detect({ versionId }, job)).toMatchObject({ new: 1 });
    expect(job.sent).toEqual([]);
    const [developmentId = 0] = await newsOf(versionId);
    const found = await developmentWithEvidence(db(), developmentId);
    expect(found).toMatchObject({ status: "new", versionId, detectedAt: noon, matchedAt: noon });
    expect(found?.actors.map(({ id }) => id)).toEqual(expect.arrayContaining(["united-states", "china"]));
    for (const { words, spanStart, spanEnd } of found?.evidence ?? [])
      expect(article.text.slice(spanStart, spanEnd)).toBe(words);
    const again = context();
    expect(await detect({ versionId }, again)).toMatchObject({ new: 0 });
    expect(again.sent).toEqual([]);
    expect(await db().select().from(developments).where(eq(developments.versionId, versionId))).toHaveLength(1);
  });

  test("is kept with its alerts and their deliveries, or none of them is", async () => {
    const endpointId = await buildEndpoint(db());
    const ruleId = await buildRule(db(), { query: "artificial intelligence", endpointIds: [endpointId] });
    const { versionId } = await release(announcement.replace("2 June", "29 September"));
    const made = () =>
      Promise.all([
        db().$count(developments, eq(developments.versionId, versionId)),
        db().$count(alerts, eq(alerts.ruleId, ruleId)),
        db().$count(deliveries, eq(deliveries.endpointId, endpointId)),
      ]);
    await db().execute(sql`create function no_room() returns trigger language plpgsql as
      $$ begin raise exception 'no room for deliveries'; end $$`);
    await db().execute(sql`create trigger no_room before insert on deliveries execute function no_room()`);
    await expect(detect({ versionId }, context())).rejects.toThrow();
    expect(await made()).toEqual([0, 0, 0]);
    await db().execute(sql`drop function no_room() cascade`);
    const job = context();
    await detect({ versionId }, job);
    expect(await made()).toEqual([1, 1, 1]);
    expect(sentTo(job, "deliver")).toHaveLength(1);
  });

  test("of another document that tells of the same gives it more evidence and is no news", async () => {
    const text = announcement.replace("2 June", "9 June");
    const first = await release(text);
    await detect({ versionId: first.versionId }, context());
    const second = context();
    await detect({ versionId: (await release(text)).versionId }, second);
    expect(second.sent).toEqual([]);
    const [developmentId = 0] = await newsOf(first.versionId);
    expect((await developmentWithEvidence(db(), developmentId))?.evidence).toHaveLength(2);
  });

  test("that brings what an import told before is the news of it, once, for the rules to see", async () => {
    const text = announcement.replace("2 June", "21 July");
    const imported = await release(text, { capture: await buildCapture(db(), { origin: "a desk's old folder" }) });
    await detect({ versionId: imported.versionId }, context());
    const before = await newsOf(imported.versionId);
    const [news, again] = [context(), context()];
    const published = await release(text);
    await detect({ versionId: published.versionId }, news);
    const ids = await newsOf(published.versionId);
    expect(ids).toEqual(before);
    const found = await developmentWithEvidence(db(), ids[0] ?? 0);
    expect(found).toMatchObject({ status: "new", versionId: published.versionId, matchedAt: expect.any(Date) });
    expect(found?.evidence).toHaveLength(2);
    await detect({ versionId: (await release(text)).versionId }, again);
    expect(again.sent).toEqual([]);
  });

  test("searched at the same moment as another that tells of the same finds it there", async () => {
    const text = announcement.replace("2 June", "23 June");
    const told = [text, `${text} Nothing else was said.`, text.replace("agreed to hold", "will hold")];
    const places = await Promise.all(told.map((one) => release(one)));
    await Promise.all(places.map(({ versionId }) => detect({ versionId }, context())));
    const ids = (await Promise.all(places.map(({ versionId }) => newsOf(versionId)))).flat();
    const found = await Promise.all(ids.map((id) => developmentWithEvidence(db(), id)));
    expect(found.filter((one) => one?.status === "new" && one.type.startsWith("talks."))).toHaveLength(1);
  });

  test("is searched once, and judged beside what others told by then", async () => {
    const words = announcement.replace(" on 2 June 2026", "");
    const [one, other] = [await release(words, {}, "2031-07-01"), await release(words, {}, "2031-07-02")];
    const real = context();
    let searches = 0;
    const reader: Reader = {
      ...real.reader,
      look: async (task) => {
        searches += 1;
        const look = await real.reader.look(task);
        await detect({ versionId: one.versionId }, real);
        return look;
      },
    };
    expect(await detect({ versionId: other.versionId }, context({ reader }))).toMatchObject({ found: 1, new: 0 });
    expect(searches).toBe(1);
    expect(await newsOf(other.versionId)).toEqual([]);
  });

  test("that this process has just read is not looked at again, and tells what a later look would", async () => {
    const words = [
      announcement.replace("2 June", "11 August"),
      "The harbour was calm, and nobody else spoke on that day.",
    ];
    const capture = await buildCapture(db(), { body: page(words) });
    const reading = context();
    const versionId = Number((await read(capture, reading)).versionId);
    const first = reading.firstLooks.take(versionId);
    if (!first) throw new Error("nothing was seen in the text");
    expect(first.version).toEqual(await versionWithStatements(db(), versionId));
    const looks: unknown[] = [];
    const look: Reader["look"] = async (task) => {
      looks.push(await reading.reader.look(task));
      return looks.at(-1) as Awaited<ReturnType<Reader["look"]>>;
    };
    const job = context({ reader: { ...reading.reader, look } });
    job.firstLooks.keep(first);
    expect(await detect({ versionId }, job)).toMatchObject({ found: 1, new: 1 });
    expect(looks).toEqual([]);
    expect(await detect({ versionId }, job)).toMatchObject({ found: 1, new: 0 });
    expect(looks).toEqual([first.look]);
  });

  test("in which nothing happens is marked all the same", async () => {
    const { versionId } = await release("The ministry will be closed on Thursday.");
    expect(await detect({ versionId }, context())).toMatchObject({ found: 0 });
    const [row] = await db().select().from(versions).where(eq(versions.id, versionId));
    expect(row?.detectedBy).not.toBeNull();
  });

  test("that we read better than before is no news, whatever it brings to light", async () => {
    const first = await release("What an older reader saw.", { readerVersion: 0 });
    const again = await release(announcement.replace("2 June", "16 June"), { capture: first, cause: "reread" });
    const job = context();
    await detect({ versionId: again.versionId }, job);
    const [row] = await db().select().from(developments).where(eq(developments.versionId, again.versionId));
    expect(row?.status).toBe("background");
  });

  test("that a detector has looked at before is no news, whatever the next one finds", async () => {
    const { versionId } = await release(announcement.replace("2 June", "7 July"));
    await markDetected(db(), versionId, 0);
    await detect({ versionId }, context());
    const rows = await db().select().from(developments).where(eq(developments.versionId, versionId));
    expect(rows.map(({ status }) => status)).toEqual(["background"]);
  });

  test("of an imported document is no news, also where reconcile finishes the import", async () => {
    const capture = await buildCapture(db(), { origin: "a desk's old folder" });
    const { versionId } = await release(announcement.replace("2 June", "14 July"), { capture });
    await detect({ versionId }, context());
    const rows = await db().select().from(developments).where(eq(developments.versionId, versionId));
    expect(rows.map(({ status }) => status)).toEqual(["background"]);
  });

  test("that the publisher edited without a word is a development that names the version before", async () => {
    const sourceId = await buildWatchedSource(db());
    const identity = "https://norland.example/edited-release";
    const sentence =
      "The two sides will jointly oppose an arms race in artificial intelligence and keep the channel open.";
    const before = await release(`Readout. ${sentence}`, {
      capture: await buildCapture(db(), { identity, sourceId, body: "1" }),
    });
    const capture = await buildCapture(db(), { identity, sourceId, body: "2" });
    const after = await release("Readout. The two sides met.", { capture, cause: "edited" });
    await detect({ versionId: after.versionId }, context());
    const rows = await db().select().from(developments).where(eq(developments.versionId, after.versionId));
    const edit = rows.find(({ type }) => type === "document.silent-edit");
    expect(edit).toMatchObject({ previousVersionId: before.versionId, status: "new" });
  });

  test("that is not there is nothing to do", async () => {
    expect(await detect({ versionId: 999_999_999 }, context())).toEqual({ skipped: true });
  });
});
