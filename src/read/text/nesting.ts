/** Elements that have no end tag. */
const VOID = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));

/** Elements whose content is text to a parser, whatever stands in it. */
const RAW = /^(?:script|style)$/;

/** Elements that the next of their kind closes. */
const SELF_CLOSING = new Set("p li dt dd tr td th option".split(" "));

/** Elements that end an open paragraph. */
const ENDS_PARAGRAPH = new Set(
  "address article aside blockquote center details div dl dd dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol pre section table ul".split(
    " ",
  ),
);

const MARKUP = /<!--|<!\[CDATA\[|<(\/?)([a-zA-Z][^\s/>]*)/g;

/**
 * Tells how deep the elements of a markup text are nested, counting no further than `limit + 1`.
 *
 * Run before any parser: parsers and selectors recurse, and 100,000 nested elements stop them for a minute
 * or overflow the stack. One pass, linear in the length of the text.
 *
 * @param kind - In HTML void elements have no end and raw text elements hold no elements; XML knows neither.
 */
export function nestingOf(markup: string, limit: number, kind: "html" | "xml"): number {
  const html = kind === "html";
  const open: string[] = [];
  const openCounts = new Map<string, number>();
  let deepest = 0;

  const close = () => {
    const name = open.pop();
    if (name !== undefined) openCounts.set(name, (openCounts.get(name) ?? 1) - 1);
  };
  const skipPast = (end: RegExp) => {
    end.lastIndex = MARKUP.lastIndex;
    MARKUP.lastIndex = end.test(markup) ? end.lastIndex : markup.length;
  };

  MARKUP.lastIndex = 0;
  for (let match = MARKUP.exec(markup); match; match = MARKUP.exec(markup)) {
    if (match[0] === "<!--") skipPast(/--!?>/g);
    else if (match[0] === "<![CDATA[") skipPast(html ? />/g : /\]\]>/g);
    else {
      const name = html ? (match[2] ?? "").toLowerCase() : (match[2] ?? "");
      if (match[1]) {
        if ((openCounts.get(name) ?? 0) > 0) {
          while (open.at(-1) !== name) close();
          close();
        }
        continue;
      }
      if (html ? VOID.has(name) : endsItself(markup, MARKUP.lastIndex)) continue;
      if (html && RAW.test(name)) {
        skipPast(name === "script" ? /<\/script/gi : /<\/style/gi);
        continue;
      }
      if (html && (open.at(-1) === name ? SELF_CLOSING.has(name) : open.at(-1) === "p" && ENDS_PARAGRAPH.has(name)))
        close();
      open.push(name);
      openCounts.set(name, (openCounts.get(name) ?? 0) + 1);
      if (open.length > deepest) deepest = open.length;
      if (deepest > limit) return deepest;
    }
  }
  return deepest;
}

/** Tells whether the tag that is being read ends in `/>`; looks no further than any sane tag is long. */
function endsItself(markup: string, from: number): boolean {
  for (let at = from; at < markup.length && at < from + 4096; at++) {
    const character = markup[at];
    if (character === ">") return markup[at - 1] === "/";
    if (character === "<") return false;
  }
  return false;
}
