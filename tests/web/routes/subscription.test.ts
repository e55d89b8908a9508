import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { makeToken } from "../../../src/db/analysts/tokens.ts";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import { claimDigest } from "../../../src/db/digests/digests.ts";
import {
  activeSubscribers,
  allSubscribers,
  subscriberAt,
  subscriberById,
} from "../../../src/db/digests/subscribers.ts";
import { letters, subscribers } from "../../../src/db/schema/subscription.ts";
import { isSignedFor, signLink } from "../../../src/net/signed-link.ts";
import { createWeb } from "../../../src/web/app.tsx";
import { prepareDigest } from "../../../src/workers/digest.ts";
import { buildCatalogue } from "../../support/catalogue.ts";
import { useDatabase } from "../../support/database.ts";
import { hoursOn, noon } from "../../support/moments.ts";
import { buildSubscriber, secretKey } from "../../support/rows.ts";

const db = useDatabase();
beforeAll(() => saveCatalogue(db(), buildCatalogue(), noon));

function web(now = noon, openSubscription = true, publicUrl: string | null = "https://parley.example") {
  const app = createWeb({
    ...{ db: db(), now: () => now, version: "test", access: "token", publicUrl },
    acts: {
      enqueue: async () => {},
      secretKey,
      allowAddresses: [],
      openSubscription,
      mailUrl: () => "https://parley.example",
    },
    report: (error) => {
      throw error;
    },
  });
  const post = (path: string, form: Record<string, string>) =>
    app.request(path, { method: "POST", body: new URLSearchParams(form) });
  return { app, post };
}

const wish = { period: "both", weekday: "5", at: "06:30", zone: "Asia/Shanghai", lang: "zh", topics: "", watch: "" };

describe("whoever asks for digests", () => {
  test("gets nothing but a question until the owner of the address says yes by its link", async () => {
    const address = "asked@desk.example";
    expect((await web().post("/subscribe", { ...wish, address })).status).toBe(200);
    await web().post("/subscribe", { ...wish, address });
    const sent = await db().select().from(letters).where(eq(letters.address, address));
    expect(sent).toHaveLength(1);
    expect((await activeSubscribers(db())).map((one) => one.address)).not.toContain(address);
    const path = /https:\/\/parley\.example(\/confirm\/\S+)/.exec(sent[0]?.plain ?? "")?.[1] ?? "";
    const looked = await web().app.request(path);
    expect(looked.status, "looking is not saying yes").toBe(200);
    expect(await looked.text(), "in the language that was asked for").toContain('<html lang="zh-Hans"');
    expect((await activeSubscribers(db())).map((one) => one.address)).not.toContain(address);
    expect((await web().post(path, {})).status).toBe(200);
    expect((await activeSubscribers(db())).find((one) => one.address === address)).toMatchObject({
      ...{ timeZone: "Asia/Shanghai", sendAt: "06:30", lang: "zh", daily: true, weeklyOn: 5 },
    });
    expect((await web(hoursOn(24 * 8)).post(path, {})).status, "the question is open for a week").toBe(404);
  });

  test("is one subscriber with one letter, however the address is spelled", async () => {
    for (const address of ["cases@desk.example", "Cases@desk.example", "CASES@DESK.EXAMPLE"])
      expect((await web().post("/subscribe", { ...wish, address })).status).toBe(200);
    const sent = (await db().select().from(letters)).filter((one) => /^cases@/i.test(one.address));
    expect(sent).toHaveLength(1);
    expect((await allSubscribers(db())).filter((one) => /^cases@/i.test(one.address))).toHaveLength(1);
    expect(await subscriberAt(db(), "Cases@Desk.example")).toMatchObject({ address: "cases@desk.example" });
  });

  test("is asked about the wishes of its letter, which nobody else changes that day, and its owner sees them", async () => {
    const address = "first@desk.example";
    await web().post("/subscribe", { ...wish, address, at: "06:15", watch: "hotline" });
    await web().post("/subscribe", { ...wish, address: "FIRST@desk.example", at: "23:59", watch: "nothing" });
    const asked = await subscriberAt(db(), address);
    expect(asked).toMatchObject({ sendAt: "06:15", watch: "hotline", confirmedAt: null });
    const [letter] = (await db().select().from(letters)).filter((one) => one.address === address);
    const path = /\/confirm\/[\w.-]+/.exec(letter?.plain ?? "")?.[0] ?? "";
    const shown = await (await web().app.request(`https://parley.example${path}`)).text();
    expect(shown).toContain("06:15");
    expect(shown).toContain("hotline");
  });

  test("is the subscriber that an earlier version kept in other letters", async () => {
    const kept = { address: "Kept@Desk.example", timeZone: "UTC", sendAt: "07:00", createdAt: noon, confirmedAt: noon };
    await db().insert(subscribers).values(kept);
    await web().post("/subscribe", { ...wish, address: "kept@desk.example" });
    expect((await allSubscribers(db())).filter((one) => /^kept@/i.test(one.address))).toMatchObject([kept]);
  });

  test.each<Record<string, string>>([{ "Sec-Fetch-Site": "cross-site" }, { Origin: "https://elsewhere.example" }])(
    "is not asked at the wish of a page elsewhere: %o",
    async (headers) => {
      const body = new URLSearchParams({ ...wish, address: "led-astray@desk.example" });
      const { app } = web();
      const answer = await app.request("https://parley.example/subscribe", { method: "POST", body, headers });
      expect(answer.status).toBe(403);
      expect(await subscriberAt(db(), "led-astray@desk.example")).toBeNull();
    },
  );

  test("is asked by at most sixty letters an hour, to whomever; the next hour is open again", async () => {
    const later = (hours: number) => web(hoursOn(24 * 30 + hours));
    for (let one = 1; one <= 60; one++)
      expect((await later(0).post("/subscribe", { ...wish, address: `many-${one}@desk.example` })).status).toBe(200);
    const address = "one-more@desk.example";
    expect((await later(0.5).post("/subscribe", { ...wish, address })).status).toBe(429);
    expect(await subscriberAt(db(), address)).toBeNull();
    expect((await later(1).post("/subscribe", { ...wish, address })).status).toBe(200);
    expect(await subscriberAt(db(), address)).not.toBeNull();
  });

  test("gets a link to this server, whatever host the request names", async () => {
    const address = "host@desk.example";
    const body = new URLSearchParams({ ...wish, address });
    const { app } = web(noon, true, null);
    expect((await app.request("http://evil.example/subscribe", { method: "POST", body })).status).toBe(200);
    const [sent] = await db().select().from(letters).where(eq(letters.address, address));
    expect(sent?.plain).toContain("https://parley.example/confirm/");
    expect(sent?.plain).not.toContain("evil.example");
  });

  test("is told what is wrong with the form, and where asking is closed needs a token", async () => {
    const refused = await web().post("/subscribe", { ...wish, address: "nobody", zone: "Mars/Base" });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain("expected a mail address");
    expect((await web(noon, false).post("/subscribe", { ...wish, address: "a@b.example" })).status).toBe(401);
  });
});

