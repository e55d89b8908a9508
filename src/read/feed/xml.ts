import { nestedBase } from "../text/address.ts";
import { childrenOf, type ElementNode, isElement, type Node, parseHtml, parseXml } from "../text/dom.ts";
import type { FeedEntry, MarkedText } from "./entry.ts";

/** A list before its entries are read. */
export type LooseFeed = {
  readonly format: "rss" | "rdf" | "atom" | "json-feed";
  readonly title: MarkedText | null;
  readonly link: string | null;
  readonly base: string | null;
  /** The address that the feed gives for itself. */
  readonly self: string | null;
  /** Where it says that its older entries stand. */
  readonly older: string | null;
  readonly updated: string | null;
  readonly entries: readonly FeedEntry[];
};

/** What names with a prefix mean, by the prefix that everybody uses; other prefixes count by their namespace. */
const VOCABULARY: readonly (readonly [RegExp, string])[] = [
  [/purl\.org\/dc\//i, "dc"],
  [/purl\.org\/rss\/1\.0\/modules\/content/i, "content"],
  [/w3\.org\/2005\/atom|purl\.org\/atom/i, "atom"],
  [/itunes\.com\/dtds/i, "itunes"],
  [/search\.yahoo\.com\/mrss/i, "media"],
  [/w3\.org\/1999\/xhtml/i, "xhtml"],
  [/purl\.org\/rss\/1\.0\/?$|channel\.netscape\.com|backend\.userland\.com\/rss|my\.netscape\.com/i, ""],
  [/w3\.org\/1999\/02\/22-rdf/i, "rdf"],
];

const ROOTS = new Set(["rss", "rdf:rdf", "rdf", "feed", "atom:feed", "channel"]);

/**
 * Reads RSS 0.9x, 1.0 (RDF), 2.0 and Atom 0.3, 1.0 from whatever arrived: bare ampersands, HTML entities,
 * missing end tags, unknown prefixes, entries outside their channel. Each entry is read for itself.
 * Null where no such list is found.
 *
 * Sources: RSS 2.0 (rssboard.org/rss-specification), RSS 1.0 (web.resource.org/rss/1.0), RFC 4287, Atom 0.3.
 *
 * @param address - Where it came from; relative links start there.
 */
export function readXmlFeed(xml: string, address: string): LooseFeed | null {
  const document = parseXml(xml).root()[0];
  const root = document && firstRoot(document);
  if (!root) return null;
  const names = namesOf(root);
  const name = names(root);
  const atom = /(?:^|:)feed$/.test(name);
  const base = nestedBase(address, root.attribs["xml:base"]);
  const top = atom ? root : (descendant(root, names, "channel") ?? root);
  const topBase = top === root ? base : nestedBase(base, top.attribs["xml:base"]);
  const fields = fieldsOf(top, names);
  const found = entriesBelow(root, names, atom ? /^(?:atom:)?entry$/ : /^(?:item|rss:item)$/);
  const entries = found.length > 0 || atom ? found : entriesBelow(root, names, /^(?:atom:)?entry$/);
  return {
    format: atom ? "atom" : /rdf/.test(name) ? "rdf" : "rss",
    title: marked(fields("title", "atom:title", "dc:title"), atom),
    link: linkOf(fields.all, topBase, atom) ?? null,
    base: topBase,
    self: relatedTo(fields.all, /^self$/),
    older: relatedTo(fields.all, /^(?:next|prev-archive)$/),
    updated: words(fields("updated", "atom:updated", "modified", "lastbuilddate", "dc:date", "pubdate")),
    entries: entries.map((entry) => entryOf(entry, names, baseOf(entry, root, base), /entry$/.test(names(entry)))),
  };
}

type Names = (element: ElementNode) => string;
type Fields = ((...names: readonly string[]) => ElementNode | null) & {
  readonly all: readonly (readonly [string, ElementNode])[];
};

function entryOf(entry: ElementNode, names: Names, base: string | null, atom: boolean): FeedEntry {
  const fields = fieldsOf(entry, names);
  const own = (...wanted: readonly string[]) => fields(...wanted.flatMap((name) => [name, `atom:${name}`]));
  const guid = own("guid");
  const about = entry.attribs["rdf:about"] ? decoded(entry.attribs["rdf:about"]) : null;
  const id = words(own("id") ?? guid) ?? about;
  const permalink =
    guid && guid.attribs.ispermalink !== "false" && guid.attribs.isPermaLink !== "false" ? words(guid) : null;
  const summary = fields(
    "description",
    "summary",
    "atom:summary",
    "dc:description",
    "tagline",
    "itunes:summary",
    "abstract",
  );
  const content =
    fields("content:encoded", "content", "atom:content", "xhtml:body", "body", "fullitem", "xhtml:div") ??
    // RSS that gives both means one of them as the whole text.
    (summary && names(summary) === "description" ? fields("summary") : null);
  return {
    id,
    link: linkOf(fields.all, base, atom) ?? (permalink && /^https?:/i.test(permalink) ? permalink : null) ?? about,
    base,
    title: marked(fields("title", "atom:title", "dc:title", "media:title"), atom),
    author:
      personOf(
        own("author") ?? fields("dc:creator", "creator", "dc:author", "itunes:author", "managingeditor"),
        names,
      ) ?? personOf(fields("dc:contributor"), names),
    published: words(
      own("published", "pubdate", "issued") ??
        fields("dc:date", "dcterms:issued", "date", "dcterms:created", "created", "atom:created"),
    ),
    updated: words(own("updated", "modified") ?? fields("dcterms:modified", "lastbuilddate")),
    summary: marked(summary, atom),
    content: marked(content, atom && content !== null && /content$/.test(names(content))),
  };
}

/** Looks up the children of an element by name; where one name stands twice, the first with words counts. */
function fieldsOf(element: ElementNode, names: Names): Fields {
  const all = childrenOf(element)
    .filter(isElement)
    .map((child) => [names(child), child] as const);
  const find = (...wanted: readonly string[]) => {
    let empty: ElementNode | null = null;
    for (const name of wanted)
      for (const [own, child] of all) {
        if (own !== name) continue;
        if (childrenOf(child).length > 0 || child.attribs.src) return child;
        empty ??= child;
      }
    return empty;
  };
  return Object.assign(find, { all });
}

/** Lower-case names, prefixes replaced by the usual ones for their namespaces as the root declares them. */
function namesOf(root: ElementNode): Names {
  const prefixes = new Map<string, string>();
  const meaning = (uri: string) => VOCABULARY.find(([pattern]) => pattern.test(uri))?.[1];
  for (const [attribute, uri] of Object.entries(root.attribs)) {
    if (attribute.startsWith("xmlns:"))
      prefixes.set(attribute.slice(6).toLowerCase(), meaning(uri) ?? attribute.slice(6).toLowerCase());
  }
  /** An entry may declare a prefix for itself and what stands in it. */
  const declaredBelow = (element: ElementNode, given: string) => {
    for (let node: Node | null = element; node && node !== root; node = node.parent) {
      const uri = isElement(node) ? node.attribs[`xmlns:${given}`] : undefined;
      if (uri) return meaning(uri);
    }
    return undefined;
  };
  return (element) => {
    const name = element.name.toLowerCase();
    const colon = name.indexOf(":");
    if (colon < 0) {
      const own = element.attribs.xmlns;
      const prefix = own && element !== root ? meaning(own) : undefined;
      return prefix && prefix !== "atom" ? `${prefix}:${name}` : name;
    }
    const given = name.slice(0, colon);
    const prefix = prefixes.get(given) ?? declaredBelow(element, given) ?? given;
    return prefix ? `${prefix}:${name.slice(colon + 1)}` : name.slice(colon + 1);
  };
}

function firstRoot(document: Node): ElementNode | null {
  const queue: Node[] = [...childrenOf(document)];
  for (let at = 0; at < queue.length && at < 200; at++) {
    const node = queue[at];
    if (!node || !isElement(node)) continue;
    const name = node.name.toLowerCase();
    if (
      (ROOTS.has(name) && (name !== "channel" || !node.parent || node.parent.type === "root")) ||
      /:(?:rss|feed|rdf)$/.test(name)
    )
      return node;
    queue.push(...childrenOf(node));
  }
  return null;
}

function descendant(root: ElementNode, names: Names, name: string): ElementNode | null {
  for (const child of childrenOf(root)) if (isElement(child) && names(child) === name) return child;
  return null;
}

/** Finds entries wherever they stand, but not inside other entries; lists are flat, so few levels are looked at. */
function entriesBelow(root: ElementNode, names: Names, wanted: RegExp): ElementNode[] {
  const found: ElementNode[] = [];
  const visit = (element: ElementNode, depth: number) => {
    for (const child of childrenOf(element)) {
      if (!isElement(child)) continue;
      if (wanted.test(names(child))) {
        found.push(child);
        for (const inner of childrenOf(child))
          if (isElement(inner) && wanted.test(names(inner))) visit(child, depth + 1);
      } else if (depth < 6) visit(child, depth + 1);
    }
  };
  visit(root, 0);
  return [...new Set(found)];
}

function baseOf(entry: ElementNode, root: ElementNode, rootBase: string | null): string | null {
  const chain: ElementNode[] = [];
  for (let node: Node | null = entry; node && node !== root; node = node.parent) if (isElement(node)) chain.push(node);
  return chain.reverse().reduce((base, element) => nestedBase(base, element.attribs["xml:base"]), rootBase);
}

/** The address of the first link with this relation. */
function relatedTo(fields: Fields["all"], relation: RegExp): string | null {
  const found = fields.find(([name, { attribs }]) => /^(?:atom:)?link$/.test(name) && relation.test(attribs.rel ?? ""));
  return found?.[1].attribs.href ? decoded(found[1].attribs.href) : null;
}

/** Links that lead to anything but the page an entry stands for. */
const ASIDE =
  /^(?:self|enclosure|edit|replies|hub|next|prev(?:ious)?|first|last|current|service\..*|related|via|license)$/;

/**
 * The page an entry stands for. Atom says which link is the alternate, and a text link beside it comes from RSS; of several links
 * in RSS the last counts, as in other readers. Where there is nothing else, the address of the entry itself (`self`) is taken.
 */
function linkOf(fields: Fields["all"], base: string | null, atom: boolean): string | null {
  const links = fields.filter(([name]) => name === "link" || name === "atom:link").map(([, link]) => link);
  const texts = links.filter((link) => !link.attribs.href && words(link));
  const plain = fields.filter(([name, link]) => name === "link" && link.attribs.href && !link.attribs.rel);
  const last = atom ? texts[0] : (plain.at(-1)?.[1] ?? texts.at(-1));
  if (last && !last.attribs.href) return words(last);
  const rel = (link: ElementNode) => link.attribs.rel?.trim().toLowerCase() ?? "alternate";
  const html = (link: ElementNode) => !link.attribs.type || /html/i.test(link.attribs.type);
  const linked = links.filter((link) => link.attribs.href);
  const alternates = linked.filter((link) => /(?:^|\/)alternate$/.test(rel(link)));
  const chosen =
    last ??
    alternates.find(html) ??
    alternates[0] ??
    linked.find((link) => !ASIDE.test(rel(link))) ??
    linked.find((link) => rel(link) === "self");
  const href = chosen?.attribs.href ? decoded(chosen.attribs.href) : null;
  const own = chosen?.attribs["xml:base"];
  return href && own ? nestedBase(nestedBase(base, own), href) : href;
}

/** The name of a person: RSS writes it as text, Atom in `<name>`, some feeds only an address. */
function personOf(element: ElementNode | null, names: Names): string | null {
  if (!element) return null;
  const fields = fieldsOf(element, names);
  return words(fields("name", "atom:name")) ?? words(fields("email", "atom:email")) ?? words(element);
}

/** An Atom text says what it is; an RSS text is HTML, whatever the standard says. */
function marked(element: ElementNode | null, atom: boolean): MarkedText | null {
  if (!element) return null;
  const type = element.attribs.type?.trim().toLowerCase();
  const inner = childrenOf(element);
  const markup = inner.some(isElement);
  if (
    element.attribs.mode === "base64" ||
    (type && !/^(?:text|html|xhtml|xml)$|^text\/|xml$|html/.test(type) && !markup)
  ) {
    return base64Text(element, type);
  }
  if (markup) return { value: innerXml(inner), as: "html" };
  const value = words(element);
  if (value === null) return null;
  const escaped = element.attribs.mode === "escaped" || !atom || (type !== undefined && /html/.test(type));
  return { value, as: escaped && !(atom && type === "text/plain") ? "html" : "text" };
}

/** Atom allows binary content in base64; text in it is read, anything else is none. */
function base64Text(element: ElementNode, type: string | undefined): MarkedText | null {
  const value = Buffer.from(words(element) ?? "", "base64").toString("utf8");
  return !value || value.includes("\ufffd") ? null : { value, as: type?.includes("plain") ? "text" : "html" };
}

/** Text of an element with its entities decoded; null where it has none. */
function words(element: ElementNode | null): string | null {
  if (!element) return null;
  let text = "";
  const visit = (node: Node, raw: boolean) => {
    if (node.type === "text") text += raw ? node.data : decoded(node.data);
    else for (const child of childrenOf(node)) visit(child, raw || node.type === "cdata");
  };
  for (const child of childrenOf(element)) visit(child, child.type === "cdata");
  return text.trim() || null;
}

/** Markup inside an element as HTML source: names without prefix, entities as they stand. */
function innerXml(nodes: readonly Node[]): string {
  let html = "";
  const visit = (node: Node) => {
    if (node.type === "text") html += node.data;
    else if (node.type === "cdata") for (const child of childrenOf(node)) visit(child);
    else if (isElement(node)) {
      const name = node.name.replace(/^.*:/, "");
      const hidden = "hidden" in node.attribs || /display:\s*none/i.test(node.attribs.style ?? "") ? " hidden" : "";
      html += `<${name}${hidden}>`;
      for (const child of childrenOf(node)) visit(child);
      if (!/^(?:br|hr|img|input|wbr)$/i.test(name)) html += `</${name}>`;
    }
  };
  for (const node of nodes) visit(node);
  return html;
}

/** Decodes the inside of an element that holds no elements: CDATA as it stands, entities outside it once. */
export function decodedXml(inner: string): string | null {
  const pieces = inner.split(/(<!\[CDATA\[[\s\S]*?\]\]>)/);
  const text = pieces.map((piece) => (piece.startsWith("<![CDATA[") ? piece.slice(9, -3) : decoded(piece))).join("");
  return text.trim() || null;
}

/** Decodes XML and HTML entities once; a bare ampersand stays. */
function decoded(text: string): string {
  if (!text.includes("&")) return text;
  return parseHtml(text.replaceAll("<", "&lt;")).text();
}
