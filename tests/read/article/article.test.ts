import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { wordsAt } from "../../../src/domain/span.ts";
import { readArticle } from "../../../src/read/article/article.ts";
import { opened } from "../../../src/read/container/open.ts";
import { noHints } from "../../../src/read/hints.ts";
import { fetched } from "../fetched.ts";

const read = (body: string | Uint8Array, url = "https://news.example.org/a.html", type?: string) =>
  readArticle(fetched(body, type === undefined ? { url } : { url, type }), noHints);
const readOpened = async (body: string | Uint8Array, url: string) =>
  readArticle(await opened(fetched(body, { url })), noHints);
const codes = (article: { problems: readonly { code: string }[] }) => article.problems.map((problem) => problem.code);

describe("plain text", () => {
  test("is kept unchanged, whatever stands in it", () => {
    const text = "---\ntitle: not metadata\n---\r\n\r\n  Ann Lee said: <b>“Yes.”</b>\u00a0&amp; â€™\n# # #\n";
    const article = read(text, "file:///data/a.txt");
    expect(article.text).toBe(text);
    expect(article.title).toBeNull();
    expect(article.blocks.map((block) => wordsAt(text, block))).toEqual([
      "---",
      "title: not metadata",
      "---",
      "Ann Lee said: <b>“Yes.”</b>\u00a0&amp; â€™",
      "# # #",
    ]);
  });

  test("takes title and date from the hints", () => {
    const published = { value: "2026-05-19", precision: "day", basis: "user", raw: "2026-05-19" } as const;
    expect(
      readArticle(fetched("Words.", { url: "file:///a.txt" }), { ...noHints, title: "T", published }),
    ).toMatchObject({ title: "T", publishedAt: published });
  });
});

describe("Markdown", () => {
  const source = `---
title: "A plan: part one"
date: 2026-05-19
published_time: 2026-05-19 05:00:00-04:00
modified_time: 2026-05-20 05:00:00-04:00
source_url: https://office.example/plan/
---
# A plan: part one

Since **Day 1**, the [office](https://office.example/a_(b)) has
worked on it\\_all.  
A new line.

- first item that
  goes on
- second *item*

> Quoted
> words

## Next
Text &amp; more ![alt](x.png)
`;
  const article = read(source, "file:///data/plan.md");

  test("front matter is metadata and never text", () => {
    expect(article).toMatchObject({
      title: "A plan: part one",
      url: "https://office.example/plan/",
      publishedAt: { value: "2026-05-19T05:00:00-04:00" },
      updatedAt: { value: "2026-05-20T05:00:00-04:00" },
      problems: [],
    });
    expect(article.text).not.toContain("source_url");
  });

  test("hard-wrapped lines are one paragraph, marks and addresses are not text", () => {
    expect(article.blocks.map((block) => [block.kind, wordsAt(article.text, block)])).toEqual([
      ["paragraph", "Since Day 1, the office has worked on it_all."],
      ["paragraph", "A new line."],
      ["list-item", "first item that goes on"],
      ["list-item", "second item"],
      ["quote", "Quoted words"],
      ["heading", "Next"],
      ["paragraph", "Text & more"],
    ]);
    expect(article.blocks[0]?.bold.map((span) => wordsAt(article.text, span))).toEqual(["Day 1"]);
  });

  test("front matter that is no YAML costs only the metadata", () => {
    const broken = read("---\n: [\n---\nText.", "file:///a.md");
    expect(codes(broken)).toEqual(["bad-front-matter"]);
    expect(broken.text).toBe("Text.");
  });

  test("front matter beyond all measure costs only the metadata", () => {
    const long = read(`---\ntitle: A plan\n${"a: b\n".repeat(600_000)}---\nText.`, "file:///a.md");
    expect(codes(long)).toEqual(["bad-front-matter"]);
    expect(long).toMatchObject({ title: null, text: "Text." });
  });

  test("a document of more headings than a page has tags is not read, and says so", () =>
    expect(codes(read("# a\n".repeat(125_000), "file:///a.md"))).toEqual(["too-large", "no-text"]));

  test.each([
    ["![a sign (of talks)](x.png)", ""],
    ["![a](b(c).png) and on", "and on"],
    ["![![a](b)", "!["],
    ["![a [small] sign](x.png)Words", "![a [small] sign](x.png)Words"],
  ])("the picture %s is no text", (source, text) =>
    expect(read(`A\n\n${source}`, "file:///a.md").text).toBe(`A\n${text}`.trimEnd()),
  );

  test("a rule at the start is no front matter", () =>
    expect(read("Text.\n\n---\n\nMore.", "file:///a.md").text).toBe("Text.\nMore."));
});

