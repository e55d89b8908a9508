import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { makeToken, type Scope } from "../../src/db/analysts/tokens.ts";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { deliveries, endpoints, rules } from "../../src/db/schema/delivery.ts";
import { digests, subscribers } from "../../src/db/schema/subscription.ts";
import { deliver } from "../../src/workers/deliver.ts";
import { serve } from "../net/support/loopback.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { hoursOn, noon, secondsOn } from "../support/moments.ts";
import {
  buildDelivery,
  buildDevelopment,
  buildEndpoint,
  buildRule,
  buildSubscriber,
  secretKey,
} from "../support/rows.ts";
import { useWorkerContext } from "../support/worker-context.ts";
import { openWeb } from "./open-web.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);
beforeAll(() => saveCatalogue(db(), buildCatalogue(), noon));

const ATONCE = { quiet: null, cooldownMinutes: 0, urgentFrom: null };

function api(says: Parameters<typeof openWeb>[1] = {}, headers: Record<string, string> = {}) {
  const sent: unknown[] = [];
  const enqueue = async (stage: string, data: unknown) => void sent.push({ stage, data });
  const acts = {
    enqueue,
    secretKey,
    allowAddresses: [],
    openSubscription: false,
    mailUrl: () => "https://parley.example",
  };
  const { app } = openWeb(db(), { acts, ...says });
  const ask = async (method: string, path: string, body?: unknown, more: Record<string, string> = {}) => {
    const response = await app.request(`/api/v1${path}`, {
      ...{ method, headers: { "Content-Type": "application/json", ...headers, ...more } },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: the tests look into answers of every shape.
    const answer = (await response.json()) as any;
    return { status: response.status, type: response.headers.get("content-type"), body: answer };
  };
  return {
    sent,
    get: (path: string) => ask("GET", path),
    post: (...args: [string, unknown?, Record<string, string>?]) => ask("POST", ...args),
  };
}

async function apiAs(scope: Scope) {
  const token = await makeToken(db(), scope, scope, noon, null);
  return api({ access: "token" }, { Authorization: `Bearer ${token}` });
}

describe("a rule", () => {
  test("is tried, made, changed and switched as on the command line", async () => {
    await buildEndpoint(db(), { name: "desk" });
    await buildDevelopment(db(), { summary: "A hotline opens", detectedAt: secondsOn(-60) });
    const { get, post } = api();
    const tried = await post("/rules/test", { query: "hotline" });
    expect(tried.body).toMatchObject({ about: "developments", hits: 1, messages: [{ lines: [expect.any(String)] }] });

    const wish = { name: "lines", query: "hotline", endpoints: ["desk"] };
    const made = await post("/rules", wish);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ ...wish, about: "developments", manner: ATONCE, enabled: true });
    const changed = await post("/rules", { ...wish, query: "line", manner: { cooldownMinutes: 30 } });
    expect([changed.status, changed.body.id]).toEqual([200, made.body.id]);
    expect(changed.body.manner).toEqual({ ...ATONCE, cooldownMinutes: 30 });

    expect((await post(`/rules/${made.body.id}/off`)).body.enabled).toBe(false);
    expect((await get(`/rules/${made.body.id}`)).body.enabled).toBe(false);
    expect((await post(`/rules/${made.body.id}/on`)).body.enabled).toBe(true);
    expect((await get("/rules")).body.items).toContainEqual((await get(`/rules/${made.body.id}`)).body);
  });

  test.each([
    ["a question with a mistake, at its place", { query: "type:nope" }, { parameter: "query", start: 5, end: 9 }],
    ["an endpoint that is not there", { endpoints: ["nobody"] }, { parameter: "endpoints" }],
    ["no endpoint", { endpoints: [] }, { parameter: "endpoints" }],
    ["a name of control characters", { name: "a\u0000b" }, { parameter: "name" }],
    [
      "a zone that is none",
      { manner: { quiet: { from: "22:00", to: "07:00", timeZone: "Nowhere" } } },
      { parameter: "manner" },
    ],
    ["a word that is no part of a rule", { nonsense: 1 }, { parameter: "nonsense" }],
  ])("is refused with %s", async (_, part, mistake) => {
    const wish = { name: "refused", query: "hotline", endpoints: ["desk"] };
    const { status, type, body } = await api().post("/rules", { ...wish, ...part });
    expect([status, type]).toEqual([400, expect.stringContaining("problem+json")]);
    expect(body.errors).toContainEqual(expect.objectContaining(mistake));
    expect(await db().select().from(rules).where(eq(rules.name, "refused"))).toEqual([]);
  });

  test.each([
    ["no JSON", "{nope", 400],
    ["more than is taken", JSON.stringify({ name: "x".repeat(100_000) }), 413],
  ])("is refused as %s", async (_, text, expected) => {
    const { status, type } = await api().post("/rules", text);
    expect([status, type]).toEqual([expected, expect.stringContaining("problem+json")]);
  });
});

