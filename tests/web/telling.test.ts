import { load } from "cheerio";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { saveCatalogue } from "../../src/db/catalogue.ts";
import { deliveries, rules } from "../../src/db/schema/delivery.ts";
import { statementsOf } from "../../src/db/statements.ts";
import { AT_ONCE } from "../../src/domain/alert-manner.ts";
import { alertOnVersion } from "../../src/workers/alerting.ts";
import { deliver } from "../../src/workers/deliver.ts";
import { match } from "../../src/workers/match.ts";
import { serve } from "../net/support/loopback.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { noon, secondsOn } from "../support/moments.ts";
import { buildStatement } from "../support/readings.ts";
import { buildDelivery, buildDevelopment, buildEndpoint, buildRule, buildVersion, secretKey } from "../support/rows.ts";
import { useWorkerContext } from "../support/worker-context.ts";
import { openWeb } from "./open-web.ts";

const db = useDatabase();
const context = useWorkerContext(db, buildCatalogue);
const HOSTILE = `"]]><script>alert(1)</script>&\u0007`;
beforeAll(() => saveCatalogue(db(), buildCatalogue(), noon));

function web(says: Parameters<typeof openWeb>[1] = {}) {
  const sent: unknown[] = [];
  const enqueue = async (stage: string, data: unknown) => void sent.push({ stage, data });
  const acts = { enqueue, secretKey, allowAddresses: [], openSubscription: false };
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

  test("offer to send again what was delivered, with its id and body", async () => {
    const id = await buildDelivery(db());
    await db()
      .update(deliveries)
      .set({ status: "delivered", nextAttemptAt: null, deliveredAt: noon })
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

  test("goes on after the id that a browser names, none twice and none left out", async () => {
    const { developmentId: first } = await buildDevelopment(db(), { summary: "First" });
    const { developmentId: second } = await buildDevelopment(db(), { summary: "Second" });
    const { developmentId: third } = await buildDevelopment(db(), { summary: "Third" });
    const response = await web().get("/live", { "Last-Event-ID": String(first) });
    expect((await events(response, 3)).slice(1).map(({ id }) => Number(id))).toEqual([second, third]);
  });
});
