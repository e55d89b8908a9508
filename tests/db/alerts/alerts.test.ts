import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { saveAlerts } from "../../../src/db/alerts/alerts.ts";
import { dueDeliveries, pendingDelivery, recordAttempt, replayDeliveries } from "../../../src/db/alerts/deliveries.ts";
import { allEndpoints, disableEndpoint, saveEndpoint } from "../../../src/db/alerts/endpoints.ts";
import { createRuleBook } from "../../../src/db/alerts/rule-book.ts";
import { allRules, endpointsOfRules, switchRule } from "../../../src/db/alerts/rules.ts";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import { alerts, deliveries, deliveryAttempts } from "../../../src/db/schema/delivery.ts";
import { buildCatalogue } from "../../support/catalogue.ts";
import { useDatabase } from "../../support/database.ts";
import { noon, secondsOn } from "../../support/moments.ts";
import { buildDelivery, buildDevelopment, buildEndpoint, buildRule } from "../../support/rows.ts";

const db = useDatabase();
beforeAll(() => saveCatalogue(db(), buildCatalogue(), noon));

const refused = { attemptedAt: noon, httpStatus: 500, failureCode: "webhook-refused", message: "no\0", elapsedMs: 7 };
const taken = { attemptedAt: noon, httpStatus: 200, failureCode: null, message: "ok", elapsedMs: 7 };

function deliveryRow(id: string) {
  return db()
    .select()
    .from(deliveries)
    .where(eq(deliveries.id, id))
    .then(([row]) => row);
}

const dueIds = async (at: Date) => (await dueDeliveries(db(), at, 1_000)).map(({ id }) => id);

describe("an alert", () => {
  test("is made once for a rule and a development, its delivery once for an endpoint", async () => {
    const endpointId = await buildEndpoint(db());
    const ruleId = await buildRule(db(), { endpointIds: [endpointId] });
    const { developmentId } = await buildDevelopment(db());
    const alert = (id: string) => ({ ...about(ruleId, developmentId), deliveries: [{ id, endpointId, body: "{}" }] });
    expect((await saveAlerts(db(), [alert("msg_a1")], noon)).deliveryIds).toEqual(["msg_a1"]);
    expect(await saveAlerts(db(), [alert("msg_a2")], noon)).toEqual({ alerts: [], deliveryIds: [] });
    expect(await db().select().from(alerts).where(eq(alerts.developmentId, developmentId))).toHaveLength(1);
  });

  test("is made once when two workers match at the same moment", async () => {
    const endpointId = await buildEndpoint(db());
    const ruleId = await buildRule(db(), { endpointIds: [endpointId] });
    const { developmentId } = await buildDevelopment(db());
    const added = await Promise.all(
      ["msg_b1", "msg_b2", "msg_b3"].map((id) =>
        db().transaction((tx) =>
          saveAlerts(tx, [{ ...about(ruleId, developmentId), deliveries: [{ id, endpointId, body: "{}" }] }], noon),
        ),
      ),
    );
    expect(added.flatMap(({ deliveryIds }) => deliveryIds)).toHaveLength(1);
  });

  test("of a rule without endpoints is kept and sent nowhere", async () => {
    const ruleId = await buildRule(db());
    const { developmentId } = await buildDevelopment(db());
    await saveAlerts(db(), [{ ...about(ruleId, developmentId), deliveries: [] }], noon);
    expect(await db().select().from(alerts).where(eq(alerts.ruleId, ruleId))).toHaveLength(1);
  });
});

/** An alert of a rule about a development. */
function about(ruleId: number, developmentId: number) {
  return { ruleId, matter: `development:${developmentId}`, kind: "development", developmentId } as const;
}

