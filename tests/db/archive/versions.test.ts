import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { saveFirstReading } from "../../../src/db/archive/first-reading.ts";
import { statementsOf } from "../../../src/db/archive/statements.ts";
import {
  currentVersion,
  saveVersion,
  undetectedVersions,
  versionBefore,
  versionWithStatements,
} from "../../../src/db/archive/versions.ts";
import { writeStatements } from "../../../src/db/archive/written-statements.ts";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import { captures, documents, versions } from "../../../src/db/schema/archive.ts";
import { READER_VERSION } from "../../../src/read/version.ts";
import { buildCatalogue } from "../../support/catalogue.ts";
import { useDatabase } from "../../support/database.ts";
import { noon, secondsOn } from "../../support/moments.ts";
import { buildArticle, buildDay, buildStatement } from "../../support/readings.ts";
import { buildCapture, buildVersion } from "../../support/rows.ts";

const db = useDatabase();

describe("the versions of a document", () => {
  test("are numbered from one, and the last is the one that counts", async () => {
    const first = await buildVersion(db(), { article: { text: "Before." } });
    const { documentId } = first;
    const identity = (await versionWithStatements(db(), first.versionId))?.url ?? "";
    const again = await buildCapture(db(), { identity, body: "edited" });
    expect(again.documentId).toBe(documentId);
    const second = await buildVersion(db(), { capture: again, cause: "edited", article: { text: "After." } });
    expect(await currentVersion(db(), documentId)).toMatchObject({ id: second.versionId, number: 2 });
    expect(await versionBefore(db(), { ...second, readerVersion: 1 })).toMatchObject({
      id: first.versionId,
      text: "Before.",
    });
    expect(await versionBefore(db(), { ...first, readerVersion: 1 })).toBeNull();
  });

  test("hold one reading of a capture by one reader: a second save adds nothing", async () => {
    const { captureId, documentId, versionId, article } = await buildVersion(db());
    const again = {
      documentId,
      captureId,
      cause: "reread",
      readerVersion: READER_VERSION,
      statements: { json: "[]", count: 0 },
      createdAt: noon,
    } as const;
    expect(await saveVersion(db(), { ...again, article })).toBeNull();
    expect(await currentVersion(db(), documentId)).toMatchObject({ id: versionId, number: 1 });
  });

  test("take different numbers when two are saved at once", async () => {
    const captures = await Promise.all(
      ["one", "two", "three"].map((body) => buildCapture(db(), { identity: "https://norland.example/race", body })),
    );
    await Promise.all(captures.map((capture) => buildVersion(db(), { capture, cause: "edited" })));
    const { documentId } = captures[0] ?? { documentId: 0 };
    const kept = await db().select().from(versions).where(eq(versions.documentId, documentId));
    expect(kept.map(({ number }) => number).sort()).toEqual([1, 2, 3]);
  });

  test("read anew from an older capture do not count instead of a later one", async () => {
    const identity = "https://norland.example/order";
    const older = await buildCapture(db(), { identity, body: "old", fetchedAt: secondsOn(-60) });
    const later = await buildCapture(db(), { identity, body: "new", fetchedAt: noon });
    const current = await buildVersion(db(), { capture: later });
    const late = await buildVersion(db(), { capture: older, cause: "reread" });
    expect((await currentVersion(db(), later.documentId))?.id).toBe(current.versionId);
    expect((await versionBefore(db(), { ...current, readerVersion: 1 }))?.id).toBe(late.versionId);
  });

  test("keep what Postgres cannot store without it: NUL and lone surrogates in what the page says of itself", async () => {
    const bad = "talks\0 and \ud800 more";
    const good = "talks\ufffd and \ufffd more";
    const { versionId } = await buildVersion(db(), {
      article: {
        ...{ title: bad, byline: bad, publisher: bad, publishedAt: { ...buildDay("2026-05-19"), raw: bad } },
        problems: [{ code: "bad-date", message: bad }],
      },
    });
    expect((await versionWithStatements(db(), versionId))?.article).toMatchObject({
      ...{ title: good, byline: good, publisher: good, publishedAt: { raw: good } },
      problems: [{ message: good }],
    });
  });
});

