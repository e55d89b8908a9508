import { afterAdjunct } from "./clause.ts";
import { cueOf } from "./cue.ts";
import { actOf, contentSpans, type Finding, leadTrimmed, quotedPart, spanOf } from "./finding.ts";
import type { Run } from "./subject.ts";
import type { Token } from "./tokens.ts";
import type { VerbGroup } from "./verbs.ts";

/** The verb stands after what was said: "…," NP said; A, NP said, B. */
export function postposed(
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
export function isClause(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  return (
    !token ||
    cueOf(token.lower)?.form === "gerund" ||
    /^(?:and|but|who|which|according|citing|referring|while|when|as|though|although|after|before)$/.test(token.lower) ||
    /ing$/.test(token.lower)
  );
}

/** Tells whether a clause ends here. */
export function isClauseEnd(tokens: readonly Token[], at: number, end: number): boolean {
  return at >= end || /^[,.]$/.test(tokens[at]?.text ?? "") || afterAdjunct(tokens, at) >= end;
}