describe("mail", () => {
  test("of one part gives subject, date, sender and text", async () => {
    const mail =
      'From: "Press Office" <press@office.example>\r\nSubject: =?UTF-8?B?5Lya6LCI?= held\r\nDate: Tue, 19 May 2026 20:31:00 +0800\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nBoth sides met=2E They =\r\nagreed on caf=C3=A9s.\r\n';
    expect(await readOpened(mail, "file:///a.eml")).toMatchObject({
      title: "会谈 held",
      byline: "Press Office",
      publishedAt: { value: "2026-05-19T20:31:00+08:00", basis: "header" },
      text: "Both sides met. They agreed on cafés.\n",
      problems: [],
    });
  });

  const parts = (html: string) =>
    `Subject: Held\r\nFrom: desk@office.example\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nPlain words.\r\n--x\r\nContent-Type: text/html; charset=gb18030\r\nContent-Transfer-Encoding: base64\r\n\r\n${iconv.encode(html, "gb18030").toString("base64")}\r\n--x--\r\n--a\r\nContent-Type: application/pdf; name=plan.pdf\r\nContent-Disposition: attachment; filename=plan.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--a--\r\n`;

  test("of several parts gives the words of its HTML, and names the document that came with it", async () => {
    const article = await readOpened(
      parts("<html><body><p>双方会谈。</p><p>第二次会谈在秋天。</p></body></html>"),
      "file:///a.eml",
    );
    expect(article).toMatchObject({
      title: "Held",
      byline: "desk@office.example",
      text: "双方会谈。\n第二次会谈在秋天。",
    });
    expect(article.problems).toMatchObject([{ code: "attachment", message: expect.stringContaining("plan.pdf") }]);
  });

  test("gives its plain text where the HTML holds no words", async () => {
    expect((await readOpened(parts("<html><body><img src=x></body></html>"), "file:///a.eml")).text.trim()).toBe(
      "Plain words.",
    );
  });

  test.each([
    ["nested without end", `${"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n".repeat(500)}`, "bad-mail"],
    [
      "of a hundred thousand parts",
      `Content-Type: multipart/mixed; boundary=b\r\n\r\n${"--b\r\n\r\nx\r\n".repeat(100_000)}`,
      "bad-mail",
    ],
    ["empty", "", "no-text"],
  ])("that is %s is named, and nothing is thrown", async (_case, mail, code) => {
    expect(codes(await readOpened(mail, "file:///a.eml"))).toContain(code);
  });
});

test("of a page that names 40,000 authors the first 200 are told", () => {
  const name = (n: number) => `Ann ${String.fromCharCode(...[...`${n}`].map((digit) => 97 + Number(digit)))}`;
  const authors = Array.from({ length: 40_000 }, (_, n) => `<meta name="author" content="${name(n)}">`).join("");
  const { byline } = read(`<html><head>${authors}</head><body><p>The talks go on.</p></body></html>`);
  expect(byline?.split(", ")).toEqual(Array.from({ length: 200 }, (_, n) => name(n)));
});

