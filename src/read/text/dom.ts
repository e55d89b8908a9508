import { type CheerioAPI, load } from "cheerio/slim";

/** A node of a parsed page or feed. */
export type Node = Exclude<Parameters<typeof load>[0], string | Buffer | readonly unknown[]>;

/** A node with a name and attributes. */
export type ElementNode = Extract<Node, { attribs: unknown }>;

/** A parsed page or feed, to be queried with CSS. */
export type Dom = CheerioAPI;

/** Parses HTML, as tolerant as browsers are. Guard with `nestingOf` first. */
export function parseHtml(html: string): Dom {
  const dom = load(html);
  // Each query compares every element at the top with every other: then one around them all is quicker.
  return (dom.root()[0]?.children.length ?? 0) > MOST_AT_THE_TOP ? load(`<html>${html}</html>`) : dom;
}

/** A page that begins like a page has a handful. */
const MOST_AT_THE_TOP = 1_000;

/** Parses a fragment that was XML once: `<iframe/>` ends itself there, and does not swallow the rest. */
export function parseFragment(html: string): Dom {
  return load(html, { xml: { xmlMode: false, recognizeSelfClosing: true } });
}

/** Parses XML without refusing anything: bare ampersands and open tags pass. Guard with `nestingOf` first. */
export function parseXml(xml: string): Dom {
  return load(xml, { xml: { xmlMode: true, decodeEntities: false } });
}

/** As much of a node as reading its words takes. Nodes of parsed pages are such, and those of Readability's documents. */
export type Markup = {
  readonly type: string;
  readonly name?: string;
  readonly attribs?: Readonly<Record<string, string>>;
  /** Of text and comments. */
  readonly data?: string;
  /** Of elements and the root. */
  readonly childNodes?: readonly Markup[];
};

/** A node with a name and attributes, of whatever document. */
export type MarkupElement = Markup & Required<Omit<Markup, "data">>;

/** Elements whose content is no text of the page, whatever stands in it. */
export const WORDLESS: ReadonlySet<string> = new Set("script style template noscript iframe svg".split(" "));

/** Tells whether a node is an element. */
export function isElement(node: Node): node is ElementNode {
  return isMarkupElement(node);
}

/** Tells whether a node of whatever document is an element. */
export function isMarkupElement(node: Markup): node is MarkupElement {
  return node.type === "tag" || node.type === "script" || node.type === "style";
}

/** Gives the children of a node; none for text. */
export function childrenOf(node: Node): readonly Node[] {
  return "children" in node ? node.children : [];
}

/** Gives the words below a node on one line, as `text()` of cheerio does, with a space where a `<br>` begins a new one. */
export function wordsBelow(node: Markup | undefined): string {
  if (!node) return "";
  if (node.type === "text") return node.data ?? "";
  if (node.name === "br") return " ";
  return (node.childNodes ?? []).map(wordsBelow).join("");
}
