import type { Span } from "../../domain/span.ts";
import { trimSpan } from "../statement/view.ts";

const DIRECTION =
  /[([（【](?:(?:continued |general )?(?:laughter|inaudible|applause|crosstalk|cross-?talk|off-?mike|off-?mic|pause|sic|unintelligible|in progress|via interpreter|as interpreted|through interpreter|laughs|chuckles|no response|a moment of silence[^)]*|speaks? in [A-Z]\w+|[a-z ]*is shown|[A-Z]\w+ (?:is )?(?:plays|begins|ends|concludes))\.?|笑|众笑|掌声|听不清|The (?:briefing|press conference|meeting|video)[^)]*)[.。]?[)\]）】]/gi;
const FURNITURE =
  /^(?:#(?:\s*#)*|\*{3,}|end\b.{0,25}|\d{1,2}[:.]\d\d\s*[ap]\.?m\.?(?:\s*\(?[A-Z]{2,4}\)?)?\.?|\*\*.{0,30}Questions and Answers.{0,4}|【[^】]{0,20}】|\[(?:Print|Close)\].*|as prepared(?: for delivery)?\.?|(?:this|the) (?:interview|conversation|transcript) (?:has been|was|is) [^.]*\b(?:edited|condensed|translated)\b.*|the following is (?:a|an|the) (?:near-verbatim |lightly edited |unofficial )*transcript.*)$/i;

/** Lines of a broken paragraph that nobody said, and the end mark where it stands on a line with the last words. */
const FURNITURE_LINE =
  /(?:^[ \t\u00a0]*(?:END|\d{1,2}[:.]\d\d[ \u00a0]*[AaPp]\.?[Mm]\.?(?:[ \u00a0]*(?:\(?[A-Z]{2,4}\)?|\(?[Ll]ocal(?: [Tt]ime)?\)?))*)|(?<![\p{L}\d])END[ \t\u00a0]+\d{1,2}[:.]\d\d[ \u00a0]*[AaPp]\.?[Mm]\.?(?:[ \u00a0]*\(?[A-Z]{2,4}\)?)?)[ \t\u00a0]*$/gmu;

/**
 * Takes out of a paragraph what nobody said: stage directions, clock times, end marks.
 *
 * @returns The spoken pieces in order; none where nothing is left.
 */
export function spokenSpans(text: string, paragraph: Span): Span[] {
  const words = text.slice(paragraph.start, paragraph.end);
  if (FURNITURE.test(words.trim())) return [];
  const spans: Span[] = [];
  let start = paragraph.start;
  const cuts = [...words.matchAll(DIRECTION), ...words.matchAll(FURNITURE_LINE)];
  for (const match of cuts.sort((a, b) => a.index - b.index)) {
    spans.push({ start, end: paragraph.start + match.index });
    start = paragraph.start + match.index + match[0].length;
  }
  spans.push({ start, end: paragraph.end });
  return spans.flatMap((span) => {
    const trimmed = trimSpan(text, span);
    return trimmed && /[\p{L}\p{N}]/u.test(text.slice(trimmed.start, trimmed.end)) ? [trimmed] : [];
  });
}
