import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { versionWithStatements } from "../../../src/db/archive/versions.ts";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import { foundIn } from "../../../src/db/developments/developments.ts";
import { developments } from "../../../src/db/schema/developments.ts";
import { developmentConflicts } from "../../../src/db/schema/threads.ts";
import { buildCatalogue, buildSource, buildType } from "../../support/catalogue.ts";
import { linkKept } from "../../support/copies.ts";
import { useDatabase } from "../../support/database.ts";
import { noon } from "../../support/moments.ts";
import { buildDay, buildFinding } from "../../support/readings.ts";
import { buildVersion, keepTogether } from "../../support/rows.ts";

const db = useDatabase();
const catalogue = buildCatalogue();
beforeAll(() =>
  saveCatalogue(
    db(),
    {
      ...catalogue,
      developmentTypes: [
        ...catalogue.developmentTypes,
        buildType("talks.no-outcome"),
        buildType("agreement.understanding"),
      ],
    },
    noon,
  ),
);

const report =
  "Norland agreed to launch talks on AI, its envoy told a crowded hall on Tuesday. The harbour lay in fog, ferries ran late, and reporters waited behind a rope for most of the day until the heating failed twice.";
const other =
  "An accord to open negotiations about artificial intelligence was confirmed by two ministers. Farmers protested outside; snow had closed the mountain road since dawn and the orchestra cancelled its concert.";

type Voice = { readonly isPrimary: boolean; readonly side: string | null };

async function tell(text: string, key: string, voice: Voice = { isPrimary: false, side: null }) {
  const { documentId, versionId } = await buildVersion(db(), { article: { text } });
  await linkKept(db(), versionId);
  const all = { documentId, versionId, previousVersionId: null, text, statements: [], voice };
  await keepTogether(db(), { ...all, found: [buildFinding({ key })], detectorVersion: 1, detectedAt: noon });
  const [row] = await db().select().from(developments).where(eq(developments.key, key));
  return row;
}

describe("a development", () => {
  test("that one press report tells is provisional, and stays so however often it is copied or rewritten", async () => {
    expect(await tell(report, "copied")).toMatchObject({ certainty: "provisional", families: 1 });
    expect(await tell(report, "copied")).toMatchObject({ certainty: "provisional", families: 1 });
    const rewritten = report
      .replace("crowded", "packed")
      .replace("most of the day", "hours")
      .replace("failed", "broke down");
    expect(await tell(rewritten, "copied")).toMatchObject({ certainty: "provisional", families: 1 });
  });

  test("that two independent reports tell is confirmed", async () => {
    await tell(report.replaceAll("Norland", "Southland"), "told-twice");
    expect(await tell(other, "told-twice")).toMatchObject({ certainty: "confirmed", families: 2, isOneSided: false });
  });

  test("that two organs of one side tell counts as told by one, and is one-sided", async () => {
    const office = `${other} So the office wrote.`.replaceAll("mountain", "coastal");
    const ministry = report.replaceAll("Norland", "Westland").replaceAll("harbour", "capital");
    const own = { isPrimary: true, side: "China" };
    await tell(office, "two-organs", own);
    expect(await tell(ministry, "two-organs", own)).toMatchObject({ families: 1, isOneSided: true });
  });

  test("that two media of one state tell stays provisional until an independent report", async () => {
    const media = { isPrimary: false, side: "China" };
    await tell(`${other} So the agency wrote.`.replaceAll("snow", "ice"), "state-media", media);
    const second = report.replaceAll("Norland", "Highland").replaceAll("fog", "mist");
    expect(await tell(second, "state-media", media)).toMatchObject({ certainty: "provisional", families: 1 });
    const press =
      "Both capitals will talk about machines that learn, a paper in a third country wrote on its front page.";
    expect(await tell(press, "state-media")).toMatchObject({ certainty: "confirmed", families: 2 });
  });

  test("whose release the press copies word for word has one voice", async () => {
    const release = `${report.replaceAll("Norland", "Lowland")} The office will answer no questions.`;
    await tell(release, "copied-release", { isPrimary: true, side: "US" });
    expect(await tell(release, "copied-release")).toMatchObject({ certainty: "confirmed", families: 1 });
  });

  test("that a side publishes itself is confirmed, and one-sided until somebody else tells of it", async () => {
    const own = `${other} Published by the office itself.`.replace("two ministers", "its minister");
    expect(await tell(own, "own", { isPrimary: true, side: "US" })).toMatchObject({
      certainty: "confirmed",
      isOneSided: true,
    });
    expect(await tell(report.replaceAll("Norland", "Eastland"), "own")).toMatchObject({
      isOneSided: false,
      families: 2,
    });
  });
});

test.each([
  ["a ministry", { official: true, class: "ministry", bloc: "China" }, { isPrimary: true, side: "China" }],
  [
    "a state's news agency",
    { official: false, class: "state-media", bloc: "China" },
    { isPrimary: false, side: "China" },
  ],
  [
    "a free paper of that country",
    { official: false, class: "press", bloc: "China" },
    { isPrimary: false, side: null },
  ],
  ["a third government", { official: true, class: "ministry", bloc: "third" }, { isPrimary: true, side: null }],
])("what %s publishes is told with its voice", async (_name, publisher, voice) => {
  const { versionId } = await buildVersion(db(), {});
  const version = await versionWithStatements(db(), versionId);
  if (!version) throw new Error("no version");
  const by = { detectorVersion: 1, detectedAt: noon };
  expect(foundIn({ ...version, source: buildSource(publisher) }, [], by)).toMatchObject({ voice });
});

test("accounts that contradict each other are kept with the words of both", async () => {
  const { documentId, versionId, article } = await buildVersion(db(), {
    article: { publishedAt: buildDay("2027-05-14") },
  });
  const keep = (type: string, key: string, summary: string, start: number) =>
    keepTogether(db(), {
      ...{ documentId, versionId, previousVersionId: null, text: article.text, statements: [] },
      ...{ detectorVersion: 1, detectedAt: noon },
      found: [
        buildFinding({ type, key, summary, eventDate: buildDay("2027-05-14"), evidence: [{ start, end: start + 9 }] }),
      ],
    });
  await keep("agreement.understanding", "consensus", "They reached a consensus to launch a dialogue.", 0);
  await keep("talks.no-outcome", "nothing", "No concrete agreements were announced.", 10);
  expect(await db().select().from(developmentConflicts)).toMatchObject([
    {
      about: "outcome",
      words: "They reached a consensus to launch a dialogue.",
      otherWords: "No concrete agreements were announced.",
    },
  ]);
});
