import { looseBlocksOf } from "../article/blocks.ts";
import { parseFragment } from "./dom.ts";
import { nestingOf } from "./nesting.ts";
import { foldSpace } from "./plain-text.ts";

/** Elements inside one fragment of a feed; more is hostile. */
const DEEPEST = 256;

/**
 * Gives the words of an HTML fragment (a feed's title, summary or content) as plain text, one line per block.
 * Text without markup passes unchanged but for white space. Hidden parts and scripts are left out.
 * A fragment nested beyond reason loses its tags by force.
 */
export function htmlText(fragment: string): string | null {
  if (!/[<&]/.test(fragment)) return foldSpace(fragment).trim().normalize("NFC") || null;
  const tame = nestingOf(fragment, DEEPEST, "html") > DEEPEST ? fragment.replace(/<[^<>]*>/g, " ") : fragment;
  const lines = looseBlocksOf([parseFragment(tame).root()[0]].filter((node) => node !== undefined));
  return lines.map((line) => line.text).join("\n") || null;
}

/** The same on one line: for titles and names. */
export function htmlLine(fragment: string): string | null {
  return htmlText(fragment)?.replaceAll("\n", " ") ?? null;
}
