import type { Span } from "../../domain/span.ts";
import type { Polarity } from "../../domain/statement.ts";
import { cueOf } from "./cue.ts";
import type { Finding } from "./finding.ts";
import type { Sentence, Token } from "./tokens.ts";
import { AUXILIARY, VERB, type WordClass } from "./word-class.ts";

/** Opens a clause of which nothing says that it is so. */
const CONDITION = /^(?:if|unless|whether|lest|suppose|supposing|assuming|imagine|provided)$/;
/** Opens a clause that lies ahead where its verb is of the present: "When they say so, we will answer". */
const TIME = /^(?:when|whenever|once|until|before|after)$/;
/** Opens a question, or a condition without "if", before its subject. */
const INVERTED = /^(?:do|does|did|has|have|had|is|was|were|will|would|can|could|may|might|should)$/;
const COUNTERFACTUAL = /^(?:had|should|were)$/;
const NOBODY = /^(?:no|nobody|none|neither|not)$/;
/** Stands between who speaks and the verb, and takes it back. */
const UNSAID =
  /\b(?:not|never|cannot|\w+n['’]t|yet to|(?:fail(?:s|ed)?|refus(?:es|ed)|declin(?:es|ed)|neglect(?:s|ed)|unable|unwilling|reluctant) to)\b/;
const INSTEAD = /\b(?:without|short of|instead of|rather than)(?: \w+ly)?$/;
const NOT_ONLY = /\bnot (?:only|just|merely|simply)\b/;
const UNSURE =
  /\b(?:will|would|can|could|may|might|must|should|shall|ought to|had better|(?:expected|likely|set|due|poised|ready|hoping|hopes?|wants?|plans?|planning|about|needs?|has|have) to)\b/;
/** Ends before "that X said …" and says that it is not so. */
const UNTRUE =
  /\b(?:(?:not|never|\w+n['’]t) (?:\w+ly )?(?:true|the case|correct|accurate)|false|untrue|incorrect|myth|no (?:\p{L}+ )?(?:evidence|sign|indication|proof|record)|den(?:y|ies|ied|ying)(?: \p{L}+){0,2}) that$/u;
const UNCERTAIN =
  /\b(?:rumou?rs?|speculation|(?:not|\w+n['’]t) (?:\w+ly )?(?:clear|certain|known|sure|confirmed)|doubt(?:s|ed|ful)?|possible|unlikely|imagine|suppose|hop(?:es?|ed|ing)|event|condition|provided) that$/;
/** "It was not NAME who said A". */
const NOT_THEY = /\bit (?:(?:is|was) (?:not|never)|(?:is|was)n['’]t)$/;
const RUMOUR = /\b(?:rumou?r|report|claim|suggestion|allegation|speculation|stor(?:y|ie)|idea|notion)s? that$/;
/** What is said of a rumour after it is told. */
const REFUTED =
  /^(?:false|untrue|wrong|incorrect|inaccurate|baseless|unfounded|groundless|fabricated|fake|nonsense|denied|rejected|dismissed|refuted|unconfirmed|unverified)$/;
const BE = /^(?:is|are|was|were|be|been)$/;

/** Highest confidence of what only might be said: below what alerts ask for. */
const MOST_HYPOTHETICAL = 0.7;

/** What the words around an attribution say of it, and the token where its content must end. */
type Reading = { readonly polarity: Polarity; readonly end: number | null };

/**
 * Tells attributions that report words from those that deny them or only suppose them: "If X says A, B", "Neither X nor Y said A",
 * "It is unclear whether X said A", "Did X say A?", "X has yet to say A", "X denied A". The content of a condition ends with its clause.
 */
export function withPolarity(
  sentence: Sentence,
  classes: readonly WordClass[],
  findings: readonly Finding[],
): readonly Finding[] {
  let before: Finding | null = null;
  return findings.map((finding) => {
    const read = polarised(sentence.tokens, classes, finding, before);
    before = read;
    return read;
  });
}

function polarised(
  tokens: readonly Token[],
  classes: readonly WordClass[],
  finding: Finding,
  before: Finding | null,
): Finding {
  const cue = tokens.findLastIndex(({ end }) => end <= finding.cue.end);
  const first = finding.content[0];
  const isReported = first && first.start > finding.cue.start && finding.act !== "no_comment";
  if (!isReported || cue < 0 || (tokens[cue]?.quote ?? 0) >= 0) return finding;
  // "X's claim that A was wrong": X claimed it all the same.
  if (finding.rule === "owned-noun") {
    const content = tokens.findIndex(({ start }) => start >= first.start);
    return { ...finding, content: cutAt(tokens, finding, refutedAt(tokens, content)) };
  }
  const read = readingOf(tokens, classes, finding, cue, before);
  const polarity = cueOf(tokens[cue]?.lower ?? "")?.lemma === "deny" ? denied(read.polarity) : read.polarity;
  if (polarity === finding.polarity && read.end === null) return finding;
  const confidence = polarity === "hypothetical" ? Math.min(finding.confidence, MOST_HYPOTHETICAL) : finding.confidence;
  const speaker = finding.speaker && withoutOpening(tokens, finding.speaker);
  return { ...finding, speaker, polarity, confidence, content: cutAt(tokens, finding, read.end) };
}

/** Who denies words says that they are not so; who does not deny them leaves it open. */
function denied(polarity: Polarity): Polarity {
  return polarity === "affirmed" ? "negated" : "hypothetical";
}

/** "Suppose Wang Yi said": the first word opens the sentence and names nobody. */
function withoutOpening(tokens: readonly Token[], speaker: Span): Span {
  const at = tokens.findIndex(({ start }) => start >= speaker.start);
  const next = tokens[at + 1];
  return openingOf(tokens, at) === at && next && next.end <= speaker.end
    ? { start: next.start, end: speaker.end }
    : speaker;
}

function readingOf(
  tokens: readonly Token[],
  classes: readonly WordClass[],
  finding: Finding,
  cue: number,
  before: Finding | null,
): Reading {
  const whole = (polarity: Polarity): Reading => ({ polarity, end: null });
  const { speaker } = finding;
  const named = speaker !== null && speaker.start < finding.cue.start;
  const who = named ? tokens.findIndex(({ start }) => start >= speaker.start) : cue;
  if (!named && before?.polarity === "hypothetical" && /^(?:and|or)$/.test(tokens[who - 1]?.lower ?? ""))
    return whole("hypothetical");
  const opening = openingOf(tokens, who);
  const lead = tokens[opening]?.lower ?? "";
  const content = tokens.findIndex(({ start }) => start >= (finding.content[0]?.start ?? 0));
  const main = opensSentence(tokens, opening) ? mainClause(tokens, classes, content, finding.rule) : null;
  if (isSupposed(tokens, classes, opening, cue, main)) return { polarity: "hypothetical", end: main };
  if (lead === "nor" || (INVERTED.test(lead) && /^(?:nor|neither|never)$/.test(tokens[opening - 1]?.lower ?? "")))
    return whole("negated");
  if (named && NOBODY.test(tokens[who]?.lower ?? "") && !/^\d/.test(tokens[who + 1]?.text ?? ""))
    return whole("negated");
  if (named && NOT_THEY.test(wordsOf(tokens, 0, who)) && /^(?:who|that)$/.test(tokens[cue - 1]?.lower ?? ""))
    return whole("negated");
  if (lead === "that") {
    const said = wordsOf(tokens, 0, opening + 1);
    const unverified = RUMOUR.test(said) ? unverifiedAt(tokens, content) : null;
    if (unverified !== null) return { polarity: "hypothetical", end: unverified };
    const refuted = RUMOUR.test(said) ? refutedAt(tokens, content) : null;
    if (refuted !== null) return { polarity: "negated", end: refuted };
    if (UNTRUE.test(said)) return whole("negated");
    if (UNCERTAIN.test(said)) return whole("hypothetical");
  }
  const between = wordsOf(tokens, auxiliariesFrom(tokens, named ? speaker.end : 0, cue), cue);
  // "It is time for X to say that …"
  if (named && between === "to" && tokens[opening]?.lower === "for") return whole("hypothetical");
  if (NOT_ONLY.test(between)) return whole("affirmed");
  if (finding.polarity !== "affirmed") return whole(finding.polarity);
  if (INSTEAD.test(between)) return whole("negated");
  return whole(UNSAID.test(between) ? "negated" : UNSURE.test(between) ? "hypothetical" : "affirmed");
}

/** The word that opens the clause before who speaks, past adverbs and the article; "Suppose" and "Had" may stand in the name. */
function openingOf(tokens: readonly Token[], who: number): number {
  const inName = tokens[who]?.lower ?? "";
  if (CONDITION.test(inName) || (COUNTERFACTUAL.test(inName) && /^\p{Lu}/u.test(tokens[who + 1]?.text ?? "")))
    return who;
  let at = who - 1;
  while (at > 0 && /^(?:the|a|an|\p{Ll}+ly|ever|even)$/u.test(tokens[at]?.lower ?? "")) at--;
  if (tokens[at]?.lower === "not" && tokens[at - 1]?.lower === "or" && tokens[at - 2]?.lower === "whether")
    return at - 2;
  return at;
}

function isSupposed(
  tokens: readonly Token[],
  classes: readonly WordClass[],
  opening: number,
  cue: number,
  main: number | null,
): boolean {
  const word = tokens[opening];
  if (!word || word.quote >= 0) return false;
  const { lower } = word;
  if (CONDITION.test(lower)) return true;
  if (TIME.test(lower)) return liesAhead(tokens, opening, cue, main);
  if (!INVERTED.test(lower) || classes[opening] === VERB) return false;
  const starts = opensSentence(tokens, opening);
  return starts && (isQuestion(tokens) || COUNTERFACTUAL.test(lower));
}

/** "When they say so, we will answer", "until they say so"; a headline's "after they say so" tells what happened. */
function liesAhead(tokens: readonly Token[], opening: number, cue: number, main: number | null): boolean {
  if (cueOf(tokens[cue]?.lower ?? "")?.form === "past") return false;
  if (/^(?:until|once|whenever)$/.test(tokens[opening]?.lower ?? "")) return true;
  return (
    main !== null && /\b(?:will|would|may|might|could|can|must|should)\b/.test(wordsOf(tokens, main, tokens.length))
  );
}

function isQuestion(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  return last?.text === "?" && last.quote < 0;
}

/** Whether a clause opens here that nothing of the main clause precedes. */
function opensSentence(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  return (
    !before ||
    /^(?:[,;:—–]|and|but|so|that|what|why|how|when|even|only|or)$/.test(before.lower) ||
    cueOf(before.lower) !== null
  );
}

/** "…, Washington will answer": the comma before the main clause; null where none is seen. */
function mainClause(
  tokens: readonly Token[],
  classes: readonly WordClass[],
  content: number,
  rule: string,
): number | null {
  const isVerb = (at: number) => classes[at] === VERB || classes[at] === AUXILIARY;
  let held = rule === "verb-noun";
  for (let at = content; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token || token.quote >= 0) continue;
    held ||= isVerb(at);
    if (token.text !== "," || !held || isVerb(at + 1)) continue;
    if (/^(?:and|or|but|who|which|where|as)$/.test(tokens[at + 1]?.lower ?? "")) continue;
    const next = tokens.findIndex((other, i) => i > at && other.text === ",");
    const until = next < 0 ? tokens.length : next;
    if (tokens.slice(at + 1, until).some((_, i) => isVerb(at + 1 + i))) return at;
  }
  return null;
}

/** "… are false": the verb that refutes what was told; null where none does. */
function refutedAt(tokens: readonly Token[], content: number): number | null {
  const at = tokens.findIndex((token, i) => i > content && token.quote < 0 && REFUTED.test(token.lower));
  for (let verb = at - 1; verb > content && at - verb < 4; verb--) if (BE.test(tokens[verb]?.lower ?? "")) return verb;
  return null;
}

/** "… could not be verified": the first of these verbs; null where nobody says so. */
function unverifiedAt(tokens: readonly Token[], content: number): number | null {
  const at = tokens.findIndex(
    (token, i) => i > content && token.quote < 0 && /^(?:verified|confirmed|substantiated)$/.test(token.lower),
  );
  const from = Math.max(content + 1, at - MOST_AUXILIARIES);
  if (at < 0 || !UNSAID.test(wordsOf(tokens, from, at))) return null;
  const verb = tokens.findIndex(
    (token, i) =>
      i >= from && i < at && /^(?:could|can|cannot|has|have|had|is|are|was|were|\w+n['’]t)$/.test(token.lower),
  );
  return verb < 0 ? null : lastAuxiliary(tokens, verb, at);
}

/** Of two verbs in a row of words, "were over could not be", the one that goes with the word at `at`. */
function lastAuxiliary(tokens: readonly Token[], first: number, at: number): number {
  const modal = tokens.findLastIndex(
    (token, i) => i >= first && i < at && /^(?:could|can|cannot|has|have|had|\w+n['’]t)$/.test(token.lower),
  );
  return modal < 0 ? first : modal;
}

/** How many words before the verb may be its auxiliaries: "has so far been expected to". */
const MOST_AUXILIARIES = 6;

function auxiliariesFrom(tokens: readonly Token[], speakerEnd: number, cue: number): number {
  let from = cue;
  while (from > 0 && cue - from < MOST_AUXILIARIES) {
    const token = tokens[from - 1];
    if (!token || token.start < speakerEnd || token.quote >= 0 || !token.isWord) break;
    if (/^(?:and|but|that|who|which)$/.test(token.lower)) break;
    from--;
  }
  return from;
}

function wordsOf(tokens: readonly Token[], from: number, to: number): string {
  const words = tokens.slice(from, to).map(({ lower }) => lower);
  return words.join(" ");
}

function cutAt(tokens: readonly Token[], { content }: Finding, end: number | null): Finding["content"] {
  const last = end === null ? undefined : tokens[end - 1]?.end;
  if (last === undefined) return content;
  const cut = content.filter(({ start }) => start < last).map((span) => ({ ...span, end: Math.min(span.end, last) }));
  return cut.length ? cut : content;
}