describe("an endpoint", () => {
  const wish = { name: "hook", address: "https://desk.example.org/secret-path", owner: "owner@example.org" };

  test("shows its secret once, when it is made or its secret is changed, and never again", async () => {
    const { get, post } = await apiAs("admin");
    const made = await post("/endpoints", wish);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ endpoint: { ...wish, kind: "webhook", format: "parley", enabled: true } });
    expect(made.body.secret).toMatch(/^whsec_/);
    const turned = await post(`/endpoints/${made.body.endpoint.id}/rotate`, {});
    expect(turned.body.previousUntil).toBe(hoursOn(24).toISOString());
    expect(turned.body.secret).not.toBe(made.body.secret);
    const all = JSON.stringify((await get("/endpoints")).body);
    for (const secret of [made.body.secret, turned.body.secret]) expect(all).not.toContain(secret);
    const mail = await post("/endpoints", { name: "mail", address: "desk@example.org" });
    expect(mail.body).toMatchObject({ secret: null, endpoint: { kind: "mail", place: "d…@example.org" } });
    expect((await post(`/endpoints/${mail.body.endpoint.id}/rotate`, {})).status).toBe(409);
  });

  test.each(["http://desk.example.org/", "https://127.0.0.1/", "ftp://desk.example.org", "no address"])(
    "is refused at %s",
    async (address) => {
      const { status, body } = await api().post("/endpoints", { name: "bad", address });
      expect([status, body.errors]).toEqual([400, [expect.objectContaining({ parameter: "address" })]]);
    },
  );

  test("takes a test, which the delivery shows with request and answer, and which is sent again on wish", async () => {
    const server = await serve((_request, response) => response.writeHead(204).end());
    const id = await buildEndpoint(db(), { address: new URL("/hook", server.url).href, name: "tested" });
    const { get, post, sent } = await apiAs("editor");
    const tested = await post(`/endpoints/${id}/test`);
    expect([tested.status, tested.body]).toEqual([202, expect.objectContaining({ kind: "test", status: "pending" })]);
    const job = { stage: "deliver", data: { deliveryId: tested.body.id } };
    expect(sent).toEqual([job]);
    expect((await post(`/deliveries/${tested.body.id}/replay`)).status, "it waits already").toBe(409);
    await deliver({ deliveryId: tested.body.id }, context({ servers: [server] }));
    const { body } = await get(`/deliveries/${tested.body.id}`);
    expect(body).toMatchObject({ status: "delivered", attempts: [{ httpStatus: 204 }] });
    expect(body.attempts[0].request["webhook-id"]).toBe(tested.body.id);
    await post(`/endpoints/${id}/off`);
    const whileOff = await post(`/deliveries/${tested.body.id}/replay`);
    expect([whileOff.status, whileOff.body.detail]).toEqual([
      409,
      "Endpoint tested is switched off; switch it on, then send again.",
    ]);
    await post(`/endpoints/${id}/on`);
    const again = await post(`/deliveries/${tested.body.id}/replay`);
    expect([again.status, again.body.status, again.body.body]).toEqual([202, "pending", body.body]);
    expect(sent).toEqual([job, job]);
  });

  test("is switched off with a reason, and on again", async () => {
    const id = await buildEndpoint(db(), { name: "switched" });
    const { post } = api();
    expect((await post(`/endpoints/${id}/off`)).body).toMatchObject({
      enabled: false,
      disabledBecause: "somebody switched it off",
    });
    expect((await post(`/endpoints/${id}/on`)).body).toMatchObject({ enabled: true, disabledBecause: null });
  });
});

