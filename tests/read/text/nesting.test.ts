import { describe, expect, test } from "vitest";
import { nestingOf } from "../../../src/read/text/nesting.ts";

describe("the depth of HTML", () => {
  test.each([
    ["void elements and line breaks do not nest", "<p>a<br>b<img>c<hr>".repeat(900), 1],
    ["paragraphs without an end do not nest", "<p>a".repeat(900), 1],
    ["list items without an end do not nest", `<ul>${"<li>a".repeat(900)}</ul>`, 2],
    [
      "tags inside scripts and comments are no tags",
      `<script>${"<div>".repeat(900)}</script><!--${"<div>".repeat(900)}--><p>`,
      1,
    ],
    ["what an outer end closes is closed", "<div><b><i></div>".repeat(900), 3],
    ["end tags of nothing close nothing", "</b></div>".repeat(900), 0],
  ])("%s", (_, html, depth) => expect(nestingOf(html, 512, "html")).toBe(depth));

  test("divs inside broken paragraphs count, so that the guard cannot be walked around", () => {
    expect(nestingOf("<p><div></p>".repeat(900), 512, "html")).toBeGreaterThan(512);
  });

  test("counting stops at the limit, whatever follows", () => {
    expect(nestingOf("<div>".repeat(1_000_000), 512, "html")).toBe(513);
  });
});

test("in XML every element nests until it ends, and CDATA holds none", () => {
  expect(nestingOf("<a><br><b/></br></a>", 99, "xml")).toBe(2);
  expect(nestingOf(`<a><![CDATA[${"<b>".repeat(99)}]]></a>`, 99, "xml")).toBe(1);
});
