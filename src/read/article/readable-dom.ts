type Attributes = Readonly<Record<string, string>>;

/**
 * As much of a browser's document as Readability asks for, over copies of the nodes of a parsed page. Whole browser documents are made
 * for programs that ask for much more, and take ten times as long: here text is kept until something below changes, and lists of
 * children until something beside them does.
 *
 * These are classes because a library calls them; nothing else in Parley should. The nodes are `Markup` too, so that their words are
 * read as those of any page.
 */
class ReadableNode {
  /** Tells Readability, which asks the first node, that it may rename elements in place. */
  readonly __JSDOMParser__ = true;
  parentNode: ReadableElement | null = null;
  previousSibling: ReadableNode | null = null;
  nextSibling: ReadableNode | null = null;

  get nextElementSibling(): ReadableElement | null {
    let next = this.nextSibling;
    while (next && !(next instanceof ReadableElement)) next = next.nextSibling;
    return next;
  }

  get previousElementSibling(): ReadableElement | null {
    let previous = this.previousSibling;
    while (previous && !(previous instanceof ReadableElement)) previous = previous.previousSibling;
    return previous;
  }

  remove(): void {
    this.parentNode?.removeChild(this);
  }
}

/** A text or a comment. */
export class ReadableText extends ReadableNode {
  readonly type: string;
  readonly data: string;
  readonly nodeType: number;
  readonly nodeName: string;
  readonly childNodes: readonly ReadableNode[] = [];

  /** @param isComment - Comments are kept: they end a run of words as they do in a browser. */
  constructor(data: string, isComment = false) {
    super();
    this.data = data;
    this.type = isComment ? "comment" : "text";
    this.nodeType = isComment ? 8 : 3;
    this.nodeName = isComment ? "#comment" : "#text";
  }

  get textContent(): string {
    return this.data;
  }
}

/** An element, with the questions and changes that Readability makes. */
export class ReadableElement extends ReadableNode {
  readonly nodeType = 1;
  readonly type: string = "tag";
  localName: string;
  tagName: string | undefined;
  attribs: Attributes;
  firstChild: ReadableNode | null = null;
  lastChild: ReadableNode | null = null;
  private text: string | null = null;
  private nodes: readonly ReadableNode[] | null = null;
  private elements: readonly ReadableElement[] | null = null;

  constructor(name: string, attribs: Attributes) {
    super();
    this.localName = name;
    this.tagName = name.toUpperCase();
    this.attribs = attribs;
  }

  get name(): string {
    return this.localName;
  }

  get nodeName(): string | undefined {
    return this.tagName;
  }

  get childNodes(): readonly ReadableNode[] {
    if (this.nodes) return this.nodes;
    const nodes: ReadableNode[] = [];
    for (let child = this.firstChild; child; child = child.nextSibling) nodes.push(child);
    this.nodes = nodes;
    return nodes;
  }

  get children(): readonly ReadableElement[] {
    this.elements ??= this.childNodes.filter((node) => node instanceof ReadableElement);
    return this.elements;
  }

  get firstElementChild(): ReadableElement | null {
    return this.firstChild instanceof ReadableElement ? this.firstChild : (this.firstChild?.nextElementSibling ?? null);
  }

  get textContent(): string {
    if (this.text !== null) return this.text;
    let text = "";
    for (let child = this.firstChild; child; child = child.nextSibling)
      if (child instanceof ReadableElement) text += child.textContent;
      else if (child instanceof ReadableText && child.nodeType === 3) text += child.data;
    this.text = text;
    return text;
  }

  get id(): string {
    return this.attribs.id ?? "";
  }

  set id(id: string) {
    this.setAttribute("id", id);
  }

  get className(): string {
    return this.attribs.class ?? "";
  }

  set className(names: string) {
    this.setAttribute("class", names);
  }

  /** Only images have addresses of their own. */
  get src(): string | undefined {
    return this.localName === "img" ? (this.attribs.src ?? "") : undefined;
  }

  get srcset(): string | undefined {
    return this.localName === "img" ? (this.attribs.srcset ?? "") : undefined;
  }

  get style(): { readonly display?: string; readonly visibility?: string } | null {
    return this.attribs.style === undefined ? null : inlineStyle(this.attribs.style);
  }

  get attributes(): readonly Attribute[] {
    return Object.entries(this.attribs).map(([name, value]) => attribute(name, value));
  }

  /** Readability keeps this to give it back where it must begin anew; so it need not be text. */
  get innerHTML(): readonly ReadableNode[] {
    return this.childNodes.map(copyOf);
  }

  set innerHTML(copies: readonly ReadableNode[]) {
    while (this.firstChild) this.removeChild(this.firstChild);
    for (const copy of copies) this.appendChild(copyOf(copy));
  }

  getAttribute(name: string): string | null {
    return this.attribs[name] ?? null;
  }

  hasAttribute(name: string): boolean {
    return this.attribs[name] !== undefined;
  }

  setAttribute(name: string, value: string): void {
    this.attribs = { ...this.attribs, [name]: value };
  }

  setAttributeNode({ name, value }: Attribute): void {
    this.setAttribute(name, value);
  }

