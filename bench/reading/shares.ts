import type { Span } from "../../src/domain/span.ts";

/** Divides; 0 where there is nothing to divide by. */
export function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** Harmonic mean of precision and recall. */
export function f1(precision: number, recall: number): number {
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

/** Writes a share in per cent with one decimal. */
export function percent(share: number): string {
  return (100 * share).toFixed(1);
}

/** Arithmetic mean; 0 of nothing. */
export function mean(numbers: readonly number[]): number {
  return ratio(
    numbers.reduce((sum, number) => sum + number, 0),
    numbers.length,
  );
}

/** The value below which a share of the numbers lies. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Joins spans that meet, so that each character is counted once. */
export function merged(spans: readonly Span[]): readonly Span[] {
  const joined: { start: number; end: number }[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}

/** Counts the characters of spans, each once. */
export function lengthOf(spans: readonly Span[]): number {
  return merged(spans).reduce((sum, { start, end }) => sum + end - start, 0);
}

/** Counts the characters that two sets of spans have in common. */
export function sharedLength(one: readonly Span[], other: readonly Span[]): number {
  let sum = 0;
  for (const a of merged(one))
    for (const b of merged(other)) sum += Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
  return sum;
}

/** Intersection over union of the characters of two sets of spans. */
export function overlap(one: readonly Span[], other: readonly Span[]): number {
  const shared = sharedLength(one, other);
  return ratio(shared, lengthOf(one) + lengthOf(other) - shared);
}

/** Tells whether two sets of spans share a character. */
export function meet(one: readonly Span[], other: readonly Span[]): boolean {
  return one.some((a) => other.some((b) => a.start < b.end && b.start < a.end));
}

/** Makes a table from code points, in which annotators count, to UTF-16 units. */
export function unitsOf(text: string): readonly number[] {
  const table = [0];
  let at = 0;
  for (const character of text) {
    at += character.length;
    table.push(at);
  }
  return table;
}

/** Removes every kind of white space and zero-width marks. */
export function withoutSpace(text: string): string {
  return text.replace(/[\s\u200b-\u200d\ufeff]+/gu, "");
}
