/** A half-open range [start, end) of UTF-16 code units in a text. */
export type Span = { readonly start: number; readonly end: number };

/** Cuts the words of a span out of its text, exactly as they stand there. */
export function wordsAt(text: string, span: Span): string {
  return text.slice(span.start, span.end);
}

/** Joins the words of several spans with one space: the words of a statement whose content is interrupted. */
export function wordsAtAll(text: string, spans: readonly Span[]): string {
  return spans.map((span) => wordsAt(text, span)).join(" ");
}

/** What is shown where a quotation leaves something out. */
export const GAP = " … ";

/** Parts the words of a statement where they are interrupted: `words` are those of its spans, joined with one space. */
export function piecesOf(words: string, spans: readonly Span[]): readonly string[] {
  let at = 0;
  return spans.map(({ start, end }) => {
    const piece = words.slice(at, at + end - start);
    at += end - start + 1;
    return piece;
  });
}

/** The first unbroken stretch of a statement's words: a browser finds them in a page only where they stand together. */
export function firstPiece({ words, content }: { readonly words: string; readonly content: readonly Span[] }): string {
  return piecesOf(words, content)[0] ?? words;
}

/** Between spans that are no further apart than a line break stands no word that was left out. */
const NOTHING_BETWEEN = 2;

/** Shows where the words of a statement are interrupted: `words` are those of its spans, joined with one space. */
export function showingGaps(words: string, spans: readonly Span[]): string {
  return piecesOf(words, spans).reduce((before, piece, index) => {
    const apart = (spans[index]?.start ?? 0) - (spans[index - 1]?.end ?? 0);
    return `${before}${apart > NOTHING_BETWEEN ? GAP : " "}${piece}`;
  });
}

/** Tells whether two spans share at least one character. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Tells whether `inner` lies wholly inside `outer`. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
