import { expect, test } from "vitest";
import { bareWords } from "../../../src/read/text/bare-words.ts";

test.each([
  ["markup is left out, and words of two elements stay apart", "<p>One</p><p>two <b>three</b></p>", "One two three"],
  ["script, style and head say nothing", "<head><title>T</title></head><script>a<b</script>One<STYLE>x</STYLE>", "One"],
  [
    "an element with such a beginning of its name is none of them",
    "<header>One</header><styled>two</styled>",
    "One two",
  ],
  ["what stands where script does not run counts", "<noscript>Enable JavaScript</noscript>", "Enable JavaScript"],
  ["a script that never ends swallows the rest", "One <script>two <p>three", "One"],
  ["a tag that never ends swallows the rest", "One <p two", "One"],
  ["of a page of nothing but brackets nothing is left, at once", `One ${"<".repeat(1_000_000)}`, "One"],
  ["of scripts that are only begun too", `One ${"<script>".repeat(100_000)}`, "One"],
  ["white space is folded", " One\n\n\u3000two ", "One two"],
])("%s", (_, html, words) => {
  expect(bareWords(html)).toBe(words);
});

test("no more words are read than are wanted", () => {
  expect(bareWords("<p>word</p>".repeat(100), 10)).toBe("word word word");
});
