import { asc, eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadCatalogue } from "../../src/catalogue/load.ts";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { alerts } from "../../src/db/schema/delivery.ts";
import { developmentEvidence, developments } from "../../src/db/schema/developments.ts";
import { stanceShiftCorrections, stanceShifts, stances } from "../../src/db/schema/stances.ts";
import { shipped } from "../../src/paths.ts";
import { detect } from "../../src/workers/detect.ts";
import { castOver } from "../gold/stream/cast.ts";
import { useDatabase } from "../support/database.ts";
import { noon } from "../support/moments.ts";
import { buildDay, buildStatement } from "../support/readings.ts";
import { buildCapture, buildEndpoint, buildRule, buildVersion } from "../support/rows.ts";
import { useWorkerContext } from "../support/worker-context.ts";

const db = useDatabase();
const catalogue = castOver(loadCatalogue({ shippedDir: shipped("catalogue"), overlayDir: null }));
const context = useWorkerContext(db, () => catalogue);
beforeAll(async () => {
  await saveCatalogue(db(), catalogue, noon);
  await buildRule(db(), { endpointIds: [await buildEndpoint(db())], createdAt: noon });
});

/** Each test speaks of a thing of its own. */
const against = (thing: string) => `We oppose ${thing}.`;
const inFavour = (thing: string) => `We support ${thing}.`;

type Says = {
  readonly at?: string;
  readonly actorId?: string;
  readonly lang?: "en" | "zh";
  readonly sourceId?: string;
};

/** A page on which somebody, the US envoy unless the test says otherwise, says one sentence; looked at on the same day or `at`. */
async function say(words: string, on: string, { at = on, actorId = "mara-quill", lang = "en", sourceId }: Says = {}) {
  const text = `${words}\nRemarks on AI, ${on}, ${lang}`;
  const capture = await buildCapture(db(), { sourceId: sourceId ?? "us-talks-releases" });
  const one = buildStatement(text, words, {
    actors: [{ actorId, method: "exact", confidence: 1 }],
    topics: [{ id: "frontier.testing-evaluation", score: 3, evidence: [] }],
    saidAt: buildDay(on),
  });
  const article = { text, title: "Remarks", lang, kind: "release", publishedAt: buildDay(on) } as const;
  const { versionId } = await buildVersion(db(), { capture, article, statements: [one] });
  await look(versionId, at);
  return versionId;
}

async function look(versionId: number, on: string) {
  await detect({ versionId }, context({ at: new Date(`${on}T12:00:00Z`) }));
}

/** What is told of shifts since a test began. */
let before = 0;
beforeEach(async () => {
  before = (await toldShifts()).length;
});
async function toldShifts() {
  return db().select().from(developments).where(eq(developments.type, "position.shift")).orderBy(asc(developments.id));
}
async function told() {
  return (await toldShifts()).slice(before);
}
async function sayThrice(words: string, year: number, says: Says = {}) {
  for (const month of ["02", "03", "04"]) await say(words, `${year}-${month}-10`, says);
}

describe("a stance against its holder's own record of three days", () => {
  test("is told once, with the words of both, and alerts; a second look adds nothing", async () => {
    const [no, yes] = [against("the independent testing of AI models"), inFavour("independent tests of AI models")];
    await sayThrice(no, 2030);
    const versionId = await say(yes, "2030-05-10");
    const [shift, ...more] = await told();
    expect(more).toEqual([]);
    expect(shift).toMatchObject({ status: "new", severity: 5, summary: `“${yes}”; 2030-04-10: “${no}”` });
    const isOfIt = eq(developmentEvidence.developmentId, shift?.id ?? 0);
    const evidence = await db().select().from(developmentEvidence).where(isOfIt).orderBy(asc(developmentEvidence.id));
    expect(evidence).toMatchObject([
      { versionId, words: yes },
      { words: no, statementId: expect.any(Number) },
    ]);
    const [row] = await db()
      .select()
      .from(stanceShifts)
      .where(eq(stanceShifts.developmentKey, shift?.key ?? ""));
    const [earlier] = await db()
      .select()
      .from(stances)
      .where(eq(stances.id, row?.earlierStanceId ?? 0));
    expect([row?.earlierDays, earlier?.words]).toEqual([3, no]);
    const alerted = async () =>
      (
        await db()
          .select()
          .from(alerts)
          .where(eq(alerts.developmentId, shift?.id ?? 0))
      ).length;
    expect(await alerted()).toBe(1);
    await look(versionId, "2030-05-11");
    await look(versionId, "2030-05-12");
    expect((await told()).map(({ key }) => key)).toEqual([shift?.key]);
    expect(await alerted()).toBe(1);
  });

  test("is one shift when another page of the day tells it, and none when it is said again later", async () => {
    const thing = "a common code for school chatbots";
    await sayThrice(against(thing), 2031);
    await say(inFavour(thing), "2031-05-10");
    await say(`${inFavour(thing).replace("We", "Today, we")} So the envoy said.`, "2031-05-10");
    await say(inFavour(thing), "2031-05-20");
    expect(await told()).toHaveLength(1);
  });

  test("is told again once the new stance has a record and is given up", async () => {
    const thing = "public licences for data centres";
    await sayThrice(against(thing), 2032);
    for (const month of ["05", "06", "07"]) await say(inFavour(thing), `2032-${month}-10`);
    await say(against(thing), "2032-08-10");
    expect(await told()).toMatchObject([{ status: "new" }, { status: "new" }]);
  });

  test("is background when it is found long after it was said", async () => {
    const thing = "outside audits of frontier laboratories";
    await sayThrice(against(thing), 2033);
    await say(inFavour(thing), "2033-05-10", { at: "2033-09-01" });
    expect(await told()).toMatchObject([{ status: "background" }]);
  });

  test("is told in Chinese of a Chinese record", async () => {
    const zh = { actorId: "lin-weiran", lang: "zh", sourceId: "cn-digital-releases-zh" } as const;
    const [no, yes] = ["中方反对对人工智能模型进行独立检测。", "中方支持对人工智能模型开展独立检测。"];
    await sayThrice(no, 2034, zh);
    await say(yes, "2034-05-10", zh);
    expect(await told()).toMatchObject([{ summary: `“${yes}”; 2034-04-10: “${no}”` }]);
  });
});

