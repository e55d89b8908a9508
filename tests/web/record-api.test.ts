import { beforeAll, describe, expect, test } from "vitest";
import { useDatabase } from "../support/database.ts";
import { noon } from "../support/moments.ts";
import { openWeb } from "./open-web.ts";
import { keepRecords, TEXT } from "./records-archive.ts";

const db = useDatabase();
const web = () => openWeb(db());
const API = "http://localhost/api/v1";
let ids: Awaited<ReturnType<typeof keepRecords>>;
let evidence: object;

beforeAll(async () => {
  ids = await keepRecords(db());
  evidence = ids.evidence;
});

/** Reads a list, and each of its records by the address that it names; they must agree. */
async function listAndRecords(path: string) {
  const { body } = await web().json(`/api/v1/${path}`);
  for (const item of body.items) {
    const alone = await web().json(item.links.self.slice("http://localhost".length));
    expect(alone.status).toBe(200);
    expect(alone.body).toMatchObject(item);
    expect((await web().get(item.links.html.slice("http://localhost".length))).status).toBe(200);
  }
  return body;
}

describe("the API's lists of what Parley keeps beside statements", () => {
  test("threads stand with their steps, one thread with what contradicts it, each with its document", async () => {
    const { items, next } = await listAndRecords("threads");
    const [developmentId, otherId] = ids.developments;
    expect(next).toBeNull();
    expect(items).toMatchObject([
      {
        ...{ course: "talks", state: "announced", mergedIntoId: null },
        steps: ids.developments.map((id, index) => ({ developmentId: id, summary: `Promise ${index + 1}` })),
      },
    ]);
    const { body } = await web().json(`/api/v1/threads/${items[0].id}`);
    const document = { id: ids.document, version: 1 };
    expect(body.conflicts).toEqual([
      {
        ...{ about: "date", foundAt: noon.toISOString() },
        first: { developmentId, words: "in May", document },
        other: { developmentId: otherId, words: "in June", document },
      },
    ]);
    expect((await web().json("/api/v1/threads?course=summit")).body.items).toEqual([]);
    expect((await web().json("/api/v1/threads?course=talks&state=announced")).body.items).toHaveLength(1);
    expect((await web().json("/api/v1/threads?state=held")).body.items).toEqual([]);
  });

  test("meetings stand with the accounts and what they say of each topic", async () => {
    const { items } = await listAndRecords("meetings");
    expect(items).toMatchObject([
      {
        ...{ kind: "talks", day: "2026-05-19" },
        readouts: [{ side: { id: "norland", labelZh: "诺兰" }, document: { id: ids.document, version: 1 } }],
        points: [
          {
            ...{ topic: { id: "frontier.safety" }, verdict: "only-first", second: null },
            first: { documentId: ids.document, span: { start: 0, end: 7 }, words: TEXT, strength: "agreed" },
          },
        ],
      },
    ]);
  });

  test("phrases stand with their lives, one phrase with its places up to the limit", async () => {
    const { items } = await listAndRecords("phrases");
    expect(items.map(({ id }: { id: string }) => id)).toEqual(["open-door", "closed-door"]);
    expect(items[0].lives).toMatchObject([
      { actor: { id: "norland" }, textClass: "release", uses: 2, texts: 1, changed: 1, lastUsedAt: noon.toISOString() },
    ]);
    const { body } = await web().json("/api/v1/phrases/open-door?limit=1");
    expect(body.uses).toMatchObject([{ wording: "open door", usedAt: noon.toISOString(), evidence }]);
    expect((await web().json("/api/v1/phrases/open-door")).body.uses).toHaveLength(2);
  });

  test("commitments come page by page, those without a date last, with what was told of them later", async () => {
    const seen: number[] = [];
    let next = "";
    do {
      const { body } = await web().json(`/api/v1/commitments?limit=1${next ? `&cursor=${next}` : ""}`);
      seen.push(...body.items.map(({ id }: { id: number }) => id));
      next = body.next;
    } while (next);
    const [first, undated, last] = ids.commitments;
    expect(seen).toEqual([last, first, undated]);
    const { items } = await listAndRecords("commitments?state=open");
    expect(items.find(({ id }: { id: number }) => id === first)).toMatchObject({
      ...{ by: [{ id: "norland", label: "Norland", labelZh: "诺兰" }], to: [], due: null, evidence },
      ...{ madeAt: "2026-05-01T00:00:00.000Z", reports: [{ report: "repeated", reportedAt: null, evidence }] },
    });
    expect((await web().json("/api/v1/commitments?state=met")).body.items).toEqual([]);
  });

  test("first times name the actor and what was new, and are narrowed to an actor", async () => {
    const { items } = await listAndRecords("first-times");
    expect(items).toMatchObject([
      { kind: "topic", actor: { id: "norland" }, subject: { id: "frontier.safety" }, searched: 12, evidence },
      { kind: "venue", actor: null, subject: { id: "Northport", label: null }, statementId: null },
    ]);
    expect((await web().json("/api/v1/first-times?actor=norland")).body.items).toHaveLength(1);
    expect((await web().json("/api/v1/first-times?actor=southmark")).body.items).toEqual([]);
    expect((await web().json("/api/v1/first-times?limit=1")).body.items).toHaveLength(1);
  });

  test("the versions of a document lead to their text, bytes and difference", async () => {
    const { items } = await listAndRecordsOfVersions();
    expect(items).toMatchObject([
      {
        number: 2,
        current: true,
        cause: "edited",
        links: { diff: `${API}/documents/${ids.document}/diff?from=1&to=2` },
      },
      { number: 1, current: false, cause: "first", statements: 1, links: { diff: null } },
    ]);
    expect(items[0].links.body).toBe(`${API}/captures/${ids.capture}/body`);
  });
});

