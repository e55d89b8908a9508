import { overlaps, type Span } from "../../domain/span.ts";
import type { Statement } from "../../domain/statement.ts";
import type { Quotation } from "./quotation.ts";

/** Puts spans in the order of the text, without what two of them share; empty ones are left out. */
export function ordered(spans: readonly Span[]): Span[] {
  const sorted = [...spans].filter((span) => span.start < span.end).sort((a, b) => a.start - b.start);
  const kept: Span[] = [];
  for (const span of sorted) {
    const start = Math.max(span.start, kept.at(-1)?.end ?? 0);
    if (start < span.end) kept.push({ start, end: span.end });
  }
  return kept;
}

/** Direct words stand without their marks; reported words that hold a quotation keep it with its marks. */
export function quotedContent(
  text: string,
  content: readonly Span[],
  quotations: readonly Quotation[],
): Pick<Statement, "content" | "kind"> {
  let quoted = 0;
  let all = 0;
  const inner: Span[] = [];
  for (const span of content) {
    all += letters(text.slice(span.start, span.end));
    for (const quotation of quotations) {
      if (!overlaps(quotation.outer, span)) continue;
      const part = { start: Math.max(span.start, quotation.inner.start), end: Math.min(span.end, quotation.inner.end) };
      if (part.start >= part.end) continue;
      quoted += letters(text.slice(part.start, part.end));
      inner.push(part);
    }
  }
  if (!quoted) return { content, kind: "indirect" };
  if (content.every((span) => isOnlyQuoted(text, span, quotations))) return { content: ordered(inner), kind: "direct" };
  return all - quoted <= all * 0.08 ? { content: ordered(inner), kind: "direct" } : { content, kind: "mixed" };
}

/** Little words outside the marks report nothing: said that “…”, what she called “…”. */
const LITTLE = /^[\s\p{P}]*(?:(?:that|what|to|as|and|but|a|an|the|of|for|is|was|it|are|were)\b[\s\p{P}]*)*$/iu;

function isOnlyQuoted(text: string, span: Span, quotations: readonly Quotation[]): boolean {
  let at = span.start;
  let outside = "";
  for (const { outer } of quotations.filter((quotation) => overlaps(quotation.outer, span))) {
    outside += `${text.slice(at, Math.max(at, outer.start))} `;
    at = outer.end;
  }
  return at > span.start && LITTLE.test(outside + text.slice(Math.min(at, span.end), span.end));
}

function letters(words: string): number {
  return words.replace(/[^\p{L}\p{N}]/gu, "").length;
}
