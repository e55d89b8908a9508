import type { Block } from "../../domain/article.ts";
import type { Span } from "../../domain/span.ts";
import { isMarkupElement, type Markup, type MarkupElement, WORDLESS } from "../text/dom.ts";
import { languageOf } from "../text/language.ts";
import { foldSpace } from "../text/plain-text.ts";
import { joinsOf } from "./line-breaks.ts";

/** One block of a page before the blocks are joined; `bold` counts from the start of its own text. */
export type LooseBlock = {
  readonly kind: Block["kind"];
  readonly text: string;
  readonly bold: readonly Span[];
  /** Whether all its words are links: a paragraph of an article hardly ever is. */
  readonly isLink: boolean;
};

/** Elements that begin and end a block. */
const BLOCK = new Set(
  "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul".split(
    " ",
  ),
);

/** Elements that hold no words of the text. */
const SILENT = new Set(
  "script style template noscript head title iframe embed svg canvas audio video map form button input select textarea nav figcaption menu dialog".split(
    " ",
  ),
);

/** Elements whose `<form>` wraps the whole page on old government sites are looked into all the same. */
const FORM_TEXT_LENGTH = 400;

type Run = { readonly text: string; readonly bold: boolean; readonly link: boolean };

/** Stands among runs for a `<br>`. */
const BREAK: Run = { text: "", bold: false, link: false };
type Style = { readonly kind: Block["kind"]; readonly bold: boolean; readonly link: boolean; readonly pre: boolean };

/**
 * Reads the words below some nodes as blocks, the way a reader sees lines: every block element and every `<br>` begins
 * a new one but where a single `<br>` cuts a sentence (see line-breaks.ts), inline tags leave no trace but the bold
 * spans, and hidden parts are left out.
 *
 * @param skip - Elements to leave out with all they hold.
 */
export function looseBlocksOf(
  nodes: readonly Markup[],
  skip: (element: MarkupElement) => boolean = () => false,
): LooseBlock[] {
  const blocks: LooseBlock[] = [];
  let runs: Run[] = [];
  let kind: Block["kind"] = "paragraph";

  const flush = () => {
    for (const line of runs.includes(BREAK) ? wholeLines(runs) : [runs]) {
      const block = blockOf(line, kind);
      if (block) blocks.push(block);
    }
    runs = [];
  };
  const write = (text: string, style: Style) => {
    kind = style.kind;
    runs.push({ text, bold: style.bold, link: style.link });
  };
  const visit = (node: Markup, style: Style) => {
    if (node.type === "text") {
      const { data = "" } = node;
      const paragraphs = style.pre ? data.split(/\n[^\S\n]*\n/) : [data];
      paragraphs.forEach((text, index) => {
        if (index > 0) flush();
        write(text, style);
      });
      return;
    }
    if (!isMarkupElement(node)) {
      for (const child of node.childNodes ?? []) visit(child, style);
      return;
    }
    if (node.name === "br") {
      runs.push(BREAK);
      return;
    }
    if (isSilent(node) || skip(node)) return;
    const isBlock = BLOCK.has(node.name);
    if (isBlock) flush();
    const inner = styleInside(node, style);
    for (const child of node.childNodes ?? []) visit(child, inner);
    if (isBlock) flush();
  };

  for (const node of nodes) {
    visit(node, { kind: "paragraph", bold: false, link: false, pre: false });
    flush();
  }
  return blocks;
}

function styleInside(element: MarkupElement, outer: Style): Style {
  const { name, attribs } = element;
  const kind = /^h[1-6]$/.test(name)
    ? "heading"
    : name === "li" || name === "dd" || name === "dt"
      ? "list-item"
      : name === "blockquote"
        ? "quote"
        : outer.kind;
  const bold =
    outer.bold || name === "b" || name === "strong" || /font-weight:\s*(?:bold|[6-9]00)/i.test(attribs.style ?? "");
  return { kind, bold, link: outer.link || (name === "a" && "href" in attribs), pre: outer.pre || name === "pre" };
}

function isSilent(element: MarkupElement): boolean {
  const { name, attribs } = element;
  if (SILENT.has(name)) return name !== "form" || !holdsText(element, FORM_TEXT_LENGTH);
  if (name === "sup") return isFootnoteMark(element);
  return isHidden(attribs);
}

/** Tells whether a page hides an element from its readers: `hidden`, `aria-hidden` or an inline style. */
function isHidden(attribs: Readonly<Record<string, string>>): boolean {
  // React sends late parts as <div hidden id="S:0"> and lets a script show them: readers see them.
  if ("hidden" in attribs && attribs.hidden !== "until-found" && !attribs.id?.startsWith("S:")) return true;
  if (attribs["aria-hidden"] === "true") return true;
  return (
    attribs.style !== undefined &&
    /(?:display:\s*none|visibility:\s*hidden|font-size:\s*0(?![.\d]))/i.test(attribs.style)
  );
}

