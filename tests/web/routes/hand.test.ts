import { beforeAll, describe, expect, test } from "vitest";
import { makeToken } from "../../../src/db/analysts/tokens.ts";
import { actsOn } from "../../../src/db/developments/analyst-acts.ts";
import { developmentsByIds } from "../../../src/db/developments/development-list.ts";
import { threadOfDevelopment } from "../../../src/db/developments/thread-list.ts";
import { placeInThreads } from "../../../src/db/developments/threads.ts";
import { useDatabase } from "../../support/database.ts";
import { noon } from "../../support/moments.ts";
import { buildDay } from "../../support/readings.ts";
import { secretKey } from "../../support/rows.ts";
import { keepCatalogue, keepDevelopment, keepWords } from "../archive.ts";
import { openWeb } from "../open-web.ts";

const db = useDatabase();
const acts = {
  enqueue: async () => {},
  ...{ secretKey, allowAddresses: [], openSubscription: false, mailUrl: () => "https://parley.example" },
};
const web = (says: Parameters<typeof openWeb>[1] = {}) => openWeb(db(), { acts, ...says });
const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}, says = {}) =>
  web(says).app.request(path, { method: "POST", body: new URLSearchParams(form), headers });
const send = (path: string, wish: unknown) =>
  web().app.request(`/api/v1${path}`, {
    ...{ method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(wish) },
  });
const ada = { by: "Ada", reason: "read both pages" };

beforeAll(() => keepCatalogue(db()));

/** Keeps a development in a thread of its own. Gives both ids. */
async function keepOne(summary: string) {
  const place = await keepWords(db(), `${summary}, they said.`);
  const id = await keepDevelopment(db(), place, { summary, eventDate: buildDay("2026-06-01") });
  await placeInThreads(db(), [id], noon);
  return { id, threadId: (await threadOfDevelopment(db(), id)) ?? 0 };
}
const rowOf = async (id: number) => (await developmentsByIds(db(), [id]))[0];
const namesOf = async (id: number) => (await actsOn(db(), id)).map(({ act, by }) => `${act} by ${by}`);

describe("on the page of a development", () => {
  test("an editor confirms, weighs and dismisses it, and the page says who did that and why", async () => {
    const { id } = await keepOne("Talks in a first place");
    const { $ } = await web().page(`/developments/${id}`);
    expect($("#hand form").attr("action")).toBe(`/developments/${id}/confirm`);
    expect((await post(`/developments/${id}/confirm`, ada)).status).toBe(303);
    expect(await rowOf(id)).toMatchObject({ certainty: "confirmed" });
    expect((await post(`/developments/${id}/severity`, { ...ada, severity: "1" })).status).toBe(303);
    expect(await rowOf(id)).toMatchObject({ severity: 1 });
    expect((await post(`/developments/${id}/dismiss`, { by: "Ada", severity: "1" })).status).toBe(303);
    expect((await rowOf(id))?.dismissedAt).toEqual(noon);
    expect(await namesOf(id)).toEqual(["confirm by Ada", "severity by Ada", "dismiss by Ada"]);
    expect((await web().page(`/developments/${id}`)).$("#hand li").first().text()).toContain("Ada · read both pages");
  });

  test("nothing happens without a name, where there is none, or to what stands alone", async () => {
    const { id } = await keepOne("Talks in a second place");
    expect((await post(`/developments/${id}/confirm`, { reason: "x" })).status).toBe(400);
    expect((await post(`/developments/${id}/confirm`, { by: "A\u0000da" })).status).toBe(400);
    expect((await post(`/developments/${id}/severity`, { ...ada, severity: "9" })).status).toBe(400);
    expect((await post("/developments/999999/confirm", ada)).status).toBe(404);
    const { threadId } = await keepOne("Talks in a second place");
    expect((await post(`/threads/${threadId}/merge`, { ...ada, into: String(threadId) })).status).toBe(409);
    expect(await namesOf(id)).toEqual([]);
  });

  test("neither pages elsewhere nor readers do any of it, and readers are shown no form", async () => {
    const { id } = await keepOne("Talks in a third place");
    const path = `/developments/${id}/dismiss`;
    expect((await post(path, ada, { Origin: "https://elsewhere.example" })).status).toBe(403);
    expect((await post(path, ada, { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    expect((await post(path, ada, {}, { acts: null })).status).toBe(403);
    const token = await makeToken(db(), "reads", "reader", noon, null);
    const headers = { Authorization: `Bearer ${token}` };
    expect((await post(path, ada, headers, { access: "token" })).status).toBe(403);
    const seen = await web({ access: "token" }).get(`/developments/${id}`, headers);
    expect([seen.status, (await seen.text()).includes(path)]).toEqual([200, false]);
    expect(await namesOf(id)).toEqual([]);
  });
});

test("a thread is laid into another on its page, and a development taken out of it again", async () => {
  const [one, other] = [await keepOne("Talks in Norland"), await keepOne("A pact in Southmark")];
  const apart = one.threadId !== other.threadId;
  if (!apart) expect((await post(`/developments/${other.id}/split`, ada)).status).toBe(303);
  const from = (await threadOfDevelopment(db(), other.id)) ?? 0;
  expect((await web().page(`/threads/${from}`)).$("#hand form").attr("action")).toBe(`/threads/${from}/merge`);
  const merged = await post(`/threads/${from}/merge`, { ...ada, into: String(one.threadId) });
  expect([merged.status, merged.headers.get("location")]).toEqual([303, `/threads/${one.threadId}`]);
  expect(await threadOfDevelopment(db(), other.id)).toBe(one.threadId);
  expect((await post(`/developments/${other.id}/split`, ada)).status).toBe(303);
  expect(await threadOfDevelopment(db(), other.id)).not.toBe(one.threadId);
});

test("programs do the same over the API, and read what was done", async () => {
  const { id } = await keepOne("Talks in a fourth place");
  const confirmed = await send(`/developments/${id}/confirm`, ada);
  expect([confirmed.status, await confirmed.json()]).toEqual([200, { actId: expect.any(Number), isNews: false }]);
  expect((await send(`/developments/${id}/severity`, { by: "Ada", severity: 2 })).status).toBe(200);
  expect((await send(`/developments/${id}/severity`, { by: "Ada" })).status).toBe(400);
  expect((await send(`/developments/${id}/confirm`, { by: " " })).status).toBe(400);
  expect((await send("/developments/999999/dismiss", ada)).status).toBe(404);
  const { body } = await web().json(`/api/v1/developments/${id}/acts`);
  expect(body.items.slice(-2)).toMatchObject([
    { act: "confirm", ...ada, at: noon.toISOString() },
    { act: "severity", reason: null, before: {}, after: { severity: 2 } },
  ]);
});
