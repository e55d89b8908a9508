import { describe, expect, test } from "vitest";
import { wordsAt } from "../../../src/domain/span.ts";
import { readArticle } from "../../../src/read/article/article.ts";
import { noHints } from "../../../src/read/hints.ts";
import { fetched, hintsOf } from "../fetched.ts";

/** Invented pages in the layouts of the places we watch; the speakers are invented too. */
const LAYOUTS = {
  "MFA press conference, English": {
    url: "https://www.fmprc.example/eng/xw/fyrbt/lxjzh/202605/t20260519_11912345.html",
    zone: "Asia/Shanghai",
    html: `<html><head><meta charset="utf-8"><title>Spokesperson Wen Qiao’s Regular Press Conference on May 19, 2026_Ministry of Foreign Affairs</title>
<meta name="ArticleTitle" content="Spokesperson Wen Qiao’s Regular Press Conference on May 19, 2026"><meta name="PubDate" content="2026-05-19 20:31"></head><body>
<div class="news_header_title">Spokesperson Wen Qiao’s Regular Press Conference on May 19, 2026</div><div class="xltime">Updated: May 19, 2026 20:31</div>
<div class="content_text"><div class="trs_editor_view TRS_UEDITOR trs_paper_default"><p>A minister will visit from May 21 to 23.</p>
<p><strong>Wire One:</strong>&nbsp;Could you confirm the date?</p><p><b>Wen</b> <b>Qiao:</b> We have no date to share.</p><p>[Print] [Close]</p></div></div>
<div class="news-foot">Address</div></body></html>`,
    title: "Spokesperson Wen Qiao’s Regular Press Conference on May 19, 2026",
    date: "2026-05-19T20:31+08:00",
    kind: "transcript",
    lang: "en",
    lines: [
      "A minister will visit from May 21 to 23.",
      "Wire One: Could you confirm the date?",
      "Wen Qiao: We have no date to share.",
    ],
  },
  "MFA press conference, Chinese": {
    url: "https://www.mfa.example/web/fyrbt_673021/jzhsl_673025/202605/t20260519_11912000.shtml",
    zone: "Asia/Shanghai",
    html: `<html><head><title>2026年5月19日发言人温乔主持例行记者会_外交部</title><meta name="PubDate" content="2026-05-19 18:52"></head><body>
<div class="news-title"><h1>2026年5月19日发言人温乔主持例行记者会</h1><p class="time"><span>2026-05-19 18:52</span></p></div>
<div class="news-main" id="News_Body_Txt_A"><p>　　某国外长将访华。</p><p>　　<strong>某社记者：中方能否介绍有关安排？</strong></p><p>　　温乔：目前没有可以提供的消息。</p><p>　　<strong>追问：</strong>何时？<br>　　温乔：请等待。</p><p>分享到：</p></div></body></html>`,
    title: "2026年5月19日发言人温乔主持例行记者会",
    date: "2026-05-19T18:52+08:00",
    kind: "transcript",
    lang: "zh",
    lines: [
      "某国外长将访华。",
      "某社记者：中方能否介绍有关安排？",
      "温乔：目前没有可以提供的消息。",
      "追问：何时？",
      "温乔：请等待。",
    ],
  },
  "MFA remarks": {
    url: "https://www.mfa.example/web/202605/t20260522_1.shtml",
    zone: "Asia/Shanghai",
    html: `<html><body><h1>发言人温乔就有关问题答记者问</h1><p class="time"><span>2026-05-22 22:41</span></p><div id="News_Body_Txt_A"><p>　　问：对此有何评论？</p><p>　　答：我们注意到有关报道。</p></div></body></html>`,
    title: "发言人温乔就有关问题答记者问",
    date: "2026-05-22T22:41+08:00",
    kind: "transcript",
    lang: "zh",
    lines: ["问：对此有何评论？", "答：我们注意到有关报道。"],
  },
  "State Department briefing": {
    url: "https://www.state.example/briefings/department-press-briefing-july-29-2025/",
    zone: "America/New_York",
    html: `<html><head><title>Department Press Briefing – July 29, 2025 - Department of State</title></head><body><h1 class="featured-content__headline">Department Press Briefing – July 29, 2025</h1>
<section class="article-meta"><p class="article-meta__doctype">Department Press Briefing</p><p class="article-meta__author-bureau">Ann Lee, Department Spokesperson</p><p class="article-meta__publish-date">July 29, 2025</p></section>
<div class="entry-content"><div class="wp-block-summary-article-index"><ul><li>China</li><li>AI</li></ul></div><p><strong>2:12 p.m. EDT</strong></p><p><b>MS LEE:</b>&nbsp; Hi, everybody.</p><p><b>QUESTION:</b>  Thank you.</p><p>(The briefing was concluded at 3:04 p.m.)</p><p># # #</p></div></body></html>`,
    title: "Department Press Briefing – July 29, 2025",
    date: "2025-07-29",
    kind: "transcript",
    lang: "en",
    lines: [
      "2:12 p.m. EDT",
      "MS LEE: Hi, everybody.",
      "QUESTION: Thank you.",
      "(The briefing was concluded at 3:04 p.m.)",
    ],
  },
  "White House readout": {
    url: "https://www.whitehouse.example/briefings-statements/2026/05/readout/",
    zone: "America/New_York",
    html: `<html><head><title>Readout of a Call – The White House</title></head><body><main><div class="wp-block-whitehouse-topper"><p>Briefings &amp; Statements</p><h1>Readout of a Call</h1><div class="wp-block-post-author-name">The White House</div><div class="wp-block-post-date"><time datetime="2026-05-15T16:53:00-04:00">May 15, 2026</time></div></div>
<div class="entry-content wp-block-post-content"><p>Today the two leaders spoke.</p><p>Share this page</p><p>###</p></div></main><footer>The White House</footer></body></html>`,
    title: "Readout of a Call",
    date: "2026-05-15T16:53:00-04:00",
    kind: "release",
    lang: "en",
    lines: ["Today the two leaders spoke."],
  },
  "MOFCOM press conference, dated by its page and not by its title": {
    url: "https://english.mofcom.example/News/PressConference/art/2026/art_0123456789abcdef0123456789abcdef.html",
    zone: "Asia/Shanghai",
    html: `<html><head><meta name="ArticleTitle" content="MOFCOM Regular Press Conference (May 21, 2026)"><meta name="PubDate" content="2026-05-22 09:14"></head><body><div class="art-title"><h1>MOFCOM Regular Press Conference (May 21, 2026)</h1></div><div class="art-con"><p><strong>Wen Qiao:</strong> Dear friends, good afternoon.</p></div></body></html>`,
    title: "MOFCOM Regular Press Conference (May 21, 2026)",
    date: "2026-05-22T09:14+08:00",
    kind: "transcript",
    lang: "en",
    lines: ["Wen Qiao: Dear friends, good afternoon."],
  },
  "UN noon briefing": {
    url: "https://press.un.example/en/2026/db260519.doc.htm",
    zone: "America/New_York",
    html: `<html><body><h1 class="page-header"><span>Daily Press Briefing by the Office of the Spokesperson</span></h1><div class="field--name-field-dated"><time datetime="2026-05-19T12:00:00Z">19 May 2026</time></div>
<div class="field--name-body"><p><em>The following is a near-verbatim transcript of today’s noon briefing.</em></p><p><strong>**Global Dialogue</strong></p><p>Good afternoon.</p><p><strong>Question:</strong>  Thank you.</p></div></body></html>`,
    title: "Daily Press Briefing by the Office of the Spokesperson",
    date: "2026-05-19T12:00:00Z",
    kind: "transcript",
    lang: "en",
    lines: [
      "The following is a near-verbatim transcript of today’s noon briefing.",
      "**Global Dialogue",
      "Good afternoon.",
      "Question: Thank you.",
    ],
  },
  "China Daily, whose machine date is wrong by centuries": {
    url: "https://www.chinadaily.example/a/202605/25/WS0123456789abcdef01234567.html",
    zone: "Asia/Shanghai",
    html: `<html><head><title>Cooperation on the table - World - Daily.example</title><meta name="publishdate" content="2569-05-17"/></head><body><div id="lft-art"><h1>Cooperation on the table</h1>
<div class="info"><span class="info_l">By Ann Lee in New York | Invented Daily | Updated: 2026-05-25 09:12</span></div><div id="Content"><figure><img src="//img/a.jpg"><figcaption>A hall.</figcaption></figure><p>At a briefing, a spokesperson said nothing.</p><p>"It is now open," Lee said.</p></div><div id="div_currpage"><a href="x_2.html">Next</a></div></div></body></html>`,
    title: "Cooperation on the table",
    date: "2026-05-25T09:12+08:00",
    kind: "news",
    lang: "en",
    lines: ["At a briefing, a spokesperson said nothing.", '"It is now open," Lee said.'],
  },
  Xinhua: {
    url: "https://www.xinhua.example/20260519/0123456789abcdef0123456789abcdef/c.html",
    zone: "Asia/Shanghai",
    html: `<html><head><title>两国举行对话-某网</title></head><body><h1>两国举行对话</h1><div class="info">2026-05-19 20:05:11 来源：某网</div><div id="detail"><p>　　双方就人工智能问题交换了意见。</p><p>【纠错】 【责任编辑:某某】</p></div></body></html>`,
    title: "两国举行对话",
    date: "2026-05-19T20:05:11+08:00",
    kind: "news",
    lang: "zh",
    lines: ["双方就人工智能问题交换了意见。"],
  },
  "a regulator's notice": {
    url: "https://www.cac.example/2026-06/18/c_1783525612489633.htm",
    zone: "Asia/Shanghai",
    html: `<html><head><meta name="ArticleTitle" content="关于某办法的公告"><meta name="PubDate" content="2026-06-18 10:00"></head><body><div class="article-content"><p>　　本办法自2026年8月1日起施行，请各有关单位遵照执行。</p></div></body></html>`,
    title: "关于某办法的公告",
    date: "2026-06-18T10:00+08:00",
    kind: "release",
    lang: "zh",
    lines: ["本办法自2026年8月1日起施行，请各有关单位遵照执行。"],
  },
} as const;

