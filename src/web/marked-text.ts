import type { Block } from "../domain/article.ts";
import type { Span } from "../domain/span.ts";

/** A place in a text that can be linked to: `s12` the words of statement 12, `e3` evidence 3 of a development. */
export type TextMark = { readonly id: string; readonly spans: readonly Span[] };

/** A run of text inside a paragraph, with the marks it lies in. */
export type TextPiece = {
  readonly text: string;
  /** Ids of the marks, in the order given. */
  readonly marks: readonly string[];
  /** Ids of the marks that begin here. */
  readonly begins: readonly string[];
};

/** A paragraph cut where marks begin and end; its pieces joined are its text. */
export type MarkedParagraph = {
  readonly kind: Block["kind"];
  readonly lang: string | null;
  readonly start: number;
  readonly pieces: readonly TextPiece[];
};

/**
 * Cuts a text into paragraphs and those into pieces, so that each mark can be shown and linked to.
 *
 * Text outside all blocks is kept as paragraphs of its own: nothing archived is left out. Spans may overlap.
 */
export function markText(
  text: string,
  blocks: readonly Block[],
  marks: readonly TextMark[],
): readonly MarkedParagraph[] {
  const spans = marks.flatMap(({ id, spans }) =>
    spans.map((span, index) => ({ id, start: span.start, end: span.end, first: index === 0 })),
  );
  return paragraphsOf(text, blocks).map(({ start, end, kind, lang }) => {
    const here = spans.filter((span) => span.start < end && start < span.end);
    const cuts = [
      ...new Set([start, end, ...here.flatMap((span) => [Math.max(span.start, start), Math.min(span.end, end)])]),
    ].sort((a, b) => a - b);
    const pieces = cuts.slice(0, -1).map((from, index) => {
      const to = cuts[index + 1] ?? end;
      const over = here.filter((span) => span.start < to && from < span.end);
      return {
        text: text.slice(from, to),
        marks: [...new Set(over.map(({ id }) => id))],
        begins: over.filter((span) => span.first && span.start === from).map(({ id }) => id),
      };
    });
    return { kind, lang, start, pieces };
  });
}

type Stretch = {
  readonly start: number;
  readonly end: number;
  readonly kind: Block["kind"];
  readonly lang: string | null;
};

function paragraphsOf(text: string, blocks: readonly Block[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  for (const block of [...blocks].sort((a, b) => a.start - b.start)) {
    const start = Math.max(block.start, at);
    const end = Math.min(block.end, text.length);
    if (end <= start) continue;
    stretches.push(...linesBetween(text, at, start), { start, end, kind: block.kind, lang: block.lang });
    at = end;
  }
  stretches.push(...linesBetween(text, at, text.length));
  return stretches;
}

function linesBetween(text: string, from: number, to: number): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const match of text.slice(from, to).matchAll(/[^\n]*\S[^\n]*/g)) {
    const start = from + match.index;
    stretches.push({ start, end: start + match[0].length, kind: "paragraph", lang: null });
  }
  return stretches;
}
