import { afterAdjunct, complementAfter } from "./clause.ts";
import { cueOf } from "./cue.ts";
import { actOf, contentSpans, endOf, type Finding, spanOf } from "./finding.ts";
import { accordingTo, signedQuotation } from "./frames.ts";
import { isClauseEnd, postposed } from "./postposed.ts";
import { noComment } from "./refusal.ts";
import { isDocumentNoun, isEvidence, isRoleNoun, type Run, subjectAfter, subjectBefore } from "./subject.ts";
import type { Sentence, Token } from "./tokens.ts";
import { isProgressive, type VerbGroup, verbGroups } from "./verbs.ts";

const ADVICE = /^(?:should|must|shall|can|cannot|ought)$/;
/** Verbs with which whatever stands before them speaks. */
const ALWAYS_SPEECH = new Set(["say", "tell", "announce", "declare", "insist", "warn", "argue", "claim"]);

/** Finds every attribution of a sentence, in order of its verbs. */
export function findingsIn(sentence: Sentence): Finding[] {
  const { tokens } = sentence;
  const end = endOf(tokens);
  const groups = verbGroups(tokens, end);
  const found: Finding[] = [];
  const taken: Run[] = [];
  for (const group of groups) {
    const finding =
      noComment(tokens, group, end) ?? attribution(tokens, groups, group, end, found.at(-1) ?? null, taken);
    if (finding) found.push(finding);
  }
  const according = accordingTo(tokens, end);
  if (according?.speaker && found.some((finding) => within(finding, according)))
    return found.map((finding) =>
      within(finding, according) ? { ...finding, relay: according.speaker ?? undefined } : finding,
    );
  if (according) found.push(according);
  const signed = found.length ? null : signedQuotation(tokens, end);
  return signed ? [signed] : found;
}

/** What "according to" relays is somebody else's words where another attribution lies inside it. */
function within(inner: Finding, outer: Finding): boolean {
  return outer.content.some((span) => span.start <= inner.cue.start && inner.cue.end <= span.end);
}

