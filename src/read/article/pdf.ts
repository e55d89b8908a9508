import type { Article, Block } from "../../domain/article.ts";
import type { KnownDate } from "../../domain/known-date.ts";
import type { Problem } from "../../domain/problem.ts";
import type { OpenedPdf, PdfLine, PdfPage } from "../container/opened.ts";
import { dateInAddress } from "../date/url-date.ts";
import { dateIn } from "../date/written-date.ts";
import type { ReadHints } from "../hints.ts";
import { languageOf } from "../text/language.ts";
import { bareLetters, bounded } from "../text/plain-text.ts";
import { documentKind } from "./kind.ts";
import { pageLanguage } from "./language.ts";

/** A line of a page with what is known of its neighbourhood. */
type Placed = PdfLine & { readonly page: number };
type Paragraph = { readonly lines: readonly Placed[]; readonly kind: Block["kind"] };

/**
 * Makes an article of a PDF's lines: running heads and page numbers left out, words divided at a line's end put together, lines
 * joined into paragraphs also across pages. Each block says on which page it begins.
 *
 * Tables and figures are read as the lines that they are made of; pictures of text are not read.
 */
export function pdfArticle(pdf: OpenedPdf, url: string, hints: ReadHints): Article {
  const problems: Problem[] = [...pdf.problems];
  const lines = withoutRunningLines(pdf.pages);
  const paragraphs = paragraphsOf(lines);
  const { text, blocks } = joined(paragraphs);
  const title = hints.title ?? pdf.title ?? largestLine(paragraphs);
  if (!text && problems.length === 0) {
    const message = `${url} holds no text: its ${pdf.pages.length} pages are pictures. Use a copy with text, or its web page.`;
    problems.push({ code: "no-text", message });
  }
  return {
    url,
    title,
    byline: pdf.author,
    publisher: null,
    kind: documentKind({ title, url, facts: null, hints }),
    lang: pageLanguage(hints.lang, null, text),
    publishedAt: printedDay(lines) ?? dateInAddress(url) ?? hints.published,
    updatedAt: null,
    text,
    blocks,
    problems,
  };
}

/** Share of a page's height at either edge in which running heads and page numbers stand. */
const EDGE = 0.1;

/** Takes out lines at the edges of pages that come back on other pages, whatever number is in them, and page numbers. */
function withoutRunningLines(pages: readonly PdfPage[]): readonly Placed[] {
  const edge = ({ height }: PdfPage, { foot }: PdfLine) => foot < height * EDGE || foot > height * (1 - EDGE);
  const key = ({ text }: PdfLine) => bareLetters(text).replace(/\d+/g, "0");
  const counts = new Map<string, number>();
  for (const page of pages)
    for (const name of new Set(page.lines.filter((line) => edge(page, line)).map(key)))
      counts.set(name, (counts.get(name) ?? 0) + 1);
  const most = Math.max(3, pages.length / 4);
  return pages.flatMap((page) =>
    page.lines
      .filter((line) => !(edge(page, line) && ((counts.get(key(line)) ?? 0) >= most || isFurniture(line.text))))
      .map((line) => ({ ...line, page: page.number })),
  );
}

/** What browsers print at a page's edge (the address, and the moment of printing, which is no date of the text) and page numbers. */
function isFurniture(text: string): boolean {
  return isPageNumber(text) || /^(?:https?|file):\/\/\S+(?:\s+\d+\/\d+)?$/.test(text) || isPrintTime(text);
}

function isPrintTime(text: string): boolean {
  return text.length <= LONGEST_DATE && dateIn(text, { basis: "text", order: "month-day" })?.precision === "minute";
}

function isPageNumber(text: string): boolean {
  return /^[-–—|\s]*(?:page\s*|第\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:\/|of|页，?共?)\s*\d{0,4}\s*页?)?[-–—|\s]*$/i.test(
    text,
  );
}

/** Letters that much larger than most are a heading's. */
const HEADING_SIZE = 1.12;
const LONGEST_HEADING = 200;
/** Spacing of lines beyond which a new paragraph begins, in the heights of letters. */
const PARAGRAPH_GAP = 1.9;
const INDENT = 1;

