import { inArray } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { saveCheck } from "../../src/db/archive/documents.ts";
import { savePoll } from "../../src/db/collection/polls.ts";
import { fileFailure } from "../../src/db/collection/stage-failures.ts";
import { claimDigest, settleDigest } from "../../src/db/digests/digests.ts";
import { sources } from "../../src/db/schema/catalogue.ts";
import { countStatementTallies } from "../../src/db/search/tallies.ts";
import { linkKept } from "../support/copies.ts";
import { useDatabase } from "../support/database.ts";
import { hoursOn, noon, secondsOn } from "../support/moments.ts";
import { buildDay, buildStatement } from "../support/readings.ts";
import { buildCapture, buildDelivery, buildSubscriber, buildWatchedSource, lookAgain } from "../support/rows.ts";
import { keepCatalogue, keepDevelopment, keepDocument, keepWords } from "./archive.ts";
import { openWeb } from "./open-web.ts";

const db = useDatabase();
const web = () => openWeb(db());

const BEFORE = "A briefing of Norland\nThe spokesperson said: “We will talk in June.”\nShe did not name a place.";
const AFTER = "A briefing of Norland\nThe spokesperson said: “We will talk in July.”\nShe did not name a place.";
const ids = { statement: 0, document: 0, development: 0, edit: 0, digest: 0, older: 0 };

beforeAll(async () => {
  await keepCatalogue(db());
  const actors = [{ actorId: "ada-example", method: "office-at-date" as const, confidence: 0.95 }];
  const words = (month: string) => `We will talk in ${month}.`;
  const first = await keepDocument(db(), {
    text: BEFORE,
    statements: [buildStatement(BEFORE, words("June"), { actors })],
    article: { title: "Briefing of 19 May" },
  });
  const again = await buildCapture(db(), { url: "https://norland.example/again", identity: "x" });
  const edited = await keepDocument(db(), {
    text: AFTER,
    statements: [buildStatement(AFTER, words("July"), { actors })],
    article: { title: "Briefing of 19 May" },
    capture: { captureId: again.captureId, documentId: first.documentId },
    cause: "edited",
  });
  ids.older = first.statementIds[0] ?? 0;
  ids.statement = edited.statementIds[0] ?? 0;
  ids.document = edited.documentId;
  const at = AFTER.indexOf("We will");
  ids.development = await keepDevelopment(db(), edited, {
    summary: "Norland will talk in July",
    severity: 5,
    evidence: [{ start: at, end: at + words("July").length }],
  });
  ids.edit = await keepDevelopment(db(), edited, {
    ...{ type: "document.silent-edit", severity: 3, summary: "“June” became “July”" },
    previousVersionId: first.versionId,
  });
  await keepWords(db(), "我们愿意就人工智能安全开展对话。", {
    topics: [{ id: "frontier.safety", score: 1, evidence: [] }],
  });
  await buildDelivery(db());
  const subscriberId = await buildSubscriber(db());
  ids.digest =
    (await claimDigest(
      db(),
      {
        ...{ subscriberId, day: "2026-05-19", periodStart: hoursOn(-24), periodEnd: noon, messageId: "<1@parley>" },
        ...{ subject: "Parley: talks in July", html: '<p style="color:red">In July</p>', plain: "In July" },
      },
      noon,
    )) ?? 0;
  await settleDigest(db(), ids.digest, "sent", null, noon);
});

describe("today", () => {
  test("shows what is new by weight, with a marker and a word beside it", async () => {
    const { $ } = await web().page("/");
    const first = $(".development").first();
    expect(first.find("h3").text()).toBe("Norland will talk in July");
    expect(first.find(".severity").text()).toContain("turning point");
    expect(first.find(".mark").text()).toBe("new");
  });

  test("says how complete the watch was and names who is late", async () => {
    const { $ } = await web().page("/");
    expect($(".coverage").text()).toContain("1 of 2 sources answer as they should");
    expect($(".coverage").text()).toContain("failing or late: Southmark, news");
  });

  test("shows both clocks", async () => {
    const { $ } = await web().page("/");
    expect($(".dateline time").text()).toBe("19 May 2026, 20:00 Beijing · 08:00 Washington");
  });
});

