import { readCommitment } from "../record/commitment.ts";
import { contentWords } from "../words/content-words.ts";
import { incidentMarks } from "./incident-marks.ts";
import { readParticulars } from "./particulars.ts";

/** One of two tellings of what may be one happening: its type and its words. */
export type TypedWords = { readonly type: string; readonly words: string };

/** Families of which the same words may tell two happenings only when their names, subjects or places differ. */
const BY_PLACE = /^(?:talks|summit|readout|envoy)\b/;
const BY_OBJECT =
  /^(?:control|countermeasure|accusation|domestic|document|institution|proposal|position|commitment|agreement|multilateral|track2)\b/;

/**
 * Tells whether two tellings of one type, side and time are of two happenings all the same: another round, another city, another
 * bill or product, another subject. What one of the two leaves out tells nothing.
 */
export function areLookAlikes(one: TypedWords, other: TypedWords): boolean {
  if (one.words === other.words) return false;
  if (one.type.startsWith("incident.")) return areTwoIncidents(one.words, other.words);
  const [a, b] = [readParticulars(one.words), readParticulars(other.words)];
  const differ = (kind: "rounds" | "venues" | "names" | "objects") =>
    a[kind].length > 0 && b[kind].length > 0 && !a[kind].some((value) => b[kind].includes(value));
  if (differ("rounds") && BY_PLACE.test(one.type)) return true;
  if (BY_PLACE.test(one.type)) return differ("venues") || differ("objects");
  if (!BY_OBJECT.test(one.type)) return false;
  if (
    actingSide(one.words) !== null &&
    actingSide(other.words) !== null &&
    actingSide(one.words) !== actingSide(other.words)
  )
    return /^(?:control|countermeasure|accusation|commitment|domestic|proposal|position)\b/.test(one.type);
  if (sameScript(one.words, other.words) && saysOther(one, other)) return true;
  if (sameScript(one.words, other.words) && differ("names")) return !sharesWords(one.words, other.words);
  return differ("objects");
}

const US =
  "(?:\\b(?:U\\.S\\.?|US|United States|Washington|White House|American|Commerce Department|Congress|Senate|Pentagon)(?!\\p{L})|美国|美方)";
const CHINA = "(?:\\b(?:China|Chinese|Beijing|PRC|MOFCOM)(?!\\p{L})|中国|中方)";
const ACTED = "(?:\\w+ ){0,2}(?:announced|imposed|introduced|issued|enacted|adopted|took|made)\\b";
const SIDES = { us: new RegExp(US, "u"), china: new RegExp(CHINA, "u") } as const;
/** Who acts where another stands first: "were added by the US", "rules that Washington announced", 被美方列入. */
const PASSIVE = {
  us: new RegExp(`\\bby (?:the )?${US}|被${US}|\\b(?:that|which) (?:the )?${US} ${ACTED}`, "u"),
  china: new RegExp(`\\bby (?:the )?${CHINA}|被${CHINA}|\\b(?:that|which) (?:the )?${CHINA} ${ACTED}`, "u"),
} as const;

/** The side that a sentence names first, which is the one that acts in a plain sentence. */
function actingSide(words: string): "us" | "china" | null {
  const passive = (["us", "china"] as const).filter((side) => PASSIVE[side].test(words));
  if (passive.length === 1) return passive[0] ?? null;
  const [us, china] = [SIDES.us.exec(words)?.index, SIDES.china.exec(words)?.index];
  if (us === china) return null;
  return (us ?? Number.POSITIVE_INFINITY) < (china ?? Number.POSITIVE_INFINITY) ? "us" : "china";
}

/** Two incidents of one actor in one month: of different kinds, or with different models. */
function areTwoIncidents(one: string, other: string): boolean {
  const [a, b] = [incidentMarks(one), incidentMarks(other)];
  const apart = (kind: "kinds" | "models") =>
    a[kind].length > 0 && b[kind].length > 0 && !a[kind].some((value) => b[kind].includes(value));
  return apart("kinds") || apart("models");
}

function sameScript(a: string, b: string): boolean {
  return /\p{Script=Han}/u.test(a) === /\p{Script=Han}/u.test(b);
}

/** Families of which the words say all there is to know one from the next. */
const BY_WORDS = /^(?:commitment|proposal|position|accusation)\b/;
/** Share of the fewer telling words below which two sentences do not say the same. */
const SAYS_SAME = 0.25;
/** Words that every sentence on the talks holds. */
const EVERYWHERE =
  /^(?:united|states|china|chinese|american|beijing|washington|government|governments|sides?|both|countries|artificial|intelligence|said|says|officials?|that|with|have|will|would|which|their|today|proposed|committed|pledged|promised|accused|alleged)$/;

/** Whether two sentences of one speaker have next to nothing in common but the sides and the matter. */
function saysOther(one: TypedWords, other: TypedWords): boolean {
  if (!BY_WORDS.test(one.type)) return false;
  const telling = (words: string) => {
    const said = (one.type.startsWith("commitment.") && readCommitment(words, null)?.action) || words;
    return [...contentWords(said)].filter((word) => !EVERYWHERE.test(word));
  };
  const [x, y] = [telling(one.words), telling(other.words)];
  const fewer = Math.min(x.length, y.length);
  return fewer >= 2 && x.filter((word) => y.includes(word)).length / fewer < SAYS_SAME;
}

/** Share of the fewer words that two tellings have in common from which a differing name is only a detail. */
const COMMON = 0.6;

function sharesWords(a: string, b: string): boolean {
  const [x, y] = [contentWords(a), contentWords(b)];
  const fewer = Math.min(x.size, y.size);
  return fewer > 0 && [...x].filter((word) => y.has(word)).length / fewer >= COMMON;
}
