import { overlaps, type Span } from "../../domain/span.ts";
import { contentSpans, endOf, type Finding, spanOf } from "./finding.ts";
import type { Run } from "./subject.ts";
import type { Sentence, Token } from "./tokens.ts";

const CLAIM =
  /^(?:claim|argument|assertion|warning|suggestion|insistence|contention|allegation|assessment|conclusion|prediction|accusation|belief|view|promise|pledge|vow|statement|complaint|admission)s?$/;
/** Any word that may stand between an owner and the noun. */
const ADJECTIVE = /^(?!(?:and|or|of|to|in|on|for|that|with|at|by|is|was|are|were|has|had)$)\p{Ll}+$/u;
const VIEW = /^(?:view|opinion|words|assessment|estimation|judgement|judgment|telling|perspective|standpoint)$/;

/**
 * Finds words that a noun with an owner attributes: "X's claim that …", "In X's view, …", "skepticism among X over …".
 *
 * @param found - What was found already; what it holds is not found again.
 */
export function ownedIn(sentence: Sentence, found: readonly Finding[]): Finding[] {
  const { tokens } = sentence;
  const end = endOf(tokens);
  for (let at = 0; at < end; at++) {
    const owner = ownerAt(tokens, at);
    const finding = owner ? (viewOf(tokens, owner, end) ?? claimOf(tokens, owner, end)) : amongOf(tokens, at, end);
    if (!finding) continue;
    const taken = found.some(({ content }) =>
      content.some((span) => finding.content.some((own) => overlaps(own, span))),
    );
    return taken ? [] : [finding];
  }
  return [];
}

const FELT =
  /^(?:concern|scepticism|skepticism|doubt|fear|worry|worrie|consensus|recognition|agreement|hope|optimism|pessimism|support|criticism|opposition|unease|alarm|belief|view)s?$/;

/** "Skepticism arose among analysts over A", "a growing consensus among scholars that A": whose feeling it is stands after it. */
function amongOf(tokens: readonly Token[], at: number, end: number): Finding | null {
  if (tokens[at]?.lower !== "among" || (tokens[at]?.quote ?? 0) >= 0) return null;
  const noun = [at - 1, at - 2, at - 3].find((before) => FELT.test(tokens[before]?.lower ?? ""));
  const link = tokens.findIndex(
    (token, i) => i > at + 1 && i < Math.min(end, at + 9) && /^(?:that|about|over|on|regarding)$/.test(token.lower),
  );
  if (noun === undefined || link < 0 || tokens.slice(at, link).some((token) => !token.isWord)) return null;
  const speaker = spanOf(tokens, { from: at + 1, to: link });
  return owned(
    tokens,
    speaker,
    { from: noun, to: noun + 1 },
    [{ from: link + 1, to: clauseStop(tokens, link + 2, end) }],
    0.5,
  );
}

function clauseStop(tokens: readonly Token[], from: number, end: number): number {
  const stop = tokens.findIndex((token, i) => i >= from && i < end && /^[,;—–]$/.test(token.text) && token.quote < 0);
  return stop < 0 ? end : stop;
}

/** An owner: its place without the ’s, its first token, and the token after it. */
type Owner = { readonly span: Span; readonly from: number; readonly next: number };

function ownerAt(tokens: readonly Token[], at: number): Owner | null {
  const token = tokens[at] as Token;
  if (token.quote >= 0) return null;
  if (/^(?:his|her|their)$/.test(token.lower))
    return { span: { start: token.start, end: token.end }, from: at, next: at + 1 };
  const mark = /^\p{Lu}.*?(['’]s?)$/u.exec(token.text)?.[1];
  if (!mark) return null;
  let from = at;
  while (
    from > 0 &&
    (tokens[from - 1]?.quote ?? 0) < 0 &&
    /^\p{Lu}[\p{L}.-]*$/u.test(tokens[from - 1]?.text ?? "") &&
    !/^(?:In|From|At|For|But|And)$/.test(tokens[from - 1]?.text ?? "")
  )
    from--;
  return { span: { start: tokens[from]?.start ?? 0, end: token.end - mark.length }, from, next: at + 1 };
}

/** "In X's view, A" and "A, in X's view, B". */
function viewOf(tokens: readonly Token[], { span, from, next }: Owner, end: number): Finding | null {
  const opens = tokens[from - 1];
  if (!/^(?:in|from)$/.test(opens?.lower ?? "") || !VIEW.test(tokens[next]?.lower ?? "")) return null;
  if (tokens[next + 1]?.text !== ",") return null;
  const runs: Run[] = [];
  if (from > 3 && tokens[from - 2]?.text === ",") runs.push({ from: 0, to: from - 2 });
  else if (from !== 1) return null;
  if (next + 3 < end) runs.push({ from: next + 2, to: end });
  return owned(tokens, span, { from: from - 1, to: next + 1 }, runs, 0.75);
}

/** "X's claim that A": A to the end of its clause. */
function claimOf(tokens: readonly Token[], { span, next }: Owner, end: number): Finding | null {
  let noun = next;
  while (noun < next + 2 && !CLAIM.test(tokens[noun]?.lower ?? "") && ADJECTIVE.test(tokens[noun]?.text ?? "")) noun++;
  const link = tokens[noun + 1]?.lower;
  if (!CLAIM.test(tokens[noun]?.lower ?? "") || link !== "that") return null;
  const content = { from: noun + 2, to: clauseStop(tokens, noun + 3, end) };
  return owned(tokens, span, { from: noun, to: noun + 1 }, [content], 0.65);
}

function owned(
  tokens: readonly Token[],
  speaker: Span,
  cue: Run,
  runs: readonly Run[],
  confidence: number,
): Finding | null {
  const content = runs.flatMap((run) => contentSpans(tokens, run));
  if (!content.length || runs.every((run) => run.to - run.from < 2)) return null;
  return {
    content,
    cue: spanOf(tokens, cue),
    speaker,
    addressee: null,
    act: "position",
    polarity: "affirmed",
    rule: "owned-noun",
    confidence,
  };
}