describe("what cannot be read says why", () => {
  test.each([
    ["a PDF, whatever its name", "%PDF-1.7", "https://a.example/a.html", "unsupported-media"],
    ["an empty page", "", "https://a.example/a", "no-text"],
    [
      "a page without text",
      "<html><head><title>T</title></head><body><script>x()</script></body></html>",
      "https://a.example/a",
      "no-text",
    ],
    ["a page of more than 5 MB", "x ".repeat(2_600_000), "https://a.example/a", "too-large"],
    ["a page nested 100,000 deep", "<div>".repeat(100_000), "https://a.example/a", "too-deep"],
    [
      "a check page",
      "<html><head><title>Just a moment...</title></head><body><p>Checking your browser</p></body></html>",
      "https://a.example/a",
      "block-page",
    ],
    [
      "a captcha in Chinese",
      "<html><body><p>访问频繁，请输入验证码</p></body></html>",
      "https://a.example/a",
      "block-page",
    ],
    [
      "an apology",
      "<html><head><title>Technical Difficulties</title></head><body><h1>We are sorry</h1><p>Try later.</p></body></html>",
      "https://a.example/a",
      "block-page",
    ],
    [
      "the ministry's page for what is gone",
      "<html><body><p>Welcome to the ministry</p></body></html>",
      "https://www.mfa.example/web/system/a/index_17321.shtml",
      "block-page",
    ],
  ])("%s", (_, body, url, code) => {
    const began = performance.now();
    expect(codes(read(body, url))).toEqual([code]);
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  test.each([
    [
      "an article about a captcha",
      `<article><h1>New captcha fails</h1>${"<p>The study found that a captcha stops few of the programs which its makers tested.</p><p>Others say it does not matter at all to them, or to anyone.</p>".repeat(9)}</article>`,
    ],
    [
      "a short remark with the word forbidden",
      '<div class="TRS_UEDITOR"><p>The spokesperson said that the use of such systems against civilians is forbidden, and that talks go on.</p></div>',
    ],
  ])("%s is no check page", (_, body) => expect(codes(read(body))).toEqual([]));
});

describe("dates are checked against each other", () => {
  const page = (head: string, body = "") =>
    `<html><head>${head}</head><body>${body}<p>Text of the page.</p></body></html>`;
  const date = (html: string, url: string) => read(html, url).publishedAt?.value ?? null;

  test.each([
    [
      "the address wins over a date it contradicts",
      page('<meta name="pubdate" content="2016-01-01">'),
      "https://a.example/2026/05/25/x.html",
      "2026-05-25",
    ],
    [
      "a day apart is no contradiction",
      page('<meta name="pubdate" content="2026-05-24T23:00:00-04:00">'),
      "https://a.example/2026/05/25/x.html",
      "2026-05-24T23:00:00-04:00",
    ],
    [
      "the hour is taken from where it stands",
      page('<meta name="pubdate" content="2026-05-25">', "<span class=date>2026-05-25 09:12</span>"),
      "https://a.example/x",
      "2026-05-25T09:12",
    ],
    [
      "the start of a slug is no day",
      page('<meta name="pubdate" content="2026-05-31">'),
      "https://a.example/2026/05/3-questions/",
      "2026-05-31",
    ],
    [
      "a line that is a date and nothing else counts where nothing has a name",
      page("", "<div>14. Mai 2026</div>"),
      "https://a.example/x",
      "2026-05-14",
    ],
    [
      "a line that says published counts in a footer too",
      page("", "<footer><p>This article was published on May 14, 2026 at 2:00 p.m. by the office</p></footer>"),
      "https://a.example/x",
      "2026-05-14T14:00",
    ],
    [
      "a paragraph may open with the date",
      page("", "<p>27.1.2026 – In the city, people whom nobody named met again to talk.</p>"),
      "https://a.example/x",
      "2026-01-27",
    ],
    [
      "many dates without a name are other things' dates",
      page("", "<p>1 May 2026</p><p>2 May 2026</p><p>3 May 2026</p><p>4 May 2026</p>"),
      "https://a.example/x",
      null,
    ],
    ["no date is no date", page(""), "https://a.example/x", null],
    ["a year in a footer is no date", page("", "<p class=date>© 2026</p>"), "https://a.example/x", null],
  ])("%s", (_, html, url, value) => expect(date(html, url)).toBe(value));

  test("the list's date counts where the page has none", () => {
    const published = { value: "2026-05-19", precision: "day", basis: "feed", raw: "19 May 2026" } as const;
    expect(readArticle(fetched("<p>Text</p>"), { ...noHints, published }).publishedAt).toEqual(published);
  });
});

describe("the general reader", () => {
  const prose = (start: string) =>
    `<p>${start} says, at some length, that both sides of the invented table wish to talk about models, chips and safety again.</p>`;
  const body = ["One", "Two", "Three", "Four", "Five", "Six"].map(prose).join("");
  const text = (html: string) => read(`<html><body>${html}</body></html>`).text;

  test.each([
    [
      "a byline and a date above the first prose",
      `<article><p>Updated May 19, 2026, 6:55 AM</p>${body}</article>`,
      /Updated/,
    ],
    [
      "lines about pictures and offers",
      `<article>${body}<p>(Image credit: Invented Agency)</p><p>Sign up to our free daily newsletter today</p></article>`,
      /credit|Sign up/,
    ],
    [
      "lists of links",
      `<article>${body}<ul><li><a href="/1">Another story</a></li><li><a href="/2">One more story</a></li></ul></article>`,
      /story/,
    ],
    ["a line that editors added", `<article>${body}<p>（责任编辑：某某）</p></article>`, /责任编辑/],
  ])("leaves out %s", (_, html, absent) => {
    expect(text(html)).not.toMatch(absent);
    expect(text(html).split("\n")).toHaveLength(6);
  });

  test("reads a text once that a page prints twice", () =>
    expect(text(`<article><div>${body}</div><div>${body}</div></article>`).split("\n")).toHaveLength(6));
  test("does not believe class names that would take the whole text away", () =>
    expect(
      text(`<article class="article">${body.replaceAll("<p>", '<p class="newsletter">')}</article>`).split("\n"),
    ).toHaveLength(6));
  test("reads parts that a script of the page is going to show", () =>
    expect(text(`<main></main><div hidden id="S:1">${body}</div>`).split("\n")).toHaveLength(6));
});

test("a GBK page that nobody declares is read", () => {
  expect(
    read(
      iconv.encode(
        "<html><body><h1>会谈</h1><div id=News_Body_Txt_A><p>双方就人工智能交换了意见，同意继续对话。</p></div></body></html>",
        "gbk",
      ),
    ).text,
  ).toBe("双方就人工智能交换了意见，同意继续对话。");
});

test("paragraphs of a bilingual page keep their own language", () => {
  const article = read(
    '<div class="TRS_UEDITOR"><p>双方就人工智能交换了意见。</p><p>The two sides exchanged views on it.</p></div>',
  );
  expect(article.blocks.map((block) => block.lang)).toEqual(["zh", "en"]);
});

test("no page makes it throw, and its spans stay inside its text", () => {
  const piece = fc.constantFrom(
    "<p>",
    "</p>",
    "<div class=TRS_UEDITOR>",
    "</div>",
    "<b>",
    "<article>",
    "words of a text ",
    "<meta name=pubdate content=2026>",
    "<time datetime=x>",
    '<script type="application/ld+json">',
    "{",
    "[",
    "</script>",
    "<!--",
    "<html",
    "<title>",
    "<h1>",
    "\u0000",
    "𠮷",
    "<table><tr>",
    "<frameset>",
    "<svg><title>",
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 25 }),
      fc.constantFrom("html", "md", "txt", "eml"),
      (pieces, extension) => {
        const { text, blocks } = read(pieces.join(""), `file:///a.${extension}`);
        for (const block of blocks) expect(wordsAt(text, block).trim()).not.toBe("");
      },
    ),
    { numRuns: 200 },
  );
});
