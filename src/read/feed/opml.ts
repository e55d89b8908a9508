import { absoluteAddress } from "../text/address.ts";
import { childrenOf, type ElementNode, isElement, parseHtml, parseXml } from "../text/dom.ts";
import { nestingOf } from "../text/nesting.ts";
import { oneLine } from "../text/plain-text.ts";

/** A feed of a subscription list. */
export type Subscription = {
  readonly title: string | null;
  readonly feedUrl: string;
  readonly pageUrl: string | null;
  /** Names of the folders it stands in, the outermost first. */
  readonly folders: readonly string[];
};

const DEEPEST = 256;

/** Reads a subscription list in OPML 1.0 or 2.0 (opml.org/spec2.opml). Null where the text is none. One entry per feed, in order. */
export function readOpml(xml: string): readonly Subscription[] | null {
  if (nestingOf(xml, DEEPEST, "xml") > DEEPEST) return null;
  const dom = parseXml(xml);
  const body = dom.root().find("opml > body, OPML > BODY, opml > Body").get(0);
  if (!body) return null;
  const found = new Map<string, Subscription>();
  const visit = (element: ElementNode, folders: readonly string[]) => {
    for (const child of childrenOf(element)) {
      if (!isElement(child) || child.name.toLowerCase() !== "outline") continue;
      const at = attributes(child);
      const title = oneLine(at("title")) ?? oneLine(at("text"));
      const feedUrl = absoluteAddress(at("xmlurl"));
      if (feedUrl && !found.has(feedUrl))
        found.set(feedUrl, { title, feedUrl, pageUrl: absoluteAddress(at("htmlurl")), folders });
      visit(child, title && !feedUrl ? [...folders, title] : folders);
    }
  };
  visit(body, []);
  return [...found.values()];
}

/** Attributes by lower-case names, their entities decoded. */
function attributes({ attribs }: ElementNode): (name: string) => string | null {
  const byName = new Map(Object.entries(attribs).map(([name, value]) => [name.toLowerCase(), value]));
  return (name) => {
    const value = byName.get(name);
    return value === undefined ? null : parseHtml(value.replaceAll("<", "&lt;")).text();
  };
}
