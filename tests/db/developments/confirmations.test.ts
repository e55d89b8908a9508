import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import { saveDevelopments } from "../../../src/db/developments/developments.ts";
import { developments } from "../../../src/db/schema/developments.ts";
import { developmentConflicts } from "../../../src/db/schema/threads.ts";
import { buildCatalogue, buildType } from "../../support/catalogue.ts";
import { linkKept } from "../../support/copies.ts";
import { useDatabase } from "../../support/database.ts";
import { noon } from "../../support/moments.ts";
import { buildDay, buildFinding } from "../../support/readings.ts";
import { buildVersion } from "../../support/rows.ts";

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
  await saveDevelopments(db(), { ...all, found: [buildFinding({ key })], detectorVersion: 1, detectedAt: noon });
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

test("accounts that contradict each other are kept with the words of both", async () => {
  const { documentId, versionId, article } = await buildVersion(db(), {
    article: { publishedAt: buildDay("2027-05-14") },
  });
  const keep = (type: string, key: string, summary: string, start: number) =>
    saveDevelopments(db(), {
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
