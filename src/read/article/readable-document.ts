import { isMarkupElement, type Markup, type MarkupElement, WORDLESS } from "../text/dom.ts";
import { ReadableDocument, ReadableElement, ReadableText } from "./readable-dom.ts";

/** A document for Readability, and how much it holds. */
export type Readable = {
  /** To be given to Readability and asked nothing else. */
  readonly document: ReadableDocument;
  /** Elements in it. */
  readonly elements: number;
  /** How deep they are nested. */
  readonly depth: number;
  /** UTF-16 units of text in it. */
  readonly textLength: number;
};

/** Copies a parsed page into a document for Readability, without what holds no words. A fragment gets the frame of a page. */
export function readableDocument(nodes: readonly Markup[]): Readable {
  const document = new ReadableDocument();
  let elements = 0;
  let depth = 0;
  let textLength = 0;
  const isPage = nodes.some((node) => childMarkup(node).some(({ name }) => name === "html"));
  const top = isPage
    ? document
    : document.appendChild(new ReadableElement("html", {})).appendChild(new ReadableElement("body", {}));
  const copy = (node: Markup, parent: ReadableElement, level: number) => {
    if (isMarkupElement(node)) {
      if (WORDLESS.has(node.name)) return;
      elements++;
      depth = Math.max(depth, level);
      const element = parent.appendChild(new ReadableElement(node.name, shown(node.attribs)));
      for (const child of node.childNodes) copy(child, element, level + 1);
    } else if (node.type === "text") {
      const { data = "" } = node;
      textLength += data.length;
      parent.appendChild(new ReadableText(data));
    } else if (node.type === "comment") {
      parent.appendChild(new ReadableText(node.data ?? "", true));
    } else {
      for (const child of childMarkup(node)) copy(child, parent, level);
    }
  };
  for (const node of nodes) copy(node, top, 1);
  return { document, elements, depth, textLength };
}

function childMarkup(node: Markup): readonly Markup[] {
  return node.childNodes ?? [];
}

/** React sends late parts as `<div hidden id="S:0">` and lets a script show them: readers see them. */
function shown(attribs: MarkupElement["attribs"]): MarkupElement["attribs"] {
  if (attribs.hidden === undefined || !attribs.id?.startsWith("S:")) return attribs;
  const { hidden: _, ...rest } = attribs;
  return rest;
}