describe("a statement", () => {
  test("shows the words, the speaker with the office on that day, and the chain to the bytes", async () => {
    const { $, status } = await web().page(`/statements/${ids.statement}`);
    expect(status).toBe(200);
    expect($(".one-statement blockquote").text()).toBe("We will talk in July.");
    expect($(".who").text()).toContain("Ada Example, Spokesperson, Norland Ministry of Talks");
    expect($(".who").text()).not.toContain("Deputy");
    expect($(".facts .hash").first().text()).toMatch(/^[0-9a-f]{64}$/);
    expect($(".archived mark").text()).toBe("We will talk in July.");
  });

  test("leads to its words, highlighted in the archived text", async () => {
    const { $ } = await web().page(`/statements/${ids.statement}`);
    const link = $(".one-statement a[data-open]").attr("href") ?? "";
    expect(link).toBe(`/documents/${ids.document}?v=2#s${ids.statement}`);
    const target = await web().page(link.split("#")[0] ?? "");
    expect(target.$(`mark#s${ids.statement}`).text()).toBe("We will talk in July.");
  });

  test("of an older version stays citable and says so", async () => {
    const { $ } = await web().page(`/statements/${ids.older}`);
    expect($(".marks").text()).toContain("in an older version");
  });
});

describe("a search", () => {
  test("that meets nothing, though its words are a name, links to what may have been meant", async () => {
    const { $ } = await web().page("/statements?q=channel&kind=direct");
    const link = $(".empty a").first();
    expect(new URL(link.attr("href") ?? "", "http://localhost").search).toBe("?q=topic%3Aprocess.channel&kind=direct");
    expect($(".empty").text()).toContain("Did you mean what was said on the topic channel (topic:process.channel)");
    expect((await web().page(link.attr("href") ?? "")).$(".list blockquote").length).toBeGreaterThan(0);
  });

  test("that meets nothing because of a slip links to the word that may have been meant", async () => {
    const { $ } = await web().page("/statements?q=tlak+July&kind=direct");
    expect($(".empty").text()).toContain("Did you mean talk: 1 statement");
    const link = $(".empty a").first().attr("href") ?? "";
    expect(new URL(link, "http://localhost").searchParams.get("q")).toBe("talk July");
    expect((await web().page(link)).$(".count").text()).toBe("1 statement");
    expect((await web().page("/statements?q=tlak&lang=zh")).$(".empty").text()).toContain("是否要查找： talk");
  });

  test.each([
    ["q=July+actor:Ada", "July actor:ada-example"],
    ["actor=Ada&q=July", "ada-example"],
  ])("?%s, which names nobody, links to the name that has it as a part", async (question, meant) => {
    const { $, status } = await web().page(`/statements?${question}`);
    expect(status).toBe(400);
    expect($(".mistakes a code").text()).toBe(meant);
    expect((await web().page($(".mistakes a").attr("href") ?? "")).status).toBe(200);
  });
});

describe("words that are said again", () => {
  const words = "The two sides will keep the line between their laboratories open at every hour of the day";
  const said = { first: 0, again: 0 };
  beforeAll(async () => {
    const first = await keepWords(db(), words, { day: "2026-03-02" });
    const again = await keepWords(db(), words, { day: "2026-05-18", sourceId: "southmark-news" });
    for (const { versionId } of [first, again]) await linkKept(db(), versionId);
    Object.assign(said, { first: first.id, again: again.id });
  });

  test("lead to who said them first, and from there to who said them again", async () => {
    const { $ } = await web().page(`/statements/${said.again}`);
    expect($(".marks a.mark").attr("href")).toContain(`/statements/${said.first}`);
    expect($(".elsewhere li").text()).toContain("first the same words");
    const first = await web().page(`/statements/${said.first}`);
    expect(first.$(".marks a.mark")).toHaveLength(0);
    expect(first.$(".elsewhere a").first().attr("href")).toContain(`/statements/${said.again}`);
  });

  test("make their documents one family, each naming the other", async () => {
    const { $ } = await web().page(`/statements/${said.again}`);
    const address = $(".one-statement .proof a").attr("href")?.split("?")[0] ?? "";
    const { $: document } = await web().page(address);
    expect(document(".elsewhere .proof").text()).toContain("the first");
  });
});

