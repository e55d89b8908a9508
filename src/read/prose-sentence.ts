import type { Span } from "../domain/span.ts";
import type { Polarity, StatementAct } from "../domain/statement.ts";
import { type Cue, cueOf } from "./cue.ts";
import { afterAdjunct, complementAfter } from "./prose-clause.ts";
import { isDocumentNoun, isRoleNoun, type Run, subjectAfter, subjectBefore } from "./prose-subject.ts";
import type { Sentence, Token } from "./prose-tokens.ts";

/** An attribution found in one sentence, before anybody is resolved. */
export type Finding = {
  readonly content: readonly Span[];
  readonly cue: Span;
  /** Whose account of it we have: "according to state media, X said …". */
  readonly relay?: Span;
  /** Null where the verb shares the subject of the finding before it. */
  readonly speaker: Span | null;
  readonly addressee: Span | null;
  readonly act: StatementAct;
  readonly polarity: Polarity;
  readonly rule: string;
  readonly confidence: number;
};

type VerbGroup = {
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
  /^(?:is|are|was|were|be|been|being|am|has|have|had|having|do|does|did|will|would|can|could|may|might|must|shall|should|not|never|also|then|later|further|again|often|once|still|now|even|just|only|first|long|further|therefore|thus|soon|both|all|has|cannot|didn|doesn|don|hasn|haven|hadn|didn't|didn’t|doesn't|doesn’t|don't|don’t|hasn't|hasn’t|haven't|haven’t|hadn't|hadn’t|won't|won’t|wouldn't|wouldn’t|wasn't|wasn’t)$/;
const NEGATIVE = /^(?:not|never|cannot|.*n['’]t)$/;
const MODAL = /^(?:will|would|can|could|may|might|must|shall|should|cannot|won['’]t|wouldn['’]t|couldn['’]t)$/;
const ADVICE = /^(?:should|must|shall|can|cannot|ought)$/;
const NO_ADVERB = /^(?:family|ally|assembly|reply|supply|july|italy|early|anomaly|monopoly)$/;

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

/** The token after the last that is content: the final full stop is left out. */
function endOf(tokens: readonly Token[]): number {
  let end = tokens.length;
  while (end > 0 && /^[.;:!?…]$/.test(tokens[end - 1]?.text ?? "") && (tokens[end - 1]?.quote ?? -1) < 0) end--;
  return end;
}

function verbGroups(tokens: readonly Token[], end: number): VerbGroup[] {
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
function groupOf(tokens: readonly Token[], verb: number, cue: Cue): VerbGroup | null {
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
  const complement = complementAfter(tokens, verb, cutBeforeNext(tokens, groups, group, end), cue);
  if (!complement) return null;
  const nested = subject !== null && taken.some((run) => run.from <= from && verb < run.to);
  if (nested && !/^verb-(?:that|quotation|colon)$/.test(complement.rule)) return null;
  taken.push(complement.content);
  const negativeSubject = subject && /^(?:no|nobody|none|neither)$/.test(tokens[subject.from]?.lower ?? "");
  return {
    content: contentSpans(tokens, complement.content),
    cue: spanOf(tokens, { from: verb, to: verb + 1 }),
    speaker: subject && spanOf(tokens, subject),
    addressee: complement.addressee && spanOf(tokens, complement.addressee),
    act: actOf(cue),
    polarity: group.negated || negativeSubject ? "negated" : hypothetical ? "hypothetical" : "affirmed",
    rule: subject ? complement.rule : "shared-subject",
    confidence: complement.confidence - (subject ? 0 : 0.12) - (hypothetical ? 0.3 : 0),
  };
}

function isProgressive(tokens: readonly Token[], group: VerbGroup): boolean {
  return tokens.slice(group.from, group.verb).some((token) => BE.test(token.lower) || CLITIC.test(token.lower));
}

function isPlural(tokens: readonly Token[], subject: Run): boolean {
  const words = tokens.slice(subject.from, subject.to);
  return words.some(
    (token) =>
      /^(?:they|we|i|both|many|some|and|others|people|police|you)$/.test(token.lower) ||
      (/s$/.test(token.lower) && isRoleNoun(token.lower)),
  );
}

/** The verb stands after what was said: "…," NP said; A, NP said, B. */
function postposed(
  tokens: readonly Token[],
  group: VerbGroup,
  subject: Run | null,
  first: number,
  last: number,
  end: number,
  taken: Run[],
): Finding | null {
  if (!subject || !(group.cue.frames.has("q") || group.cue.frames.has("s"))) return null;
  const previous = tokens[first - 1];
  if (!previous) return null;
  const quoted = previous.quote >= 0 || (previous.text === "," && (tokens[first - 2]?.quote ?? -1) >= 0);
  if (!quoted && !/^[,—–]$/.test(previous.text)) return null;
  const told = group.cue.frames.has("a") && complementAddressee(tokens, last, end);
  const rest = afterAdjunct(tokens, told ? told.to : last);
  const next = tokens[rest];
  const ends = rest >= end || !next;
  const goesOn = !ends && /^[,—–]$/.test(next.text);
  if (!ends && !goesOn && !quoted) return null;
  let left: Run = { from: 0, to: /^[,—–]$/.test(previous.text) ? first - 1 : first };
  const earlier = taken.at(-1);
  if (earlier && earlier.from < left.to && earlier.to > left.from) return null;
  if (!quoted && left.to - left.from < 3 && ends) return null;
  left = quoted ? quotedPart(tokens, left) : leadTrimmed(tokens, left);
  if (left.from >= left.to) return null;
  const runs = [left];
  const resumes = !ends && /^[,—–:]$/.test(next.text) ? rest + 1 : rest;
  const resumed = tokens[resumes];
  if (quoted) {
    const again = ends ? -1 : resumedQuotation(tokens, rest, end);
    if (again >= 0) runs.push({ from: again, to: end });
  } else if (!ends && resumed && !isClause(tokens, resumes)) runs.push({ from: resumes, to: end });
  taken.push(...runs);
  return {
    content: runs.flatMap((run) => contentSpans(tokens, run)),
    cue: spanOf(tokens, { from: group.verb, to: group.verb + 1 }),
    speaker: spanOf(tokens, subject),
    addressee: told ? spanOf(tokens, told) : null,
    act: actOf(group.cue),
    polarity: group.negated ? "negated" : "affirmed",
    rule: quoted ? "quotation-verb" : runs.length > 1 ? "parenthesis" : "clause-verb",
    confidence: quoted ? 0.93 : 0.8,
  };
}

/** "…," she said, pointing at the map, "…": where the quotation goes on; -1 where it does not, or a verb comes between. */
function resumedQuotation(tokens: readonly Token[], from: number, end: number): number {
  for (let at = from; at < Math.min(end, from + 25); at++) {
    const token = tokens[at];
    if (!token) return -1;
    if (token.quote >= 0) return at === from || /^[,:—–]$/.test(tokens[at - 1]?.text ?? "") ? at : -1;
    if (cueOf(token.lower)?.frames.has("q")) return -1;
  }
  return -1;
}

function complementAddressee(tokens: readonly Token[], at: number, end: number): Run | null {
  let to = at;
  while (
    to < end &&
    to - at < 6 &&
    tokens[to]?.isWord &&
    !/^(?:on|in|at|during|after|that)$/.test(tokens[to]?.lower ?? "")
  )
    to++;
  return to > at ? { from: at, to } : null;
}

/** ", adding that …" and ", who …" are other clauses, not more of what was said. */
function isClause(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  return (
    !token ||
    cueOf(token.lower)?.form === "gerund" ||
    /^(?:and|but|who|which|according|citing|referring|while|when|as|though|although|after|before)$/.test(token.lower) ||
    /ing$/.test(token.lower)
  );
}

function isClauseEnd(tokens: readonly Token[], at: number, end: number): boolean {
  return at >= end || /^[,.]$/.test(tokens[at]?.text ?? "") || afterAdjunct(tokens, at) >= end;
}

/** What stands in quotation marks before the verb, and the words it is part of where the quotation is only a piece. */
function quotedPart(tokens: readonly Token[], run: Run): Run {
  const outside = tokens.slice(run.from, run.to).findIndex((token) => token.quote >= 0);
  const lead = tokens.slice(run.from, run.from + outside);
  if (outside <= 0) return run;
  const isLead = lead.length <= 2 || /^[:,]$/.test(lead.at(-1)?.text ?? "");
  return isLead && !/\p{L}/u.test(lead.at(-2)?.text ?? "")
    ? { from: run.from + outside, to: run.to }
    : leadTrimmed(tokens, run);
}

function leadTrimmed(tokens: readonly Token[], run: Run): Run {
  const first = tokens[run.from];
  return first && /^(?:but|and|still|yet|so|even so|however)$/.test(first.lower) && run.to - run.from > 3
    ? { from: run.from + (tokens[run.from + 1]?.text === "," ? 2 : 1), to: run.to }
    : run;
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
  const according = tokens.findIndex(
    (token, i) => i > group.verb && i < end && token.lower === "according" && token.quote < 0,
  );
  if (according > 0) return tokens[according - 1]?.text === "," ? according - 1 : according;
  return end;
}

const COMMENT = /^(?:comment|respond|answer|say|confirm|elaborate|discuss|reply|provide|return|specify|take)$/;

/** "declined to comment", "did not respond": what they did not say is the statement. */
function noComment(tokens: readonly Token[], group: VerbGroup, end: number): Finding | null {
  if (
    !group.negated ||
    (group.cue.lemma !== "respond" && group.cue.lemma !== "comment" && group.cue.lemma !== "answer")
  )
    return null;
  return silence(tokens, group.from, group.verb, end);
}

/** Makes the statement of a refusal to speak, from the verb to the end of its clause. */
function silence(tokens: readonly Token[], from: number, verb: number, end: number): Finding | null {
  const subject = subjectBefore(tokens, 0, from);
  if (!subject) return null;
  let to = verb + 1;
  while (to < end && !/^[,;]$/.test(tokens[to]?.text ?? "") && tokens[to]?.lower !== "and") to++;
  return {
    content: contentSpans(tokens, { from, to }),
    cue: spanOf(tokens, { from: verb, to: verb + 1 }),
    speaker: spanOf(tokens, subject),
    addressee: null,
    act: "no_comment",
    polarity: "negated",
    rule: "no-comment",
    confidence: 0.8,
  };
}

/** Finds "declined to comment" in a sentence. */
export function refusalIn(sentence: Sentence): Finding | null {
  const { tokens } = sentence;
  const end = endOf(tokens);
  for (let at = 0; at + 2 < tokens.length; at++) {
    const token = tokens[at];
    if (
      token?.quote === -1 &&
      /^(?:declined|declines|refused|refuses)$/.test(token.lower) &&
      tokens[at + 1]?.lower === "to" &&
      COMMENT.test(tokens[at + 2]?.lower ?? "")
    )
      return silence(tokens, at, at, end);
  }
  return null;
}

function accordingTo(tokens: readonly Token[], end: number): Finding | null {
  const at = tokens.findIndex(
    (token, i) => token.quote < 0 && token.lower === "according" && tokens[i + 1]?.lower === "to",
  );
  if (at < 0) return null;
  let to = at + 2;
  while (
    to < end &&
    !/^[,;)—–]$/.test(tokens[to]?.text ?? "") &&
    (tokens[to]?.quote ?? -1) < 0 &&
    !/^(?:that|which|who)$/.test(tokens[to]?.lower ?? "")
  )
    to++;
  const source = { from: at + 2, to };
  if (source.from >= source.to) return null;
  const runs: Run[] = [];
  if (at > 1) {
    const left = leadTrimmed(tokens, {
      from: 0,
      to: tokens[at - 1]?.text === "," || tokens[at - 1]?.text === "(" ? at - 1 : at,
    });
    if (left.from < left.to) runs.push(left);
    if (
      tokens[to]?.text === "," &&
      tokens[at - 1]?.text === "," &&
      !isClause(tokens, to + 1) &&
      runsOn(tokens, left, to + 1, end)
    )
      runs.push({ from: to + 1, to: end });
  } else if (tokens[to]?.text === ",") runs.push({ from: to + 1, to: end });
  if (!runs.length) return null;
  return {
    content: runs.flatMap((run) => contentSpans(tokens, run)),
    cue: spanOf(tokens, { from: at, to: at + 2 }),
    speaker: spanOf(tokens, source),
    addressee: null,
    act: "speech",
    polarity: "affirmed",
    rule: "according-to",
    confidence: 0.85,
  };
}

/** “…” — NAME: a quotation with its speaker signed after a dash. */
function signedQuotation(tokens: readonly Token[], end: number): Finding | null {
  const dash = tokens.findIndex(
    (token, i) => i > 2 && token.quote < 0 && /^[—–―-]$/.test(token.text) && (tokens[i - 1]?.quote ?? -1) >= 0,
  );
  const name = tokens.slice(dash + 1, end);
  if (dash < 0 || (tokens[0]?.quote !== 0 && (tokens[0]?.quote ?? -1) < 0)) return null;
  if (
    name.length < 2 ||
    name.length > 8 ||
    !name.every((token) => token.isWord || token.text === ",") ||
    !/^\p{Lu}/u.test(name[0]?.text ?? "") ||
    !/^\p{Lu}/u.test(name[1]?.text ?? "")
  )
    return null;
  return {
    content: contentSpans(tokens, { from: 0, to: dash }),
    cue: spanOf(tokens, { from: dash, to: dash + 1 }),
    speaker: spanOf(tokens, { from: dash + 1, to: end }),
    addressee: null,
    act: "speech",
    polarity: "affirmed",
    rule: "quotation-signed",
    confidence: 0.8,
  };
}

/**
 * Finds who speaks in a sentence that only leads up to a quotation: "He said:", "The minister continued:".
 * Its content stands in the paragraph after it.
 */
export function leadIn(sentence: Sentence): Finding | null {
  const { tokens } = sentence;
  if (tokens.at(-1)?.text !== ":") return null;
  for (let verb = tokens.length - 2; verb > 0; verb--) {
    const token = tokens[verb];
    const cue = token?.isWord && token.quote < 0 ? cueOf(token.lower) : null;
    const group = cue?.frames.has("q") ? groupOf(tokens, verb, cue) : null;
    const subject = group && subjectBefore(tokens, 0, group.from, true);
    if (!group || !subject) continue;
    return {
      content: [],
      cue: spanOf(tokens, { from: verb, to: verb + 1 }),
      speaker: spanOf(tokens, subject),
      addressee: null,
      act: actOf(group.cue),
      polarity: "affirmed",
      rule: "lead-in",
      confidence: 0.85,
    };
  }
  return null;
}

/** "A, according to NP, B" is one clause where A has no room for a verb of its own. */
function runsOn(tokens: readonly Token[], left: Run, from: number, end: number): boolean {
  return (
    end - from > 2 &&
    left.to - left.from < 12 &&
    !tokens.slice(left.from, left.to).some((token) => /^(?:is|are|was|were|has|have|had|will|would)$/.test(token.lower))
  );
}

function actOf(cue: Cue): StatementAct {
  if (cue.frames.has("w")) return "writing";
  if (cue.lemma === "ask" || cue.lemma === "wonder" || cue.lemma === "question")
    return cue.lemma === "question" ? "position" : "question";
  if (cue.frames.has("i")) return "intent";
  return cue.frames.has("q") || cue.frames.has("d") || cue.frames.has("o") ? "speech" : "position";
}

function spanOf(tokens: readonly Token[], run: Run): Span {
  return { start: tokens[run.from]?.start ?? 0, end: tokens[run.to - 1]?.end ?? 0 };
}

/** The span of a run without commas and dashes at its ends. */
function contentSpans(tokens: readonly Token[], run: Run): Span[] {
  let { from, to } = run;
  const loose = (i: number) => /^[,;:—–]$/.test(tokens[i]?.text ?? "") && (tokens[i]?.quote ?? -1) < 0;
  while (from < to && loose(from)) from++;
  while (to > from && loose(to - 1)) to--;
  return from < to ? [spanOf(tokens, { from, to })] : [];
}
