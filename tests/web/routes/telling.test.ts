import { load } from "cheerio";
import { eq } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { endpointNamed } from "../../../src/db/alerts/endpoints.ts";
import { makeToken } from "../../../src/db/analysts/tokens.ts";
import { statementsOf } from "../../../src/db/archive/statements.ts";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import { deliveries, endpoints, rules } from "../../../src/db/schema/delivery.ts";
import { AT_ONCE } from "../../../src/domain/alert-manner.ts";
import { alertOnVersion } from "../../../src/workers/alerting.ts";
import { deliver } from "../../../src/workers/deliver.ts";
import { match } from "../../../src/workers/match.ts";
import { serve } from "../../net/support/loopback.ts";
import { buildCatalogue } from "../../support/catalogue.ts";
import { useDatabase } from "../../support/database.ts";
import { noon, secondsOn } from "../../support/moments.ts";
import { buildStatement } from "../../support/readings.ts";
import {
  buildDelivery,
  buildDevelopment,
  buildEndpoint,
  buildRule,
  buildVersion,
  secretKey,
} from "../../support/rows.ts";
import { useWorkerContext } from "../../support/worker-context.ts";
import { openWeb } from "../open-web.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);
const HOSTILE = `"]]><script>alert(1)</script>&\u0007`;
beforeAll(() => saveCatalogue(db(), buildCatalogue(), noon));

