import type { Span } from "../../domain/span.ts";

const HEDGE =
  /\b(?:reportedly|allegedly|purportedly|it is (?:said|reported|believed|understood) (?:to|that)|is (?:said|reported|believed|understood) to|people familiar with (?:the matter|the discussions|the plans?)|person familiar with the matter|sources (?:said|say)|according to (?:\w+ ){0,3}sources|rumou?red|appears? to|likely)\b|据报道|据悉|据称|知情人士|消息人士|有消息称|可能/i;
/** Words that hedge only what they stand in: talks that "are expected to last two days" are certain all the same. */
const EXPECTED = /\b(?:expected|likely|foreseen|tentatively)\b|预计/i;

/** Finds the hedge inside the telling words themselves; null when they are flat. */
export function hedgeWithin(plain: string, place: Span): string | null {
  return plain.slice(place.start, place.end).match(EXPECTED)?.[0] ?? null;
}

const NEGATED =
  /\b(?:not|never|no longer|nor|cannot|neither|without|unlikely|den(?:y|ies|ied)|failed to|refused? to|declined? to)\b|\w+n't\b|(?<!分|有)(?:并未|尚未|没有|未曾|从未|从没|未能|并非|不会|不同意|不认为|无意)|否认|拒绝|未(?=同意|达成|举行|商定|宣布)/i;
const MODAL =
  /\b(?:could|should|would|might|may(?! \d)|must|ought to|needs? to|if|whether|hopes?|hoped|hoping|want(?:s|ed|ing)?|ask(?:s|ed|ing)? (?:\w+ ){1,4}to|encourag(?:e|es|ed|ing)|push(?:es|ed|ing)? (?:for|to)|press(?:es|ed|ing)? (?:for|\w+ to)|seek(?:s|ing)? to|call(?:s|ed)? (?:for|on)|urg(?:e|es|ed|ing)|recommend(?:s|ed)?|demand(?:ed|ing)|demands? that|plead(?:s|ed)?|appeal(?:s|ed)? (?:to|for)|unless|suppos(?:e|ing)|proposal|suggest(?:s|ed)?|were to|let's)\b/i;
const CHINESE_CONDITION = /如果|若(?![泽昂望干])|假如|假设|倘若|一旦|除非|是否/;
const CHINESE_WISH =
  /应该|应当|本应|必须|可以|希望|建议|敦促|促请|要求|呼吁|主张|有望|倡议|(?<![回响反供相效])应(?=[立尽停取重恢放解])/;
/** Where others begin to act, a wish before them has ended: 中方希望对话，双方同意重启. */
const OTHERS_ACT = /[，,](?=双方|两国|各方|中美|美中|中方|美方|会谈|会上|同时|此外)/;

/** Finds the first hedge of a sentence, as it is written; null when the sentence is flat. */
export function hedgeOf(plain: string): string | null {
  return plain.match(HEDGE)?.[0] ?? null;
}

/** How far before the telling words a negation or a modal still governs them. */
const REACH = 45;

/**
 * Tells whether the telling words are denied: "did not agree to launch talks".
 *
 * @param negates - Whether the words are themselves a negation ("no longer opposes"), so that only what stands before them denies.
 */
export function isDenied(plain: string, place: Span, negates = false): boolean {
  return NEGATED.test(clauseBefore(plain, place)) || (!negates && NEGATED.test(plain.slice(place.start, place.end)));
}

/** Tells whether the telling words are only wished for, asked about or advised: "could agree to launch talks". */
export function isWished(plain: string, place: Span): boolean {
  const before = clauseBefore(plain, place);
  return (
    MODAL.test(before) || CHINESE_CONDITION.test(before) || CHINESE_WISH.test(before.split(OTHERS_ACT).at(-1) ?? "")
  );
}

function clauseBefore(plain: string, place: Span): string {
  const before = plain.slice(Math.max(0, place.start - REACH), place.start);
  return before.slice(Math.max(...[";", "；", "。", ":", "："].map((mark) => before.lastIndexOf(mark))) + 1);
}

const TO_COME =
  /\b(?:will|would|shall|going to|plan(?:s|ned|ning)? to|expect(?:s|ed)? to|set to|due to|scheduled|prepar(?:es?|ing)|hop(?:es?|ing) to|look(?:s|ing)? forward to|agreed to|before|ahead of|upcoming|next)\b|'ll\b|将|拟|准备|计划|同意|即将|期待/i;

/** Tells whether the telling words speak of what is still to come, so that they tell of nothing held. */
export function isToCome(plain: string, place: Span): boolean {
  return TO_COME.test(plain.slice(Math.max(0, place.start - REACH), place.end));
}