async function listAndRecordsOfVersions() {
  const { body } = await web().json(`/api/v1/documents/${ids.document}/versions`);
  for (const { links } of body.items) {
    for (const link of Object.values(links).filter((one) => one !== null)) {
      expect([link, (await web().get(String(link).slice("http://localhost".length))).status]).toEqual([link, 200]);
    }
  }
  return body;
}

const cursor = (word: string) => Buffer.from(word).toString("base64url");

describe("a request for records that cannot be understood", () => {
  test.each<[path: string, parameter: string]>([
    ["threads?state=begun", "state"],
    ["threads?course=%00", "course"],
    ["threads?cursor=xyz", "cursor"],
    ["meetings?limit=201", "limit"],
    ["meetings?cursor=xyz", "cursor"],
    ["meetings/1?v=2", "v"],
    ["phrases?limit=1", "limit"],
    ["commitments?state=kept", "state"],
    ["first-times?actor=nobody", "actor"],
    ["first-times?actor=norland,southmark", "actor"],
    ["first-times?actor=a%00b", "actor"],
    ...["statements", "developments", "threads", "commitments"].flatMap((list) =>
      ["~abc", "0~abc", "0~99999999999999999999", "-999999999999999999~1"].map(
        (word) => [`${list}?cursor=${cursor(word)}`, "cursor"] as [string, string],
      ),
    ),
    [`deliveries?cursor=${cursor("-999999999999999999~msg_1")}`, "cursor"],
  ])("%s is answered with a problem that names the parameter", async (path, parameter) => {
    const { status, headers, body } = await web().json(`/api/v1/${path}`);
    expect([status, headers.get("content-type")]).toEqual([400, expect.stringContaining("application/problem+json")]);
    expect(body.errors).toEqual([expect.objectContaining({ parameter })]);
  });

  test.each(
    ["threads", "meetings", "phrases", "commitments", "first-times"].flatMap((noun) =>
      ["0", "999999", "99999999999999999999", "%00"].map((id) => `${noun}/${id}`),
    ),
  )("%s is not found, as a problem", async (path) => {
    const { status, body } = await web().json(`/api/v1/${path}`);
    expect([status, body.detail]).toEqual([404, expect.stringContaining("There is no")]);
  });

  test("versions of no document are not found", async () => {
    expect((await web().get("/api/v1/documents/999999/versions")).status).toBe(404);
  });
});

test("each record list is described, and answered with 304 when the client has it", async () => {
  const { body } = await web().json("/api/v1/openapi.json");
  for (const noun of ["threads", "meetings", "phrases", "commitments", "first-times"]) {
    expect(Object.keys(body.paths)).toEqual(expect.arrayContaining([`/${noun}`, `/${noun}/{id}`]));
    const etag = (await web().get(`/api/v1/${noun}`)).headers.get("etag") ?? "";
    expect([noun, (await web().get(`/api/v1/${noun}`, { "If-None-Match": etag })).status]).toEqual([noun, 304]);
  }
  expect(Object.keys(body.paths)).toContain("/documents/{id}/versions");
  expect(Object.keys(body.components.schemas)).toEqual(expect.arrayContaining(["Thread", "Commitment", "FirstTime"]));
});
