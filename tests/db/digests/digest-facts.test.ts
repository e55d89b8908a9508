import { beforeAll, describe, expect, test } from "vitest";
import { saveAlerts } from "../../../src/db/alerts/alerts.ts";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import { type PollResult, savePoll } from "../../../src/db/collection/polls.ts";
import { chosenDevelopments, chosenStatements } from "../../../src/db/digests/digest-choice.ts";
import { coverageOf, intakeOf, newStatementsIn } from "../../../src/db/digests/digest-facts.ts";
import { digestDevelopments } from "../../../src/db/digests/digest-lines.ts";
import { wordsAtAll } from "../../../src/domain/span.ts";
import { buildCatalogue, buildTopic } from "../../support/catalogue.ts";
import { useDatabase } from "../../support/database.ts";
import { hoursOn, noon, secondsOn } from "../../support/moments.ts";
import { buildArticle, buildStatement } from "../../support/readings.ts";
import { buildCapture, buildDevelopment, buildRule, buildVersion, buildWatchedSource } from "../../support/rows.ts";

/** Two topics that an analyst added: the talks are about the one, and not about the other. */
const [SEABED, NETS] = [buildTopic("seabed", "drones"), buildTopic("nets", "trade", false)];

const db = useDatabase();
beforeAll(() => saveCatalogue(db(), buildCatalogue({ sources: [], topics: [buildTopic(), SEABED, NETS] }), noon));

function poll(sourceId: string, finishedAt: Date, failure: string | null): Promise<unknown> {
  const about = {
    sourceId,
    startedAt: finishedAt,
    finishedAt,
    nextPollAt: hoursOn(1),
    httpStatus: failure ? 503 : 304,
  };
  const result: PollResult = failure
    ? { ...about, outcome: "failed", failureCode: "http-busy", message: failure }
    : { ...about, outcome: "unchanged" };
  return savePoll(db(), result);
}

test("the coverage of a period counts each source's looks in it, and says why the last one failed", async () => {
  const well = await buildWatchedSource(db(), { entry: { id: "well" } });
  const down = await buildWatchedSource(db(), { entry: { id: "down" } });
  const back = await buildWatchedSource(db(), { entry: { id: "back" } });
  await buildWatchedSource(db(), { entry: { id: "silent" } });
  await buildWatchedSource(db(), { entry: { id: "off" }, enabled: false });
  await poll(well, secondsOn(-60), null);
  await poll(down, hoursOn(-2), null);
  await poll(down, hoursOn(-1), "it answered 503");
  await poll(back, hoursOn(-2), "it answered 500");
  await poll(back, hoursOn(-1), null);
  await poll(well, noon, "after the period");
  expect(await coverageOf(db(), hoursOn(-24), noon)).toMatchObject([
    { id: "back", reached: 1, failed: 1, lastFailure: null },
    { id: "down", reached: 1, failed: 1, lastFailure: "it answered 503" },
    { id: "silent", reached: 0, failed: 0, lastFailure: null },
    { id: "well", reached: 1, failed: 0, lastFailure: null },
  ]);
});

