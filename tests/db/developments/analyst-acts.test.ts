import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import {
  actsOn,
  confirmByHand,
  dismissByHand,
  mergeByHand,
  splitByHand,
  weighByHand,
} from "../../../src/db/developments/analyst-acts.ts";
import { unmatchedDevelopments } from "../../../src/db/developments/developments.ts";
import { threadOfDevelopment } from "../../../src/db/developments/thread-list.ts";
import { developments } from "../../../src/db/schema/developments.ts";
import { threads } from "../../../src/db/schema/threads.ts";
import type { Development } from "../../../src/domain/development.ts";
import { buildCatalogue } from "../../support/catalogue.ts";
import { useDatabase } from "../../support/database.ts";
import { hoursOn, noon } from "../../support/moments.ts";
import { buildArticle, buildDay, buildFinding } from "../../support/readings.ts";
import { buildDevelopment, buildVersion, keepTogether } from "../../support/rows.ts";

const db = useDatabase();
const hand = { by: "R. Solm", reason: "read both pages", at: hoursOn(1) };
beforeAll(() => saveCatalogue(db(), buildCatalogue(), noon));

async function rowOf(id: number) {
  const [row] = await db().select().from(developments).where(eq(developments.id, id));
  return row;
}

/** Keeps findings of a version as a detector would, once more. */
async function detectAgain(version: Awaited<ReturnType<typeof buildVersion>>, found: readonly Development[]) {
  const { documentId, versionId } = version;
  return keepTogether(db(), {
    ...{ documentId, versionId, previousVersionId: null, text: buildArticle().text, statements: [], found },
    ...{ detectorVersion: 2, detectedAt: hoursOn(2) },
  });
}

describe("an analyst", () => {
  test("confirms what was held back: it becomes news for the rules, and the act is on record", async () => {
    const { developmentId } = await buildDevelopment(db(), { hold: "undated" });
    expect(await rowOf(developmentId)).toMatchObject({ status: "background", hold: "undated" });
    expect(await confirmByHand(db(), developmentId, hand)).toMatchObject({ isNews: true });
    expect(await rowOf(developmentId)).toMatchObject({ status: "new", hold: null, certainty: "confirmed" });
    expect(await unmatchedDevelopments(db(), hoursOn(3), 99)).toContain(developmentId);
    expect(await actsOn(db(), developmentId)).toMatchObject([
      { act: "confirm", by: "R. Solm", before: { hold: "undated" }, after: { hold: null, status: "new" } },
    ]);
  });

  test("dismisses a development: neither it nor its words under another key come back with the next replay", async () => {
    const version = await buildVersion(db());
    const finding = buildFinding({ key: "dismissed-1" });
    const [id = 0] = await detectAgain(version, [finding]);
    await dismissByHand(db(), id, hand);
    expect(await detectAgain(version, [finding, { ...finding, key: "dismissed-2" }])).toHaveLength(1);
    const elsewhere = await detectAgain(await buildVersion(db()), [{ ...finding, key: "dismissed-3" }]);
    for (const other of [id, ...elsewhere])
      expect(await rowOf(other)).toMatchObject({ status: "background", dismissedAt: expect.any(Date) });
    expect(
      (await db().select().from(developments).where(eq(developments.status, "new"))).map(({ key }) => key),
    ).not.toContain("dismissed-2");
  });

  test("takes a dismissal back by confirming", async () => {
    const version = await buildVersion(db());
    const finding = buildFinding({ key: "taken-back", evidence: [{ start: 4, end: 24 }] });
    const [id = 0] = await detectAgain(version, [finding]);
    await dismissByHand(db(), id, hand);
    await confirmByHand(db(), id, hand);
    expect(await rowOf(id)).toMatchObject({ status: "new", dismissedAt: null });
    const [again = 0] = await detectAgain(await buildVersion(db()), [{ ...finding, key: "taken-back-2" }]);
    expect(await rowOf(again)).toMatchObject({ status: "new" });
  });

  test("weighs a development anew, and no later detection changes that", async () => {
    const version = await buildVersion(db());
    const finding = buildFinding({ key: "weighed", status: "background", evidence: [{ start: 2, end: 22 }] });
    const [id = 0] = await detectAgain(version, [finding]);
    await weighByHand(db(), id, 2, hand);
    await detectAgain(await buildVersion(db()), [{ ...finding, status: "new", severity: 5 }]);
    expect(await rowOf(id)).toMatchObject({ severity: 2, status: "new" });
    expect(() => weighByHand(db(), id, 9, hand)).toThrow("expected 1 to 5");
  });

  test("merges two threads and splits one: what was put somewhere by hand stays there", async () => {
    const article = (on: string) => ({ article: { publishedAt: buildDay(on) } });
    const one = await buildDevelopment(db(), { version: await buildVersion(db(), article("2027-01-02")) });
    const other = await buildDevelopment(db(), { version: await buildVersion(db(), article("2029-01-02")) });
    const threadOf = async (id: number) => (await threadOfDevelopment(db(), id)) ?? 0;
    const [from, into] = [await threadOf(one.developmentId), await threadOf(other.developmentId)];
    expect(from).not.toBe(into);
    await mergeByHand(db(), from, into, hand);
    expect(await threadOf(one.developmentId)).toBe(into);
    const [merged] = await db().select().from(threads).where(eq(threads.id, from));
    expect(merged?.mergedIntoId).toBe(into);
    await splitByHand(db(), one.developmentId, hand);
    const own = await threadOf(one.developmentId);
    expect([from, into]).not.toContain(own);
    const row = await rowOf(one.developmentId);
    await detectAgain(one, [buildFinding({ key: row?.key ?? "" })]);
    expect(await threadOf(one.developmentId)).toBe(own);
    expect((await actsOn(db(), one.developmentId)).map(({ act }) => act)).toEqual(["split"]);
  });

  test.each([
    ["confirm", () => confirmByHand(db(), 987_654, hand), "development 987654: there is none"],
    ["merge a thread into itself", () => mergeByHand(db(), 3, 3, hand), "cannot be merged into itself"],
    ["merge a thread that is not there", () => mergeByHand(db(), 987_654, 3, hand), "thread 987654: there is none"],
  ])("is told what is wrong: %s", async (_, work, message) => {
    await expect((async () => work())()).rejects.toMatchObject({
      code: "bad-input",
      message: expect.stringContaining(message),
    });
  });
});