function web(says: Parameters<typeof openWeb>[1] = {}) {
  const sent: unknown[] = [];
  const enqueue = async (stage: string, data: unknown) => void sent.push({ stage, data });
  const acts = {
    enqueue,
    secretKey,
    allowAddresses: [],
    openSubscription: false,
    mailUrl: () => "https://parley.example",
  };
  const opened = openWeb(db(), { acts, ...says });
  const post = (path: string, form: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    opened.app.request(path, { method: "POST", body: new URLSearchParams(form), headers });
  return { ...opened, post, sent };
}

describe("the page of rules", () => {
  test("tries a question on the past, shows a mistake at its place, and keeps what was tried", async () => {
    const endpointId = await buildEndpoint(db());
    await buildDevelopment(db(), { summary: `Hotline ${HOSTILE}`, detectedAt: secondsOn(-60) });
    const { $ } = await web().page("/rules?q=hotline&about=developments");
    expect($("pre").text()).toContain("1 developments, 1 met it");
    expect($("pre").text()).toContain(HOSTILE.slice(0, 20));
    expect($("main script").length).toBe(0);
    const wrong = await web().page("/rules?q=type:nope&about=developments");
    expect(wrong.$("[role=alert] mark").text()).toBe("nope");
    expect(wrong.$("[role=alert]").text()).toContain("No development type is called");
    expect(wrong.$("form[method=post] [name=name]").length, "nothing to keep").toBe(0);

    const form = { q: "hotline", about: "developments", name: "lines", to: String(endpointId) };
    expect((await web().post("/rules", { ...form, to: "" })).status).toBe(400);
    expect((await web().post("/rules", { ...form, q: "(hotline" })).status).toBe(400);
    expect((await web().post("/rules", form)).status).toBe(303);
    expect((await web().page("/rules")).$("table").text()).toContain("lines");
  });

  test("refuses a name, a question and a form that cannot be kept", async () => {
    const endpointId = await buildEndpoint(db());
    const form = { q: "hotline", about: "developments", name: "fine", to: String(endpointId) };
    for (const wrong of [{ name: "a\0b" }, { name: "two\r\nlines" }, { name: "x".repeat(81) }, { q: "hot\0line" }])
      expect((await web().post("/rules", { ...form, ...wrong })).status, JSON.stringify(wrong)).toBe(400);
    const endpoint = { name: "fine", address: "https://desk.example.org/hook", format: "parley", owner: "" };
    for (const wrong of [{ address: "https://desk.example.org/a\0b" }, { address: "https://desk.example\n.org/" }])
      expect((await web().post("/endpoints", { ...endpoint, ...wrong })).status, JSON.stringify(wrong)).toBe(400);
    for (const type of ["multipart/form-data", "multipart/form-data; boundary=x"]) {
      const headers = { "Content-Type": type };
      const answer = await web().app.request("/rules", { method: "POST", body: "no parts", headers });
      expect(answer.status, type).toBe(400);
    }
  });

  test("switches a rule, and leaves its quiet hours alone when its question changes", async () => {
    const endpointId = await buildEndpoint(db());
    const quiet = { from: "22:00", to: "07:00", timeZone: "Asia/Shanghai" };
    const manner = { ...AT_ONCE, quiet };
    const ruleId = await buildRule(db(), { name: "nightly", query: "one", endpointIds: [endpointId], manner });
    const form = { q: "two", about: "developments", name: "nightly", to: String(endpointId) };
    expect((await web().post("/rules", form)).status).toBe(303);
    const rule = async () => (await db().select().from(rules).where(eq(rules.id, ruleId)))[0];
    expect(await rule()).toMatchObject({ query: "two", manner });
    await web().post(`/rules/${ruleId}/off`);
    expect(await rule()).toMatchObject({ enabled: false });
    await web().post(`/rules/${ruleId}/on`);
    expect(await rule()).toMatchObject({ enabled: true });
  });

  test("tries and keeps quiet hours, cooldown, urgency and batching, and says what is wrong with them", async () => {
    const endpointId = await buildEndpoint(db(), { name: "night desk" });
    for (let n = 0; n < 4; n += 1)
      await buildDevelopment(db(), { summary: `Curfew ${n}`, severity: 3, detectedAt: secondsOn(n - 600) });
    const manner = {
      ...{ quietFrom: "", quietTo: "", zone: "Asia/Shanghai", cooldown: "0", urgent: "5", batch: "1" },
    };
    const address = (says: Partial<typeof manner>) =>
      `/rules?${new URLSearchParams({ q: "curfew", about: "developments", ...manner, ...says })}`;
    const batched = await web().page(address({}));
    expect(batched.$("pre").text()).toContain("It would have sent 2 messages");
    expect(batched.$("pre").text()).toContain("1 of them several things together");
    expect((await web().page(address({ batch: "0" }))).$("pre").text()).toContain("It would have sent 4 messages");
    const cooled = await web().page(address({ batch: "0", cooldown: "30" }));
    expect(cooled.$("pre").text(), "they belong to one thread").toContain("It would have sent 2 messages");
    const quiet = await web().page(address({ quietFrom: "19:00", quietTo: "21:00", batch: "0" }));
    expect(quiet.$("pre").text()).toContain("It would have sent 1 message");
    expect(quiet.$("form[method=post] [name=quietFrom]").val()).toBe("19:00");
    const chinese = await web().page(`${address({})}&lang=zh`);
    expect(chinese.$("pre").text()).toContain("本会发送 2 条");
    const wrong = await web().page(address({ quietFrom: "19:00", zone: "Mars/Base" }));
    expect(wrong.$("[role=alert] li").length).toBe(2);
    expect(wrong.$("form[method=post] [name=name]").length, "nothing to keep").toBe(0);

    const form = { q: "curfew", about: "developments", name: "curfews", to: String(endpointId), ...manner };
    expect((await web().post("/rules", { ...form, urgent: "9" })).status).toBe(400);
    expect((await web().post("/rules", { ...form, quietFrom: "19:00", quietTo: "21:00" })).status).toBe(303);
    const [kept] = await db().select().from(rules).where(eq(rules.name, "curfews"));
    expect(kept?.manner).toEqual({
      quiet: { from: "19:00", to: "21:00", timeZone: "Asia/Shanghai" },
      ...{ cooldownMinutes: 0, urgentFrom: 5, batchAfter: 1 },
    });
    const { $ } = await web().page("/rules?q=curfew&about=developments&name=curfews");
    expect($("form[method=get] [name=quietFrom]").val()).toBe("19:00");
    expect($("form[method=get] [name=batch]").val()).toBe("1");
    expect($(`form[method=post] [name=to][value=${endpointId}]`).attr("checked")).toBeDefined();
    expect($("#try h2").text()).toBe("Change curfews");
    expect((await web().page("/rules?lang=zh")).$("table").text()).toContain("10 分钟内 1 条后合并，级别 5 起立即");
  });

  test("changes nothing for a page elsewhere, without a token, or where the server only reads", async () => {
    const form = { q: "hotline", about: "developments", name: "stolen", to: "1" };
    const cross = { "Sec-Fetch-Site": "cross-site" };
    expect((await web().post("/rules", form, cross)).status).toBe(403);
    expect((await web({ access: "token" }).post("/rules", form)).status).toBe(401);
    expect((await web({ acts: null }).post("/rules", form)).status).toBe(403);
    expect(await db().select().from(rules).where(eq(rules.name, "stolen"))).toEqual([]);
  });
});

describe("the feeds of a rule", () => {
  test("carry what it alerted of and nothing else, as valid Atom and JSON Feed", async () => {
    const ruleId = await buildRule(db(), { name: "fed <&>", query: "feed", createdAt: secondsOn(-60) });
    const { developmentId } = await buildDevelopment(db(), { summary: `Feed ${HOSTILE}`, detectedAt: noon });
    await buildDevelopment(db(), { summary: "Feed that was not matched", detectedAt: noon });
    await match({ developmentId }, context());
    const atom = await web().get(`/rules/${ruleId}/feed.atom`);
    expect(atom.headers.get("content-type")).toContain("application/atom+xml");
    const xml = await atom.text();
    expect(xml).not.toContain("\u0007");
    expect(xml).not.toContain("<script>");
    const $ = load(xml, { xml: true });
    expect($("feed > title").text()).toBe("Parley: fed <&>");
    expect($("entry > title").text()).toBe(`Feed ${HOSTILE.replace("\u0007", "")}`);
    expect($("entry > id").text()).toBe(`http://localhost/developments/${developmentId}`);
    const { body, headers } = await web().json(`/rules/${ruleId}/feed.json`);
    expect(headers.get("content-type")).toContain("application/feed+json");
    expect(body).toMatchObject({
      version: "https://jsonfeed.org/version/1.1",
      feed_url: `http://localhost/rules/${ruleId}/feed.json`,
      items: [{ id: `http://localhost/developments/${developmentId}`, date_published: noon.toISOString() }],
    });
    expect((await web().get("/rules/99999/feed.json")).status).toBe(404);
  });

  test("of a rule about statements carry the statements that met it", async () => {
    const ruleId = await buildRule(db(), { name: "said", query: "whales", about: "statements" });
    const text = "Whales will be counted. Trains are late.";
    const said = ["Whales will be counted.", "Trains are late."].map((words) => buildStatement(text, words));
    const { versionId } = await buildVersion(db(), { article: { text }, statements: said });
    const statements = await statementsOf(db(), versionId);
    await alertOnVersion(db(), { id: versionId, statements, isNews: true }, [], context());
    const { body } = await web().json(`/rules/${ruleId}/feed.json`);
    expect(body.feed_url).toBe(`http://localhost/rules/${ruleId}/feed.json`);
    expect(body.items.map((item: { title: string }) => item.title)).toEqual([
      expect.stringContaining(": Whales will be counted."),
    ]);
    const $ = load(await (await web().get(`/rules/${ruleId}/feed.atom`)).text(), { xml: true });
    expect($("entry > content").text()).toContain("Whales will be counted.");
    expect($("entry").length).toBe(1);
  });
});

describe("the pages of endpoints and deliveries", () => {
  test("send a test, show its request and answer, and send it again", async () => {
    const server = await serve((_request, response) =>
      response.writeHead(500, { server: HOSTILE.slice(4, 20) }).end("<b>no"),
    );
    const endpointId = await buildEndpoint(db(), { address: new URL("/secret-path", server.url).href, name: "shown" });
    const page = await web().page("/endpoints");
    expect(page.$("main").text()).toContain(server.host);
    expect(page.$.html()).not.toContain("secret-path");
    const opened = web();
    expect((await opened.post(`/endpoints/${endpointId}/test`)).status).toBe(303);
    const [row] = await db().select().from(deliveries).where(eq(deliveries.endpointId, endpointId));
    const deliveryId = row?.id ?? "";
    expect(opened.sent).toEqual([{ stage: "deliver", data: { deliveryId } }]);
    await deliver({ deliveryId }, context({ servers: [server] }));
    const { $ } = await web().page(`/deliveries/${deliveryId}`);
    expect($("main").text()).toContain(`webhook-id: ${deliveryId}`);
    expect($("main").text()).toContain("webhook-signature: v1,");
    expect($("main").text()).toContain("<b>no");
    expect(JSON.parse($("main section pre").last().text())).toMatchObject({ type: "test" });
    expect((await web().get("/deliveries/msg_none")).status).toBe(404);
    expect((await web().page("/deliveries")).$(`a[href="/deliveries/${deliveryId}"]`).length).toBe(1);
  });

  test("make an endpoint, show its secret once, and give it a new one that signs beside the one before", async () => {
    const calls: { headers: Record<string, string>; body: string }[] = [];
    const server = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk) => chunks.push(chunk));
      request.on("end", () => {
        calls.push({
          headers: request.headers as Record<string, string>,
          body: Buffer.concat(chunks).toString("utf8"),
        });
        response.writeHead(204).end();
      });
    });
    const allowAddresses = [server.host];
    const opened = web({
      acts: {
        enqueue: async () => {},
        secretKey,
        allowAddresses,
        openSubscription: false,
        mailUrl: () => "https://parley.example",
      },
    });
    const form = { name: "made here", address: `${server.url}/hook`, format: "parley", owner: "" };
    for (const wrong of [
      { name: "" },
      { address: "ftp://desk.example" },
      { address: "https://10.0.0.8/hook" },
      { format: "fax" },
      { owner: "nobody" },
    ]) {
      const refused = await opened.post("/endpoints", { ...form, ...wrong });
      expect(refused.status).toBe(400);
      expect(load(await refused.text())("[role=alert]").text()).not.toBe("");
    }
    const made = await opened.post("/endpoints", form);
    expect(made.headers.get("cache-control")).toBe("no-store");
    const first = load(await made.text())(".secret").text();
    expect(first).toMatch(/^whsec_/);
    expect((await opened.post("/endpoints", form)).status, "one is made, not changed").toBe(400);
    const endpoint = await endpointNamed(db(), "made here");
    const place = `/endpoints/${endpoint?.id}`;
    expect((await opened.page(place)).$.html()).not.toContain("whsec_");
    expect((await opened.post(`${place}/rotate`, { overlap: "never" })).status).toBe(400);
    const rotated = await opened.post(`${place}/rotate`, { overlap: "24" });
    const second = load(await rotated.text())(".secret").text();
    expect(second).toMatch(/^whsec_/);
    expect(second).not.toBe(first);
    expect((await opened.page(place)).$(".facts").text()).toContain("two secrets sign until 2026-05-20 12:00");

    await opened.post(`${place}/test`);
    const [row] = await db()
      .select()
      .from(deliveries)
      .where(eq(deliveries.endpointId, endpoint?.id ?? 0));
    await deliver({ deliveryId: row?.id ?? "" }, context({ allowAddresses }));
    vi.useFakeTimers({ toFake: ["Date"], now: noon });
    onTestFinished(() => void vi.useRealTimers());
    for (const secret of [first, second]) new Webhook(secret).verify(calls[0]?.body ?? "", calls[0]?.headers ?? {});
    expect((await opened.page(place)).$("tbody tr").length, "its log").toBe(1);
  });

  test("switch an endpoint and send a period again, with the same ids, by whoever may", async () => {
    const endpointId = await buildEndpoint(db(), { name: "switched" });
    const [old, failed, delivered] = [
      await buildDelivery(db(), { endpointId, at: secondsOn(-10 * 86_400) }),
      await buildDelivery(db(), { endpointId }),
      await buildDelivery(db(), { endpointId }),
    ];
    const settle = (id: string, status: "failed" | "delivered") =>
      db()
        .update(deliveries)
        .set({
          status,
          nextAttemptAt: null,
          deliveredAt: status === "delivered" ? noon : null,
          firstDeliveredAt: status === "delivered" ? noon : null,
        })
        .where(eq(deliveries.id, id));
    await settle(old, "failed");
    await settle(failed, "failed");
    await settle(delivered, "delivered");
    const place = `/endpoints/${endpointId}`;
    await web().post(`${place}/off`);
    expect((await web().page(place)).$(".facts").text()).toContain("off: somebody switched it off");
    expect((await web().post(`${place}/replay`, { since: "2026-05-01" })).status, "it takes nothing").toBe(409);
    expect((await web().post(`/deliveries/${delivered}/replay`)).status).toBe(409);
    await web().post(`${place}/on`);
    expect((await web().page(place)).$(".facts").text()).not.toContain("off:");

    const opened = web();
    expect((await opened.post(`${place}/replay`, { since: "once" })).status).toBe(400);
    const form = { since: "2026-05-19", until: "2026-05-19", failed: "yes" };
    const answer = await opened.post(`${place}/replay`, form);
    expect(opened.sent).toEqual([{ stage: "deliver", data: [{ deliveryId: failed }] }]);
    const { $ } = await opened.page(answer.headers.get("location") ?? "");
    expect($("[role=status]").text()).toContain("1 deliveries are sent again");
    const all = web();
    await all.post(`${place}/replay`, { since: "2026-05-01", until: "2026-05-19" });
    expect(all.sent).toEqual([
      { stage: "deliver", data: expect.arrayContaining([{ deliveryId: old }, { deliveryId: delivered }]) },
    ]);

    const editor = await makeToken(db(), "an editor", "editor", noon, null);
    const asEditor = { Authorization: `Bearer ${editor}` };
    const open = web({ access: "token" });
    expect((await open.post(`${place}/off`, {}, asEditor)).status).toBe(303);
    expect((await open.post(`${place}/rotate`, { overlap: "1" }, asEditor)).status, "an admin's").toBe(403);
    expect((await open.post("/endpoints", { name: "x", address: "https://a.example" }, asEditor)).status).toBe(403);
  });

  test("show a reader nothing of deliveries and owners that the API refuses", async () => {
    const owner = "owner.of.it@example.org";
    const endpointId = await buildEndpoint(db(), { name: "not for readers" });
    await db().update(endpoints).set({ owner }).where(eq(endpoints.id, endpointId));
    const deliveryId = await buildDelivery(db(), { endpointId });
    const open = web({ access: "token" });
    const seenBy = async (scope: "reader" | "editor" | "admin", path: string) => {
      const token = await makeToken(db(), `${scope} of ${path}`, scope, noon, null);
      const answer = await open.get(path, { Authorization: `Bearer ${token}` });
      return { status: answer.status, text: await answer.text() };
    };
    for (const path of ["/deliveries", `/deliveries/${deliveryId}`]) {
      expect((await seenBy("reader", path)).status).toBe(403);
      expect((await seenBy("editor", path)).status).toBe(200);
    }
    const place = `/endpoints/${endpointId}`;
    const [reader, editor, admin] = [
      await seenBy("reader", place),
      await seenBy("editor", place),
      await seenBy("admin", place),
    ];
    expect([reader, editor, admin].map(({ status }) => status)).toEqual([200, 200, 200]);
    expect([reader, editor, admin].map(({ text }) => text.includes(deliveryId))).toEqual([false, true, true]);
    expect([reader, editor, admin].map(({ text }) => text.includes(owner))).toEqual([false, false, true]);
  });

  test("offer to send again what was delivered, with its id and body", async () => {
    const id = await buildDelivery(db());
    await db()
      .update(deliveries)
      .set({ status: "delivered", nextAttemptAt: null, deliveredAt: noon, firstDeliveredAt: noon })
      .where(eq(deliveries.id, id));
    expect((await web().page(`/deliveries/${id}`)).$(`form[action="/deliveries/${id}/replay"]`).length).toBe(1);
    const [before] = await db().select().from(deliveries).where(eq(deliveries.id, id));
    const opened = web();
    expect((await opened.post(`/deliveries/${id}/replay`)).status).toBe(303);
    expect(opened.sent).toEqual([{ stage: "deliver", data: { deliveryId: id } }]);
    const [after] = await db().select().from(deliveries).where(eq(deliveries.id, id));
    expect(after).toMatchObject({ status: "pending", body: before?.body, replayedAt: noon });
  });

  test("lead to each other", async () => {
    const { $ } = await web().page("/deliveries");
    expect($("main a[href='/rules']").length).toBe(1);
    expect($("main a[href='/endpoints']").length).toBe(1);
    expect($("nav a[href='/rules']").text()).toBe("Rules");
  });
});

