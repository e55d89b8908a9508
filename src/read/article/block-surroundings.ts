import { dateIn } from "../date/written-date.ts";
import { bareLetters } from "../text/plain-text.ts";
import type { LooseBlock } from "./blocks.ts";

/** A line that long is prose: what stands before the first is the head of the page. */
const PROSE = 100;

/** Blocks shorter than this may be repeated in an article ("Thank you."). */
const LONGEST_REPEATED = 60;

/** Lines of the head of an article: when, by whom, how long to read. */
const HEAD: readonly RegExp[] = [
  /^[|(•·\s]*(?:first |last |originally )?(?:published|posted|updated|modified|last modified)\b.{0,140}(?<![.!?”"])$/i,
  /^(?:\d+\s*(?:min(?:ute)?s?|hours?|days?|weeks?) (?:read|ago)|\d+ (?:comments?|shares?|views?))\b.{0,30}$/i,
  /^by\s+\p{Lu}[^.!?]{2,80}$/u,
];

/** Lines about pictures and offers, wherever they stand. */
const ASIDE: readonly RegExp[] = [
  /^[([](?:image|photo|picture|video|illustration|file)s?\b[^()[\]]{0,200}[)\]]\.?$/i,
  /^(?:image|photo|slide|picture) \d+ (?:of|\/) \d+$/i,
  /^(?:sign up|subscribe|register|log in|join)\b.{0,60}\b(?:newsletter|emails?|alerts?|updates|today|free|now|inbox|comment|news)\b.{0,120}$/i,
  /^(?:table of contents|you (?:may|might) also like|more (?:from|on) .{2,60}|recommended for you|editors?.? picks|top stories|trending(?: now)?|don.t miss|what to read next)\b.{0,20}$/i,
  /^(?:updated|published|posted)(?: at)?:? (?:\d{1,2}:\d\d.{0,20}|.{0,40}\b(?:19|20)\d\d.{0,20})$/i,
];

/**
 * Takes out of a page of unknown layout what its classes did not show to be no text: date and author lines above the
 * first prose, lines about pictures and offers, lists of links, and whatever is printed twice.
 */
export function withoutSurroundings(blocks: readonly LooseBlock[], byline: string | null): LooseBlock[] {
  const first = blocks.findIndex((block) => block.text.length >= PROSE);
  const names = (byline ?? "")
    .split(", ")
    .map(bareLetters)
    .filter((name) => name.length > 3);
  const seen = new Set<string>();
  return blocks.filter((block, index) => {
    const { text } = block;
    if (index < first && isHeadLine(text, names)) return false;
    if (text.length <= 220 && ASIDE.some((pattern) => pattern.test(text))) return false;
    if (block.isLink && (blocks[index - 1]?.isLink || blocks[index + 1]?.isLink)) return false;
    if (text.length < LONGEST_REPEATED) return true;
    const repeated = seen.has(text);
    seen.add(text);
    return !repeated;
  });
}

function isHeadLine(text: string, names: readonly string[]): boolean {
  if (HEAD.some((pattern) => pattern.test(text))) return true;
  if (text.length <= 45 && dateIn(text, { basis: "text" }) !== null && !/[.!?。]$/.test(text)) return true;
  const bare = bareLetters(text);
  return names.some((name) => bare.includes(name) && bare.length < name.length + 40);
}
