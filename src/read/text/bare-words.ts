/** Elements whose content is no words of the page. */
const WORDLESS = /^(?:script|style|svg|template|head)$/i;

/**
 * Gives the words of a page without parsing it: no script, style, head or markup, white space folded. For a first look at pages that nobody
 * has judged yet, in time linear in their length whatever they hold; what is left open swallows the rest.
 *
 * @param most - No more than so many UTF-16 units of words are wanted.
 */
export function bareWords(html: string, most = Number.POSITIVE_INFINITY): string {
  const words: string[] = [];
  let length = 0;
  let at = 0;
  while (at < html.length && length <= most) {
    const open = html.indexOf("<", at);
    const text = html.slice(at, open < 0 ? html.length : open);
    words.push(text);
    length += text.trim().length;
    if (open < 0) break;
    const close = html.indexOf(">", open);
    if (close < 0) break;
    const name = /^<([a-z]+)[\s>]/i.exec(html.slice(open, open + 12))?.[1] ?? "";
    at = WORDLESS.test(name) ? endOf(html, name, close + 1) : close + 1;
  }
  return words.join(" ").replace(/\s+/g, " ").trim();
}

function endOf(html: string, name: string, from: number): number {
  const closing = new RegExp(`</${name}[\\s>]`, "gi");
  closing.lastIndex = from;
  const found = closing.exec(html);
  const end = found ? html.indexOf(">", found.index) : -1;
  return end < 0 ? html.length : end + 1;
}