describe("a document", () => {
  test("shows the version that counts, and the earlier one with a notice", async () => {
    expect((await web().page(`/documents/${ids.document}`)).$(".archived").text()).toContain("July");
    const older = await web().page(`/documents/${ids.document}?v=1`);
    expect(older.$(".archived").text()).toContain("June");
    expect(older.$(".notice").text()).toContain("This is version 1; version 2 counts today.");
  });

  test("shows the changes between two versions", async () => {
    const { $ } = await web().page(`/documents/${ids.document}?v=2&from=1`);
    expect($(".diff del").text()).toContain("June");
    expect($(".diff ins").text()).toContain("July");
  });

  test.each(["v=9", "v=x", "v=2&from=9"])("with %s is not found", async (query) => {
    expect((await web().page(`/documents/${ids.document}?${query}`)).status).toBe(404);
  });

  test("that was withdrawn says so", async () => {
    const { documentId } = await keepWords(db(), "These words were withdrawn.");
    await lookAgain(db(), documentId, "gone");
    expect((await web().page(`/documents/${documentId}`)).$("dl.facts").text()).toContain("withdrawn");
  });

  test("that was gone and is there again says so, with each look that found it otherwise", async () => {
    const { documentId } = await keepWords(db(), "These words came back.");
    const look = { failureCode: null, captureId: null };
    const never = { dueAt: null, nextCheckAt: null };
    for (const [hours, outcome, httpStatus] of [
      [1, "same", 304],
      [6, "gone", 404],
      [24, "withdrawn", 404],
      [48, "restored", 200],
      [96, "same", 304],
    ] as const)
      await saveCheck(db(), documentId, { ...look, outcome, httpStatus, checkedAt: secondsOn(hours * 3_600) }, never);
    const { $ } = await web().page(`/documents/${documentId}`);
    expect($("dl.facts .mark").text()).toBe("restored");
    expect(
      $(".looks li")
        .toArray()
        .map((line) => $(line).text().replace(/^.*: /, "")),
    ).toEqual(["restored", "withdrawn (HTTP status 404)", "not there (HTTP status 404)"]);
    const { body } = await web().json(`/api/v1/documents/${documentId}`);
    expect(body).toMatchObject({ withdrawnAt: null, lastLookAt: secondsOn(96 * 3_600).toISOString() });
    expect(body.looks).toMatchObject([{ outcome: "restored" }, { outcome: "withdrawn" }, { outcome: "gone" }]);
  });

  test("without a readable version says so", async () => {
    const { documentId } = await buildCapture(db());
    const { $, status } = await web().page(`/documents/${documentId}`);
    expect(status).toBe(200);
    expect($(".empty").text()).toContain("No text could be read");
  });
});

test("a development shows its evidence and the way to it", async () => {
  const { $ } = await web().page(`/developments/${ids.development}`);
  expect($("h1").text()).toBe("Norland will talk in July");
  expect($(".quote blockquote").text()).toBe("We will talk in July.");
  expect($(".quote a[data-open]").attr("href")).toBe(`/documents/${ids.document}?v=2#s${ids.statement}`);
});

test("a silent edit shows what was removed and what was added", async () => {
  const { $ } = await web().page(`/developments/${ids.edit}`);
  expect($(".diff del").text()).toContain("June");
  expect($(".diff ins").text()).toContain("July");
});

test("a search keeps its state in the address and in the form", async () => {
  const { $ } = await web().page("/statements?q=talk&actor=ada-example&since=2026-05");
  expect($('.filters input[name="q"]').attr("value")).toBe("talk");
  expect($('.filters input[name="actor"]').attr("value")).toBe("ada-example");
  expect($('.filters input[name="since"]').attr("value")).toBe("2026-05");
  expect($(".count").text()).toBe("1 statement");
});

test("a search shows how what it found is spread, each count leading to those it counts", async () => {
  const { $ } = await web().page("/statements?q=talk+OR+对话");
  const counts = $(".counts li")
    .toArray()
    .map((item) => $(item).text());
  expect(counts).toEqual(expect.arrayContaining(["Ada Example 1", "safety 1", "English 1", "Chinese 1"]));
  const link = $(".counts a").filter((_, one) => $(one).text() === "Chinese");
  const narrowed = await web().page(link.attr("href") ?? "");
  expect(narrowed.$(".count").text()).toBe("1 statement");
  expect(narrowed.$(".filters input[name=q]").attr("value")).toBe("talk OR 对话");
});

test("a search is ordered by the date of the words, or by how well they fit", async () => {
  for (const [order, chosen] of [
    ["", ""],
    ["relevance", "relevance"],
  ] as const) {
    const { $, status } = await web().page(`/statements?q=talk&order=${order}`);
    expect(status).toBe(200);
    expect($('select[name="order"] option[selected]').attr("value") ?? "").toBe(chosen);
  }
});

