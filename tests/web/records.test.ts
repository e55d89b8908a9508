import { beforeAll, expect, test } from "vitest";
import { searchThreads } from "../../src/db/developments/thread-list.ts";
import { placeInThreads } from "../../src/db/developments/threads.ts";
import { commitmentReports, commitments } from "../../src/db/schema/commitments.ts";
import { phraseUses } from "../../src/db/schema/phrase-uses.ts";
import { meetingPoints, meetings, readouts } from "../../src/db/schema/readouts.ts";
import { developmentConflicts } from "../../src/db/schema/threads.ts";
import { useDatabase } from "../support/database.ts";
import { noon } from "../support/moments.ts";
import { keepCatalogue, keepDevelopment, keepDocument } from "./archive.ts";
import { openWeb } from "./open-web.ts";

const db = useDatabase();
const open = (path: string) => openWeb(db()).page(path);
const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert(1)>`;
const ids = { development: 0, other: 0, thread: 0, meeting: 0 };

beforeAll(async () => {
  await keepCatalogue(db());
  const kept = await keepDocument(db(), { text: `Talks will be held in June. ${HOSTILE}`, statements: [] });
  const evidence = [{ start: 0, end: 20 }];
  ids.development = await keepDevelopment(db(), kept, { summary: `Talks ${HOSTILE}`, evidence });
  ids.other = await keepDevelopment(db(), kept, { summary: "No talks", evidence });
  await placeInThreads(db(), [ids.development], noon);
  ids.thread =
    (await searchThreads(db(), { course: null, state: null, firstTimes: true }, { limit: 1, after: null })).rows[0]
      ?.id ?? 0;
  const words = { versionId: kept.versionId, spanStart: 0, spanEnd: 5, words: HOSTILE };
  await db()
    .insert(developmentConflicts)
    .values({
      ...{ developmentId: ids.development, otherId: ids.other, about: "denial", foundAt: noon },
      ...{ words: "They agreed.", versionId: kept.versionId, otherWords: HOSTILE, otherVersionId: kept.versionId },
    });
  const [commitment] = await db()
    .insert(commitments)
    .values({
      ...{
        developmentId: ids.development,
        ...words,
        byActorIds: ["norland"],
        toActorIds: ["southmark"],
        action: "talk",
      },
      madeInstant: noon,
    })
    .returning({ id: commitments.id });
  await db()
    .insert(commitmentReports)
    .values({ commitmentId: commitment?.id ?? 0, report: "met", ...words });
  await db()
    .insert(phraseUses)
    .values({
      ...{ phraseId: "open-door", actorId: "norland", textClass: "speech", documentId: kept.documentId, ...words },
      ...{ wording: null, lang: "en", usedInstant: noon },
    });
  const [meeting] = await db()
    .insert(meetings)
    .values({ key: "k", kind: "ministers", day: "2026-05-19", foundAt: noon })
    .returning({ id: meetings.id });
  ids.meeting = meeting?.id ?? 0;
  await db()
    .insert(readouts)
    .values({
      ...{ documentId: kept.documentId, versionId: kept.versionId, meetingId: ids.meeting, side: "norland" },
      participants: [],
    });
  await db()
    .insert(meetingPoints)
    .values({ meetingId: ids.meeting, topicId: "frontier.safety", verdict: "only-first", firstWords: HOSTILE });
});

test("a thread shows its steps and the accounts that contradict each other", async () => {
  const { $ } = await open(`/threads/${ids.thread}`);
  expect($(`.timeline a[href="/developments/${ids.development}"]`).length).toBe(1);
  expect($(".side-by-side blockquote").length).toBe(2);
  expect((await open("/threads")).$(`a[href="/threads/${ids.thread}"]`).length).toBe(1);
});

test("a development says how many independent accounts it rests on and what contradicts it", async () => {
  const { $ } = await open(`/developments/${ids.development}`);
  expect($("dl.facts").text()).toContain("Independent accounts");
  expect($(".side-by-side").length).toBe(1);
});

test("a meeting sets the accounts side by side and says where one is silent", async () => {
  const { $ } = await open(`/meetings/${ids.meeting}`);
  expect($("table.accounts .missing").text()).toBe("says nothing of it");
  expect((await open("/meetings")).$("main").text()).toContain("one account so far");
});

test("a phrase shows its life and where it stands, a changed wording marked", async () => {
  expect((await open("/phrases")).$('a[href="/phrases/open-door"]').length).toBe(1);
  expect((await open("/phrases/open-door")).$("main").text()).toContain("changed wording");
  expect((await open("/phrases/never-used")).status).toBe(404);
});

test("commitments can be narrowed to a state, and show what later texts tell", async () => {
  expect((await open("/commitments")).$("article").length).toBe(1);
  expect((await open("/commitments?state=missed")).$("article").length).toBe(0);
  expect((await open("/commitments")).$("article").text()).toContain("met");
});

test.each([
  () => "/threads",
  () => `/threads/${ids.thread}`,
  () => `/meetings/${ids.meeting}?lang=zh`,
  () => "/phrases/open-door",
  () => "/commitments",
  () => `/developments/${ids.development}`,
])("nothing hostile becomes markup (%#)", async (path) => {
  const { status, $ } = await open(path());
  expect(status).toBe(200);
  expect($("img, main script").length).toBe(0);
});
