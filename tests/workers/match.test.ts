import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { disableEndpoint } from "../../src/db/alerts/endpoints.ts";
import { switchRule } from "../../src/db/alerts/rules.ts";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { alerts, deliveries } from "../../src/db/schema/delivery.ts";
import { match } from "../../src/workers/match.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { noon, secondsOn } from "../support/moments.ts";
import { buildDevelopment, buildEndpoint, buildRule, buildVersion } from "../support/rows.ts";
import { sentTo, useWorkerContext } from "../support/worker-context.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);
beforeAll(() => saveCatalogue(db(), buildCatalogue(), noon));

let words = 0;
/** A word that only one development says, and the rule that waits for it. */
function word(): string {
  words += 1;
  return `signal-${words}-word`;
}

function alertsOf(developmentId: number) {
  return db().select().from(alerts).where(eq(alerts.developmentId, developmentId));
}

describe("a development that a rule waits for", () => {
  test("makes one alert with one delivery for each endpoint; a second run adds nothing", async () => {
    const summary = word();
    const [hook, mail] = [
      await buildEndpoint(db()),
      await buildEndpoint(db(), { kind: "mail", address: "a@b.example" }),
    ];
    await buildRule(db(), { name: "waits", query: `"${summary}"`, endpointIds: [hook, mail] });
    const { developmentId } = await buildDevelopment(db(), { summary });
    const job = context();
    expect(await match({ developmentId }, job)).toEqual({ rules: 1, deliveries: 2 });
    const ids = sentTo(job, "deliver").map(({ deliveryId }) => deliveryId);
    expect(ids).toHaveLength(2);
    const again = context();
    expect(await match({ developmentId }, again)).toEqual({ skipped: true });
    expect(again.sent).toEqual([]);
    const rows = (await db().select().from(deliveries)).filter(({ id }) => ids.includes(id));
    const body = JSON.parse(rows.find(({ endpointId }) => endpointId === hook)?.body ?? "{}");
    expect(body).toMatchObject({
      type: "development.new",
      data: {
        rule: "waits",
        development: { id: developmentId, summary, url: `https://parley.example/developments/${developmentId}` },
      },
    });
    expect(JSON.parse(rows.find(({ endpointId }) => endpointId === mail)?.body ?? "{}").subject).toContain(summary);
  });

  test("says so to two rules, once to each", async () => {
    const summary = word();
    const endpointId = await buildEndpoint(db());
    for (const _ of [1, 2]) await buildRule(db(), { query: `"${summary}"`, endpointIds: [endpointId] });
    const { developmentId } = await buildDevelopment(db(), { summary });
    expect(await match({ developmentId }, context())).toEqual({ rules: 2, deliveries: 2 });
  });

  test("is matched by actor, side, topic and the words of its evidence", async () => {
    const endpointIds = [await buildEndpoint(db())];
    const signal = word();
    const version = await buildVersion(db(), { article: { text: `The spokesperson said: ${signal}.` } });
    const evidence = [{ start: 0, end: version.article.text.length }];
    const { developmentId } = await buildDevelopment(db(), { version, evidence });
    const query = `side:third topic:process "${signal.toUpperCase()}"`;
    await buildRule(db(), { query: `actor:norland ${query}`, endpointIds });
    await buildRule(db(), { query: `actor:vestria ${query}`, endpointIds });
    expect(await match({ developmentId }, context())).toEqual({ rules: 1, deliveries: 1 });
  });
});

describe("no alert is made", () => {
  test("by a rule that is younger than the development", async () => {
    const summary = word();
    await buildRule(db(), { query: `"${summary}"`, createdAt: secondsOn(1) });
    const { developmentId } = await buildDevelopment(db(), { summary });
    expect(await match({ developmentId }, context())).toEqual({ rules: 0, deliveries: 0 });
    expect(await alertsOf(developmentId)).toEqual([]);
  });

  test("of what is background, and it is not asked about again", async () => {
    const summary = word();
    await buildRule(db(), { query: `"${summary}"` });
    const { developmentId } = await buildDevelopment(db(), { summary, status: "background" });
    expect(await match({ developmentId }, context())).toEqual({ rules: 0, deliveries: 0 });
    expect(await match({ developmentId }, context())).toEqual({ skipped: true });
  });

  test("by a rule that is switched off", async () => {
    const summary = word();
    await buildRule(db(), { name: summary, query: `"${summary}"` });
    await switchRule(db(), summary, false);
    const { developmentId } = await buildDevelopment(db(), { summary });
    expect(await match({ developmentId }, context())).toMatchObject({ rules: 0 });
  });

  test("to an endpoint that is switched off, though the alert is kept", async () => {
    const summary = word();
    const endpointId = await buildEndpoint(db());
    await disableEndpoint(db(), endpointId, "it asked us to stop");
    await buildRule(db(), { query: `"${summary}"`, endpointIds: [endpointId] });
    const { developmentId } = await buildDevelopment(db(), { summary });
    expect(await match({ developmentId }, context())).toEqual({ rules: 1, deliveries: 0 });
    expect(await alertsOf(developmentId)).toHaveLength(1);
  });

  test("of a development that is not there", async () => {
    expect(await match({ developmentId: 999_999_999 }, context())).toEqual({ skipped: true });
  });
});
