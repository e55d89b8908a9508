import { contains, overlaps, type Span } from "../../domain/span.ts";
import type { Polarity } from "../../domain/statement.ts";
import { contentSpans, endOf, type Finding, spanOf } from "./finding.ts";
import { isRoleNoun, type Run, subjectBefore } from "./subject.ts";
import type { Sentence, Token } from "./tokens.ts";

const QUOTES = /^(?:quoted?|quotes|quoting|cited?|cites|citing)$/;
const SAYING =
  /^(?:saying|stating|telling|warning|arguing|writing|insisting|claiming|declaring|adding|calling|noting|stressing)$/;
const BE = /^(?:is|are|was|were|been|being)$/;
const WHEN =
  /^(?:on|in|at|during|after|by|late|early|earlier|later|yesterday|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day)$/;

/**
 * Credits what one relays of another to the one who said it: "State media quoted X as saying that …", "X was quoted by Y as saying …".
 * Sources that a report gives ("citing two people") say nothing of their own, and are no part of who reports or of what is said.
 *
 * @param found - The attributions found in the sentence so far.
 */
export function relayed(sentence: Sentence, found: readonly Finding[]): readonly Finding[] {
  const { tokens } = sentence;
  const own = quotedAsSaying(tokens);
  const others = found
    .filter((finding) => !givesSources(tokens, finding))
    .map((finding) => withoutSources(tokens, finding));
  if (!own?.speaker) return others;
  const { speaker, cue } = own;
  const same = others.find(
    (finding) => contains(cue, finding.cue) && finding.speaker && overlaps(finding.speaker, speaker),
  );
  if (same) return others.map((finding) => (finding === same ? { ...same, relay: same.relay ?? own.relay } : finding));
  return [...others.filter((finding) => !contains(cue, finding.cue) && !isSame(finding, own)), own].sort(
    (a, b) => a.cue.start - b.cue.start,
  );
}

/** The same words of the same speaker by another verb: X quoted as saying A, which X "says". */
function isSame(finding: Finding, { speaker, content }: Finding): boolean {
  return (
    finding.speaker !== null &&
    speaker !== null &&
    overlaps(finding.speaker, speaker) &&
    finding.content.some((span) => content.some((own) => overlaps(own, span)))
  );
}

function quotedAsSaying(tokens: readonly Token[]): Finding | null {
  const end = endOf(tokens);
  const as = tokens.findIndex(
    ({ lower, quote }, i) => quote < 0 && lower === "as" && SAYING.test(tokens[i + 1]?.lower ?? ""),
  );
  const verb = tokens.findLastIndex(({ lower, quote }, i) => i < as && i > as - 20 && quote < 0 && QUOTES.test(lower));
  if (as < 0 || verb < 0) return null;
  const passive = tokens.slice(Math.max(0, verb - 2), verb).some(({ lower }) => BE.test(lower));
  const group = groupStart(tokens, verb);
  const subject = subjectBefore(tokens, 0, group);
  const object = untimed(tokens, { from: passive && tokens[verb + 1]?.lower === "by" ? verb + 2 : verb + 1, to: as });
  const speaker = passive ? subject : object;
  const relay = passive ? object : subject;
  if (!speaker || speaker.from >= speaker.to) return null;
  const content = contentAround(tokens, subject?.from ?? group, as + 2, end);
  if (!content.length) return null;
  return {
    content,
    cue: spanOf(tokens, { from: verb, to: as + 2 }),
    speaker: spanOf(tokens, speaker),
    ...(relay && relay.from < relay.to ? { relay: spanOf(tokens, relay) } : {}),
    addressee: null,
    act: "speech",
    polarity: polarityOf(tokens.slice(group, verb)),
    rule: "quoted-as-saying",
    confidence: 0.85,
  };
}

/** The first of the auxiliaries and adverbs before a verb. */
function groupStart(tokens: readonly Token[], verb: number): number {
  let at = verb;
  while (
    at > 0 &&
    /^(?:is|are|was|were|be|been|being|has|have|had|did|does|do|not|never|also|later|may|might|would|could|will|widely)$/.test(
      tokens[at - 1]?.lower ?? "",
    )
  )
    at--;
  return at;
}

function polarityOf(group: readonly Token[]): Polarity {
  if (group.some(({ lower }) => /^(?:not|never)$/.test(lower))) return "negated";
  return group.some(({ lower }) => /^(?:may|might|would|could|will)$/.test(lower)) ? "hypothetical" : "affirmed";
}

/** "Wang on Monday": the day names nobody. */
function untimed(tokens: readonly Token[], { from, to }: Run): Run {
  let end = to;
  while (end > from && /^(?:on|late|earlier|yesterday|today|\w+day)$/.test(tokens[end - 1]?.lower ?? "")) end--;
  return { from, to: end };
}

/** The words after "saying"; where none stand there, the quotation before it all. */
function contentAround(tokens: readonly Token[], before: number, after: number, end: number): Span[] {
  const from = tokens[after]?.lower === "that" ? after + 1 : after;
  const isWhen = WHEN.test(tokens[after]?.lower ?? "") && end - after < 8;
  if (from < end && !isWhen) return contentSpans(tokens, { from, to: end });
  const quoted = tokens.slice(0, before).some(({ quote }) => quote >= 0);
  return quoted || tokens[before - 1]?.text === "," ? contentSpans(tokens, { from: 0, to: before }) : [];
}

/** Who told a report, not what it reports: people, texts and names after "citing". */
function sourceAfter(tokens: readonly Token[], at: number): boolean {
  if (!/^(?:citing|cited|cites|cite)$/.test(tokens[at]?.lower ?? "") || (tokens[at]?.quote ?? 0) >= 0) return false;
  const words = tokens.slice(at + 1, at + 6);
  const stop = words.findIndex(
    ({ isWord, lower }) => !isWord || /^(?:of|in|that|with|over|about|from|for)$/.test(lower),
  );
  return words
    .slice(0, stop < 0 ? words.length : stop)
    .some(({ lower }) => isRoleNoun(lower) || /^sources?$/.test(lower));
}

function givesSources(tokens: readonly Token[], { cue }: Finding): boolean {
  const at = tokens.findIndex(({ start }) => start === cue.start);
  return at >= 0 && sourceAfter(tokens, at);
}

/** Cuts ", citing two people …" off the speaker and off the end of what is said. */
function withoutSources(tokens: readonly Token[], finding: Finding): Finding {
  const comma = tokens.findIndex(({ text }, i) => text === "," && sourceAfter(tokens, i + 1));
  const at = tokens[comma]?.start;
  if (at === undefined) return finding;
  const cut = (span: Span): Span => (span.start < at && at < span.end ? { start: span.start, end: at } : span);
  const isLast = !tokens.slice(comma + 1).some(({ quote, text }) => quote >= 0 || text === ",");
  return {
    ...finding,
    speaker: finding.speaker && cut(finding.speaker),
    content: isLast ? finding.content.map(cut) : finding.content,
  };
}