test("actors are suggested by their names in the language of the page", async () => {
  await countStatementTallies(db(), noon);
  const { $ } = await web().page("/statements");
  expect($(`datalist#${$("input[name=actor]").attr("list")} option[value=ada-example]`).attr()).toEqual({
    value: "ada-example",
    label: "Ada Example",
  });
  expect((await web().page("/statements?lang=zh")).$("datalist option[value=ada-example]").attr("label")).toBe("阿达");
});

test.each([
  ["talked OR 人工智能安全", "人工智能安全"],
  ['"will talk in july" -rain', "will talk in July"],
])("a search for %s marks what it found in the words", async (question, marked) => {
  const { $ } = await web().page(`/statements?q=${encodeURIComponent(question)}`);
  const marks = $("blockquote.said mark").toArray();
  expect(marks.map((mark) => $(mark).text())).toContain(marked);
  expect($("blockquote.said").text()).toContain(marked);
});

test("an empty search says what was searched and how complete it can be", async () => {
  const { $ } = await web().page("/statements?q=unicorn");
  expect($(".empty").text()).toContain("No statement meets this search.");
  expect($(".empty").text()).toContain("1 of 2 sources answer");
});

test("a search with a mistake is answered with what is expected, and keeps what was typed", async () => {
  const { $, status } = await web().page("/statements?q=kind:spoken");
  expect(status).toBe(400);
  expect($("[role=alert]").text()).toContain("direct, mixed or indirect");
  expect($('.filters input[name="q"]').attr("value")).toBe("kind:spoken");
});

test("an actor's page shows offices, the body and the latest words", async () => {
  const { $ } = await web().page("/actors/ada-example");
  expect($("h1").text()).toBe("Ada Example");
  expect($(".facts").text()).toContain("Spokesperson, Norland Ministry of Talks since 2025-01");
  expect($(".statement blockquote").first().text()).toBe("We will talk in July.");
});

test("an actor's page in Chinese names the offices in Chinese", async () => {
  const { $ } = await web().page("/actors/ada-example?lang=zh");
  expect($(".facts").text()).toContain("发言人, 诺兰会谈部");
});

test("the sources page shows who fails and who is not watched, and why", async () => {
  const { $ } = await web().page("/sources");
  expect($("#southmark-news").hasClass("failing")).toBe(true);
  expect($("#quiet-source").text()).toContain("Its feed ended in 2024.");
});

test("the sources page tells the state of each source, and which is unusually quiet", async () => {
  const days = (from: number) => Array.from({ length: 12 }, (_, day) => hoursOn(24 * (day - from)));
  const quiet = await buildWatchedSource(db(), {
    ...{ newsAt: days(40), lastPollAt: noon, lastSuccessAt: noon, nextPollAt: hoursOn(1) },
  });
  const late = await buildWatchedSource(db(), { lastSuccessAt: hoursOn(-2), nextPollAt: hoursOn(-1) });
  const gone = await buildWatchedSource(db(), { failuresInRow: 1, nextPollAt: null });
  const { $ } = await web().page("/sources");
  expect([quiet, late, gone].map((id) => $(`#${id} .mark`).text())).toEqual(["reached", "late", "gone for good"]);
  expect($(`#${quiet} .reason`).text()).toContain("Unusually quiet since");
  expect([quiet, late, gone].map((id) => $(`#${id}`).hasClass("failing"))).toEqual([false, true, true]);
  await db()
    .update(sources)
    .set({ enabled: false })
    .where(inArray(sources.id, [quiet, late, gone]));
});

test("the sources page names what is wrong with a list that was read, each kind once", async () => {
  const bad = { code: "bad-date", message: "Cannot read the date “soon”." };
  await savePoll(db(), {
    ...{ sourceId: "norland-briefings", startedAt: noon, finishedAt: noon, nextPollAt: noon, httpStatus: 200 },
    ...{ outcome: "read", etag: null, lastModified: null, items: [] },
    problems: [bad, { code: "entries-missed", message: "Others have <b>passed</b> unseen." }, bad],
  });
  const { $ } = await web().page("/sources");
  const told = $("#norland-briefings .reason")
    .toArray()
    .map((line) => $(line).text().replace(/\s+/g, " ").trim());
  expect(told).toEqual([
    "bad-date Cannot read the date “soon”. (2×)",
    "entries-missed Others have <b>passed</b> unseen.",
  ]);
});

