import { and, eq, inArray, sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { loadCatalogue } from "../../src/catalogue/load.ts";
import { type ReadVersion, versionWithStatements } from "../../src/db/archive/versions.ts";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { keepFirstTimes, sightingsIn } from "../../src/db/records/first-times.ts";
import { AWAITS_SIDES, unrecordedVersions } from "../../src/db/records/recorded.ts";
import { versions } from "../../src/db/schema/archive.ts";
import { actors } from "../../src/db/schema/catalogue.ts";
import { commitmentReports, commitments } from "../../src/db/schema/commitments.ts";
import { developments } from "../../src/db/schema/developments.ts";
import { firstTimeCorrections, firstTimes } from "../../src/db/schema/first-times.ts";
import { classTexts } from "../../src/db/schema/phrase-uses.ts";
import { meetingPoints, meetings } from "../../src/db/schema/readouts.ts";
import { DETECTOR_VERSION } from "../../src/detect/version.ts";
import { shipped } from "../../src/paths.ts";
import type { WorkerContext } from "../../src/workers/context.ts";
import { detect } from "../../src/workers/detect.ts";
import { keepRecords, raiseWhatIsDue, recordTaskOf } from "../../src/workers/keep-records.ts";
import { castOver } from "../gold/stream/cast.ts";
import { useDatabase } from "../support/database.ts";
import { hoursOn, noon } from "../support/moments.ts";
import { buildDay, buildStatement } from "../support/readings.ts";
import { buildCapture, buildVersion } from "../support/rows.ts";
import { useWorkerContext } from "../support/worker-context.ts";

const db = useDatabase();
const catalogue = {
  ...castOver(loadCatalogue({ shippedDir: shipped("catalogue"), overlayDir: null })),
  phrases: [
    { id: "open-harbour", side: "US", variants: { en: ["an open harbour for every model"], zh: [] } },
    { id: "calm-water", side: "China", variants: { en: [], zh: ["以静制动、以人为舵"] } },
  ],
} as ReturnType<typeof castOver>;
const context = useWorkerContext(db, () => catalogue);
beforeAll(() => saveCatalogue(db(), catalogue, noon));

type Page = {
  readonly text: string;
  readonly on: string;
  readonly sourceId?: string;
  readonly title?: string;
  readonly lang?: "en" | "zh";
};

/** A release of the US office, unless the test says otherwise, read and searched. */
async function publish({ text, on, sourceId = "us-talks-releases", title = "Statement", lang = "en" }: Page) {
  const capture = await buildCapture(db(), { sourceId });
  const article = { text, title, lang, kind: "release", publishedAt: buildDay(on) } as const;
  const { versionId } = await buildVersion(db(), { capture, article });
  const job = context({ at: new Date(`${on}T12:00:00Z`) });
  await detect({ versionId }, job);
  return { versionId, job };
}

/** Finds and keeps the first times of a version that was not searched for developments. */
async function firstsOf(versionId: number, now: Date) {
  const version = await versionWithStatements(db(), versionId);
  if (!version) throw new Error("the version is not there");
  return keepFirstTimes(db(), sightingsIn(version, [], now), now);
}

/** Keeps the records of a version as `reconcile` does. */
async function keepAgain(version: ReadVersion, job: WorkerContext) {
  return keepRecords(version, await job.reader.record(recordTaskOf(version)), job);
}

async function told(type: string) {
  return db().select().from(developments).where(eq(developments.type, type)).orderBy(developments.id);
}

describe("first times", () => {
  type Said = { readonly actor: number; readonly topic: number; readonly day: number };
  const actorIds = ["mara-quill", "dana-okafor", "lin-weiran"];
  const topicIds = ["process.dialogue-channel", "process.summitry", "tech.chips-export"];
  const dayOf = (day: number) => `2030-01-${String(day).padStart(2, "0")}`;

  async function say({ actor, topic, day }: Said) {
    const text = `Statement ${actor} ${topic} ${day}.`;
    const statement = buildStatement(text, text, {
      actors: [{ actorId: actorIds[actor] ?? "", method: "exact", confidence: 1 }],
      topics: [{ id: topicIds[topic] ?? "", score: 1, evidence: [] }],
      saidAt: buildDay(dayOf(day)),
    });
    return (await buildVersion(db(), { article: { text }, statements: [statement] })).versionId;
  }

  test("are exactly those that looking at everything finds, in whatever order it comes in", async () => {
    const stream = fc.array(fc.record({ actor: fc.nat(2), topic: fc.nat(2), day: fc.integer({ min: 1, max: 28 }) }), {
      minLength: 1,
      maxLength: 25,
    });
    await fc.assert(
      fc.asyncProperty(stream, async (all) => {
        await db().execute(sql`alter table first_time_corrections disable trigger user`);
        await db().execute(sql`delete from first_time_corrections`);
        await db().execute(sql`delete from first_times`);
        for (const said of all) await firstsOf(await say(said), new Date("2031-01-01T00:00:00Z"));
        const oracle = new Map<string, string>();
        for (const { actor, topic, day } of all) {
          const key = `${actorIds[actor]} ${topicIds[topic]}`;
          const before = oracle.get(key);
          if (!before || dayOf(day) < before) oracle.set(key, dayOf(day));
        }
        const kept = await db().select().from(firstTimes).where(eq(firstTimes.kind, "topic"));
        expect(
          new Map(kept.map((row) => [`${row.actorId} ${row.subject}`, row.instant.toISOString().slice(0, 10)])),
        ).toEqual(oracle);
        expect(kept).toHaveLength(oracle.size);
      }),
      { numRuns: 8 },
    );
  });

  test("count the earlier statements that were searched, and are corrected by something older, not told again", async () => {
    const at = new Date("2031-01-01T00:00:00Z");
    await db().execute(sql`delete from first_time_corrections`);
    await db().execute(sql`delete from first_times`);
    await db().execute(sql`alter table first_time_corrections enable trigger user`);
    const first = await firstsOf(await say({ actor: 0, topic: 1, day: 20 }), at);
    const [row] = await db().execute<{ n: number }>(sql`select count(*)::int as n from statements s
      join statement_actors a on a.statement_id = s.id where a.actor_id = 'mara-quill' and s.said_instant < '2030-01-20Z'`);
    expect(first).toMatchObject([{ kind: "topic", searched: row?.n }]);
    const older = await say({ actor: 0, topic: 1, day: 3 });
    expect(await firstsOf(older, at)).toEqual([]);
    expect(await firstsOf(older, at)).toEqual([]);
    const isIt = and(eq(firstTimes.actorId, "mara-quill"), eq(firstTimes.subject, "process.summitry"));
    expect(await db().select().from(firstTimes).where(isIt)).toMatchObject([{ versionId: older }]);
    expect(await db().select().from(firstTimeCorrections)).toMatchObject([{ becameVersionId: older }]);
  });

  test("do not take a date that cannot be, and name a venue only once", async () => {
    const at = new Date("2031-01-01T00:00:00Z");
    const text = "Statement of nobody.";
    for (const on of ["1970-01-01", "2044-01-01"]) {
      const statement = buildStatement(text, text, {
        actors: [{ actorId: "avery-holt", method: "exact", confidence: 1 }],
        topics: [{ id: "process.envoys", score: 1, evidence: [] }],
        saidAt: buildDay(on),
      });
      const { versionId } = await buildVersion(db(), { article: { text }, statements: [statement] });
      expect(await firstsOf(versionId, at)).toEqual([]);
    }
    const words = (day: string) => `The United States and China will hold AI talks in Nairobi on ${day} 2031.`;
    await publish({ text: words("March 3"), on: "2031-02-01" });
    await publish({ text: words("June 9"), on: "2031-05-01" });
    const venues = await db().select().from(firstTimes).where(eq(firstTimes.kind, "venue"));
    expect(venues.map(({ subject }) => subject)).toEqual(["nairobi"]);
    const days = await db().select().from(firstTimes).where(eq(firstTimes.kind, "date"));
    expect(days.map(({ subject }) => subject).sort()).toEqual(["2031-03-03", "2031-06-09"]);
  });
});

describe("stock phrases", () => {
  const withIt = "The United States wants an open harbour for every model of AI.";
  const without = "The United States spoke about AI today.";

  test("are told when first used, changed, and missing from the third text in a row of their class", async () => {
    const days = ["2032-01-01", "2032-01-02", "2032-01-03", "2032-01-04", "2032-01-05", "2032-01-06", "2032-01-07"];
    const texts = [withIt, withIt, without, without, without, without, withIt.replace("every model", "any model")];
    for (const [index, on] of days.entries()) await publish({ text: texts[index] ?? "", on });
    const changes = await told("formulation.change");
    expect(
      changes.every(({ matchedAt }) => matchedAt !== null),
      "the rules have seen them",
    ).toBe(true);
    const keys = changes.map(({ key }) => key.split("|").slice(1, 5).join(" "));
    expect(keys).toEqual([
      "open-harbour united-states release first",
      "open-harbour united-states release absent",
      "open-harbour united-states release changed",
    ]);
  });

  test("are not missing where AI does not come up, in another class, or in another language", async () => {
    for (const [index, text] of ["Fish is dear.", "Ships are slow.", "Rain fell."].entries())
      await publish({ text, on: `2032-02-0${index + 1}` });
    const said = "中方主张以静制动、以人为舵，推动人工智能发展。";
    const silent = "中方就人工智能表明立场。";
    const zh = { sourceId: "cn-digital-releases-zh", lang: "zh" as const };
    for (const [index, text] of [said, said, silent, silent].entries())
      await publish({ text, on: `2032-03-0${index + 1}`, ...zh });
    await publish({ text: "China spoke about AI.", on: "2032-03-05", sourceId: "cn-digital-releases" });
    const absent = (await told("formulation.change")).filter(
      ({ key }) => key.includes("calm-water|china") && key.includes("absent"),
    );
    expect(absent).toEqual([]);
    await publish({ text: silent, on: "2032-03-06", ...zh });
    expect(
      (await told("formulation.change")).filter(({ key }) => key.includes("calm-water") && key.includes("absent")),
    ).toHaveLength(1);
  });
});

describe("readouts of one meeting", () => {
  const american =
    "President Avery Holt today held a summit with President Lin Weiran of China.\nThe two leaders agreed to launch a government dialogue on artificial intelligence.\nThey discussed export controls on advanced AI chips.";
  const chinese =
    "President Lin Weiran today held a meeting with US President Avery Holt.\nThe two leaders discussed an intergovernmental dialogue on artificial intelligence.";

  test("are paired, compared by topic in their strength, and told to differ", async () => {
    await publish({ text: american, on: "2033-05-12" });
    await publish({ text: chinese, on: "2033-05-13", sourceId: "cn-digital-releases" });
    const [meeting, ...more] = await db().select().from(meetings).where(sql`${meetings.day} like '2033-05-%'`);
    expect([meeting?.kind, more]).toEqual(["leaders", []]);
    const points = await db()
      .select()
      .from(meetingPoints)
      .where(eq(meetingPoints.meetingId, meeting?.id ?? 0));
    const channel = points.find(({ topicId }) => topicId === "process.dialogue-channel");
    expect(channel).toMatchObject({
      verdict: "different-strength",
      firstStrength: "discussed",
      secondStrength: "agreed",
    });
    expect(points.filter(({ verdict }) => verdict === "only-second").map(({ topicId }) => topicId)).toContain(
      "tech.chips-export",
    );
    expect(await told("readout.asymmetry")).toMatchObject([{ severity: 5 }]);
  });

  test("of which one side's does not come are told after two days, once", async () => {
    const on = "2033-08-01";
    await publish({ text: american, on });
    const before = (await told("readout.asymmetry")).length;
    const at = (hours: number) => context({ at: new Date(Date.parse(`${on}T12:00:00Z`) + hours * 3_600_000) });
    await raiseWhatIsDue(at(47), 50);
    expect(await told("readout.asymmetry")).toHaveLength(before);
    await raiseWhatIsDue(at(49), 50);
    await raiseWhatIsDue(at(50), 50);
    const after = await told("readout.asymmetry");
    expect(after.slice(before)).toMatchObject([{ key: expect.stringContaining("unpaired"), status: "new" }]);
  });
});

describe("commitments", () => {
  test("name who, to whom, what and by when; later texts that report on them attach; silence past the day is told", async () => {
    await publish({
      text: "The United States committed to share AI test results with China by September 30.",
      on: "2034-05-21",
    });
    await publish({
      text: "The United States committed to publish AI incident statistics for China by October 31.",
      on: "2034-05-28",
    });
    const made = await db().select().from(commitments).orderBy(commitments.id);
    expect(
      made.map(({ byActorIds, toActorIds, dueInstant, due }) => [
        byActorIds,
        toActorIds,
        dueInstant?.toISOString(),
        due?.raw,
      ]),
    ).toEqual([
      [["united-states"], ["china"], "2034-09-30T23:59:59.000Z", "by September 30"],
      [["united-states"], ["china"], "2034-10-31T23:59:59.000Z", "by October 31"],
    ]);
    await publish({
      text: "The United States reiterated its commitment to share AI test results with China.",
      on: "2034-07-01",
    });
    await publish({ text: "The United States has shared its AI test results with China.", on: "2034-09-01" });
    const reports = await db().select().from(commitmentReports).orderBy(commitmentReports.id);
    expect(reports.map(({ commitmentId, report }) => [commitmentId, report])).toEqual([
      [made[0]?.id, "repeated"],
      [made[0]?.id, "met"],
    ]);
    expect(await told("commitment.met")).toMatchObject([{ status: "new" }]);
    await raiseWhatIsDue(context({ at: new Date("2034-11-01T12:00:00Z") }), 50);
    await raiseWhatIsDue(context({ at: new Date("2034-11-02T12:00:00Z") }), 50);
    expect(await told("commitment.missed")).toMatchObject([
      { summary: expect.stringContaining("incident statistics"), matchedAt: expect.any(Date) },
    ]);
    const after = await db().select().from(commitments).orderBy(commitments.id);
    expect(
      after.map(({ state }) => state),
      "the list says what was told",
    ).toEqual(["met", "missed"]);
    await publish({ text: "The United States has published AI incident statistics for China.", on: "2034-11-20" });
    const late = await db().select().from(commitments).orderBy(commitments.id);
    expect(
      late.map(({ state }) => state),
      "a late report says better",
    ).toEqual(["met", "met"]);
  });
});

test("commitments wait where the catalogue lacks a side, the other records do not, and nothing is kept twice", async () => {
  const china = and(eq(actors.type, "state"), eq(actors.bloc, "China"));
  const sides = await db().select({ id: actors.id }).from(actors).where(china);
  const ids = sides.map(({ id }) => id);
  await db().update(actors).set({ bloc: "third" }).where(inArray(actors.id, ids));
  const words = "The United States committed to share AI test results with China by September 30.";
  const { versionId } = await publish({ text: words, on: "2036-05-21" });
  const state = async () => {
    const [row] = await db().select({ by: versions.recordedBy }).from(versions).where(eq(versions.id, versionId));
    const made = await db().$count(commitments, eq(commitments.versionId, versionId));
    const waits = await unrecordedVersions(db(), { createdBefore: hoursOn(9), now: noon }, 1_000);
    return { by: row?.by, made, waits: waits.includes(versionId) };
  };
  expect(await state()).toEqual({ by: AWAITS_SIDES, made: 0, waits: false });
  expect(await db().$count(classTexts, eq(classTexts.versionId, versionId))).toBe(1);
  await db().update(actors).set({ bloc: "China" }).where(inArray(actors.id, ids));
  expect(await state()).toEqual({ by: AWAITS_SIDES, made: 0, waits: true });
  for (let run = 0; run < 2; run += 1) {
    const version = await versionWithStatements(db(), versionId);
    if (version) await keepAgain(version, context({ at: new Date("2036-05-21T13:00:00Z") }));
    expect(await state()).toEqual({ by: DETECTOR_VERSION, made: 1, waits: false });
  }
});

test("records kept a second time are the same, and nothing is told", async () => {
  const { versionId } = await publish({ text: "The United States spoke about AI in Nairobi.", on: "2035-01-01" });
  const count = async () =>
    (await db().select().from(developments)).length + (await db().select().from(firstTimes)).length;
  const before = await count();
  const version = await versionWithStatements(db(), versionId);
  if (!version) throw new Error("the version is not there");
  const again = context({ at: hoursOn(1) });
  expect(await keepAgain(version, again)).toBe(0);
  expect(again.sent).toEqual([]);
  expect(await count()).toBe(before);
});