test("whoever left and asks again gets what is wished now, by a new letter; the old one opens nothing", async () => {
  const address = "again@desk.example";
  const confirmPaths = async () =>
    (await db().select().from(letters).where(eq(letters.address, address)).orderBy(letters.id)).map(
      ({ plain }) => /(\/confirm\/\S+)/.exec(plain)?.[1] ?? "",
    );
  await web().post("/subscribe", { ...wish, address });
  const [first = ""] = await confirmPaths();
  await web().post(first, {});
  const id = (await subscriberAt(db(), address))?.id ?? 0;
  const left = web(hoursOn(1));
  await left.post(`/unsubscribe/${signLink(secretKey, "unsubscribe", { id, address }, noon)}`, {});
  expect((await web(hoursOn(2)).post(first, {})).status).toBe(404);

  await web(hoursOn(2)).post("/subscribe", { ...wish, at: "09:15", lang: "en", period: "daily", address });
  await web(hoursOn(2)).post("/subscribe", { ...wish, at: "09:15", lang: "en", period: "daily", address });
  const [, second = "", ...more] = await confirmPaths();
  expect(more, "asked once more, not twice").toEqual([]);
  expect((await web(hoursOn(3)).post(second, {})).status).toBe(200);
  const wished = { sendAt: "09:15", lang: "en", weeklyOn: null, unsubscribedAt: null };
  expect(await subscriberAt(db(), address)).toMatchObject(wished);
});

describe("wishes that nothing can meet", () => {
  test.each([
    ["a topic that is not there", { topics: "nosuchtopic" }, "nosuchtopic"],
    ["an actor that is not there", { watch: "actor:nobody" }, "nobody"],
    ["what only developments have", { watch: "status:new" }, "Only developments have status"],
  ])("are refused when digests are asked for and when wishes are changed: %s", async (_, part, reason) => {
    const address = "refused@desk.example";
    const asked = await web().post("/subscribe", { ...wish, ...part, address });
    expect([asked.status, await asked.text()]).toEqual([400, expect.stringContaining(reason)]);
    expect(await subscriberAt(db(), address)).toBeNull();

    const id = await buildSubscriber(db());
    const owner = await subscriberById(db(), id);
    const word = signLink(secretKey, "manage", { id, address: owner?.address ?? "" }, noon);
    const changed = await web().post(`/subscription/${word}`, { ...wish, ...part });
    expect([changed.status, await changed.text()]).toEqual([400, expect.stringContaining(reason)]);
    expect(await subscriberById(db(), id)).toEqual(owner);
  });
});

