import { beforeAll, describe, expect, test } from "vitest";
import { conflictsAmong, searchThreads, threadOfDevelopment } from "../../src/db/developments/thread-list.ts";
import { placeInThreads } from "../../src/db/developments/threads.ts";
import { readPageKey } from "../../src/db/page-key.ts";
import { searchCommitments } from "../../src/db/records/commitment-list.ts";
import { latestFirstTimes } from "../../src/db/records/first-time-list.ts";
import { latestMeetings } from "../../src/db/records/meeting-list.ts";
import { phraseLives, usesOfPhrase } from "../../src/db/records/phrase-list.ts";
import { commitmentReports, commitments } from "../../src/db/schema/commitments.ts";
import { firstTimes } from "../../src/db/schema/first-times.ts";
import { classTexts, phraseUses } from "../../src/db/schema/phrase-uses.ts";
import { meetingPoints, meetings, readouts } from "../../src/db/schema/readouts.ts";
import { useDatabase } from "../support/database.ts";
import { noon } from "../support/moments.ts";
import { keepCatalogue, keepDevelopment, keepDocument } from "../web/archive.ts";

const db = useDatabase();
const TEXT = "Norland and Southmark will hold talks in June.\nNorland said it will share its tests by July.";
const all = { limit: 10, after: null };
let kept: Awaited<ReturnType<typeof keepDocument>>;
let developmentId = 0;

beforeAll(async () => {
  await keepCatalogue(db());
  kept = await keepDocument(db(), { text: TEXT, statements: [] });
  developmentId = await keepDevelopment(db(), kept, { summary: "Talks in June", evidence: [{ start: 0, end: 20 }] });
});

const span = { spanStart: 0, spanEnd: 7, words: "Norland" };

describe("threads", () => {
  test("a development leads to its thread, and the thread to its developments", async () => {
    await placeInThreads(db(), [developmentId], noon);
    const { rows } = await searchThreads(db(), { course: null, state: null, firstTimes: true }, all);
    expect(rows.map(({ steps }) => steps.map((step) => step.developmentId))).toEqual([[developmentId]]);
    expect(await threadOfDevelopment(db(), developmentId)).toBe(rows[0]?.id);
    expect(await conflictsAmong(db(), [developmentId])).toEqual([]);
    expect((await searchThreads(db(), { course: "no-such", state: null, firstTimes: true }, all)).rows).toEqual([]);
  });
});

test("threads that only tell of first times are left out where no first times are asked for", async () => {
  const first = { type: "statement.first", key: "statement.first|topic|norland|process.channel" };
  const id = await keepDevelopment(db(), kept, { ...first, summary: "A word", evidence: [{ start: 0, end: 6 }] });
  await placeInThreads(db(), [id], noon);
  const developmentsOf = async (firstTimes: boolean) =>
    (await searchThreads(db(), { course: null, state: null, firstTimes }, all)).rows.flatMap(({ steps }) =>
      steps.map((step) => step.developmentId),
    );
  expect(await developmentsOf(true)).toContain(id);
  expect(await developmentsOf(false)).toEqual([developmentId]);
});

describe("commitments", () => {
  test("come newest first, page by page, undated ones last, each with what was told of it later", async () => {
    const more = [1, 2, 3].map((number) =>
      keepDevelopment(db(), kept, { summary: `Promise ${number}`, evidence: [{ start: number, end: 20 }] }),
    );
    const ids = await Promise.all(more);
    const row = { versionId: kept.versionId, ...span, byActorIds: ["norland"], toActorIds: [], action: "share" };
    const made = [new Date("2026-05-01T00:00:00Z"), null, new Date("2026-05-03T00:00:00Z")];
    const rows = await db()
      .insert(commitments)
      .values(ids.map((id, index) => ({ developmentId: id, ...row, madeInstant: made[index] ?? null })))
      .returning({ id: commitments.id });
    const [first, second, third] = rows.map(({ id }) => id);
    await db()
      .insert(commitmentReports)
      .values({ commitmentId: first ?? 0, report: "repeated", versionId: kept.versionId, ...span });
    const seen: number[] = [];
    let after: ReturnType<typeof readPageKey> = null;
    do {
      const page = await searchCommitments(db(), { state: null }, { limit: 1, after });
      seen.push(...page.rows.map(({ id }) => id));
      after = page.next === null ? null : readPageKey(page.next);
    } while (after !== null);
    expect(seen).toEqual([third, first, second]);
    const { rows: open } = await searchCommitments(db(), { state: "open" }, all);
    expect(open.find(({ id }) => id === first)?.reports.map(({ report }) => report)).toEqual(["repeated"]);
    expect((await searchCommitments(db(), { state: "met" }, all)).rows).toEqual([]);
  });
});

describe("meetings", () => {
  test("stand with both accounts and what they say of each topic", async () => {
    const [meeting] = await db()
      .insert(meetings)
      .values({ key: "talks norland southmark 2026-05-19", kind: "talks", day: "2026-05-19", foundAt: noon })
      .returning({ id: meetings.id });
    const meetingId = meeting?.id ?? 0;
    await db()
      .insert(readouts)
      .values({
        ...{ documentId: kept.documentId, versionId: kept.versionId, meetingId },
        side: "norland",
        participants: [],
      });
    await db()
      .insert(meetingPoints)
      .values({ meetingId, topicId: "frontier.safety", verdict: "only-first", firstWords: "Norland will share." });
    const [row] = await latestMeetings(db(), 5);
    expect(row?.readouts.map(({ side, sideName }) => [side, sideName])).toEqual([["norland", expect.any(String)]]);
    expect(row?.points.map(({ label, verdict }) => [typeof label, verdict])).toEqual([["string", "only-first"]]);
  });
});

describe("phrases", () => {
  test("a phrase's life counts uses, changed wordings and the later texts of its class without it", async () => {
    const use = { versionId: kept.versionId, documentId: kept.documentId, phraseId: "open-door", actorId: "norland" };
    await db()
      .insert(phraseUses)
      .values([
        { ...use, ...span, textClass: "release", wording: "open door", lang: "en", usedInstant: noon },
        { ...use, ...span, spanStart: 3, textClass: "release", wording: null, lang: "en", usedInstant: noon },
      ]);
    const later = await keepDocument(db(), { text: "Norland published a note on AI.", statements: [] });
    await db()
      .insert(classTexts)
      .values({
        ...{ documentId: later.documentId, versionId: later.versionId, actorId: "norland", textClass: "release" },
        ...{ isOnTopic: true, publishedInstant: new Date(noon.getTime() + 86_400_000) },
      });
    expect(await phraseLives(db())).toMatchObject([
      { phraseId: "open-door", uses: 2, texts: 1, changed: 1, firstUsed: noon, lastUsed: noon, absentSince: 1 },
    ]);
    expect(await phraseLives(db(), "no-such")).toEqual([]);
    expect((await usesOfPhrase(db(), "open-door", 10)).length).toBe(2);
  });
});

describe("first times", () => {
  test("name the actor and the topic", async () => {
    await db()
      .insert(firstTimes)
      .values({
        ...{ kind: "topic", actorId: "norland", subject: "frontier.safety", instant: noon, versionId: kept.versionId },
        ...{ ...span, searched: 12, foundAt: noon },
      });
    expect(await latestFirstTimes(db(), 5, "norland")).toMatchObject([
      { kind: "topic", searched: 12, subjectName: expect.any(String), documentId: kept.documentId },
    ]);
    expect(await latestFirstTimes(db(), 5, "southmark")).toEqual([]);
  });
});
