import { cueOf } from "./cue.ts";
import { actOf, contentSpans, type Finding, leadTrimmed, spanOf } from "./finding.ts";
import { isClause } from "./postposed.ts";
import { type Run, subjectBefore } from "./subject.ts";
import type { Sentence, Token } from "./tokens.ts";
import { groupOf } from "./verbs.ts";
import { VERB, type WordClass } from "./word-class.ts";

/** Finds "according to NP" in a sentence: what stands beside it is what they say. */
export function accordingTo(tokens: readonly Token[], end: number): Finding | null {
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
    const left = occasionTrimmed(
      tokens,
      leadTrimmed(tokens, {
        from: 0,
        to: tokens[at - 1]?.text === "," || tokens[at - 1]?.text === "(" ? at - 1 : at,
      }),
    );
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

/** "Following a summit in Geneva, …": what went before is the writer's to tell, not what they say. */
function occasionTrimmed(tokens: readonly Token[], run: Run): Run {
  if (!/^(?:following|amid|after|despite)$/.test(tokens[run.from]?.lower ?? "")) return run;
  const comma = tokens.findIndex((token, i) => i > run.from && i < run.to && token.text === "," && token.quote < 0);
  return comma > 0 && run.to - comma > 4 ? { from: comma + 1, to: run.to } : run;
}

/** “…” — NAME: a quotation with its speaker signed after a dash. */
export function signedQuotation(tokens: readonly Token[], end: number): Finding | null {
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
    const isNoun = /^(?:following|brief|short|this|a|an)$/.test(tokens[verb - 1]?.lower ?? "");
    const cue = token?.isWord && token.quote < 0 && !isNoun ? cueOf(token.lower) : null;
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

/** Finds who speaks in "The minister said of the meeting:": the meeting is what the words to come are about, none of them. */
export function saidOf(sentence: Sentence): Finding | null {
  const lead = leadIn(sentence);
  const after = lead && sentence.tokens.find(({ start }) => start >= lead.cue.end);
  return after && /^(?:of|about|on)$/.test(after.lower) ? lead : null;
}

/**
 * Finds who speaks in a sentence that leads up to a quotation with any verb, or none: "The senator echoed:", "Transcript as follows:".
 * Without a subject it is whoever spoke before.
 */
export function announces(sentence: Sentence, classes: readonly WordClass[]): Finding | null {
  const { tokens } = sentence;
  if (tokens.at(-1)?.text !== ":" || tokens.some((token) => token.quote >= 0)) return null;
  const verb = tokens.findIndex((_, at) => classes[at] === VERB);
  const group =
    tokens.findLastIndex((token, at) => at < verb && !/^(?:also|has|had|have|is|was|then|later)$/.test(token.lower)) +
    1;
  const subject = verb > 0 ? subjectBefore(tokens, 0, group, true) : null;
  const cue = verb > 0 ? verb : tokens.length - 1;
  return {
    content: [],
    cue: spanOf(tokens, { from: cue, to: cue + 1 }),
    speaker: subject && spanOf(tokens, subject),
    addressee: null,
    act: "speech",
    polarity: "affirmed",
    rule: "lead-in",
    confidence: subject ? 0.7 : 0.5,
  };
}

/** "A, according to NP, B" is one clause where A has no room for a verb of its own. */
function runsOn(tokens: readonly Token[], left: Run, from: number, end: number): boolean {
  return (
    end - from > 2 &&
    left.to - left.from < 12 &&
    !tokens.slice(left.from, left.to).some((token) => /^(?:is|are|was|were|has|have|had|will|would)$/.test(token.lower))
  );
}