describe("a signed link", () => {
  test("changes and ends what its owner gets, with one POST; what was watched is forgotten", async () => {
    const address = "owner@desk.example";
    const id = await buildSubscriber(db(), { address });
    const manage = `/subscription/${signLink(secretKey, "manage", { id, address }, noon)}`;
    expect((await web().post(manage, { ...wish, watch: "hotline NOT trade" })).status).toBe(200);
    expect(await subscriberAt(db(), address)).toMatchObject({ watch: "hotline NOT trade", weeklyOn: 5 });
    expect((await web().post(manage, { ...wish, watch: "(hotline" })).status).toBe(400);
    const leave = `/unsubscribe/${signLink(secretKey, "unsubscribe", { id, address }, noon)}`;
    expect((await web().app.request(leave)).status).toBe(200);
    expect((await subscriberAt(db(), address))?.unsubscribedAt).toBeNull();
    expect((await web().post(leave, { "List-Unsubscribe": "One-Click" })).status).toBe(200);
    expect(await subscriberAt(db(), address)).toMatchObject({ unsubscribedAt: noon, watch: null });
  });

  test("of another purpose, address or key opens nothing", async () => {
    const address = "keys@desk.example";
    const id = await buildSubscriber(db(), { address });
    const word = signLink(secretKey, "manage", { id, address }, noon);
    expect(isSignedFor(secretKey, word, address, noon)).toBe(true);
    expect(isSignedFor(secretKey, word, "other@desk.example", noon)).toBe(false);
    expect(isSignedFor(Buffer.alloc(32, 1), word, address, noon)).toBe(false);
    expect((await web().post(`/unsubscribe/${word}`, {})).status).toBe(404);
    expect((await web().app.request(`/subscription/${word.replace(/^m/, "u")}`)).status).toBe(404);
    expect((await web().app.request(`/subscription/${word.slice(0, -1)}`)).status).toBe(404);
  });
});

test("a stored digest keeps its subscriber's links, but shows them to no other reader", async () => {
  const id = await buildSubscriber(db());
  const subscriber = await subscriberById(db(), id);
  if (!subscriber) throw new Error("the subscriber is not there");
  const tools = { db: db(), publicUrl: "https://parley.example", now: () => noon, secretKey };
  const mail = await prepareDigest(subscriber, "2026-05-19", "daily", tools);
  for (const text of [mail.plain, mail.html]) expect(text).toMatch(/\/subscription\/m.*\/unsubscribe\/u/s);
  const digestId = await claimDigest(db(), mail, noon);

  const token = await makeToken(db(), "reader of digests", "reader", noon, null);
  for (const path of [`/digests/${digestId}`, `/digests/${digestId}/mail`, `/api/v1/digests/${digestId}`]) {
    const shown = await web().app.request(path, { headers: { Authorization: `Bearer ${token}` } });
    const text = await shown.text();
    expect([shown.status, path]).toEqual([200, path]);
    expect(text, path).toContain("https://parley.example/subscription/…");
    expect(text, path).toContain("https://parley.example/unsubscribe/…");
    expect(text, path).not.toMatch(/\/(subscription|unsubscribe)\/[mu]\d/);
  }
});

test.each(["/subscribe", "/subscription/m1.t0.word", "/mcp", "/nothing"])(
  "a body without end and without a stated length is refused at %s before it fills the memory",
  async (path) => {
    const token = await makeToken(db(), `writer to ${path}`, "reader", noon, null);
    let pulled = 0;
    const endless = new ReadableStream({
      pull: (to) => {
        pulled += 16_384;
        if (pulled > 2_000_000) to.close();
        else to.enqueue(new Uint8Array(16_384).fill(97));
      },
    });
    const headers = { "Content-Type": "application/x-www-form-urlencoded", Authorization: `Bearer ${token}` };
    const request = new Request(`https://parley.example${path}`, {
      ...{ method: "POST", body: endless, headers },
      ...{ duplex: "half" },
    } as RequestInit);
    expect((await web().app.request(request)).status).toBe(413);
    expect(pulled).toBeLessThan(200_000);
  },
);
