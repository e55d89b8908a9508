import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import {
  developmentsNear,
  developmentWithEvidence,
  unmatchedDevelopments,
} from "../../../src/db/developments/developments.ts";
import { versions } from "../../../src/db/schema/archive.ts";
import type { Development } from "../../../src/domain/development.ts";
import { buildCatalogue } from "../../support/catalogue.ts";
import { useDatabase } from "../../support/database.ts";
import { hoursOn, noon, secondsOn } from "../../support/moments.ts";
import { buildArticle, buildDay, buildFinding, buildStatement } from "../../support/readings.ts";
import { buildDevelopment, buildVersion, keepTogether } from "../../support/rows.ts";

const db = useDatabase();
const text = buildArticle().text;

beforeAll(() => saveCatalogue(db(), buildCatalogue(), noon));

type Version = Awaited<ReturnType<typeof buildVersion>>;

function keep(
  { documentId, versionId }: Version,
  found: readonly Development[],
  previousVersionId: number | null = null,
) {
  return keepTogether(db(), {
    ...{ documentId, versionId, previousVersionId, text, statements: [], found },
    ...{ detectorVersion: 1, detectedAt: noon },
  });
}

describe("a development", () => {
  test("that two documents tell of is one, with two pieces of evidence", async () => {
    const [one, other] = [await buildVersion(db()), await buildVersion(db())];
    const finding = buildFinding({ key: "told-twice" });
    const [id] = await keep(one, [finding]);
    expect(await keep(other, [finding])).toEqual([]);
    const stored = await developmentWithEvidence(db(), id ?? 0);
    expect(stored?.evidence.map(({ documentId }) => documentId)).toEqual([one.documentId, other.documentId]);
    expect(stored).toMatchObject({ documentId: one.documentId, topics: ["process.channel"] });
  });

  test("is one also when two workers find it at the same moment", async () => {
    const places = await Promise.all([buildVersion(db()), buildVersion(db()), buildVersion(db())]);
    const added = await Promise.all(places.map((place) => keep(place, [buildFinding({ key: "at-once" })])));
    expect(added.flat()).toHaveLength(1);
    const stored = await developmentWithEvidence(db(), added.flat()[0] ?? 0);
    expect(stored?.evidence).toHaveLength(3);
  });

  test("that is found again in the same version gains nothing", async () => {
    const place = await buildVersion(db());
    const finding = buildFinding({ key: "found-again" });
    const [id] = await keep(place, [finding]);
    await keep(place, [finding]);
    expect((await developmentWithEvidence(db(), id ?? 0))?.evidence).toHaveLength(1);
  });

  test("names the statement whose words show it, and the words themselves", async () => {
    const statements = [buildStatement(text, "We will talk.")];
    const place = await buildVersion(db(), { statements });
    const start = text.indexOf("will talk");
    const [id] = await keepTogether(db(), {
      ...{ documentId: place.documentId, versionId: place.versionId, previousVersionId: null, text },
      ...{ statements: [{ id: 1, content: statements[0]?.content ?? [] }].slice(0, 0), detectorVersion: 1 },
      ...{ detectedAt: noon, found: [buildFinding({ key: "words", evidence: [{ start, end: start + 9 }] })] },
    });
    expect((await developmentWithEvidence(db(), id ?? 0))?.evidence[0]).toMatchObject({ words: "will talk" });
  });

  test("without a single word of evidence is kept without any", async () => {
    const [id] = await keep(await buildVersion(db()), [
      buildFinding({ key: "no words", evidence: [{ start: 3, end: 3 }] }),
    ]);
    expect((await developmentWithEvidence(db(), id ?? 0))?.evidence).toEqual([]);
  });

  test("that is an edit names the version before, any other does not", async () => {
    const [before, after] = [await buildVersion(db()), await buildVersion(db())];
    const found = [buildFinding({ key: "an edit", type: "document.silent-edit" }), buildFinding({ key: "no edit" })];
    const ids = await keep(after, found, before.versionId);
    const stored = await Promise.all(ids.map((id) => developmentWithEvidence(db(), id)));
    expect(stored.map((one) => one?.previousVersionId)).toEqual([before.versionId, null]);
  });

  test("marks its version detected, also where nothing was found", async () => {
    const { versionId, documentId, ...rest } = await buildVersion(db());
    expect(await keep({ versionId, documentId, ...rest }, [])).toEqual([]);
    const [row] = await db().select().from(versions).where(eq(versions.id, versionId));
    expect(row?.detectedBy).toBe(1);
  });

  test("that is not there is null", async () => {
    expect(await developmentWithEvidence(db(), 999_999_999)).toBeNull();
  });
});

test("a development is compared with those of other documents near its day, whatever tells their time", async () => {
  const eventDate = buildDay("2024-01-10");
  const dated = await buildDevelopment(db(), { key: "near by day", eventDate, detectedAt: noon });
  const far = await buildDevelopment(db(), { key: "far by day", eventDate: buildDay("2022-01-10") });
  const undated = await buildDevelopment(db(), {
    key: "near by detection",
    detectedAt: new Date("2024-01-20T00:00:00Z"),
  });
  const around = { types: ["talks.announced"], moment: new Date("2024-01-12T00:00:00Z"), days: 30 };
  const near = async (documentId: number) => (await developmentsNear(db(), documentId, around)).map(({ key }) => key);
  expect(await near(far.documentId)).toEqual(["near by day", "near by detection"]);
  expect(await near(dated.documentId)).toEqual(["near by detection"]);
  expect(await near(undated.documentId)).toEqual(["near by day"]);
  const newest = await developmentsNear(db(), far.documentId, around, 1);
  expect(newest.map(({ key }) => key)).toEqual(["near by detection"]);
  expect(await developmentsNear(db(), far.documentId, { ...around, types: ["summit.held"] })).toEqual([]);
});

test("developments wait for the rules, the young ones not yet", async () => {
  const old = await buildDevelopment(db(), { detectedAt: hoursOn(-1) });
  const young = await buildDevelopment(db(), { detectedAt: noon });
  const ids = await unmatchedDevelopments(db(), secondsOn(-60), 10_000);
  expect(ids).toContain(old.developmentId);
  expect(ids).not.toContain(young.developmentId);
});