describe("no shift is told", () => {
  const thing = "joint training of safety inspectors";
  test.each([
    ["after two days of a stance", 2035, 2, inFavour(thing), {}],
    ["where the stance is that of another holder", 2036, 3, inFavour(thing), { actorId: "lin-weiran" }],
    ["where the thing is another one", 2037, 3, inFavour("joint funding of safety museums"), {}],
    ["where the thing is turned into its misuse", 2038, 3, inFavour(`the abuse of ${thing}`), {}],
    ["where the new stance hangs on a condition", 2039, 3, `We support ${thing} if others do.`, {}],
    ["where the stance is the same in other words", 2040, 3, `We do not accept ${thing}.`, {}],
  ] as const)("%s", async (_, year, days, words, says) => {
    for (const month of ["02", "03", "04"].slice(0, days))
      await say(against(`${thing} of ${year}`), `${year}-${month}-10`);
    await say(words.replace(thing, `${thing} of ${year}`), `${year}-05-10`, says);
    expect(await told()).toEqual([]);
  });

  test("a second time where its sentence tells it in words", async () => {
    const own = "mutual inspection of AI exports";
    await sayThrice(against(own), 2041);
    await say(
      `${inFavour(own).replace(".", ",")} and the United States has reversed its position on it.`,
      "2041-05-10",
    );
    expect(await told()).toHaveLength(1);
  });

  test("as news where others told it in words the day before", async () => {
    const own = "a shared archive of model failures";
    await sayThrice(against(own), 2042);
    const words = `The United States has dropped its opposition to ${own} of AI.`;
    await say(words, "2042-05-09");
    await say(inFavour(own), "2042-05-10");
    expect(await told()).toMatchObject([{ status: "new", summary: words }]);
  });
});

describe("what comes in late", () => {
  test("and shows that a shift came earlier moves it there, records the correction, and tells it no second time", async () => {
    const thing = "a joint register of AI accidents";
    await sayThrice(against(thing), 2043);
    await say(inFavour(thing), "2043-08-10");
    const older = await say(inFavour(thing), "2043-06-10", { at: "2043-08-12" });
    await look(older, "2043-08-13");
    const [shift, ...more] = await told();
    expect(more).toEqual([]);
    expect(await corrections(shift?.key)).toEqual([{ was: "2043-08-10", became: "2043-06-10", isOverturned: false }]);
  });

  test("and shows that there was no record to shift from overturns it", async () => {
    const thing = "a yearly census of robot soldiers";
    await sayThrice(against(thing), 2044);
    await say(inFavour(thing), "2044-08-10");
    await say(inFavour(thing), "2044-03-20", { at: "2044-08-12" });
    const [shift, ...more] = await told();
    expect(more).toEqual([]);
    expect(await corrections(shift?.key)).toEqual([{ was: "2044-08-10", became: null, isOverturned: true }]);
  });

  async function corrections(key = "") {
    const [shift] = await db().select().from(stanceShifts).where(eq(stanceShifts.developmentKey, key));
    const all = await db().select().from(stances);
    const isOfIt = eq(stanceShiftCorrections.shiftId, shift?.id ?? 0);
    const rows = await db().select().from(stanceShiftCorrections).where(isOfIt);
    const dayOf = (id: number | null) =>
      all
        .find((row) => row.id === id)
        ?.instant.toISOString()
        .slice(0, 10) ?? null;
    return rows.map(({ wasStanceId, becameStanceId }) => ({
      ...{ was: dayOf(wasStanceId), became: dayOf(becameStanceId) },
      isOverturned: shift?.overturnedAt !== null,
    }));
  }
});
