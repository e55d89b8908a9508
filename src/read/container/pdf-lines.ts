import { foldSpace } from "../text/plain-text.ts";
import type { PdfLine } from "./opened.ts";

/** A piece of text as PDF.js gives it: where its foot stands, how wide and high it is. */
export type PdfItem = {
  readonly str: string;
  /** `[a, b, c, d, x, y]` of the text's matrix, in points. */
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly fontName: string;
  readonly hasEOL: boolean;
};

/** Shares of a letter's height: how far feet on one line may differ, and what gap is a space. */
const SAME_FOOT = 0.45;
const SPACE_GAP = 0.15;
/** A wider gap is the gutter between two columns or the cell of a table. */
const COLUMN_GAP = 2.5;

type OpenLine = { items: PdfItem[]; foot: number; right: number };

/**
 * Puts the pieces of a page together into lines, in the order in which the file draws them: that is the order of reading in nearly
 * all files, also with columns.
 */
export function pdfLines(items: readonly PdfItem[]): readonly PdfLine[] {
  const lines: PdfLine[] = [];
  let open: OpenLine | null = null;
  const close = () => {
    const line = open && lineOf(open.items);
    if (line) lines.push(line);
    open = null;
  };
  for (const item of items) {
    if (typeof item.str !== "string") continue; // a mark of the structure, no text
    if (item.str.trim() !== "") {
      const [, , , , x = 0, y = 0] = item.transform;
      const size = sizeOf(item);
      const goesOn: boolean =
        open !== null &&
        Math.abs(open.foot - y) <= SAME_FOOT * size &&
        x >= open.right - size &&
        x - open.right <= COLUMN_GAP * size;
      if (!goesOn) close();
      open ??= { items: [], foot: y, right: x };
      open.items.push(item);
      open.right = x + item.width;
    } else if (open !== null && item.str !== "") (open as OpenLine).items.push(item);
    if (item.hasEOL) close();
  }
  close();
  return lines;
}

function sizeOf({ height, transform }: PdfItem): number {
  const [, , c = 0, d = 0] = transform;
  return height || Math.hypot(c, d) || 1;
}

function lineOf(items: readonly PdfItem[]): PdfLine | null {
  const inked = items.filter(({ str }) => str.trim() !== "");
  const first = inked[0];
  const last = inked.at(-1);
  if (!first || !last) return null;
  let text = "";
  let right = first.transform[4] ?? 0;
  for (const item of items) {
    const x = item.transform[4] ?? 0;
    const gap = x - right;
    if (item.str.trim() !== "" && text !== "" && !/\s$/.test(text) && gap > SPACE_GAP * sizeOf(item)) text += " ";
    text += item.str;
    if (item.str.trim() !== "") right = x + item.width;
  }
  const folded = foldSpace(text.replace(GLYPHS, (glyph) => glyph.normalize("NFKC")))
    .trim()
    .normalize("NFC");
  if (folded === "") return null;
  const longest = inked.reduce((a, b) => (b.str.length > a.str.length ? b : a));
  return {
    text: withoutGaps(folded),
    size: Math.round(sizeOf(longest) * 10) / 10,
    bold: /bold|black|heavy|semibold/i.test(longest.fontName),
    left: first.transform[4] ?? 0,
    right,
    foot: first.transform[5] ?? 0,
  };
}

/** Characters that stand for the shape of others: ligatures (ﬁ), and the radicals (⽂) that PDF files give for common ideographs. */
const GLYPHS = /[\ufb00-\ufb06\u2e80-\u2fd5\uf900-\ufaff]/g;

/** Chinese letters are set apart now and then, and no space belongs between them. */
function withoutGaps(text: string): string {
  return text.replace(
    /(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]) (?=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])/g,
    "",
  );
}
