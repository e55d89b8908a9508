import { beforeAll, describe, expect, test, vi } from "vitest";
import { makeToken } from "../../src/db/analysts/tokens.ts";
import { useDatabase } from "../support/database.ts";
import { noon } from "../support/moments.ts";
import { buildStatement } from "../support/readings.ts";
import { buildCapture } from "../support/rows.ts";
import { keepCatalogue, keepDevelopment, keepDocument, keepWords } from "./archive.ts";
import { openWeb } from "./open-web.ts";

const db = useDatabase();
const web = () => openWeb(db());
const HOSTILE = '<script>alert(1)</script> & "quoted" =cmd()';
const place = { documentId: 0, versionId: 0, captureId: 0 };

beforeAll(async () => {
  await keepCatalogue(db());
  await keepWords(db(), "Guardrails were discussed.", { day: "2026-05-19" });
  await keepWords(db(), `${HOSTILE} was discussed.`, { day: "2026-05-18" });
  const url = "https://norland.example/changing";
  const text = "A hotline was promised.";
  const kept = await keepDocument(db(), {
    url,
    text,
    statements: [buildStatement(text, text)],
    article: { title: HOSTILE },
  });
  await keepDevelopment(db(), kept, { summary: HOSTILE, evidence: [{ start: 0, end: 9 }] });
  const capture = await buildCapture(db(), { url, identity: url, body: "<p>raw</p>" });
  const edited = "A line was promised.";
  await keepDocument(db(), { text: edited, statements: [buildStatement(edited, edited)], capture, cause: "edited" });
  Object.assign(place, { documentId: kept.documentId, captureId: capture.captureId });
});

test("a client that only replays the changes ends with the dump", { timeout: 60_000 }, async () => {
  const dump = (await (await web().get("/api/v1/dump")).text())
    .trim()
    .split("\n")
    .map((line: string) => JSON.parse(line));
  const copy = new Map<string, unknown>();
  let after: string | null = null;
  // Transactions of other databases of this server hold changes back too, so the client asks again.
  await vi.waitFor(
    async () => {
      const { body } = await web().json(`/api/v1/changes?limit=2${after ? `&after=${after}` : ""}`);
      for (const { noun, id, document, development } of body.items)
        copy.set(`${noun} ${id}`, { noun, id, document, development });
      after = body.next;
      expect(copy.size).toBe(dump.length);
      expect(body.items).toEqual([]);
    },
    { timeout: 45_000, interval: 50 },
  );
  const inOrder = (all: readonly unknown[]) => all.map((one) => JSON.stringify(one)).sort();
  expect(dump.length).toBe(4);
  expect(inOrder([...copy.values()])).toEqual(inOrder(dump));
});

test("two dumps are made at a time, and one whose reader has left is not gone on with", async () => {
  const { app, get } = web();
  const dump = () => get("/api/v1/dump");
  for (let at = 0; at < 3; at += 1) expect((await app.request("/api/v1/dump", { method: "HEAD" })).status).toBe(200);
  const [first, second, third] = [await dump(), await dump(), await dump()];
  expect([first.status, second.status, third.status]).toEqual([200, 200, 503]);
  expect(third.headers.get("Retry-After")).toBe("10");
  await first.body?.cancel();
  const next = await vi.waitFor(async () => {
    const again = await dump();
    expect(again.status).toBe(200);
    return again;
  });
  expect((await dump()).status).toBe(503);
  const lines = async (response: Response) => (await response.text()).trim().split("\n").length;
  expect([await lines(second), await lines(next)]).toEqual([4, 4]);
});