describe("statements", () => {
  const text = "The spokesperson said: “We will talk.” 发言人说：“我们将对话。”";

  test("come back as they were read, in reading order, with the language of their words", async () => {
    await saveCatalogue(db(), buildCatalogue(), noon);
    const statements = [
      buildStatement(text, "We will talk."),
      buildStatement(text, "我们将对话。", { kind: "mixed", flags: ["translated"], saidAt: null, speaker: null }),
    ];
    const { versionId } = await buildVersion(db(), { article: { text }, statements });
    const stored = (await versionWithStatements(db(), versionId))?.statements ?? [];
    const about = (confidence: number): number => expect.closeTo(confidence, 5);
    expect(stored.map(({ id: _id, ...rest }) => rest)).toEqual(
      statements.map((one) => ({
        ...one,
        confidence: about(one.confidence),
        actors: one.actors.map((actor) => ({ ...actor, confidence: about(actor.confidence) })),
      })),
    );
    for (const { content, text: words } of stored) {
      expect(content.map(({ start, end }) => text.slice(start, end)).join(" ")).toBe(words);
    }
  });

  test("keep a missing date null", async () => {
    await saveCatalogue(db(), buildCatalogue(), noon);
    const statements = [buildStatement(text, "We will talk.", { saidAt: null })];
    const { versionId } = await buildVersion(db(), { article: { text, publishedAt: null }, statements });
    const version = await versionWithStatements(db(), versionId);
    expect([version?.article.publishedAt, version?.statements[0]?.saidAt]).toEqual([null, null]);
  });

  test("of a long transcript are all kept", async () => {
    await saveCatalogue(db(), buildCatalogue(), noon);
    const long = Array.from({ length: 2_500 }, (_, index) => `Answer ${index} of the spokesperson.`).join("\n");
    const statements = Array.from({ length: 2_500 }, (_, index) =>
      buildStatement(long, `Answer ${index} of the spokesperson.`),
    );
    const { versionId } = await buildVersion(db(), { article: { text: long }, statements });
    const stored = (await versionWithStatements(db(), versionId))?.statements ?? [];
    expect(stored.map((one) => one.text)).toEqual(statements.map((one) => one.text));
    expect(stored.every(({ actors, topics }) => actors.length === 1 && topics.length === 1)).toBe(true);
  });
});

test("versions wait for the detector, the young ones not yet", async () => {
  const old = await buildVersion(db(), { createdAt: secondsOn(-120) });
  const young = await buildVersion(db(), { createdAt: noon });
  const ids = await undetectedVersions(db(), secondsOn(-60), 10_000);
  expect(ids).toContain(old.versionId);
  expect(ids).not.toContain(young.versionId);
});

test("a first reading is kept in the same rows by either way of keeping it", async () => {
  const text = "We will keep the hotline open. Others may speak.";
  const article = buildArticle({ text, title: "A talk\0", publishedAt: buildDay("2026-05-19") });
  const said = [buildStatement(text, "We will keep the hotline open."), buildStatement(text, "Others may speak.")];
  const rowsOf = async (keep: typeof saveVersion) => {
    const { captureId, documentId } = await buildCapture(db());
    const reading = { documentId, captureId, readerVersion: READER_VERSION, article, createdAt: noon };
    const id = await keep(db(), {
      ...{ ...reading, cause: "first" },
      statements: writeStatements(documentId, said, article.lang),
    });
    const [version] = await db()
      .select()
      .from(versions)
      .where(eq(versions.id, id ?? 0));
    const [document] = await db().select().from(documents).where(eq(documents.id, documentId));
    const [capture] = await db().select().from(captures).where(eq(captures.id, captureId));
    const told = await statementsOf(db(), id ?? 0);
    return {
      version: { ...version, id: 0, documentId: 0, captureId: 0 },
      counts: [document?.currentVersionId === id, capture?.readBy],
      statements: told.map((one) => ({ ...one, id: 0, key: "" })),
    };
  };
  const saveFirst: typeof saveVersion = (database, reading) =>
    saveFirstReading(database, { ...reading, detectedBy: null });
  const first = await rowsOf(saveFirst);
  expect(first.statements).toHaveLength(2);
  expect(first).toEqual(await rowsOf(saveVersion));
});