describe("the digest's matter", () => {
  test("is what was new in the period, the gravest first, with the first words that show it", async () => {
    const period = [hoursOn(100), hoursOn(124)] as const;
    await buildDevelopment(db(), { key: "before", detectedAt: hoursOn(99) });
    await buildDevelopment(db(), { key: "small", severity: 2, detectedAt: hoursOn(100) });
    await buildDevelopment(db(), { key: "grave", severity: 5, detectedAt: hoursOn(101) });
    await buildDevelopment(db(), { key: "known", status: "background", detectedAt: hoursOn(101) });
    await buildDevelopment(db(), { key: "after", detectedAt: hoursOn(124) });
    const everything = { topics: [], ruleIds: [], watch: null };
    const found = await digestDevelopments(db(), await chosenDevelopments(db(), everything, ...period));
    expect(found.map(({ severity }) => severity)).toEqual([5, 2]);
    expect(found[0]?.quote?.words).toBe("The spokesperson sai");
    expect(await chosenDevelopments(db(), everything, hoursOn(900), hoursOn(901))).toEqual([]);
    const ofTopic = (topic: string) => chosenDevelopments(db(), { ...everything, topics: [topic] }, ...period);
    expect(await ofTopic("process")).toHaveLength(2);
    expect(await ofTopic("frontier")).toEqual([]);
    const watching = (watch: string) => chosenDevelopments(db(), { ...everything, watch }, ...period);
    expect(await watching("actor:norland severity:5")).toHaveLength(1);
    expect(await watching("nobody-says-this")).toEqual([]);
  });

  test("is what the rules that were chosen alerted of, and the statements that they ask for", async () => {
    const period = [hoursOn(400), hoursOn(424)] as const;
    const { developmentId } = await buildDevelopment(db(), { key: "alerted", detectedAt: hoursOn(401) });
    await buildDevelopment(db(), { key: "passed over", detectedAt: hoursOn(401) });
    const [talks, ferries] = [await buildRule(db()), await buildRule(db(), { about: "statements", query: "ferries" })];
    const alert = {
      ruleId: talks,
      matter: `development:${developmentId}`,
      kind: "development",
      developmentId,
    } as const;
    await saveAlerts(db(), [{ ...alert, deliveries: [] }], hoursOn(401));
    const choice = { topics: [], ruleIds: [talks, ferries], watch: null };
    expect(await chosenDevelopments(db(), choice, ...period)).toEqual([developmentId]);

    const about = "We will speak with Vestria of the ferries in June.";
    const other = "We will talk with Vestria of many things in June.";
    const article = buildArticle({ text: `${about} ${other}` });
    const said = [about, other].map((words) => buildStatement(article.text, words));
    const capture = await buildCapture(db(), { fetchedAt: hoursOn(402) });
    await buildVersion(db(), { capture, article, statements: said });
    const all = await newStatementsIn(db(), ...period, 10);
    expect(all).toHaveLength(2);
    expect(await chosenStatements(db(), choice, all)).toMatchObject([{ words: about }]);
    expect(await chosenStatements(db(), { ...choice, ruleIds: [talks] }, all)).toEqual([]);
  });

  test("quotes statements on a topic, once, from the version that counts", async () => {
    const words = "We will talk with Vestria of many things in June.";
    const article = buildArticle({ text: `The spokesperson said: “${words}”` });
    const tagged = buildStatement(article.text, words);
    const untagged = buildStatement(article.text, "We will talk with Vestria of many things", { topics: [] });
    const denied = buildStatement(article.text, "talk with Vestria of many things in June.", { polarity: "negated" });
    const capture = await buildCapture(db(), { fetchedAt: hoursOn(201), body: "first" });
    await buildVersion(db(), { capture, article, readerVersion: 0, statements: [tagged] });
    await buildVersion(db(), { capture, article, cause: "reread", statements: [tagged, untagged, denied] });
    const quoted = await newStatementsIn(db(), hoursOn(200), hoursOn(202), 10);
    expect(quoted).toMatchObject([{ words, actorNames: ["Norland"], topicIds: ["process.channel"] }]);
    expect(await intakeOf(db(), hoursOn(200), hoursOn(202))).toEqual({ documents: 1, statements: 3 });
    expect(await intakeOf(db(), hoursOn(900), hoursOn(901))).toEqual({ documents: 0, statements: 0 });
  });

  test("shows where words were interrupted", async () => {
    const text = "“We will talk with Vestria,” she said. “We will speak of ferries in June.”";
    const spans = ["We will talk with Vestria,", "We will speak of ferries in June."].map((words) => {
      const start = text.indexOf(words);
      return { start, end: start + words.length };
    });
    const article = buildArticle({ text });
    const said = {
      ...buildStatement(text, "We will talk with Vestria,"),
      content: spans,
      text: wordsAtAll(text, spans),
    };
    const capture = await buildCapture(db(), { fetchedAt: hoursOn(451) });
    await buildVersion(db(), { capture, article, statements: [said] });
    const shown = "We will talk with Vestria, … We will speak of ferries in June.";
    expect(await newStatementsIn(db(), hoursOn(450), hoursOn(452), 10)).toMatchObject([{ words: shown }]);
  });

  test("chooses from the newest documents only where so many come in that a page must not weigh them all", async () => {
    const keep = async (words: string, hour: number) => {
      const article = buildArticle({ text: words });
      const url = `https://norland.example/${hour}`;
      const capture = await buildCapture(db(), { url, identity: url, fetchedAt: hoursOn(hour) });
      await buildVersion(db(), { capture, article, statements: [buildStatement(words, words)] });
    };
    await keep("We will talk with Vestria of many things for as long as it takes.", 501);
    await keep("We will talk with Vestria of ferries in June.", 502);
    const quoted = async (newest: number | null) =>
      (await newStatementsIn(db(), hoursOn(500), hoursOn(503), 10, newest)).map(({ firstSeenAt }) => firstSeenAt);
    expect(await quoted(null)).toEqual([hoursOn(501), hoursOn(502)]);
    expect(await quoted(2)).toEqual([hoursOn(501), hoursOn(502)]);
    expect(await quoted(1)).toEqual([hoursOn(502)]);
  });

  test("takes nothing that was imported for what came in", async () => {
    const words = "We talked with Vestria of many things in those years.";
    const article = buildArticle({ text: `The spokesperson said: “${words}”` });
    const capture = await buildCapture(db(), { fetchedAt: hoursOn(251), origin: "file:///old/page.html" });
    await buildVersion(db(), { capture, article, statements: [buildStatement(article.text, words)] });
    expect(await newStatementsIn(db(), hoursOn(250), hoursOn(252), 10)).toEqual([]);
    expect(await intakeOf(db(), hoursOn(250), hoursOn(252))).toEqual({ documents: 0, statements: 0 });
  });

  test("quotes what carries its topic most strongly first, by the sentence that shows it; no stage business, and three of one document", async () => {
    const padding = "They spoke of ferries and of fish for quite some time that day. ".repeat(8);
    const point = "Norland and Vestria will open a channel on frontier systems.";
    const long = `${padding}${point} ${padding}`.trim();
    const trade = "Trade in nets between Norland and Vestria grew, the spokesperson added on the same day.";
    const lines = ["one", "two", "three", "four"].map((name) => `Line ${name} speaks of the talks at some length.`);
    const article = buildArticle({ text: [long, trade, "(Laughter.)", ...lines].join("\n") });
    const start = article.text.indexOf("frontier");
    const tag = (id: string, score: number, at = start) => [{ id, score, evidence: [{ start: at, end: at + 8 }] }];
    const statements = [
      buildStatement(article.text, trade, { topics: tag("process.channel", 1, article.text.indexOf(trade)) }),
      buildStatement(article.text, "(Laughter.)", { topics: tag("process.channel", 9) }),
      buildStatement(article.text, long, { topics: tag("process.channel", 3) }),
      ...lines.map((line) => buildStatement(article.text, line, { topics: tag("process.channel", 2) })),
    ];
    const capture = await buildCapture(db(), { fetchedAt: hoursOn(301) });
    await buildVersion(db(), { capture, article, statements });
    const quoted = await newStatementsIn(db(), hoursOn(300), hoursOn(302), 10);
    expect(quoted).toHaveLength(3);
    expect(quoted[0]?.words).toMatch(new RegExp(`^… ${point}.* …$`));
    expect(quoted.map(({ words }) => words)).not.toContain("(Laughter.)");
  });

  test("quotes statements on topics that the catalogue says the talks are about before stronger ones on others", async () => {
    const words = ["seabed.drones", "nets.trade", "process.channel"].map(
      (topic) => `Norland and Vestria spoke of ${topic.replace(".", " and ")} at some length that day.`,
    );
    const article = buildArticle({ text: words.join("\n") });
    const [drones, trade, channel] = words.map((line, at) => {
      const start = article.text.indexOf(line);
      const id = ["seabed.drones", "nets.trade", "process.channel"][at] ?? "";
      return buildStatement(article.text, line, {
        topics: [{ id, score: [3, 9, 5][at] ?? 0, evidence: [{ start, end: start + 7 }] }],
      });
    });
    const capture = await buildCapture(db(), { fetchedAt: hoursOn(601) });
    const statements = [drones, trade, channel].flatMap((one) => one ?? []);
    await buildVersion(db(), { capture, article, statements });
    const quoted = await newStatementsIn(db(), hoursOn(600), hoursOn(602), 10);
    expect(quoted.map(({ topicIds }) => topicIds[0])).toEqual(["process.channel", "seabed.drones", "nets.trade"]);
  });
});