describe("the archive's API", () => {
  test("finds a statement by its lasting name, and the page leads there too", async () => {
    const feed = await web().json("/feeds/statements.json?q=guardrails");
    const url = new URL(feed.body.items[0].url);
    const key = url.pathname.slice(3);
    const { body } = await web().json(`/api/v1/statements/by-key/${key}`);
    expect(body.words).toBe("Guardrails were discussed.");
    expect((await web().get(`/s/${key}`)).status).toBe(302);
    expect((await web().get(`/api/v1/statements/by-key/${"0".repeat(32)}`)).status).toBe(404);
  });

  test("tells of one actor, topic, source and capture what leads on from it, and of none that is not there", async () => {
    expect((await web().json("/api/v1/actors/ada-example")).body).toMatchObject({
      ...{ id: "ada-example", name: "Ada Example", side: "North", parent: { id: "norland-ministry" } },
      offices: [{ role: "Spokesperson", body: "norland-ministry", from: "2025-01", to: null }, { to: "2024-12" }],
      links: { html: "http://localhost/actors/ada-example" },
    });
    const topic = await web().json("/api/v1/topics/frontier");
    expect(topic.body).toMatchObject({ parentId: null, leaves: [{ id: "frontier.safety" }] });
    expect((await web().json("/api/v1/sources/quiet-source")).body).toMatchObject({ state: "off", enabled: false });
    const capture = await web().json(`/api/v1/captures/${place.captureId}`);
    expect(capture.body).toMatchObject({ documentId: place.documentId, byteLength: 10, thinned: false });
    const bytes = await web().get(new URL(capture.body.links.body).pathname);
    expect(await bytes.text()).toBe("<p>raw</p>");
    for (const path of ["actors/nobody", "topics/%00", "sources/..", "captures/999", "captures/x"])
      expect([path, (await web().get(`/api/v1/${path}`)).status]).toEqual([path, 404]);
  });

  test.each(["actors/ada-example", "topics/frontier", "sources/norland-briefings"])(
    "sends %s once to whoever has it already",
    async (path) => {
      const tag = (await web().get(`/api/v1/${path}`)).headers.get("etag") ?? "";
      const again = await web().get(`/api/v1/${path}`, { "If-None-Match": tag });
      expect([tag === "", again.status]).toEqual([false, 304]);
    },
  );

  test("counts, suggests, and shows what changed", async () => {
    expect((await web().json("/api/v1/facets?q=discussed")).body).toMatchObject({ of: 2, complete: true });
    expect((await web().json("/api/v1/names?q=nor")).body.items[0]).toMatchObject({ field: "actor", id: "norland" });
    const { body } = await web().json(`/api/v1/documents/${place.documentId}/diff?from=1&to=2`);
    expect(
      body.pieces
        .filter(({ kind }: { kind: string }) => kind !== "same")
        .map(({ text }: { text: string }) => text.trim()),
    ).toEqual(["hotline", "line"]);
    expect((await web().get(`/api/v1/documents/${place.documentId}/diff?from=1&to=9`)).status).toBe(400);
    expect((await web().json("/api/v1/actors")).body.items).toBeDefined();
    expect((await web().json("/api/v1/topics")).body.items.length).toBe(4);
  });

  test("gives raw bytes as a download that runs nowhere", async () => {
    const { captureId } = place as unknown as { captureId: number };
    const response = await web().get(`/api/v1/captures/${captureId}/body`);
    const { headers } = response;
    expect(await response.text()).toBe("<p>raw</p>");
    expect(headers.get("content-type")).toBe("application/octet-stream");
    expect(headers.get("content-security-policy")).toContain("sandbox");
  });

  test("answers 304 when the client has it", async () => {
    const first = await web().get("/api/v1/topics");
    const etag = first.headers.get("etag") ?? "";
    expect(etag).not.toBe("");
    expect((await web().get("/api/v1/topics", { "If-None-Match": etag })).status).toBe(304);
  });

  test("explains a mistake at its place", async () => {
    const { body, status } = await web().json("/api/v1/statements?q=talks+actor:norlnd");
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      expect.objectContaining({ parameter: "q", start: 12, end: 18, suggestion: "norland" }),
    ]);
  });

  test("tells readers from editors", async () => {
    const open = openWeb(db(), { access: "token" });
    const ask = async (scope: "reader" | "editor") => {
      const token = await makeToken(db(), scope, scope, noon, null);
      return (await open.get("/api/v1/deliveries", { Authorization: `Bearer ${token}` })).status;
    };
    expect([await ask("reader"), await ask("editor")]).toEqual([403, 200]);
  });
});

describe("a feed of any search", () => {
  test.each(["statements", "developments"])("of %s is escaped Atom", async (noun) => {
    const response = await web().get(`/feeds/${noun}.atom?actor=norland`);
    const [text, headers] = [await response.text(), response.headers];
    expect(headers.get("content-type")).toContain("atom+xml");
    expect(text).toContain("&lt;script&gt;");
    expect(text).not.toContain("<script>");
  });

  test("of a question that cannot be understood is refused", async () => {
    expect((await web().get("/feeds/statements.atom?q=kind:spoken")).status).toBe(400);
  });
});
