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
  const others = found
    .filter((finding) => !givesSources(tokens, finding))
    .map((finding) => withoutSources(tokens, finding));
  const quoted = quotedAsSaying(tokens);
  return quoted.length ? quoted.reduce(withOne, others) : others;
}

/** Puts one relayed statement in the place of what was found of it under another verb or speaker. */
function withOne(others: readonly Finding[], own: Finding): readonly Finding[] {
  const same = others.find(
    (finding) =>
      contains(own.cue, finding.cue) && finding.speaker && own.speaker && overlaps(finding.speaker, own.speaker),
  );
  if (same) return others.map((finding) => (finding === same ? { ...same, relay: same.relay ?? own.relay } : finding));
  return [...others.filter((finding) => !contains(own.cue, finding.cue) && !isSame(finding, own)), own].sort(
    (a, b) => a.cue.start - b.cue.start,
  );
}

/**
 * The same words of the same speaker by another verb (X quoted as saying A, which X "says"), of whoever relays them, or of a further verb
 * among the words themselves: "as saying that it rained, adding that …".
 */
function isSame(finding: Finding, { speaker, relay, cue, content }: Finding): boolean {
  const within = content.some((own) => contains(own, finding.cue));
  if (within && (finding.rule === "shared-subject" || holdsSaying(finding.speaker, cue))) return true;
  const who = [speaker, relay].some((one) => one && finding.speaker && overlaps(finding.speaker, one));
  return who && !within && finding.content.some((span) => content.some((own) => overlaps(own, span)));
}

/** "saying China": the verb was taken into the name of who speaks. */
function holdsSaying(speaker: Span | null, cue: Span): boolean {
  return speaker !== null && overlaps(speaker, cue);
}

/** Finds each "quoted X as saying" of a sentence; one that is joined to another by "and" has its subject. */
function quotedAsSaying(tokens: readonly Token[]): Finding[] {
  const end = endOf(tokens);
  const places = tokens.flatMap(({ lower, quote }, as) => {
    if (quote >= 0 || lower !== "as" || !SAYING.test(tokens[as + 1]?.lower ?? "")) return [];
    const verb = tokens.findLastIndex(
      (token, i) => i < as && i > as - 20 && token.quote < 0 && QUOTES.test(token.lower),
    );
    return verb < 0 ? [] : [{ as, verb }];
  });
  const found: Finding[] = [];
  for (const [number, { as, verb }] of places.entries()) {
    const next = places[number + 1];
    const one = quotedAt(tokens, verb, as, next ? joinBefore(tokens, as, next.verb) : end);
    if (one) found.push(one.relay || !found[0]?.relay ? one : { ...one, relay: found[0].relay });
  }
  return found;
}

/** Where the words before a further verb end: at the "and", comma or both that join it. */
function joinBefore(tokens: readonly Token[], from: number, verb: number): number {
  let at = groupStart(tokens, verb);
  while (at > from && /^(?:and|while|but|,|;)$/.test(tokens[at - 1]?.lower ?? "")) at--;
  return at;
}

function quotedAt(tokens: readonly Token[], verb: number, as: number, end: number): Finding | null {
  const passive = tokens.slice(Math.max(0, verb - 2), verb).some(({ lower }) => BE.test(lower));
  const group = groupStart(tokens, verb);
  const subject = subjectBefore(tokens, 0, group);
  const object = untimed(tokens, { from: passive && tokens[verb + 1]?.lower === "by" ? verb + 2 : verb + 1, to: as });
  const speaker = passive ? subject : object;
  const relay = passive ? object : subject;
  if (!speaker || speaker.from >= speaker.to) return null;
  // "Citing X as saying A, the paper …": what follows the comma is the paper's.
  const comma = verb === 0 ? tokens.findIndex(({ text, quote }, i) => i > as + 1 && text === "," && quote < 0) : -1;
  const content = contentAround(tokens, subject?.from ?? group, as + 2, comma < 0 ? end : comma);
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
  while (end > from && /^(?:on|late|earlier|yesterday|today|,|\w+day)$/.test(tokens[end - 1]?.lower ?? "")) end--;
  return { from, to: end };
}

/** The words after "saying"; where none stand there, the quotation before it all. */
function contentAround(tokens: readonly Token[], before: number, after: number, end: number): Span[] {
  const from = contentStart(tokens, after);
  const isWhen = WHEN.test(tokens[from]?.lower ?? "") && end - from < 8;
  if (from < end && !isWhen) return contentSpans(tokens, { from, to: end });
  const quoted = tokens.slice(0, before).some(({ quote }) => quote >= 0);
  return quoted || tokens[before - 1]?.text === "," ? contentSpans(tokens, { from: 0, to: before }) : [];
}

/** After "that", and after the occasion before it: "as saying in a phone call that …". */
function contentStart(tokens: readonly Token[], after: number): number {
  const occasion = WHEN.test(tokens[after]?.lower ?? "") || tokens[after]?.lower === "that";
  if (!occasion) return after;
  const that = tokens.findIndex(({ lower }, i) => i >= after && i < after + 10 && lower === "that");
  const plain = tokens.slice(after, that).every(({ isWord, quote }) => isWord && quote < 0);
  return that >= 0 && plain ? that + 1 : after;
}

/** Who told a report, not what it reports: people, texts and names after "citing". */
function sourceAfter(tokens: readonly Token[], at: number): boolean {
  if (!/^(?:citing|cited|cites|cite)$/.test(tokens[at]?.lower ?? "") || (tokens[at]?.quote ?? 0) >= 0) return false;
  const words = tokens.slice(at + 1, at + 6);
  const stop = words.findIndex(
    ({ isWord, lower }) => !isWord || /^(?:of|in|that|with|over|about|from|for)$/.test(lower),
  );
  const saying = tokens.findIndex(({ lower }, i) => i > at && i < at + 20 && lower === "as");
  if (saying > 0 && SAYING.test(tokens[saying + 1]?.lower ?? "")) return true;
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
