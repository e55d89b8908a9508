import { type Cue, cueOf } from "./cue.ts";
import { isDocumentNoun } from "./subject.ts";
import type { Token } from "./tokens.ts";

/** A cue verb with its auxiliaries, as places in the tokens of a sentence. */
export type VerbGroup = {
  readonly cue: Cue;
  readonly verb: number;
  /** First token of the verb with its auxiliaries and adverbs. */
  readonly from: number;
  readonly negated: boolean;
  readonly modal: boolean;
};

const BE = /^(?:is|are|was|were|be|been|being|am|get|gets|got)$/;
/** Short for "is" or "has": with a participle in -ing it is "is". */
const CLITIC = /^['’](?:s|re|ve|d|ll|m)$/;
const AUXILIARY =
  /^(?:is|are|was|were|be|been|being|am|has|have|had|having|do|does|did|will|would|can|could|may|might|must|shall|should|not|never|also|already|then|later|further|again|often|once|still|now|even|just|only|first|long|further|therefore|thus|soon|both|all|has|cannot|didn|doesn|don|hasn|haven|hadn|didn't|didn’t|doesn't|doesn’t|don't|don’t|hasn't|hasn’t|haven't|haven’t|hadn't|hadn’t|won't|won’t|wouldn't|wouldn’t|wasn't|wasn’t)$/;
const NEGATIVE = /^(?:not|never|cannot|.*n['’]t)$/;
const MODAL = /^(?:will|would|can|could|may|might|must|shall|should|cannot|won['’]t|wouldn['’]t|couldn['’]t)$/;
const NO_ADVERB = /^(?:family|ally|assembly|reply|supply|july|italy|early|anomaly|monopoly)$/;

/** Finds the cue verbs of a sentence, in order. */
export function verbGroups(tokens: readonly Token[], end: number): VerbGroup[] {
  const groups: VerbGroup[] = [];
  for (let verb = 0; verb < end; verb++) {
    const token = tokens[verb];
    if (!token?.isWord || token.quote >= 0 || /^\p{Lu}/u.test(token.text)) continue;
    const cue = cueOf(token.lower);
    const group = cue && groupOf(tokens, verb, cue);
    if (group) groups.push(group);
  }
  return groups;
}

/** Puts a verb together with its auxiliaries; null where it is passive, an infinitive or a noun. */
export function groupOf(tokens: readonly Token[], verb: number, cue: Cue): VerbGroup | null {
  let from = verb;
  let be = false;
  let negated = false;
  let modal = false;
  let auxiliary = false;
  while (from > 0) {
    const token = tokens[from - 1];
    if (!token || token.quote >= 0) break;
    const { lower } = token;
    const adverb = /ly$/.test(lower) && lower.length > 4 && !NO_ADVERB.test(lower) && /^\p{Ll}/u.test(token.text);
    if (!AUXILIARY.test(lower) && !adverb && !CLITIC.test(lower)) break;
    if (lower === "both" && !/^(?:they|we|have|are|who)$/.test(tokens[from - 2]?.lower ?? "")) break;
    be ||= BE.test(lower) || (CLITIC.test(lower) && cue.form === "gerund");
    negated ||= NEGATIVE.test(lower);
    modal ||= MODAL.test(lower);
    auxiliary ||= !adverb;
    from--;
  }
  const before = tokens[from - 1]?.lower ?? "";
  if (cue.form === "past" && be) return null;
  if (
    cue.form === "gerund" &&
    !be &&
    !isDocumentNoun(before) &&
    before !== "," &&
    !/^(?:and|as|by|while|in|before|after|—|–|-)$/.test(before)
  )
    return null;
  if (cue.form === "base" && (before === "to" || from === 0)) return null;
  if (modal && cue.form !== "base") return null;
  const noun = cue.frames.has("x") && (cue.form === "base" || cue.form === "third");
  // "rated their claims as false": whoever rated them speaks.
  if (noun && !auxiliary && tokens[verb + 1]?.lower === "as" && !cue.frames.has("y")) return null;
  if (
    noun &&
    !auxiliary &&
    /^(?:the|a|an|his|her|its|their|our|my|this|that|these|those|of|for|in|on|no|any|some|new|united|other|such|’s|'s)$|['’]s?$|(?:al|ic|ive|ous)$/.test(
      before,
    )
  )
    return null;
  return { cue, verb, from, negated, modal };
}

/** Tells whether a form in -ing stands with "be": "is saying". */
export function isProgressive(tokens: readonly Token[], group: VerbGroup): boolean {
  return tokens.slice(group.from, group.verb).some((token) => BE.test(token.lower) || CLITIC.test(token.lower));
}