/** Tells whether "she asked" stands here: who and a verb of saying, and little more. */
export function isTag(tokens: readonly Token[], from: number): boolean {
  for (let at = from + 1; at < Math.min(tokens.length, from + 9); at++) {
    const token = tokens[at];
    if (!token?.isWord || token.quote >= 0) return false;
    const cue = cueOf(token.lower);
    if (cue?.frames.has("q") && (cue.form === "past" || cue.form === "third")) {
      const run = subjectBefore(tokens, from, at);
      const after = tokens[afterAdjunct(tokens, at + 1)];
      return (
        run?.from === from &&
        (!after || /^[.,“"]$/.test(after.text) || after.lower === "reporters" || cue.lemma === "tell")
      );
    }
  }
  const inverted = cueOf(tokens[from]?.lower ?? "");
  return inverted?.form === "past" && inverted.frames.has("q") && subjectAfter(tokens, from + 1) !== null;
}

function attribution(
  tokens: readonly Token[],
  groups: readonly VerbGroup[],
  group: VerbGroup,
  end: number,
  before: Finding | null,
  taken: Run[],
): Finding | null {
  const { cue, verb, from } = group;
  const hypothetical = group.modal;
  // "should agree" is the writer's advice, not a report of what was or would be said.
  if (tokens.slice(from, verb).some((token) => ADVICE.test(token.lower))) return null;
  if (hypothetical && !(cue.frames.has("q") || cue.frames.has("t"))) return null;
  const after = (subject: Run | null, first: number, last: number) =>
    postposed(tokens, group, subject, first, last, end, taken);

  // "…," said NP
  const previous = tokens[from - 1];
  const quoteBefore =
    previous !== undefined && (previous.quote >= 0 || (previous.text === "," && (tokens[from - 2]?.quote ?? -1) >= 0));
  if (
    from === verb &&
    (quoteBefore || (previous?.text === "," && (cue.form === "past" || cue.form === "third"))) &&
    cue.frames.has("q")
  ) {
    const subject = subjectAfter(tokens, verb + 1);
    if (subject && (quoteBefore || isClauseEnd(tokens, subject.to, end))) {
      const found = after(subject, from, subject.to);
      if (found) return found;
    }
  }
  const gerund = cue.form === "gerund" && !isProgressive(tokens, group);
  const shares = gerund || /^(?:and|or|but|then|,)$/.test(previous?.lower ?? "");
  const anyNoun = quoteBefore || ALWAYS_SPEECH.has(cue.lemma);
  const subject = gerund && !isDocumentNoun(previous?.lower ?? "") ? null : subjectBefore(tokens, 0, from, anyNoun);
  if (!subject && !(shares && before)) return null;
  if (!subject && !gerund && cue.form === "base") return null;
  if (/^(?:himself|herself|itself|themselves|ourselves)$/.test(tokens[verb + 1]?.lower ?? "")) return null;
  if (subject) {
    const found = after(subject, subject.from, verb + 1);
    if (found) return found;
  }
  if (subject && cue.form === "base" && !hypothetical && !isPlural(tokens, subject) && !group.negated) return null;
  if (cue.lemma === "show" && subject && !isEvidence(tokens, subject)) return null;
  // An agreement that "promises to end" a quarrel gives nobody its word.
  if (
    cue.lemma === "promise" &&
    /^(?:agreement|pact|deal|treaty|act|law|bill)s?$/.test(tokens[(subject?.to ?? 0) - 1]?.lower ?? "")
  )
    return null;
  const complement = complementAfter(tokens, verb, cutBeforeNext(tokens, groups, group, end), cue);
  if (!complement) return null;
  const nested = subject !== null && taken.some((run) => run.from <= from && verb < run.to);
  if (nested && !/^verb-(?:that|quotation|colon)$/.test(complement.rule)) return null;
  taken.push(complement.content);
  return {
    content: contentSpans(tokens, complement.content),
    cue: spanOf(tokens, { from: verb, to: verb + 1 }),
    speaker: subject && spanOf(tokens, subject),
    addressee: complement.addressee && spanOf(tokens, complement.addressee),
    act: actOf(cue),
    polarity: group.negated ? "negated" : hypothetical ? "hypothetical" : "affirmed",
    rule: subject ? complement.rule : "shared-subject",
    confidence: complement.confidence - (subject ? 0 : 0.12) - (hypothetical ? 0.3 : 0),
  };
}

function isPlural(tokens: readonly Token[], subject: Run): boolean {
  const words = tokens.slice(subject.from, subject.to);
  return words.some(
    (token) =>
      /^(?:they|we|i|both|many|some|and|others|people|police|you)$/.test(token.lower) ||
      (/s$/.test(token.lower) && isRoleNoun(token.lower)),
  );
}

/** Content ends where the next verb with the same subject begins: "…, and reiterated …", "…, adding that …". */
function cutBeforeNext(tokens: readonly Token[], groups: readonly VerbGroup[], group: VerbGroup, end: number): number {
  for (const next of groups) {
    if (next.verb <= group.verb) continue;
    const before = tokens[next.from - 1];
    const second = tokens[next.from - 2];
    const sameForm = next.cue.form === group.cue.form && next.from === next.verb - (next.verb - next.from);
    if (
      before?.lower === "and" &&
      (sameForm || next.cue.form === "past") &&
      next.cue.form !== "base" &&
      next.cue.form !== "gerund"
    )
      return second?.text === "," ? next.from - 2 : next.from - 1;
    if (before?.text === "," && (next.cue.form === "gerund" || next.cue.form === "past")) return next.from - 1;
    if (before?.lower === "and" && second?.text === "," && next.cue.form === "gerund") return next.from - 2;
  }
  const another = group.cue.form === "gerund" ? anotherText(tokens, group.verb, end) : null;
  if (another !== null) return another;
  const according = tokens.findIndex(
    (token, i) => i > group.verb && i < end && token.lower === "according" && token.quote < 0,
  );
  if (according > 0) return tokens[according - 1]?.text === "," ? according - 1 : according;
  return end;
}

/** "a statement calling for talks, and a letter naming …": the second text has words of its own. */
function anotherText(tokens: readonly Token[], verb: number, end: number): number | null {
  for (let at = verb + 2; at + 2 < end; at++) {
    if (tokens[at]?.text !== "," || tokens[at + 1]?.lower !== "and" || (tokens[at]?.quote ?? 0) >= 0) continue;
    const noun = tokens.findIndex((token, i) => i > at + 1 && i < at + 8 && isDocumentNoun(token.lower));
    if (noun > 0 && /ing$/.test(tokens[noun + 1]?.lower ?? "")) return at;
  }
  return null;
}
