import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { saveCatalogue } from "../../src/db/catalogue.ts";
import { dueDeliveries, pendingDelivery, recordAttempt } from "../../src/db/deliveries.ts";
import { allEndpoints, disableEndpoint, saveEndpoint } from "../../src/db/endpoints.ts";
import { allRules, rulesMadeBefore, saveAlerts, switchRule } from "../../src/db/rules.ts";
import { alerts, deliveries, deliveryAttempts } from "../../src/db/schema/delivery.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { noon, secondsOn } from "../support/moments.ts";
import { buildDelivery, buildDevelopment, buildEndpoint, buildRule } from "../support/rows.ts";

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
    const wanted = (id: string) => [{ id, ruleId, endpointId, body: "{}" }];
    expect(await saveAlerts(db(), developmentId, [ruleId], wanted("msg_a1"), noon)).toEqual(["msg_a1"]);
    expect(await saveAlerts(db(), developmentId, [ruleId], wanted("msg_a2"), noon)).toEqual([]);
    expect(await db().select().from(alerts).where(eq(alerts.developmentId, developmentId))).toHaveLength(1);
  });

  test("is made once when two workers match at the same moment", async () => {
    const endpointId = await buildEndpoint(db());
    const ruleId = await buildRule(db(), { endpointIds: [endpointId] });
    const { developmentId } = await buildDevelopment(db());
    const added = await Promise.all(
      ["msg_b1", "msg_b2", "msg_b3"].map((id) =>
        saveAlerts(db(), developmentId, [ruleId], [{ id, ruleId, endpointId, body: "{}" }], noon),
      ),
    );
    expect(added.flat()).toHaveLength(1);
  });

  test("of a rule without endpoints is kept and sent nowhere", async () => {
    const ruleId = await buildRule(db());
    const { developmentId } = await buildDevelopment(db());
    expect(await saveAlerts(db(), developmentId, [ruleId], [], noon)).toEqual([]);
    expect(await db().select().from(alerts).where(eq(alerts.ruleId, ruleId))).toHaveLength(1);
  });
});

describe("a delivery", () => {
  test("that was made is made for good", async () => {
    const id = await buildDelivery(db());
    await recordAttempt(db(), id, taken, "delivered");
    await recordAttempt(db(), id, refused, secondsOn(5));
    expect(await deliveryRow(id)).toMatchObject({ status: "delivered", attempts: 1, deliveredAt: noon });
    expect(await pendingDelivery(db(), id)).toBeNull();
    expect(await db().select().from(deliveryAttempts).where(eq(deliveryAttempts.deliveryId, id))).toHaveLength(2);
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

describe("a rule", () => {
  test("counts from the moment it was made", async () => {
    const name = "made at noon";
    await buildRule(db(), { name, createdAt: noon });
    const names = async (moment: Date) => (await rulesMadeBefore(db(), moment)).map((rule) => rule.name);
    expect(await names(secondsOn(-1))).not.toContain(name);
    expect(await names(noon)).toContain(name);
  });

  test("that is switched off does not count, and one of no name cannot be", async () => {
    const name = "switched off";
    await buildRule(db(), { name });
    expect(await switchRule(db(), name, false)).toBe(true);
    expect((await rulesMadeBefore(db(), noon)).map((rule) => rule.name)).not.toContain(name);
    expect(await switchRule(db(), "nobody made this", false)).toBe(false);
  });

  test("reports to its endpoints that are on, each once", async () => {
    const [on, off] = [await buildEndpoint(db()), await buildEndpoint(db())];
    await buildRule(db(), { name: "two ends", endpointIds: [on, off] });
    await disableEndpoint(db(), off, "it asked us to stop");
    const rule = (await rulesMadeBefore(db(), noon)).find(({ name }) => name === "two ends");
    expect(rule?.endpointIds).toEqual([on]);
    expect((await allRules(db())).find(({ name }) => name === "two ends")?.endpoints).toHaveLength(2);
  });

  test("of a name that is taken is the same rule with a new query, and keeps its age", async () => {
    const first = await buildRule(db(), { name: "renewed", query: { words: ["a"] }, createdAt: secondsOn(-60) });
    const again = await buildRule(db(), { name: "renewed", query: { words: ["b"] }, createdAt: noon });
    expect(again).toBe(first);
    const rule = (await rulesMadeBefore(db(), secondsOn(-60))).find(({ name }) => name === "renewed");
    expect(rule?.query).toEqual({ words: ["b"] });
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
