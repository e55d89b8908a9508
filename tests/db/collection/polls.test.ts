import { asc, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { type PollResult, savePoll } from "../../../src/db/collection/polls.ts";
import { items, polls } from "../../../src/db/schema/collection.ts";
import type { FeedItem } from "../../../src/domain/feed-reading.ts";
import { useDatabase } from "../../support/database.ts";
import { noon, secondsOn } from "../../support/moments.ts";
import { buildDay, buildFeedItem } from "../../support/readings.ts";
import { buildWatchedSource, sourceRow } from "../../support/rows.ts";

const db = useDatabase();

/** A poll at noon that read these entries. */
function reading(sourceId: string, entries: readonly FeedItem[], problems: PollResult["outcome"][] = []): PollResult {
  return {
    ...{ sourceId, startedAt: noon, finishedAt: secondsOn(1), nextPollAt: secondsOn(600), httpStatus: 200 },
    ...{ outcome: "read", etag: '"v1"', lastModified: null, items: entries },
    problems: problems.map((code) => ({ code, message: "invented for the test" })),
  };
}

function itemsOf(sourceId: string) {
  return db().select().from(items).where(eq(items.sourceId, sourceId)).orderBy(asc(items.id));
}

describe("a poll that read a list", () => {
  test("keeps its new entries, and none of them when it comes again", async () => {
    const sourceId = await buildWatchedSource(db());
    const entries = [buildFeedItem({ key: "a" }), buildFeedItem({ key: "b" })];
    expect(await savePoll(db(), reading(sourceId, entries))).toHaveLength(2);
    expect(await savePoll(db(), reading(sourceId, [...entries, buildFeedItem({ key: "c" })]))).toHaveLength(1);
    const records = await db().select().from(polls).where(eq(polls.sourceId, sourceId)).orderBy(asc(polls.id));
    expect(records.map(({ itemsSeen, itemsNew }) => [itemsSeen, itemsNew])).toEqual([
      [2, 2],
      [3, 1],
    ]);
    expect(await sourceRow(db(), sourceId)).toMatchObject({
      ...{ nextPollAt: secondsOn(600), lastPollAt: secondsOn(1), lastSuccessAt: secondsOn(1), etag: '"v1"' },
    });
  });

  test("of 10,000 entries keeps them all", async () => {
    const sourceId = await buildWatchedSource(db());
    const entries = Array.from({ length: 10_000 }, (_, index) => buildFeedItem({ key: `entry-${index}` }));
    expect(await savePoll(db(), reading(sourceId, entries))).toHaveLength(10_000);
    expect(await savePoll(db(), reading(sourceId, entries))).toEqual([]);
    expect(await itemsOf(sourceId)).toHaveLength(10_000);
  });

  test("of entries with long texts keeps them all", async () => {
    const sourceId = await buildWatchedSource(db());
    const entries = ["a", "b", "c"].map((key) => buildFeedItem({ key, content: key.repeat(500_000) }));
    expect(await savePoll(db(), reading(sourceId, entries))).toHaveLength(3);
    expect((await itemsOf(sourceId)).map(({ content }) => content?.length)).toEqual([500_000, 500_000, 500_000]);
  });

  test("that lists one entry several times keeps it once", async () => {
    const sourceId = await buildWatchedSource(db());
    const entries = ["a", "b", "a", "a"].map((key) => buildFeedItem({ key }));
    expect(await savePoll(db(), reading(sourceId, entries))).toHaveLength(2);
    const [record] = await db().select().from(polls).where(eq(polls.sourceId, sourceId));
    expect([record?.itemsSeen, record?.itemsNew]).toEqual([4, 2]);
  });

  test("keeps entries apart whose keys are longer than an index takes and differ at the end", async () => {
    const sourceId = await buildWatchedSource(db());
    const long = Array.from({ length: 3_000 }, (_, index) => String.fromCharCode(0x4e00 + ((index * 7_919) % 20_000)));
    const entries = ["1", "2"].map((end) => buildFeedItem({ key: `${long.join("")}${end}` }));
    expect(await savePoll(db(), reading(sourceId, entries))).toHaveLength(2);
    expect(await savePoll(db(), reading(sourceId, entries))).toEqual([]);
  });

  test("keeps what Postgres cannot store without it: NUL and lone surrogates, wherever they stand", async () => {
    const sourceId = await buildWatchedSource(db());
    const bad = "talks\0 and \ud800 more";
    const good = "talks\ufffd and \ufffd more";
    const entry = buildFeedItem({
      ...{ key: bad, url: `https://norland.example/${bad}`, title: bad, author: bad, summary: bad, content: bad },
      publishedAt: { ...buildDay("2026-05-19"), raw: bad },
    });
    const problems = [{ code: "bad-date", message: bad }];
    const poll = { ...reading(sourceId, [entry]), problems } as PollResult;
    expect(await savePoll(db(), poll)).toHaveLength(1);
    expect(await savePoll(db(), poll)).toEqual([]);
    const [kept] = await itemsOf(sourceId);
    expect(kept).toMatchObject({ key: good, title: good, author: good, summary: good, content: good });
    expect(kept?.publishedAt?.raw).toBe(good);
  });

  test("of one source does not know the entries of another", async () => {
    const [one, other] = [await buildWatchedSource(db()), await buildWatchedSource(db())];
    await savePoll(db(), reading(one, [buildFeedItem()]));
    expect(await savePoll(db(), reading(other, [buildFeedItem()]))).toHaveLength(1);
  });

  test("keeps each entry once when two processes poll at the same moment", async () => {
    const sourceId = await buildWatchedSource(db());
    const entries = Array.from({ length: 50 }, (_, index) => buildFeedItem({ key: `entry-${index}` }));
    const added = await Promise.all(
      [entries, [...entries].reverse()].map((all) => savePoll(db(), reading(sourceId, all))),
    );
    expect(added.flat()).toHaveLength(50);
    expect(await itemsOf(sourceId)).toHaveLength(50);
  });
});

describe("a poll that failed", () => {
  const failed = (sourceId: string): PollResult => ({
    ...{ sourceId, startedAt: noon, finishedAt: secondsOn(2), nextPollAt: secondsOn(1_200), httpStatus: 503 },
    ...{ outcome: "failed", failureCode: "http-busy", message: "it answered 503\0" },
  });

  test("counts, and keeps validators and the last success", async () => {
    const sourceId = await buildWatchedSource(db(), { etag: '"v0"', lastSuccessAt: secondsOn(-600) });
    await savePoll(db(), failed(sourceId));
    await savePoll(db(), failed(sourceId));
    expect(await sourceRow(db(), sourceId)).toMatchObject({
      ...{ failuresInRow: 2, etag: '"v0"', lastSuccessAt: secondsOn(-600), nextPollAt: secondsOn(1_200) },
    });
  });

  test("is forgotten by one that found the list unchanged", async () => {
    const sourceId = await buildWatchedSource(db(), { etag: '"v0"' });
    await savePoll(db(), failed(sourceId));
    await savePoll(db(), {
      ...{ sourceId, startedAt: noon, finishedAt: secondsOn(3), nextPollAt: secondsOn(600), httpStatus: 304 },
      outcome: "unchanged",
    });
    expect(await sourceRow(db(), sourceId)).toMatchObject({
      ...{ failuresInRow: 0, etag: '"v0"', lastSuccessAt: secondsOn(3) },
    });
  });
});

test.each([{ outcome: "unchanged" }, { outcome: "failed", failureCode: "http-busy", message: "busy\0" }] as const)(
  "a poll that came to $outcome is kept in the same rows, whether or not the list was sent on",
  async (what) => {
    const rowsOf = async (more: Pick<PollResult, "sentOn">) => {
      const sourceId = await buildWatchedSource(db(), { failuresInRow: 2, lastSuccessAt: secondsOn(-600) });
      const times = { startedAt: noon, finishedAt: secondsOn(1), nextPollAt: secondsOn(600) };
      expect(await savePoll(db(), { ...times, sourceId, httpStatus: 304, ...what, ...more })).toEqual([]);
      const [poll] = await db().select().from(polls).where(eq(polls.sourceId, sourceId));
      const { nextPollAt, lastPollAt, lastSuccessAt, failuresInRow, etag, lastModified, newsAt } = await sourceRow(
        db(),
        sourceId,
      );
      const source = { nextPollAt, lastPollAt, lastSuccessAt, failuresInRow, etag, lastModified, newsAt };
      return { poll: { ...poll, id: 0, sourceId: "" }, source };
    };
    expect(await rowsOf({})).toEqual(
      await rowsOf({ sentOn: { sentOnTo: "https://norland.example/on", sentOnTimes: 1 } }),
    );
  },
);
