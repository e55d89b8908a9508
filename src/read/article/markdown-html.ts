/** Lines that begin a block of their own, inside a paragraph too. */
const HEADING = /^ {0,3}(#{1,6})\s+(.*)$/;
const ITEM = /^\s*(?:[-*+]|\d{1,3}[.)])\s+(.*)$/;
const QUOTE = /^ {0,3}>\s?(.*)$/;
const RULE = /^ {0,3}(?:[-*_]\s*){3,}$/;
const FENCE = /^ {0,3}(?:```|~~~)/;
const UNDERLINE = /^ {0,3}(?:=+|-+)\s*$/;

/**
 * Turns Markdown into HTML, as far as text needs it: headings, paragraphs, list items, quotes, bold, links, code.
 *
 * The lines of a paragraph or list item belong together until a blank line; two spaces or a backslash at a line's end
 * break it. Link targets, images and reference definitions are not text. HTML inside passes through.
 * Covers what press archives hold, not all of CommonMark: tables are read line by line.
 */
export function markdownHtml(markdown: string): string {
  const html: string[] = [];
  let lines: string[] = [];
  let tag = "p";
  const flush = () => {
    if (lines.length > 0) html.push(`<${tag}>${inline(lines.join("\n"))}</${tag}>`);
    lines = [];
    tag = "p";
  };
  const begin = (name: string, text: string) => {
    flush();
    tag = name;
    lines = [text];
  };
  let fenced = false;
  for (const line of markdown.split(/\r\n?|\n/)) {
    if (FENCE.test(line)) {
      flush();
      fenced = !fenced;
      continue;
    }
    if (fenced) {
      html.push(`<p>${line.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</p>`);
      continue;
    }
    const heading = HEADING.exec(line);
    const item = ITEM.exec(line);
    const quote = QUOTE.exec(line);
    if (line.trim() === "" || /^\s*\[[^\]]+\]:\s+\S+/.test(line)) flush();
    else if (UNDERLINE.test(line) && lines.length > 0 && tag === "p") {
      tag = "h2";
      flush();
    } else if (RULE.test(line)) flush();
    else if (heading) {
      begin(`h${heading[1]?.length ?? 1}`, withoutClosingMarks(heading[2] ?? ""));
      flush();
    } else if (item) begin("li", item[1] ?? "");
    else if (quote) {
      if (tag === "blockquote" && quote[1]) lines.push(quote[1]);
      else begin("blockquote", quote[1] ?? "");
    } else lines.push(line);
  }
  flush();
  return html.join("\n");
}

/** `## Title ##` is the title alone. */
function withoutClosingMarks(text: string): string {
  const words = text.trimEnd();
  let end = words.length;
  while (words[end - 1] === "#") end--;
  return end === 0 || /\s/.test(words[end - 1] ?? "") ? words.slice(0, end).trimEnd() : words;
}

/** Marks that stand for characters while the inline rules run. */
const PRIVATE = 0xe000;

/** What any of the inline rules begins with. */
const MARK = /[\\[`*_<\ue000-\ue0ff]| {2}\n/;

/** Turns the marks inside a block into HTML. Backslash escapes stay the characters they protect. */
function inline(text: string): string {
  if (!MARK.test(text)) return text;
  return text
    .replace(/\\\r?\n|(?<! ) {2,}\n/g, "<br>")
    .replace(/\\([\\`*_{}[\]()#+.!|<>~&"'-])/g, (_, character: string) =>
      String.fromCharCode(PRIVATE + character.charCodeAt(0)),
    )
    .replace(/!\[(?:(?!!\[)[^\]]){0,500}\]\([^()]{0,2000}(?:\([^()]{0,200}\)[^()]{0,200})?\)/g, "")
    .replace(/\[([^[\]]{0,2000})\]\((?:[^()]{0,2000}|[^()]{0,1000}\([^()]{0,200}\)[^()]{0,1000})\)/g, "$1")
    .replace(/\[([^[\]]{1,500})\]\[[^[\]]{0,200}\]/g, "$1")
    .replace(/<((?:https?|mailto):[^<>\s]{1,2000})>/g, "$1")
    .replace(/`([^`\n]{1,500})`/g, "$1")
    .replace(/(\*\*|__)(?=\S)([^*_]{0,2000}?\S)\1/g, "<strong>$2</strong>")
    .replace(/(?<![\p{L}\p{N}*_])([*_])(?=[^\s*_])([^*_]{0,2000}?)(?<=\S)\1(?![\p{L}\p{N}*_])/gu, "$2")
    .replace(/[\ue000-\ue0ff]/g, (mark) => {
      const character = String.fromCharCode(mark.charCodeAt(0) - PRIVATE);
      return character === "<" ? "&lt;" : character === "&" ? "&amp;" : character;
    });
}
