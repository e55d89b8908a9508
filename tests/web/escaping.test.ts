import { load } from "cheerio";
import { beforeAll, expect, test } from "vitest";
import { settleIncidents } from "../../src/db/collection/incidents.ts";
import { actors, sources } from "../../src/db/schema/catalogue.ts";
import { indexDocuments } from "../../src/db/search/document-index.ts";
import { buildActor, buildSource } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { noon } from "../support/moments.ts";
import { buildStatement } from "../support/readings.ts";
import { buildCapture, lookAgain } from "../support/rows.ts";
import { keepCatalogue, keepDevelopment, keepDocument } from "./archive.ts";
import { openWeb } from "./open-web.ts";

const db = useDatabase();
const ids = { statement: 0, document: 0, development: 0 };
const PAYLOAD = `"><script>alert(1)</script><img src=x onerror=alert(1)>'<svg/onload=alert(1)></mark></title></blockquote>`;

beforeAll(async () => {
  await keepCatalogue(db());
  const actor = buildActor({
    id: "hostile",
    name: PAYLOAD,
    zh: [PAYLOAD],
    bloc: PAYLOAD,
    offices: [{ role: PAYLOAD, body: "norland", from: null, to: null }],
  });
  await db()
    .insert(actors)
    .values({ ...actor, nameZh: PAYLOAD, parentId: null, definition: actor });
  const source = buildSource({ id: "hostile-source", title: PAYLOAD, titleZh: PAYLOAD, actor: "hostile" });
  await db()
    .insert(sources)
    .values({ id: source.id, title: PAYLOAD, actorId: "hostile", enabled: true, definition: source, lastPollAt: noon });
  await settleIncidents(db(), [{ sourceId: "hostile-source", code: "failing", message: PAYLOAD }], noon);
  const text = `${PAYLOAD}\n${PAYLOAD} again`;
  const statement = buildStatement(text, `${PAYLOAD} again`, {
    actors: [{ actorId: "hostile", method: "exact", confidence: 1 }],
    speaker: { text: PAYLOAD, start: null, end: null, form: "name", via: "byline" },
    ...{ addressee: PAYLOAD, relayedBy: PAYLOAD, rule: PAYLOAD, flags: [PAYLOAD] },
    question: { start: 0, end: PAYLOAD.length, outlet: PAYLOAD },
    saidAt: { value: "2026-05-19", precision: "day", basis: PAYLOAD, raw: PAYLOAD },
  });
  const address = `javascript:alert(1)//${PAYLOAD}`;
  const capture = await buildCapture(db(), { url: address, identity: "hostile", sourceId: "hostile-source" });
  const kept = await keepDocument(db(), {
    ...{
      text,
      statements: [statement],
      capture,
      article: { title: PAYLOAD, byline: PAYLOAD, publisher: PAYLOAD, problems: [{ code: "x", message: PAYLOAD }] },
    },
  });
  const again = await buildCapture(db(), { url: `${address}2`, identity: "hostile-2" });
  const edited = await keepDocument(db(), {
    ...{
      text: `${text} <script>alert(2)</script>`,
      statements: [statement],
      cause: "edited",
      article: { title: PAYLOAD },
    },
    capture: { captureId: again.captureId, documentId: kept.documentId },
  });
  await lookAgain(db(), kept.documentId, "gone");
  ids.statement = edited.statementIds[0] ?? 0;
  ids.document = kept.documentId;
  ids.development = await keepDevelopment(db(), edited, {
    ...{ summary: PAYLOAD, hedge: PAYLOAD, actorIds: ["hostile"], previousVersionId: kept.versionId },
    evidence: [{ start: 0, end: PAYLOAD.length }],
  });
});

beforeAll(async () => indexDocuments(db(), [ids.document]));

const typed = encodeURIComponent(PAYLOAD);
test.each([
  () => "/",
  () => "/?lang=zh",
  () => `/statements?q=${encodeURIComponent(`"${PAYLOAD.replaceAll('"', "")}"`)}`,
  () =>
    `/statements?q=${typed}&actor=${typed}&topic=${typed}&since=${typed}&saidIn=${typed}&source=${typed}&bloc=${typed}&cursor=${typed}&lang=${typed}`,
  () => `/documents?q=${encodeURIComponent(`"${PAYLOAD.replaceAll('"', "")}"`)}`,
  () => `/documents?q=alert&source=${typed}&saidIn=${typed}&order=${typed}&lang=${typed}`,
  () => "/documents",
  () => "/statements",
  () => `/statements/${ids.statement}`,
  () => `/statements/${ids.statement}?lang=zh`,
  () => `/documents/${ids.document}`,
  () => `/documents/${ids.document}?v=1`,
  () => `/documents/${ids.document}?v=2&from=1`,
  () => `/developments?type=${typed}&status=${typed}&severity=${typed}`,
  () => "/developments",
  () => `/developments/${ids.development}`,
  () => "/actors",
  () => "/actors/hostile",
  () => "/actors/hostile?lang=zh",
  () => "/matrix",
  () => "/topics",
  () => "/sources",
  () => "/deliveries",
  () => `/${typed}`,
])("nothing that came from outside becomes markup (%#)", async (path) => {
  const response = await openWeb(db()).get(path());
  const $ = load(await response.text());
  expect(
    $("script")
      .toArray()
      .map((script) => [$(script).attr("src"), $(script).text()]),
  ).toEqual([[expect.stringMatching(/^\/assets\//), ""]]);
  expect($("img, svg:not(.plot), iframe, object, embed, style, base, template").length).toBe(0);
  for (const element of $("*").toArray()) {
    if (!("attribs" in element)) continue;
    for (const [name, value] of Object.entries(element.attribs)) {
      expect(name).not.toMatch(/^on|^style$|^srcdoc$/);
      if (["href", "src", "action", "formaction"].includes(name))
        expect(value).toMatch(/^(\/(?!\/)|#|https?:|data:,$)/);
    }
  }
});

test("the payload is shown as the text it is", async () => {
  const { $ } = await openWeb(db()).page(`/statements/${ids.statement}`);
  expect($(".one-statement blockquote").text()).toBe(`${PAYLOAD} again`);
  expect($("mark").text()).toBe(`${PAYLOAD} again`);
});

test("the feed holds it as text too", async () => {
  const xml = load(await (await openWeb(db()).get("/developments.atom")).text(), { xml: true });
  expect(xml("entry title").first().text()).toBe(PAYLOAD);
  expect(xml("script").length).toBe(0);
});
