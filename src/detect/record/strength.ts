import type { Strength } from "../../domain/readout.ts";

/** Words by which an account commits itself, the strongest first; the first that stands in a sentence counts. */
const WORDS: readonly (readonly [Strength, RegExp])[] = [
  [
    "agreed",
    /\b(?:agreed (?:to|on|upon)|committed to|decided to|signed|will (?:launch|establish|set up|hold))\b|同意|商定|决定|承诺|签署/i,
  ],
  [
    "consensus",
    /\b(?:consensus|understandings?|affirmed|agreed that|concurred|shared the view)\b|共识|谅解|一致认为|确认|重申/i,
  ],
  [
    "discussed",
    /\b(?:discuss(?:ed|ing)|exchanged views|talked about|raised|explored|addressed|spoke about|considered)\b|讨论|交换(?:了)?意见|探讨|沟通|磋商|谈及/i,
  ],
  [
    "noted",
    /\b(?:noted|mentioned|took note|pointed out|recalled|welcomed|stressed|emphasi[sz]ed|underscored|stated)\b|提到|指出|注意到|强调|表示|欢迎/i,
  ],
];

/** Finds how far a sentence commits itself; null when it holds none of the words of the scale. */
export function strengthOf(sentence: string): Strength | null {
  return WORDS.find(([, pattern]) => pattern.test(sentence))?.[0] ?? null;
}

const SCALE: readonly Strength[] = WORDS.map(([strength]) => strength);

/** Picks the stronger of two. */
export function strongerOf(a: Strength | null, b: Strength | null): Strength | null {
  if (a === null || b === null) return a ?? b;
  return SCALE.indexOf(a) <= SCALE.indexOf(b) ? a : b;
}