/** Footnote marks (`<sup><a href="#note-1">1</a></sup>`) would glue a number to a quoted word. */
function isFootnoteMark(element: MarkupElement): boolean {
  const links = element.childNodes.filter((node) => isMarkupElement(node));
  return links.length > 0 && links.every((link) => link.name === "a" && /#/.test(link.attribs.href ?? ""));
}

function holdsText(node: Markup, length: number): boolean {
  let left = length;
  const count = (inner: Markup): boolean => {
    if (inner.type === "text") left -= (inner.data ?? "").trim().length;
    else if (isMarkupElement(inner) && (WORDLESS.has(inner.name) || inner.name === "option")) return false;
    return left <= 0 || (inner.childNodes ?? []).some(count);
  };
  return count(node);
}

/** Cuts runs at their breaks, and joins again what a single break cut in two; two breaks in a row always part. */
function wholeLines(runs: readonly Run[]): readonly (readonly Run[])[] {
  return paragraphsOf(runs).flatMap((lines) => {
    const joins = joinsOf(lines.map((line) => line.map(({ text }) => text).join("")));
    const whole: Run[][] = [];
    lines.forEach((line, at) => {
      const join = at === 0 ? null : joins[at - 1];
      if (typeof join === "string") whole.at(-1)?.push({ ...BREAK, text: join }, ...line);
      else whole.push([...line]);
    });
    return whole;
  });
}

/** Cuts runs into lines at their breaks, and lines into paragraphs where one has no words. */
function paragraphsOf(runs: readonly Run[]): readonly (readonly (readonly Run[])[])[] {
  const paragraphs: Run[][][] = [[]];
  let line: Run[] = [];
  for (const run of [...runs, BREAK]) {
    if (run !== BREAK) {
      line.push(run);
      continue;
    }
    const words = withoutEdges(line);
    if (words.length > 0) paragraphs.at(-1)?.push(words);
    else paragraphs.push([]);
    line = [];
  }
  return paragraphs;
}

/** Folds white space, and drops what stands of it before the first word and after the last. */
function withoutEdges(line: readonly Run[]): Run[] {
  const folded = line.map((run) => ({ ...run, text: foldSpace(run.text) }));
  const hasWords = ({ text }: Run) => text.trim() !== "";
  const [first, last] = [folded.findIndex(hasWords), folded.findLastIndex(hasWords)];
  if (first < 0) return [];
  return folded.slice(first, last + 1).map((run, at, { length }) => {
    const start = at === 0 ? run.text.trimStart() : run.text;
    return { ...run, text: at === length - 1 ? start.trimEnd() : start };
  });
}

/** Joins runs into one block: white space folded across them, ends trimmed, NFC; null where nothing is left. */
function blockOf(runs: readonly Run[], kind: Block["kind"]): LooseBlock | null {
  const pieces: string[] = []; // joined once: asking a growing text for its end would copy it each time
  const bold: { start: number; end: number }[] = [];
  let length = 0;
  let wordsEnd = 0;
  let isLink = true;
  for (const run of runs) {
    const folded = foldSpace(run.text);
    const added = length === wordsEnd && length > 0 ? folded : folded.trimStart();
    if (!added) continue;
    const words = added.trim();
    if (words) {
      const start = length + added.indexOf(words);
      const end = start + words.length;
      const last = bold.at(-1);
      if (run.bold && last?.end === wordsEnd) last.end = end;
      else if (run.bold) bold.push({ start, end });
      wordsEnd = end;
      isLink &&= run.link;
    }
    pieces.push(added);
    length += added.length;
  }
  const text = pieces.join("").slice(0, wordsEnd);
  if (!text) return null;
  const composed = text.normalize("NFC");
  return composed === text
    ? { kind, text, bold, isLink }
    : { kind, text: composed, bold: recomposed(text, bold), isLink };
}

/** Moves spans to where their words stand once the text is in NFC. */
function recomposed(text: string, spans: readonly Span[]): Span[] {
  const at = (offset: number) => text.slice(0, offset).normalize("NFC").length;
  return spans.map(({ start, end }) => ({ start: at(start), end: at(end) })).filter(({ start, end }) => start < end);
}

/** Joins blocks with one line break between them, and moves their spans to where they stand in the whole text. */
export function joinBlocks(loose: readonly LooseBlock[]): { readonly text: string; readonly blocks: readonly Block[] } {
  const blocks: Block[] = [];
  let start = 0;
  for (const { kind, text, bold } of loose) {
    const end = start + text.length;
    const moved = bold.map((span) => ({ start: start + span.start, end: start + span.end }));
    blocks.push({ start, end, kind, lang: languageOf(text), bold: moved });
    start = end + 1;
  }
  return { text: loose.map((block) => block.text).join("\n"), blocks };
}