describe("a token's scope", () => {
  const ids = { RULE: 0, ENDPOINT: 0 };
  beforeAll(async () => {
    ids.ENDPOINT = await buildEndpoint(db(), { name: "of the scopes" });
    ids.RULE = await buildRule(db(), { name: "of the scopes", endpointIds: [ids.ENDPOINT] });
  });

  test.each<[string, string, unknown, Record<Scope, number>]>([
    ["GET", "/rules", undefined, { reader: 200, editor: 200, admin: 200 }],
    ["GET", "/digests", undefined, { reader: 200, editor: 200, admin: 200 }],
    ["GET", "/deliveries?status=failed", undefined, { reader: 403, editor: 200, admin: 200 }],
    ["POST", "/rules/test", { query: "x" }, { reader: 200, editor: 200, admin: 200 }],
    ["POST", "/rules/RULE/off", undefined, { reader: 403, editor: 200, admin: 200 }],
    ["POST", "/endpoints", { name: "scoped", address: "a@example.org" }, { reader: 403, editor: 403, admin: 201 }],
    ["POST", "/endpoints/ENDPOINT/rotate", {}, { reader: 403, editor: 403, admin: 200 }],
  ])("decides over %s %s", async (method, pattern, body, expected) => {
    const path = pattern.replace("RULE", `${ids.RULE}`).replace("ENDPOINT", `${ids.ENDPOINT}`);
    for (const scope of ["reader", "editor", "admin"] as const) {
      const { get, post } = await apiAs(scope);
      const { status } = method === "GET" ? await get(path) : await post(path, body);
      expect([scope, status]).toEqual([scope, expected[scope]]);
    }
  });

  test("hides a webhook's address and owner from all but admins", async () => {
    await buildEndpoint(db(), { name: "hidden", address: "https://desk.example.org/secret-path" });
    for (const scope of ["reader", "editor"] as const)
      expect(JSON.stringify((await (await apiAs(scope)).get("/endpoints")).body)).not.toContain("secret-path");
    expect(JSON.stringify((await (await apiAs("admin")).get("/endpoints")).body)).toContain("secret-path");
  });
});

test("nothing is changed for a page elsewhere, or where the server only reads", async () => {
  const wish = { name: "stolen", address: "thief@example.org" };
  expect((await api().post("/endpoints", wish, { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
  expect((await api({ acts: null }).post("/endpoints", wish)).status).toBe(403);
  expect(await db().select().from(endpoints).where(eq(endpoints.name, "stolen"))).toEqual([]);
});

test("deliveries come in pages, of one state where that is asked for", async () => {
  const id = await buildDelivery(db());
  await db().update(deliveries).set({ status: "failed", nextAttemptAt: null }).where(eq(deliveries.id, id));
  const { body } = await api().get("/deliveries?status=failed&limit=1");
  expect(body).toMatchObject({ items: [{ id, status: "failed", attempts: 0 }], next: null });
  expect((await api().get("/deliveries/msg_none")).status).toBe(404);
});

test("a digest is shown as it was sent, unless its reader chose what stands in it", async () => {
  const keep = async (watch: string | null) => {
    const subscriberId = await buildSubscriber(db(), { address: `${watch ?? "all"}@example.org` });
    await db().update(subscribers).set({ watch }).where(eq(subscribers.id, subscriberId));
    const [row] = await db()
      .insert(digests)
      .values({
        ...{
          subscriberId,
          day: "2026-05-19",
          periodStart: hoursOn(-24),
          periodEnd: noon,
          status: "sent",
          sentAt: noon,
        },
        ...{ messageId: `<${watch}@example.org>`, subject: "All quiet", plain: "Nothing new", html: "<p>Nothing new" },
        ...{ claimedAt: noon, isPersonal: watch !== null },
      })
      .returning({ id: digests.id });
    return row?.id;
  };
  const [open, personal] = [await keep(null), await keep("secret")];
  const { get } = api();
  expect((await get(`/digests/${open}`)).body).toMatchObject({
    to: "a…@example.org",
    subject: "All quiet",
    plain: "Nothing new",
  });
  expect((await get(`/digests/${personal}`)).body).toMatchObject({
    personal: true,
    subject: null,
    plain: null,
    html: null,
  });
  const { items } = (await get("/digests")).body;
  expect(items.map(({ subject }: { subject: string | null }) => subject).toSorted()).toEqual(["All quiet", null]);
});
