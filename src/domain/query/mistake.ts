import type { Span } from "../span.ts";
import { letterChanges } from "./letter-changes.ts";

/** A part of a question that cannot be understood: where it stands, what is wrong, and what may have been meant. */
export type QueryMistake = Span & {
  readonly message: string;
  /** What to write at this place instead; null where nothing is near. */
  readonly suggestion: string | null;
};

/** Shows a mistake under the line it stands in, as a terminal shows it. */
export function pointAt(line: string, { start, end, message }: QueryMistake): string {
  const before = line.slice(0, start).replaceAll(/[\t\r\n]/g, " ");
  // Terminals draw these two columns wide.
  const widthOf = (text: string) =>
    [...text].reduce(
      (sum, one) =>
        sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60]/u.test(one) ? 2 : 1),
      0,
    );
  const marks = "^".repeat(Math.max(1, widthOf(line.slice(start, end))));
  return `  ${line.replaceAll(/[\t\r\n]/g, " ")}\n  ${" ".repeat(widthOf(before))}${marks}\n${message}`;
}

/**
 * Finds the name that somebody may have meant: the nearest by changed letters, where it is near at all.
 *
 * At most a third of the letters may differ.
 */
export function nearestName(typed: string, known: readonly string[]): string | null {
  const wanted = typed.toLowerCase();
  const most = Math.max(1, Math.floor(wanted.length / 3));
  let best: string | null = null;
  let least = most + 1;
  for (const name of known) {
    if (Math.abs(name.length - wanted.length) >= least) continue;
    const distance = letterChanges(wanted, name.toLowerCase());
    if (distance < least) [best, least] = [name, distance];
  }
  return best;
}