test("a digest shows its plain text, and its mail in a page that runs no script", async () => {
  expect((await web().page(`/digests/${ids.digest}`)).$(".mail").text()).toBe("In July");
  const mail = await web().page(`/digests/${ids.digest}/mail`);
  expect(mail.$("p").text()).toBe("In July");
  expect(mail.headers.get("content-security-policy")).toMatch(/default-src 'none'.*sandbox/);
});

test("the filters stand open until something is asked, and folded above an answer", async () => {
  expect((await web().page("/statements")).$("details.fold").attr("open")).toBeDefined();
  expect((await web().page("/statements?lang=zh")).$("details.fold").attr("open")).toBeDefined();
  expect((await web().page("/statements?q=talk")).$("details.fold").attr("open")).toBeUndefined();
});

test("a reader whose program prefers Chinese gets it where the address says nothing", async () => {
  const chinese = await web().get("/topics", { "accept-language": "zh-CN,zh;q=0.9,en;q=0.5" });
  expect(await chinese.text()).toContain('<html lang="zh-Hans">');
  expect(chinese.headers.get("vary")).toContain("Accept-Language");
  const english = await web().get("/topics?lang=en", { "accept-language": "zh" });
  expect(await english.text()).toContain('<html lang="en">');
});

test("the deliveries page names rule, endpoint and state, and no address", async () => {
  const { $ } = await web().page("/deliveries");
  expect($("table").text()).toContain("pending");
  expect($.text()).not.toContain("desk.example/hook");
});

describe("the Chinese interface", () => {
  test.each([
    "/",
    "/developments",
    "/statements",
    "/documents",
    "/actors",
    "/topics",
    "/sources",
    "/deliveries",
    "/about",
  ])("of %s is Chinese and stays so from link to link", async (path) => {
    const { $ } = await web().page(`${path}?lang=zh`);
    expect($("html").attr("lang")).toBe("zh-Hans");
    expect($("nav").first().text()).toContain("表态");
    const own = $("nav a, .more a, article a")
      .toArray()
      .map((link) => $(link).attr("href") ?? "")
      .filter((href) => href.startsWith("/") && !href.startsWith("/api"));
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter((href) => !href.includes("lang=zh"))).toEqual([]);
  });
});

test.each(["/developments", "/statements", "/documents", "/actors", "/topics", "/deliveries", "/about"])(
  "%s answers",
  async (path) => {
    expect((await web().page(path)).status).toBe(200);
  },
);

test.each([
  "/nothing",
  "/statements/0",
  "/statements/999999",
  "/statements/99999999999999999999",
  "/statements/x",
  "/developments/999999",
  "/documents/999999",
  "/digests/999999",
  "/actors/nobody",
  "/actors/%00",
])("%s is a page that says that nothing is there", async (path) => {
  const { $, status } = await web().page(path);
  expect(status).toBe(404);
  expect($("h1").text()).toBe("Not found");
  expect($("nav").length).toBeGreaterThan(0);
});

test("the feed is well-formed and links each development", async () => {
  const response = await web().get("/developments.atom");
  expect(response.headers.get("content-type")).toContain("application/atom+xml");
  const text = await response.text();
  expect(text).toContain(`<id>http://localhost/developments/${ids.development}</id>`);
  expect(text).toContain("<title>Norland will talk in July</title>");
});

test("day dates stay days", async () => {
  const { id } = await keepWords(db(), "Said on a day.", { saidAt: buildDay("2026-05-18"), day: "2026-05-18" });
  const { $ } = await web().page(`/statements/${id}`);
  expect($(".one-statement .proof time").text()).toBe("18 May 2026");
});

test("work that was put aside stands on the page of sources, with what has it tried again", async () => {
  const failure = { subject: "7", code: "reader-crashed", remedy: "park", nextAt: null } as const;
  await fileFailure(db(), { ...failure, stage: "read", message: "Reading took over 10 seconds." }, noon);
  await fileFailure(db(), { ...failure, stage: "match", message: "A rule could not be applied." }, noon);
  const { $ } = await web().page("/sources");
  const lines = $("section:has(h2:contains('Put aside')) li")
    .toArray()
    .map((line) => $(line).text().replace(/\s+/g, " "));
  expect(lines).toHaveLength(2);
  expect(lines.find((line) => line.startsWith("read 7"))).toMatch(/reader-crashed.*10 seconds.*parley replay read/);
  expect(lines.find((line) => line.startsWith("match 7"))).not.toContain("replay");
});
