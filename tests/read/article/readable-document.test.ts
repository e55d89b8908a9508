import { readdirSync, readFileSync } from "node:fs";
import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { shipped } from "../../../src/paths.ts";
import { looseBlocksOf } from "../../../src/read/article/blocks.ts";
import { readableDocument } from "../../../src/read/article/readable-document.ts";
import { type Markup, parseHtml } from "../../../src/read/text/dom.ts";

const options = { keepClasses: true, disableJSONLD: true };

/** The lines that Readability finds in our document, and in one that does as browsers' do. */
function bothReadings(html: string) {
  const { document } = readableDocument(parseHtml(html).root().toArray());
  const region = new Readability(document, { ...options, serializer: (node: unknown) => node as Markup }).parse();
  const content = new Readability(parseHTML(html).document, options).parse()?.content;
  const lines = (nodes: readonly Markup[]) => looseBlocksOf(nodes).map(({ text }) => text);
  return {
    ours: region?.content ? lines([region.content]) : null,
    browsers: content ? lines(parseHtml(content).root().toArray()) : null,
  };
}

const page = (body: string) =>
  `<!doctype html>\n<html><head><title>Talks go on in Norland</title></head><body>${body}</body></html>`;
const sentence =
  "The delegations of both sides met in the harbour, spoke for two hours, and will meet again in the spring. ";
const paragraphs = (count: number) => `<p>${sentence.repeat(3)}</p>`.repeat(count);

describe("Readability finds in our document what it finds in a browser's", () => {
  test.each([
    [
      "an article beside menus",
      `<div class="menu"><a href="/">Home</a></div><div class="story">${paragraphs(4)}</div><div id="footer">Imprint</div>`,
    ],
    ["lines that end in two breaks", `<div id="a">${`${sentence}<br><br>`.repeat(9)}</div>`],
    [
      "a page so short that it tries again with less care",
      `<div class="comment"><div>${sentence}</div><p>${sentence}</p></div>`,
    ],
    [
      "parts that are hidden by style or attribute",
      `<div>${paragraphs(3)}<p style="color:red; display:none">Unseen</p><p hidden>Unseen too</p></div>`,
    ],
    [
      "parts that the last of many rules hides",
      `<div>${paragraphs(3)}<p style="${"a:b;display:block;".repeat(5_000)}display : none">Unseen</p></div>`,
    ],
    [
      "parts that the last of many rules shows",
      `<div>${paragraphs(3)}<p style="${"visibility:hidden;a:b;".repeat(5_000)}visibility:visible">${sentence}</p></div>`,
    ],
    ["a table of one cell", `<table><tbody><tr><td>${paragraphs(5)}</td></tr></tbody></table>`],
    [
      "a list of links in the text",
      `<div>${paragraphs(3)}<ul>${'<li><a href="/x">More</a></li>'.repeat(8)}</ul>${paragraphs(2)}</div>`,
    ],
    [
      "pictures without an address, and links that are scripts",
      `<div>${paragraphs(3)}<figure data-a="b.jpg"></figure><img data-src="a.png"><p>${sentence}<a href="javascript:void(0)">Read</a></p></div>`,
    ],
    [
      "comments before the page and in its text",
      `<div>${sentence}<!-- a break -->${sentence}<span>and on</span></div>${paragraphs(3)}`,
    ],
    ["text in no element", `${sentence.repeat(8)}`],
    ["nothing", ""],
  ])("%s", (_, body) => {
    const { ours, browsers } = bothReadings(page(body));
    expect(ours).toEqual(browsers);
  });

  const folder = shipped("demo/invented");
  test.each(readdirSync(folder).filter((name) => name.endsWith(".html")))(
    "the page %s of the demonstration",
    (name) => {
      const { ours, browsers } = bothReadings(readFileSync(`${folder}/${name}`, "utf8"));
      expect(ours).toEqual(browsers);
      expect(ours?.length).toBeGreaterThan(2);
    },
  );
});

test("scripts and styles are not copied, and what is copied is counted", () => {
  const html =
    "<html><body><script>var a = 1;</script><style>p {}</style><div><p>Words</p><!-- and --></div></body></html>";
  const { elements, depth, textLength } = readableDocument(parseHtml(html).root().toArray());
  expect({ elements, depth, textLength }).toEqual({ elements: 4, depth: 4, textLength: 5 });
});

test("a fragment gets the frame of a page", () => {
  const { document } = readableDocument(parseHtml("<p>Words</p>").root().toArray());
  expect(document.body.textContent).toBe("Words");
  expect(document.documentElement.children.map(({ name }) => name)).toEqual(["head", "body"]);
});

test("words are told anew when something below changes", () => {
  const { document } = readableDocument(parseHtml("<html><body><p>One <b>two</b></p></body></html>").root().toArray());
  const [bold] = document.getElementsByTagName("b");
  expect(document.textContent).toBe("One two");
  bold?.appendChild(document.createTextNode(" three"));
  expect(document.body.textContent).toBe("One two three");
  bold?.remove();
  expect(document.textContent).toBe("One ");
  expect(bold?.textContent).toBe("two three");
});

test("nodes put in the place of others stand where these stood", () => {
  const { document } = readableDocument(
    parseHtml("<html><body><i>1</i><b>2</b><u>3</u></body></html>").root().toArray(),
  );
  const { body } = document;
  const [first, second, third] = body.children;
  if (!first || !second || !third) throw new Error("the page has three elements");
  body.replaceChild(third, first);
  expect(body.children.map(({ name }) => name)).toEqual(["u", "b"]);
  expect(third.nextElementSibling).toBe(second);
  expect(second.previousElementSibling).toBe(third);
  const kept = body.innerHTML;
  second.remove();
  body.innerHTML = kept;
  expect(body.textContent).toBe("32");
});