  removeAttribute(name: string): void {
    if (this.attribs[name] === undefined) return;
    const { [name]: _, ...rest } = this.attribs;
    this.attribs = rest;
  }

  getElementsByTagName(name: string): readonly ReadableElement[] {
    const found: ReadableElement[] = [];
    collect(this, name === "*" ? null : [name.toLowerCase()], found);
    return found;
  }

  /** @param names - Names of elements with commas between: Readability asks for nothing else. */
  querySelectorAll(names: string): readonly ReadableElement[] {
    const found: ReadableElement[] = [];
    collect(this, names.toLowerCase().split(","), found);
    return found;
  }

  appendChild<N extends ReadableNode>(node: N): N {
    node.remove();
    node.parentNode = this;
    node.previousSibling = this.lastChild;
    if (this.lastChild) this.lastChild.nextSibling = node;
    else this.firstChild = node;
    this.lastChild = node;
    this.changed();
    return node;
  }

  removeChild<N extends ReadableNode>(node: N): N {
    const { previousSibling: before, nextSibling: after } = node;
    if (before) before.nextSibling = after;
    else this.firstChild = after;
    if (after) after.previousSibling = before;
    else this.lastChild = before;
    node.parentNode = node.previousSibling = node.nextSibling = null;
    this.changed();
    return node;
  }

  replaceChild<N extends ReadableNode>(node: ReadableNode, old: N): N {
    if (node === old) return old;
    node.remove();
    const { previousSibling: before, nextSibling: after } = old;
    this.removeChild(old);
    node.parentNode = this;
    node.previousSibling = before;
    node.nextSibling = after;
    if (before) before.nextSibling = node;
    else this.firstChild = node;
    if (after) after.previousSibling = node;
    else this.lastChild = node;
    return old;
  }

  /** An element whose text is not known has none above it that knows its own. */
  private changed(): void {
    this.nodes = null;
    this.elements = null;
    for (let above: ReadableElement | null = this; above && above.text !== null; above = above.parentNode)
      above.text = null;
  }
}

/** The root: no element, so without a name. Addresses are made whole against an address that nobody reads. */
export class ReadableDocument extends ReadableElement {
  override readonly type = "root";
  readonly baseURI = "http://localhost/";
  readonly documentURI = this.baseURI;

  constructor() {
    super("", {});
    this.tagName = undefined;
  }

  get documentElement(): ReadableElement {
    return this.firstElementChild ?? this.appendChild(new ReadableElement("html", {}));
  }

  get head(): ReadableElement {
    const first = this.documentElement.firstElementChild;
    if (first?.localName === "head") return first;
    return putFirst(this.documentElement, new ReadableElement("head", {}));
  }

  get body(): ReadableElement {
    const { head } = this;
    const next = head.nextElementSibling;
    if (next?.localName === "body") return next;
    return putAfter(head, new ReadableElement("body", {}));
  }

  get title(): string {
    return this.head.getElementsByTagName("title")[0]?.textContent ?? "";
  }

  createElement(name: string): ReadableElement {
    return new ReadableElement(name.toLowerCase(), {});
  }

  createTextNode(text: string): ReadableText {
    return new ReadableText(text);
  }
}

type Attribute = { readonly name: string; readonly value: string; readonly cloneNode: () => Attribute };

function attribute(name: string, value: string): Attribute {
  const own: Attribute = { name, value, cloneNode: () => own };
  return own;
}

function putFirst(parent: ReadableElement, node: ReadableElement): ReadableElement {
  const others = parent.childNodes;
  parent.appendChild(node);
  for (const other of others) parent.appendChild(other);
  return node;
}

function putAfter(before: ReadableElement, node: ReadableElement): ReadableElement {
  const parent = before.parentNode;
  if (!parent) return node;
  const others = parent.childNodes;
  const after = others.slice(others.indexOf(before) + 1);
  parent.appendChild(node);
  for (const other of after) parent.appendChild(other);
  return node;
}

function collect(element: ReadableElement, names: readonly string[] | null, found: ReadableElement[]): void {
  for (let child = element.firstElementChild; child; child = child.nextElementSibling) {
    if (names === null || names.includes(child.localName)) found.push(child);
    collect(child, names, found);
  }
}

function copyOf(node: ReadableNode): ReadableNode {
  if (node instanceof ReadableText) return new ReadableText(node.data, node.nodeType === 8);
  if (!(node instanceof ReadableElement)) return node;
  const copy = new ReadableElement(node.localName, node.attribs);
  for (let child = node.firstChild; child; child = child.nextSibling) copy.appendChild(copyOf(child));
  return copy;
}

/** The two properties that Readability asks for, each with a value, among whatever else a style says. */
const ASKED_RULE = /(?:^|;)\s*(display|visibility)\s*:\s*([^\s;][^;]*)/g;

/** The last rule for a property holds. */
function inlineStyle(style: string): { display?: string; visibility?: string } {
  const found: Record<string, string> = {};
  for (const [, property = "", value = ""] of style.matchAll(ASKED_RULE)) found[property] = value.trimEnd();
  return found;
}
