const MONTH = "(?:Jan|Feb|March|Mar|April|Apr|May|June|July|Aug|Sept?|Oct|Nov|Dec)\\p{Ll}*\\.?";
const WEEKDAY = "(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\\.?)";
const DATE = `(?:${MONTH} \\d{1,2}|\\d{1,2} ${MONTH})(?:, ?\\d{4})?`;
const DAY = `(?:, ?(?:${WEEKDAY}(?:, ?${DATE})?|${DATE}))`;
const AGENCY = "(?: ?[([][^)\\]]{2,40}[)\\]])";
const CAPITALS = "\\p{Lu}[\\p{Lu}.'’]+(?:[ /-]\\p{Lu}[\\p{Lu}.'’]+){0,3}(?:, \\p{Lu}[\\p{L}.]{1,14}){0,2}";
const NAME = "\\p{Lu}\\p{Ll}+(?: \\p{Lu}\\p{Ll}+){0,2}(?:, \\p{Lu}[\\p{L}.]{1,14})?";
const DATELINE = new RegExp(
  `^\\s*(?:${CAPITALS}(?:${DAY}${AGENCY}?|${AGENCY}${DAY}?)|${NAME}${DAY}?${AGENCY}|${NAME}, ?${WEEKDAY}(?:, ?${DATE})?|${CAPITALS}(?=\\s*[-–—]{1,2}\\s+[“"]))\\s*[-–—]{1,2}\\s+`,
  "u",
);

/**
 * Measures the dateline that opens a paragraph of news, up to its words: "BEIJING, Nov. 16 (Agency) — ". 0 where none does: a dash
 * after capitals alone may stand after the name of a body.
 */
export function datelineLength(paragraph: string): number {
  return DATELINE.exec(paragraph.slice(0, 120))?.[0].length ?? 0;
}