describe.each(Object.entries(LAYOUTS))("%s", (_, page) => {
  const article = readArticle(fetched(page.html, { url: page.url }), hintsOf({ timeZone: page.zone }));

  test("gives the body alone, line by line", () => expect(article.text.split("\n")).toEqual(page.lines));
  test("gives title, date, kind and language", () =>
    expect({ ...article, date: article.publishedAt?.value }).toMatchObject({
      title: page.title,
      date: page.date,
      kind: page.kind,
      lang: page.lang,
      problems: [],
    }));
  test("gives blocks whose spans cut out the lines", () =>
    expect(article.blocks.map((block) => wordsAt(article.text, block))).toEqual(page.lines));
});

const paragraphs = Array.from(
  { length: 6 },
  (_, n) =>
    `<p>Paragraph ${n} says, at some length, that both sides of the invented table wish to talk about models, chips and safety again.</p>`,
).join("");

describe("pages of think tanks and press, whose layout nobody described", () => {
  const url = "https://institute.example/articles/how-to-talk/";
  const page = (head: string, body: string) =>
    `<html lang="en"><head><title>How to talk | Institute</title>${head}</head><body><nav><a href="/">Home</a><a href="/about">About</a></nav>${body}<footer>© Institute</footer></body></html>`;

  test("Brookings: JSON-LD gives date and author, related links are left out", () => {
    const head = `<meta property="article:published_time" content="2026-05-20T13:00:00+00:00"><meta property="og:site_name" content="Institute"><script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"Article","headline":"How to talk","datePublished":"2026-05-20T13:00:00+00:00","author":[{"name":"Ann Lee"},{"name":"Bo Chan"}]}]}</script>`;
    const article = readArticle(
      fetched(
        page(
          head,
          `<h1>How to talk</h1><div class="byo-block wysiwyg">${paragraphs}<h2>Next steps</h2><p>“Begin,” one expert wrote, and the others in the room agreed with it at once.<sup><a href="#footnote-1">1</a></sup></p></div><div class="related-content"><p>Related: Another article that has nothing to do with it, at all</p></div>`,
        ),
        { url },
      ),
      noHints,
    );
    expect(article).toMatchObject({
      title: "How to talk",
      byline: "Ann Lee, Bo Chan",
      publisher: "Institute",
      publishedAt: { value: "2026-05-20T13:00:00Z", basis: "jsonld" },
    });
    expect(article.text).toContain("Paragraph 0");
    expect(article.text).toContain("agreed with it at once.");
    expect(article.text).not.toMatch(/nothing to do|Home|©/);
  });

  test("a title and a date that a line break cuts keep a space there", () => {
    const head = `<h1>How to talk<br>in Norhaven</h1><p class="date">May 20, 2026<br>Norhaven</p>`;
    const html = `<html lang="en"><body><article>${head}${paragraphs}</article></body></html>`;
    expect(readArticle(fetched(html, { url }), noHints)).toMatchObject({
      title: "How to talk in Norhaven",
      publishedAt: { value: "2026-05-20" },
    });
  });

  test("CSIS: a printed date without class counts, quotations are marked", () => {
    const article = readArticle(
      fetched(
        page(
          "",
          `<main><h1>How to talk</h1><div class="contributors">Commentary by <a href="/people/x">Ann Lee</a></div><p class="date">Published May 20, 2026</p><div class="wysiwyg-wrapper">${paragraphs}<blockquote><p>A quotation of some length, which the invented author puts between two paragraphs.</p></blockquote>${paragraphs.replaceAll("Paragraph", "Part")}</div></main>`,
        ),
        { url },
      ),
      noHints,
    );
    expect(article.publishedAt).toMatchObject({ value: "2026-05-20", precision: "day", basis: "element" });
    expect(article.blocks.some((block) => block.kind === "quote")).toBe(true);
    expect(article.byline).toBe("Ann Lee");
  });

  test("an articleBody in JSON-LD takes out what is not in it", () => {
    const body = Array.from(
      { length: 6 },
      (_, n) =>
        `Paragraph ${n} says, at some length, that both sides of the invented table wish to talk about models, chips and safety again.`,
    ).join(" ");
    const head = `<script type="application/ld+json">${JSON.stringify({ "@type": "NewsArticle", articleBody: body })}</script>`;
    const article = readArticle(
      fetched(
        page(
          head,
          `<article>${paragraphs}<p>Our editors also chose three more stories that you may want to look at today.</p></article>`,
        ),
        { url },
      ),
      noHints,
    );
    expect(article.text).not.toContain("editors");
    expect(article.blocks).toHaveLength(6);
  });
});

