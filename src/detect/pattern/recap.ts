import type { Span } from "../../domain/span.ts";

const RECAP =
  /\b(?:earlier (?!this (?:morning|afternoon|evening)|today)(?:\w+ )|previously|formerly|already|had (?:\w+ )?(?:agreed|committed|pledged|launched|held|met|reached|announced|signed)|in the past|years ago|since then|at the time|back in|(?:has|have) (?:long|repeatedly|often|consistently|always))\b|^Earlier\b|此前|早前|曾经?|已于|早在|此后|(?:得到|受到|引发)[^。；]{0,20}(?:评价|响应|支持|关注)/i;

/** Words that take up an agreement made before. A meeting that carries one out is news all the same. */
const CARRIED_OVER =
  /\b(?:follow(?:ing|ed)?(?: up| through)? on|as agreed|in line with|building on (?:the|their|our)|the (?:consensus|understanding|agreement|commitments?) (?:that )?(?:was |were )?(?:reached|made)|came away from|fulfil\w*|implement(?:ing|ation of)? (?:the|our|their) (?:consensus|agreements?|commitments?|understandings?))\b|(?:落实|根据|按照)[^。；]{0,20}(?:共识|成果)/i;
const AGREED: ReadonlySet<string> = new Set(["talks.announced", "agreement.understanding", "commitment.made"]);

/** What looks back from a sentence that names an earlier stance by its nature ("its earlier opposition", 此前的立场). */
const SHIFT_RECAP =
  /\b(?:had (?:\w+ )?(?:reversed|changed|shifted|dropped|abandoned|ended)|in the past|years ago|since then|at the time|back in|already)\b|早在|当时/i;

/** Tells whether a sentence marks what it tells as past or as carried over: a recap, not news. */
export function isRecap(type: string, plain: string): boolean {
  if (type === "position.shift") return SHIFT_RECAP.test(plain);
  return RECAP.test(plain) || (AGREED.has(type) && CARRIED_OVER.test(plain));
}

/** Types of which "has imposed", "we've set up" tells the record and not the act. */
const RECORDED = /^(?:control\.(?!proposed)|domestic\.|institution\.|document\.|accusation)/;
const PERFECT = /(?:\b(?:have|has)|'ve)(?: \w+){0,2}? \w+(?:ed|en|un|ut|de|ld)\b/i;

/** Tells whether a sentence counts up what has been done; with a date in it, the date decides. */
export function isRecord(type: string, plain: string): boolean {
  return RECORDED.test(type) && PERFECT.test(plain);
}

const BACKDROP = /^(?:(?:During|Following|After|Since|Amid|With|Despite|Ahead of)\b|在|自|继)/;

/** Tells whether the telling words only set the scene for what the sentence goes on to tell: "During his visit in May, …". */
export function isBackdrop(plain: string, place: Span): boolean {
  const border = plain.search(/[,，]/);
  return BACKDROP.test(plain) && border > 0 && place.start < border;
}

const REFERRED = /(?:^|[\s,])(?:which|whose|after|when|since|because|despite|following)\b[^,;]*$/i;

/** Tells whether the telling words stand in a clause that only refers to them: "the firm, which withheld its model, …". */
export function isReferred(plain: string, place: Span): boolean {
  return REFERRED.test(plain.slice(0, place.start));
}