describe("a delivery", () => {
  test("that was made is made for good", async () => {
    const id = await buildDelivery(db());
    await recordAttempt(db(), id, taken, "delivered");
    await recordAttempt(db(), id, refused, secondsOn(5));
    expect(await deliveryRow(id)).toMatchObject({ status: "delivered", attempts: 1, deliveredAt: noon });
    expect(await pendingDelivery(db(), id)).toBeNull();
    expect(await db().select().from(deliveryAttempts).where(eq(deliveryAttempts.deliveryId, id))).toHaveLength(2);
  });

  test("that is sent again keeps when it first arrived, however the new attempts end", async () => {
    const id = await buildDelivery(db());
    await recordAttempt(db(), id, taken, "delivered");
    expect(await replayDeliveries(db(), { deliveryId: id }, secondsOn(5))).toEqual([id]);
    expect(await deliveryRow(id)).toMatchObject({ status: "pending", deliveredAt: null, firstDeliveredAt: noon });
    await recordAttempt(db(), id, refused, null);
    expect(await deliveryRow(id)).toMatchObject({ status: "failed", deliveredAt: null, firstDeliveredAt: noon });
    await replayDeliveries(db(), { deliveryId: id }, secondsOn(9));
    await recordAttempt(db(), id, { ...taken, attemptedAt: secondsOn(10) }, "delivered");
    expect(await deliveryRow(id)).toMatchObject({ deliveredAt: secondsOn(10), firstDeliveredAt: noon });
  });

  test("that failed is due again at its time, not before", async () => {
    const id = await buildDelivery(db());
    await recordAttempt(db(), id, refused, secondsOn(300));
    expect(await pendingDelivery(db(), id)).toMatchObject({ attempts: 1, nextAttemptAt: secondsOn(300) });
    expect(await dueIds(secondsOn(299))).not.toContain(id);
    expect(await dueIds(secondsOn(300))).toContain(id);
  });

  test("that is given up is never due again", async () => {
    const id = await buildDelivery(db());
    await recordAttempt(db(), id, refused, null);
    expect(await deliveryRow(id)).toMatchObject({ status: "failed", nextAttemptAt: null });
    expect(await dueIds(secondsOn(1e6))).not.toContain(id);
  });
});

describe("the book of rules", () => {
  const ruleNamed = async (book: ReturnType<typeof createRuleBook>, name: string) =>
    (await book(db(), "developments")).rules.find((rule) => rule.name === name);

  test("holds a rule as soon as it is made, changed or switched off, also by another process", async () => {
    const book = createRuleBook();
    expect(await ruleNamed(book, "kept")).toBeUndefined();
    await buildRule(db(), { name: "kept", query: "hotline" });
    expect(await ruleNamed(book, "kept")).toMatchObject({ query: "hotline" });
    await buildRule(db(), { name: "kept", query: "summit" });
    expect(await ruleNamed(book, "kept")).toMatchObject({ query: "summit" });
    expect(await switchRule(db(), "kept", false)).toBe(true);
    expect(await ruleNamed(book, "kept")).toBeUndefined();
    expect(await switchRule(db(), "nobody made this", false)).toBe(false);
  });

  test("reads the rules again only when one changed", async () => {
    const book = createRuleBook();
    expect(await book(db(), "developments")).toBe(await book(db(), "developments"));
  });
});

describe("a rule", () => {
  test("reports to its endpoints that are on, each once", async () => {
    const [on, off] = [await buildEndpoint(db()), await buildEndpoint(db())];
    const ruleId = await buildRule(db(), { name: "two ends", endpointIds: [on, off] });
    await disableEndpoint(db(), off, "it asked us to stop");
    expect((await endpointsOfRules(db(), [ruleId])).map(({ endpoint }) => endpoint.id)).toEqual([on]);
    expect((await allRules(db())).find(({ name }) => name === "two ends")?.endpoints).toHaveLength(2);
  });

  test("of a name that is taken is the same rule with a new query, and keeps its age", async () => {
    const first = await buildRule(db(), { name: "renewed", query: "a", createdAt: secondsOn(-60) });
    const again = await buildRule(db(), { name: "renewed", query: "b", createdAt: noon });
    expect(again).toBe(first);
    const rule = (await allRules(db())).find(({ name }) => name === "renewed");
    expect(rule).toMatchObject({ query: "b", createdAt: secondsOn(-60) });
  });
});

test("an endpoint that is added again under its name is on again, at its new address", async () => {
  const id = await saveEndpoint(
    db(),
    { kind: "mail", name: "the desk", address: "a@desk.example", secret: null },
    noon,
  );
  await disableEndpoint(db(), id, "full");
  const again = { kind: "mail", name: "the desk", address: "b@desk.example", secret: null } as const;
  expect(await saveEndpoint(db(), again, noon)).toBe(id);
  const row = (await allEndpoints(db())).find((one) => one.id === id);
  expect(row).toMatchObject({ address: "b@desk.example", enabled: true, disabledBecause: null });
});