function paragraphsOf(lines: readonly Placed[]): readonly Paragraph[] {
  const size = commonest(lines);
  const isHeading = (line: Placed) => line.size > size * HEADING_SIZE && line.text.length <= LONGEST_HEADING;
  const paragraphs: { lines: Placed[]; kind: Block["kind"] }[] = [];
  for (const [at, line] of lines.entries()) {
    const last = lines[at - 1];
    const kind = isHeading(line) ? "heading" : isListed(line.text) ? "list-item" : "paragraph";
    const open = paragraphs.at(-1);
    const starts =
      !last || !open || kind === "list-item" || startsParagraph(line, last) || isHeading(last) !== isHeading(line);
    if (starts) paragraphs.push({ lines: [line], kind });
    else open.lines.push(line);
  }
  return paragraphs;
}

function startsParagraph(line: Placed, last: Placed): boolean {
  const height = Math.max(line.size, last.size);
  const ended = /[.!?。！？”"’)）:：;；]$/.test(last.text);
  if (line.page !== last.page || line.foot > last.foot) return ended && !/^\p{Ll}/u.test(line.text);
  if (last.foot - line.foot > PARAGRAPH_GAP * height) return true;
  if (Math.abs(line.size - last.size) > 0.2 * height) return true;
  return ended && (line.left - last.left > INDENT * height || last.right < line.right - 6 * height);
}

function isListed(text: string): boolean {
  return /^(?:[•●▪■◦‣–—]\s|\(?\d{1,2}[.)]\s|[（(][一二三四五六七八九十]{1,2}[）)]|[a-z][.)]\s)/.test(text);
}

/** The size in which most letters are set. */
function commonest(lines: readonly Placed[]): number {
  const letters = new Map<number, number>();
  for (const { size, text } of lines) letters.set(size, (letters.get(size) ?? 0) + text.length);
  return [...letters].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/** Writes paragraphs one below the other; spans count in the whole text. */
function joined(paragraphs: readonly Paragraph[]): { text: string; blocks: readonly Block[] } {
  const blocks: Block[] = [];
  let text = "";
  for (const { lines, kind } of paragraphs) {
    if (text !== "") text += "\n";
    const start = text.length;
    const bold: { start: number; end: number }[] = [];
    for (const line of lines) {
      const words = text.length === start ? "" : text;
      if (/\p{L}[-\u2010]$/u.test(words) && /^\p{Ll}/u.test(line.text)) text = text.slice(0, -1);
      else if (words !== "" && !(isWide(words.at(-1)) && isWide(line.text[0]))) text += " ";
      if (line.bold) bold.push({ start: text.length, end: text.length + line.text.length });
      text += line.text;
    }
    const page = lines[0]?.page;
    blocks.push({
      start,
      end: text.length,
      kind,
      lang: languageOf(text.slice(start)),
      bold: within(bold, start, text),
      ...(page && { page }),
    });
  }
  return { text, blocks };
}

/** Putting a divided word together shortens the text below a span by one. */
function within(bold: readonly { start: number; end: number }[], start: number, text: string): Block["bold"] {
  return bold.map((span) => ({ start: Math.max(start, span.start), end: Math.min(text.length, span.end) }));
}

function isWide(character: string | undefined): boolean {
  return character !== undefined && /[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/.test(character);
}

/** The heading in the largest letters of the first two pages. */
function largestLine(paragraphs: readonly Paragraph[]): string | null {
  const early = paragraphs.filter(
    ({ lines }) => (lines[0]?.page ?? 9) <= 2 && lines.every(({ text }) => text.length < LONGEST_HEADING),
  );
  const headings = early.filter(({ kind }) => kind === "heading");
  const largest = Math.max(...headings.map(({ lines }) => lines[0]?.size ?? 0));
  const heading = headings.find(({ lines }) => lines[0]?.size === largest);
  return heading ? bounded(heading.lines.map(({ text }) => text).join(" "), 300) : null;
}

/** Lines of a first page that are looked at, and the longest that is a date and little else. */
const FIRST_LINES = 40;
const LONGEST_DATE = 45;

/** Finds the one day that the first page prints on a line of its own; two different days are none. */
function printedDay(lines: readonly Placed[]): KnownDate | null {
  const dates = lines
    .slice(0, FIRST_LINES)
    .filter(({ page, text }) => page === 1 && text.length <= LONGEST_DATE)
    .map(({ text }) => dateIn(text, { basis: "text" }))
    .filter((date) => date !== null && date.precision !== "year");
  return new Set(dates.map((date) => date?.value)).size === 1 ? (dates[0] ?? null) : null;
}
