import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wordsAt } from "../../../src/domain/span.ts";
import { joinBlocks, looseBlocksOf } from "../../../src/read/article/blocks.ts";
import { parseHtml } from "../../../src/read/text/dom.ts";

const read = (html: string) => joinBlocks(looseBlocksOf(parseHtml(html).root().toArray()));
const lines = (html: string) => read(html).text.split("\n");

describe("blocks are the lines a reader sees", () => {
  test.each([
    ["neighbouring elements are not glued together", "<div>Wang Er</div><div>said</div>", ["Wang Er", "said"]],
    [
      "a line break splits a giant paragraph",
      "<p>问：何时？<br>答：五月。<br/><br>问：谢谢。</p>",
      ["问：何时？", "答：五月。", "问：谢谢。"],
    ],
    [
      "a line break within a sentence leaves a space",
      "<p>The two sides agreed on <b>a dialogue</b><br>\non <b>military</b> AI.<br>It begins in May.</p>",
      ["The two sides agreed on a dialogue on military AI.", "It begins in May."],
    ],
    [
      "and nothing between hanzi",
      "<p>双方同意就人工智能建立对话机制，<br>\n　　并于五月举行首次会议。<br>会议由双方共同主持。</p>",
      ["双方同意就人工智能建立对话机制，并于五月举行首次会议。", "会议由双方共同主持。"],
    ],
    [
      "two line breaks part even within a sentence",
      "<p>The two sides agreed on<br> <br/>a dialogue.</p>",
      ["The two sides agreed on", "a dialogue."],
    ],
    ["inline tags leave no trace", "<p><b>Ann</b> <b>Lee:</b> Ye<i>s</i>.</p>", ["Ann Lee: Yes."]],
    [
      "NBSP and ideographic spaces become plain or vanish at the edge",
      "<p>　　MS LEE:&nbsp;&nbsp;Hi.&#12288;</p>",
      ["MS LEE: Hi."],
    ],
    ["zero-width characters and soft hyphens vanish", "<p>AI&#8203; di&shy;alogue&#65279;</p>", ["AI dialogue"]],
    [
      "hidden parts are not read",
      '<p>Seen</p><p style="display: none">a</p><p hidden>b</p><p aria-hidden="true">c</p>',
      ["Seen"],
    ],
    [
      "scripts, templates and noscript are not read",
      "<p>Seen</p><script>a</script><style>b</style><template>c</template><noscript>d</noscript>",
      ["Seen"],
    ],
    ["captions are not read", "<figure><img><figcaption>A hall</figcaption></figure><p>Text</p>", ["Text"]],
    ["footnote marks do not stick to words", '<p>dialogue<sup><a href="#n1">1</a></sup> ends</p>', ["dialogue ends"]],
    ["letters and marks are composed", "<p>Cafe&#769;</p>", ["Café"]],
    ["table cells are lines of their own", "<table><tr><td>One</td><td>Two</td></tr></table>", ["One", "Two"]],
  ])("%s", (_, html, expected) => expect(lines(html)).toEqual(expected));

  test("headings, list items and quotations are told apart", () => {
    const { blocks } = read("<h2>H</h2><p>P</p><ul><li>L<p>M</p></li></ul><blockquote><p>Q</p></blockquote>");
    expect(blocks.map((block) => block.kind)).toEqual(["heading", "paragraph", "list-item", "list-item", "quote"]);
  });

  test("bold spans cut out the bold words, over several tags", () => {
    const { text, blocks } = read("<p>First.</p><p><b>Ann </b><strong>Lee:</strong> Yes, <b>truly</b>.</p>");
    expect(blocks[1]?.bold.map((span) => wordsAt(text, span))).toEqual(["Ann Lee:", "truly"]);
  });

  test("each block knows its language", () => {
    const { blocks } = read(
      "<p>双方就人工智能交换了意见。</p><p>The two sides exchanged views on it.</p><p>Die beiden Seiten haben sich auf einen Termin geeinigt.</p>",
    );
    expect(blocks.map((block) => block.lang)).toEqual(["zh", "en", null]);
  });
});

test("spans of blocks and bold words always point into the text", () => {
  const word = fc.constantFrom(
    "a",
    " b ",
    "\u00a0",
    "　",
    "é",
    "e\u0301",
    "\u200b",
    "𠮷",
    "<br>",
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<li>",
    "<blockquote>",
    "&amp;",
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (words) => {
      const { text, blocks } = read(words.join(""));
      expect(blocks.map((block) => wordsAt(text, block)).join("\n")).toBe(text);
      for (const block of blocks) {
        expect(wordsAt(text, block)).toMatch(/^\S(?:[^\n]*\S)?$/u);
        for (const bold of block.bold) {
          expect(bold.start).toBeGreaterThanOrEqual(block.start);
          expect(bold.end).toBeLessThanOrEqual(block.end);
          expect(wordsAt(text, bold)).toMatch(/^\S(?:.*\S)?$/u);
        }
      }
    }),
  );
});
