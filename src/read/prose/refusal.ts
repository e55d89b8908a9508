import { contentSpans, endOf, type Finding, spanOf } from "./finding.ts";
import { subjectBefore } from "./subject.ts";
import type { Sentence, Token } from "./tokens.ts";
import type { VerbGroup } from "./verbs.ts";

/** What somebody who says nothing refuses to do. */
export const COMMENT =
  /^(?:comment|respond|answer|say|speak|talk|confirm|elaborate|discuss|reply|provide|return|specify|take)$/;

/** "declined to comment", "did not respond": what they did not say is the statement. */
export function noComment(tokens: readonly Token[], group: VerbGroup, end: number): Finding | null {
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