describe("the catalogue's selectors come first", () => {
  const html =
    "<html><body><h1>Wrong</h1><b class=t>Right title</b><i class=d>19/05/2026</i><div class=x><p>Kept words of the text.</p><p class=ad>Cut</p></div><article><p>Not this</p></article></body></html>";
  const document = { body: [".gone", ".x"], title: [".t"], date: [".d"], drop: [".ad"], kind: "report" };

  test("for body, title, date, kind and what to drop", () => {
    const article = readArticle(fetched(html), hintsOf({ document, timeZone: "Europe/London" }));
    expect(article).toMatchObject({
      text: "Kept words of the text.",
      title: "Right title",
      kind: "report",
      publishedAt: { value: "2026-05-19", basis: "element" },
      problems: [],
    });
  });

  test("and say when they match nothing, while the general reader reads on", () => {
    const article = readArticle(fetched(html), hintsOf({ document: { body: [".gone"] } }));
    expect(article.problems.map((problem) => problem.code)).toEqual(["layout-changed"]);
    expect(article.text).not.toBe("");
  });

  test("and never throw when they are no CSS", () => {
    const article = readArticle(fetched(html), hintsOf({ document: { body: ["p["], title: ["h1["], date: ["::x["] } }));
    expect(article.problems.map((problem) => problem.code)).toContain("bad-selector");
  });
});
