import { asc } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/load.ts";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import { savePoll } from "../../../src/db/collection/polls.ts";
import { actors, developmentTypes, offices, sources, topics } from "../../../src/db/schema/catalogue.ts";
import { shipped } from "../../../src/paths.ts";
import { buildActor, buildCatalogue, buildSource, buildTopic } from "../../support/catalogue.ts";
import { useDatabase } from "../../support/database.ts";
import { hoursOn, noon, secondsOn } from "../../support/moments.ts";
import { sourceRow } from "../../support/rows.ts";

const db = useDatabase();

/** A poll at noon that brought validators; the next is due in ten minutes. */
async function pollOnce(sourceId: string): Promise<void> {
  await savePoll(db(), {
    ...{ sourceId, startedAt: noon, finishedAt: noon, nextPollAt: secondsOn(600), httpStatus: 200 },
    ...{ outcome: "read", etag: '"v1"', lastModified: "Tue, 19 May 2026 11:00:00 GMT", items: [], problems: [] },
  });
}

describe("the catalogue in the database", () => {
  test("keeps what left the catalogue, marked retired, and takes it back when it returns", async () => {
    await saveCatalogue(db(), buildCatalogue(), noon);
    await saveCatalogue(db(), buildCatalogue({ sources: [], topics: [buildTopic("safety", "testing")] }), hoursOn(1));
    expect(await sourceRow(db(), "norland-briefings")).toMatchObject({
      ...{ enabled: false, nextPollAt: null, retiredAt: hoursOn(1) },
    });
    const kept = await db().select().from(topics).orderBy(asc(topics.id));
    expect(kept.map(({ id, retiredAt }) => [id, retiredAt === null])).toEqual([
      ["process", false],
      ["process.channel", false],
      ["safety", true],
      ["safety.testing", true],
    ]);
    await saveCatalogue(db(), buildCatalogue(), hoursOn(2));
    expect(await sourceRow(db(), "norland-briefings")).toMatchObject({
      ...{ enabled: true, nextPollAt: hoursOn(2), retiredAt: null },
    });
  });

  test("does not move the moment at which something was retired", async () => {
    await saveCatalogue(db(), buildCatalogue(), noon);
    await saveCatalogue(db(), buildCatalogue({ sources: [] }), hoursOn(1));
    await saveCatalogue(db(), buildCatalogue({ sources: [] }), hoursOn(2));
    expect((await sourceRow(db(), "norland-briefings")).retiredAt).toEqual(hoursOn(1));
  });

  test("is the same after it was saved twice", async () => {
    const office = { role: "spokesperson", body: "norland", from: "2023", to: null };
    const catalogue = buildCatalogue({ actors: [buildActor({ offices: [office, { ...office, from: null }] })] });
    await saveCatalogue(db(), catalogue, noon);
    await saveCatalogue(db(), catalogue, hoursOn(1));
    const held = await db().select().from(offices);
    expect(held.map(({ role, validFrom }) => [role, validFrom])).toEqual([
      ["spokesperson", "2023"],
      ["spokesperson", null],
    ]);
  });

  test("takes new names of what it had", async () => {
    await saveCatalogue(db(), buildCatalogue(), noon);
    await saveCatalogue(db(), buildCatalogue({ actors: [buildActor({ name: "Norland Isles", zh: ["诺兰"] })] }), noon);
    const [row] = await db().select().from(actors);
    expect([row?.name, row?.nameZh]).toEqual(["Norland Isles", "诺兰"]);
  });
});

describe("a source", () => {
  test("keeps its rhythm and validators over a restart", async () => {
    await saveCatalogue(db(), buildCatalogue(), noon);
    await pollOnce("norland-briefings");
    await saveCatalogue(db(), buildCatalogue(), secondsOn(30));
    expect(await sourceRow(db(), "norland-briefings")).toMatchObject({
      ...{ nextPollAt: secondsOn(600), etag: '"v1"', lastModified: "Tue, 19 May 2026 11:00:00 GMT" },
    });
  });

  test("that moved to another address is not asked with the validators of the old one", async () => {
    await saveCatalogue(db(), buildCatalogue(), noon);
    await pollOnce("norland-briefings");
    const list = { kind: "feed", url: "https://norland.example/moved.xml" };
    await saveCatalogue(db(), buildCatalogue({ sources: [buildSource({ list })] }), secondsOn(30));
    expect(await sourceRow(db(), "norland-briefings")).toMatchObject({ etag: null, lastModified: null });
  });

  test("that is switched off is never due, and due at once when it is switched on again", async () => {
    const off = buildSource({ enabled: false, disabledBecause: "moved" });
    await saveCatalogue(db(), buildCatalogue({ sources: [off] }), noon);
    expect((await sourceRow(db(), "norland-briefings")).nextPollAt).toBeNull();
    await saveCatalogue(db(), buildCatalogue(), hoursOn(3));
    expect((await sourceRow(db(), "norland-briefings")).nextPollAt).toEqual(hoursOn(3));
  });

  test("without a list is kept and never due", async () => {
    const sourceWithoutList = buildSource({ id: "norland-archive", list: null });
    await saveCatalogue(db(), buildCatalogue({ sources: [sourceWithoutList] }), noon);
    expect((await sourceRow(db(), "norland-archive")).nextPollAt).toBeNull();
  });
});

test("the shipped catalogue fits its tables, also when two processes save it at once", async () => {
  const catalogue = loadCatalogue({ shippedDir: shipped("catalogue"), overlayDir: null });
  await Promise.all([saveCatalogue(db(), catalogue, noon), saveCatalogue(db(), catalogue, noon)]);
  const kept = await db().select({ id: developmentTypes.id }).from(developmentTypes);
  expect(kept.map(({ id }) => id)).toEqual(expect.arrayContaining(catalogue.developmentTypes.map(({ id }) => id)));
  const watched = await db().select({ id: sources.id, retiredAt: sources.retiredAt }).from(sources);
  expect(watched.filter(({ retiredAt }) => retiredAt === null)).toHaveLength(catalogue.sources.length);
});