describe("/live", () => {
  /** Reads events until so many came, then hangs up. */
  async function events(response: Response, wanted: number): Promise<readonly Record<string, string>[]> {
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    while (text.split("\n\n").length <= wanted) text += (await reader?.read())?.value ?? "";
    await reader?.cancel();
    return text
      .split("\n\n")
      .slice(0, wanted)
      .map((event) => Object.fromEntries(event.split("\n").map((line) => line.split(/: (.*)/s).slice(0, 2))));
  }

  test("tells what comes from now on, not what was there, and no background", async () => {
    await buildDevelopment(db(), { summary: "There before" });
    const response = await web().get("/live");
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    await buildDevelopment(db(), { summary: "Known already", status: "background" });
    const { developmentId } = await buildDevelopment(db(), { summary: "Live\nnow" });
    const [ready, one] = await events(response, 2);
    expect(ready).toMatchObject({ event: "ready" });
    expect(one).toMatchObject({ event: "development", id: String(developmentId) });
    expect(JSON.parse(one?.data ?? "")).toMatchObject({ summary: "Live\nnow", url: `/developments/${developmentId}` });
  });

  test("is heard twenty times by one token at most, and by others beside", async () => {
    const [greedy, other] = [
      await makeToken(db(), "greedy", "reader", noon, null),
      await makeToken(db(), "other", "reader", noon, null),
    ];
    const { get } = web({ access: "token" });
    const listen = (token: string) => get("/live", { Authorization: `Bearer ${token}` });
    const all = await Promise.all(Array.from({ length: 21 }, () => listen(greedy)));
    const one = await listen(other);
    expect(all.map(({ status }) => status).sort()).toEqual([...Array(20).fill(200), 503]);
    expect(one.status).toBe(200);
    await Promise.all([...all, one].map(({ body }) => body?.cancel()));
  });

  test("goes on after the id that a browser names, none twice and none left out", async () => {
    const { developmentId: first } = await buildDevelopment(db(), { summary: "First" });
    const { developmentId: second } = await buildDevelopment(db(), { summary: "Second" });
    const { developmentId: third } = await buildDevelopment(db(), { summary: "Third" });
    const response = await web().get("/live", { "Last-Event-ID": String(first) });
    expect((await events(response, 3)).slice(1).map(({ id }) => Number(id))).toEqual([second, third]);
  });
});

test("/digests leads to the deliveries, which list them", async () => {
  const { status, headers } = await openWeb(db()).get("/digests");
  expect([status, headers.get("location")]).toEqual([302, "/deliveries"]);
});
