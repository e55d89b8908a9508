/**
 * A document just rich enough for Observable Plot to draw into: it makes elements, gives them attributes and text, and puts one into
 * another. A whole DOM takes twice the time for what no chart uses: events, observers, styles.
 */
export type Drawing = {
  readonly createElementNS: (space: string, name: string) => DrawnElement;
  readonly documentElement: DrawnElement;
};

/** An element of a drawing: what stands on it, and what it does. */
export type DrawnElement = Ink & Hand;

type Ink = {
  readonly tagName: string;
  readonly namespaceURI: string;
  readonly ownerDocument: Drawing;
  readonly childNodes: (DrawnElement | string)[];
  readonly attributes: Map<string, string>;
};

type Hand = {
  readonly children: readonly DrawnElement[];
  textContent: string;
  appendChild: (child: DrawnElement) => DrawnElement;
  insertBefore: (child: DrawnElement, next: DrawnElement | null) => DrawnElement;
  setAttribute: (name: string, value: unknown) => void;
  getAttribute: (name: string) => string | null;
  hasAttribute: (name: string) => boolean;
  removeAttribute: (name: string) => void;
};

const SVG = "http://www.w3.org/2000/svg";

/** Opens an empty drawing. */
export function openDrawing(): Drawing {
  const drawing = { createElementNS: (space: string, name: string) => elementIn(drawing as Drawing, space, name) };
  return Object.assign(drawing, { documentElement: drawing.createElementNS(SVG, "svg") });
}

function elementIn(ownerDocument: Drawing, namespaceURI: string, tagName: string): DrawnElement {
  const ink: Ink = { tagName, namespaceURI, ownerDocument, childNodes: [], attributes: new Map() };
  return Object.setPrototypeOf(ink, hand);
}

/** What all elements do alike; made once, because there are hundreds of them in a chart. */
const hand: Hand & ThisType<DrawnElement> = {
  appendChild(child) {
    this.childNodes.push(child);
    return child;
  },
  insertBefore(child, next) {
    this.childNodes.splice(next === null ? this.childNodes.length : this.childNodes.indexOf(next), 0, child);
    return child;
  },
  setAttribute(name, value) {
    this.attributes.set(name, String(value));
  },
  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  },
  hasAttribute(name) {
    return this.attributes.has(name);
  },
  removeAttribute(name) {
    this.attributes.delete(name);
  },
  get children() {
    return this.childNodes.filter((child) => typeof child !== "string");
  },
  get textContent() {
    return this.childNodes.map((child) => (typeof child === "string" ? child : child.textContent)).join("");
  },
  set textContent(text) {
    this.childNodes.splice(0, this.childNodes.length, String(text));
  },
};

/** Writes an element with all that is in it as markup. */
export function markupOf({ tagName, attributes, childNodes }: Ink): string {
  let markup = `<${tagName}`;
  for (const [name, value] of attributes) markup += ` ${name}="${escaped(value)}"`;
  if (childNodes.length === 0) return `${markup}/>`;
  markup += ">";
  for (const child of childNodes) markup += typeof child === "string" ? escaped(child) : markupOf(child);
  return `${markup}</${tagName}>`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (mark) => ENTITIES[mark] ?? mark);
}
