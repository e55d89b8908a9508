import { and, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { replayDeliveries } from "../../src/db/alerts/deliveries.ts";
import { pastOfRule } from "../../src/db/alerts/rule-past.ts";
import { ruleById } from "../../src/db/alerts/rules.ts";
import { statementsOf } from "../../src/db/archive/statements.ts";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { dismissByHand } from "../../src/db/developments/analyst-acts.ts";
import { alerts, deliveries, endpoints } from "../../src/db/schema/delivery.ts";
import { developments } from "../../src/db/schema/developments.ts";
import { letters } from "../../src/db/schema/subscription.ts";
import { AT_ONCE } from "../../src/domain/alert-manner.ts";
import { READER_VERSION } from "../../src/read/version.ts";
import { alertOnDevelopment, alertOnVersion } from "../../src/workers/alerting.ts";
import { correct } from "../../src/workers/correct.ts";
import { deliver } from "../../src/workers/deliver.ts";
import { letter } from "../../src/workers/letter.ts";
import { match } from "../../src/workers/match.ts";
import { reconcile } from "../../src/workers/reconcile.ts";
import { release } from "../../src/workers/release.ts";
import { serve } from "../net/support/loopback.ts";
import { buildActor, buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { hoursOn, noon, secondsOn } from "../support/moments.ts";
import { buildDay, buildStatement } from "../support/readings.ts";
import { buildDelivery, buildDevelopment, buildEndpoint, buildRule, buildVersion, lookAgain } from "../support/rows.ts";
import { sentTo, useWorkerContext } from "../support/worker-context.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);
const vestria = buildActor({ id: "vestria", name: "Vestria" });
beforeAll(() => saveCatalogue(db(), buildCatalogue({ actors: [buildActor(), vestria] }), noon));

async function bodiesOf(endpointId: number) {
  const rows = await db()
    .select()
    .from(deliveries)
    .where(eq(deliveries.endpointId, endpointId))
    .orderBy(deliveries.alertId);
  return rows.map(({ body }) => JSON.parse(body));
}

/** Has a development matched; gives its id and the context in which it was. */
async function matched(summary: string, at = noon, says: Parameters<typeof buildDevelopment>[1] = {}) {
  const { developmentId } = await buildDevelopment(db(), { summary, detectedAt: at, ...says });
  const job = context({ at });
  await match({ developmentId }, job);
  return { developmentId, job };
}

test("a rule that two developments meet at the same moment tells no more of them one by one than its manner says", async () => {
  const manner = { ...AT_ONCE, batchAfter: 1 };
  const ruleId = await buildRule(db(), { query: "simultaneously", endpointIds: [await buildEndpoint(db())], manner });
  const build = (n: number) => buildDevelopment(db(), { summary: `Simultaneously ${n}`, detectedAt: noon });
  const [one, other] = [await build(1), await build(2)];
  const somebodyWaits = async () => {
    const [row] = await db().execute<{ n: number }>(
      sql`select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted`,
    );
    expect(row?.n).toBeGreaterThan(0);
  };
  let second: Promise<unknown> = Promise.resolve();
  await db().transaction(async (tx) => {
    await alertOnDevelopment(tx, one.developmentId, context());
    second = match({ developmentId: other.developmentId }, context());
    await Promise.race([second, vi.waitFor(somebodyWaits, { timeout: 10_000 })]);
  });
  await second;
  const made = await db().select().from(alerts).where(eq(alerts.ruleId, ruleId)).orderBy(alerts.id);
  expect(made.map(({ heldUntil }) => heldUntil !== null)).toEqual([false, true]);
});

describe("a rule with quiet hours", () => {
  test("tells what came in them afterwards, together and once; what is urgent at once", async () => {
    const endpointId = await buildEndpoint(db());
    const quiet = { from: "11:00", to: "13:00", timeZone: "UTC" };
    const manner = { ...AT_ONCE, quiet, urgentFrom: 5 };
    const ruleId = await buildRule(db(), { query: "quietly", endpointIds: [endpointId], manner });
    const { job } = await matched("Quietly one");
    await matched("Quietly two", secondsOn(10));
    expect(sentTo(job, "deliver")).toEqual([]);
    expect(job.sent).toContainEqual({ stage: "release", data: { ruleId }, at: hoursOn(1) });
    await matched("Quietly urgent", secondsOn(20), { severity: 5 });
    expect(await bodiesOf(endpointId)).toMatchObject([{ type: "development.new" }]);

    expect(await release({ ruleId }, context({ at: secondsOn(3_599) }))).toEqual({ skipped: true });
    const after = context({ at: hoursOn(1) });
    expect(await release({ ruleId }, after)).toEqual({ told: 2, deliveries: 1 });
    expect(await release({ ruleId }, context({ at: hoursOn(2) }))).toEqual({ skipped: true });
    const batch = (await bodiesOf(endpointId)).find(({ type }) => type === "batch");
    expect(batch.data.developments.map(({ summary }: { summary: string }) => summary)).toEqual([
      "Quietly one",
      "Quietly two",
    ]);
  });

  test("is found by reconcile when its job is gone, and leaves out what proved to be no news", async () => {
    const endpointId = await buildEndpoint(db());
    const quiet = { from: "11:00", to: "13:00", timeZone: "UTC" };
    const ruleId = await buildRule(db(), { query: "still", endpointIds: [endpointId], manner: { ...AT_ONCE, quiet } });
    const { developmentId } = await matched("Still here");
    await db().update(developments).set({ status: "background" }).where(eq(developments.id, developmentId));
    const tick = context({ at: hoursOn(1) });
    await reconcile({}, tick);
    expect(sentTo(tick, "release")).toContainEqual({ ruleId });
    expect(await release({ ruleId }, tick)).toEqual({ told: 0, deliveries: 0 });
    expect(await bodiesOf(endpointId)).toEqual([]);
  });

  test("corrects only what it told: what was left out before anybody heard of it needs no correction", async () => {
    const endpointId = await buildEndpoint(db());
    const quiet = { from: "11:00", to: "13:00", timeZone: "UTC" };
    const ruleId = await buildRule(db(), { query: "hushed", endpointIds: [endpointId], manner: { ...AT_ONCE, quiet } });
    const [early, late] = [await matched("Hushed early"), await matched("Hushed late"), await matched("Hushed kept")];
    const turn = ({ developmentId }: { developmentId: number }) =>
      db().update(developments).set({ status: "background" }).where(eq(developments.id, developmentId));
    await turn(early);
    const after = context({ at: hoursOn(1) });
    await release({ ruleId }, after);
    await db()
      .update(deliveries)
      .set({ status: "delivered", nextAttemptAt: null, deliveredAt: noon, firstDeliveredAt: noon })
      .where(eq(deliveries.endpointId, endpointId));
    await turn(late);
    expect(await correct(early, after)).toEqual({ corrections: 0 });
    expect(await correct(late, after)).toEqual({ corrections: 1 });
  });
});

test("a burst is told as ten alerts and one more for all that came after", async () => {
  const endpointId = await buildEndpoint(db());
  const ruleId = await buildRule(db(), { query: "burst", endpointIds: [endpointId] });
  for (let n = 0; n < 14; n += 1) await matched(`Burst ${n}`, secondsOn(n));
  expect(await bodiesOf(endpointId)).toHaveLength(10);
  await release({ ruleId }, context({ at: secondsOn(600) }));
  const batch = (await bodiesOf(endpointId)).find(({ type }) => type === "batch");
  expect(batch.data.developments).toHaveLength(4);
});

test("what was published days before it came in is told as late, not as news", async () => {
  const endpointId = await buildEndpoint(db());
  await buildRule(db(), { query: "belated", endpointIds: [endpointId] });
  const version = await buildVersion(db(), { article: { publishedAt: buildDay("2026-05-01") } });
  await matched("Belated words", noon, { version });
  expect(await bodiesOf(endpointId)).toMatchObject([{ type: "development.late", data: { late: true } }]);
});

describe("a rule about statements", () => {
  /** A version that says two sentences about whales and one about trains. */
  async function whales(says: Parameters<typeof buildVersion>[1] = {}) {
    const text = "Whales are discussed. Trains are late. Whales will be counted.";
    const words = ["Whales are discussed.", "Trains are late.", "Whales will be counted."];
    const statements = words.map((one) => buildStatement(text, one));
    const { versionId } = await buildVersion(db(), { article: { text }, statements, ...says });
    return { id: versionId, statements: await statementsOf(db(), versionId), isNews: true };
  }

  test("tells all statements of a version that meet it in one alert, once, and leaves developments alone", async () => {
    const endpointId = await buildEndpoint(db());
    const ruleId = await buildRule(db(), { query: "whales", about: "statements", endpointIds: [endpointId] });
    const version = await whales();
    const [made] = await alertOnVersion(db(), version, [], context());
    expect(made).toMatchObject({ rules: 1, deliveryIds: [expect.any(String)] });
    const again = await alertOnVersion(db(), version, [], context());
    expect(again.flatMap(({ deliveryIds }) => deliveryIds)).toEqual([]);
    await matched("Whales as a development");
    const bodies = await bodiesOf(endpointId);
    expect(bodies.map(({ data }) => data.statements.map(({ words }: { words: string }) => words))).toEqual([
      ["Whales are discussed.", "Whales will be counted."],
    ]);
    expect(bodies[0].data.rule).toBe((await ruleById(db(), ruleId))?.name);
  });

  test("is silent over what is no news and over what came in before it was made", async () => {
    const endpointId = await buildEndpoint(db());
    const about = "statements" as const;
    await buildRule(db(), { query: "whales", about, endpointIds: [endpointId], createdAt: hoursOn(1) });
    await alertOnVersion(db(), { ...(await whales()), isNews: false }, [], context({ at: hoursOn(2) }));
    await alertOnVersion(db(), await whales(), [], context({ at: noon }));
    expect(await bodiesOf(endpointId)).toEqual([]);
  });

  test("is tried on the past like one about developments", async () => {
    await whales();
    const period = { since: hoursOn(-1), until: hoursOn(1) };
    const past = await pastOfRule(db(), { query: "trains late", about: "statements" }, period);
    expect(past.hits.length).toBeGreaterThan(0);
    expect(past.hits.every(({ line }) => line.endsWith("Trains are late."))).toBe(true);
    expect(past.looked).toBeGreaterThanOrEqual(3);
    expect((await pastOfRule(db(), { query: "trains whales", about: "statements" }, period)).hits).toEqual([]);
  });
});

describe("a development that was alerted and does not hold", () => {
  test("is corrected once, to exactly those who received it, by the id of the first alert, also while that is sent again", async () => {
    const [received, failed, other] = [await buildEndpoint(db()), await buildEndpoint(db()), await buildEndpoint(db())];
    await buildRule(db(), { query: "mistaken", endpointIds: [received, failed] });
    await buildRule(db(), { query: "unrelated", endpointIds: [other] });
    const { developmentId } = await matched("Mistaken words");
    const rows = await db().select().from(deliveries);
    const first = rows.find(({ endpointId }) => endpointId === received);
    const set = (status: "delivered" | "failed", endpointId: number) =>
      db()
        .update(deliveries)
        .set({
          status,
          nextAttemptAt: null,
          deliveredAt: status === "delivered" ? noon : null,
          firstDeliveredAt: status === "delivered" ? noon : null,
        })
        .where(eq(deliveries.endpointId, endpointId));
    await set("delivered", received);
    await set("failed", failed);
    expect(await correct({ developmentId }, context()), "it holds").toEqual({ skipped: true });

    await replayDeliveries(db(), { deliveryId: first?.id ?? "" }, hoursOn(1));
    await db().update(developments).set({ status: "background" }).where(eq(developments.id, developmentId));
    const tick = context({ at: hoursOn(1) });
    await reconcile({}, tick);
    expect(sentTo(tick, "correct")).toContainEqual({ developmentId });
    expect(await correct({ developmentId }, tick)).toEqual({ corrections: 1 });
    expect(await correct({ developmentId }, tick)).toEqual({ corrections: 0 });
    const [, correction] = await bodiesOf(received);
    expect(correction).toMatchObject({
      type: "development.corrected",
      data: { reason: "background", corrects: { deliveryId: first?.id } },
    });
    expect(await bodiesOf(failed)).toHaveLength(1);
    expect(await bodiesOf(other)).toEqual([]);
    const again = context({ at: hoursOn(2) });
    await reconcile({}, again);
    expect(sentTo(again, "correct")).not.toContainEqual({ developmentId });
    const ofThis = and(eq(alerts.kind, "correction"), eq(alerts.developmentId, developmentId));
    expect(await db().$count(alerts, ofThis)).toBe(1);
  });
});

describe("a development that was told and does not hold is corrected with the reason", () => {
  type Told = Awaited<ReturnType<typeof buildDevelopment>>;
  // Words that were dismissed once are no news again.
  const textOf = (reason: string) => `Later ${reason} or not, the two sides will talk. So it was said.`;
  const said = (text: string, actorId: string) =>
    buildStatement(text, text.slice(0, text.indexOf(".") + 1), {
      actors: [{ actorId, method: "source", confidence: 0.9 }],
    });
  const proofs: readonly [string, (told: Told) => Promise<unknown>][] = [
    [
      "dismissed",
      ({ developmentId }) => dismissByHand(db(), developmentId, { by: "desk", reason: "a joke", at: noon }),
    ],
    ["withdrawn", ({ documentId }) => lookAgain(db(), documentId, "gone")],
    [
      "reattributed",
      (told) =>
        buildVersion(db(), {
          capture: told,
          ...{
            article: told.article,
            statements: [said(told.article.text, "vestria")],
            cause: "reread",
            readerVersion: READER_VERSION + 1,
          },
        }),
    ],
  ];
  test.each(proofs)("%s", async (reason, prove) => {
    const endpointId = await buildEndpoint(db());
    const query = `told${reason}`;
    await buildRule(db(), { query, endpointIds: [endpointId] });
    const text = textOf(reason);
    const version = await buildVersion(db(), { article: { text }, statements: [said(text, "norland")] });
    const [statement] = await statementsOf(db(), version.versionId);
    const told = await buildDevelopment(db(), { version, summary: query, statements: statement ? [statement] : [] });
    await match({ developmentId: told.developmentId }, context());
    await db()
      .update(deliveries)
      .set({ status: "delivered", nextAttemptAt: null, deliveredAt: noon, firstDeliveredAt: noon })
      .where(eq(deliveries.endpointId, endpointId));
    expect(await correct(told, context())).toEqual({ skipped: true });
    await prove(told);
    const tick = context({ at: hoursOn(2) });
    await reconcile({}, tick);
    expect(sentTo(tick, "correct")).toContainEqual({ developmentId: told.developmentId });
    expect(await correct(told, tick)).toEqual({ corrections: 1 });
    expect((await bodiesOf(endpointId)).at(-1)).toMatchObject({ type: "development.corrected", data: { reason } });
  });
});

describe("an endpoint", () => {
  test("that took nothing for five days is switched off, and its owner gets one letter", async () => {
    const server = await serve((_request, response) => response.writeHead(500).end());
    const endpointId = await buildEndpoint(db(), { address: server.url, owner: "owner@desk.example" });
    const deliveryId = await buildDelivery(db(), { endpointId });
    await deliver({ deliveryId }, context({ servers: [server] }));
    const [failing] = await db().select().from(endpoints).where(eq(endpoints.id, endpointId));
    expect(failing).toMatchObject({ enabled: true, failingSince: noon });
    const job = context({ servers: [server], at: hoursOn(120) });
    await deliver({ deliveryId }, job);
    const [off] = await db().select().from(endpoints).where(eq(endpoints.id, endpointId));
    expect(off).toMatchObject({ enabled: false, disabledBecause: expect.stringContaining("took nothing since") });
    const [letterId] = sentTo(job, "letter").map((data) => data.letterId);
    const [found] = await db()
      .select()
      .from(letters)
      .where(eq(letters.id, letterId ?? 0));
    expect(found).toMatchObject({ address: "owner@desk.example", status: "pending" });
    expect(await letter({ letterId: letterId ?? 0 }, job)).toEqual({ sent: true });
    expect(await letter({ letterId: letterId ?? 0 }, job)).toEqual({ skipped: true });
  });

  test("with all lanes taken lets others wait, and calls them when one is free", async () => {
    let answer: (() => void) | null = null;
    const server = await serve((_request, response) => {
      answer = () => response.writeHead(204).end();
    });
    const endpointId = await buildEndpoint(db(), { address: server.url });
    await db().update(endpoints).set({ failingSince: noon }).where(eq(endpoints.id, endpointId));
    const [one, other] = [await buildDelivery(db(), { endpointId }), await buildDelivery(db(), { endpointId })];
    const job = context({ servers: [server] });
    const first = deliver({ deliveryId: one }, job);
    const called = await expect
      .poll(() => answer, { timeout: 10_000 })
      .not.toBeNull()
      .then(() => answer as (() => void) | null);
    expect(await deliver({ deliveryId: other }, job)).toEqual({ waiting: true });
    called?.();
    await first;
    expect(sentTo(job, "deliver")).toEqual([{ deliveryId: other }]);
  });
});
