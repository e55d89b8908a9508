import { overlaps } from "../../domain/span.ts";
import { contentSpans, endOf, type Finding, spanOf } from "./finding.ts";
import { COMMENT } from "./refusal.ts";
import { type Run, subjectBefore } from "./subject.ts";
import type { Sentence, Token } from "./tokens.ts";
import { groupOf, type VerbGroup } from "./verbs.ts";
import { VERB, type WordClass } from "./word-class.ts";

/** A stance that begins at a verb: where its content begins, and what is done with it. */
type Stance = {
  readonly from: number;
  readonly act: Finding["act"];
  readonly rule: string;
  readonly confidence: number;
  /** Who may take it: texts only, or texts and those who study something, or anybody. */
  readonly by: "text" | "study" | "anybody";
  /** Where its content ends at the latest; null where the clause says. */
  readonly to: number | null;
  /** Whether it says no to its content: "refused to sign". */
  readonly refuses: boolean;
};

const TEXT =
  /^(?:pieces?|essays?|op-eds?|plans?|strateg(?:y|ies)|frameworks?|statements?|declarations?|communiqu[eé]s?|resolutions?|initiatives?|proposals?|reports?|papers?|memos?|documents?|readouts?|blueprints?|roadmaps?|guidelines?|principles?|polic(?:y|ies)|compacts?|charters?|orders?)$/;
const STUDY =
  /^(?:analys[ie]s|stud(?:y|ies)|research|reports?|reviews?|surveys?|assessments?|polls?|investigations?|papers?|audits?|inquir(?:y|ies)|index|researchers|analysts|scholars)$/;

const ACCORD = /^(?:consensus|agreement|understanding|compromise|accord)s?$/;
const FEELING =
  /^(?:concerned|worried|alarmed|sceptical|skeptical|wary|critical|supportive|opposed|convinced|confident|optimistic|pessimistic|hopeful|doubtful|fearful|adamant|mindful|cautious|nervous|suspicious|dismissive|resentful|anxious|eager|keen|reluctant|unwilling)$/;
const FEELING_LINK = /^(?:that|about|of|by|at|over)$/;
const WILLING = /^(?:opposed|eager|keen|reluctant|unwilling)$/;
const POSTURE = /^(?:stance|position|line|view|posture)$/;
const LIKENESS = /^(?:parallel|comparison|analogy|distinction|contrast)s?$/;
const SIDE = /^(?:opposition|support|favou?r)$/;

/**
 * Finds the stances that states, officials and documents take without a verb of saying: an understanding reached, a worry held, a
 * plan that presents itself as something. They are told from the words alone, and only where nothing else was found.
 *
 * @param found - What was found already; a stance never repeats it.
 */
export function stancesIn(sentence: Sentence, classes: readonly WordClass[], found: readonly Finding[]): Finding[] {
  const { tokens } = sentence;
  const end = endOf(tokens);
  const stances: Finding[] = [];
  for (let at = 1; at < end; at++) {
    const token = tokens[at] as Token;
    if (!token.isWord || token.quote >= 0 || /^\p{Lu}/u.test(token.text)) continue;
    const stance = stanceAt(tokens, at, end);
    const finding = stance && findingOf(tokens, classes, at, end, stance);
    if (!finding) continue;
    const taken = [...found, ...stances].some(({ content }) =>
      content.some((span) => finding.content.some((own) => overlaps(own, span))),
    );
    if (!taken) stances.push(finding);
  }
  return stances;
}

function stanceAt(tokens: readonly Token[], at: number, end: number): Stance | null {
  const word = tokens[at]?.lower ?? "";
  if (/^(?:reach(?:ed|es)?|struck|forged)$/.test(word))
    return afterNoun(tokens, at, end, ACCORD, /^(?:that|to)$/, "intent");
  if (/^(?:agreed|committed|pledged|vowed|undertook)$/.test(word) && tokens[at + 1]?.lower === "to")
    return tokens[at - 1]?.lower === "and" ? { ...plain, from: at + 2, act: "intent" } : null;
  if (/^(?:drew|draws?|drawn)$/.test(word))
    return afterNoun(tokens, at, end, LIKENESS, /^(?:to|between|with)$/, "speech");
  if (/^(?:is|are|was|were|remains?|remained)$/.test(word)) return feeling(tokens, at);
  if (
    /^(?:pitche[ds]|portray(?:s|ed)|frame[ds]|cast|casts|present(?:s|ed)|depict(?:s|ed)|treat(?:s|ed)?|regard(?:s|ed)?)$/.test(
      word,
    )
  )
    return asSomething(tokens, at, end);
  if (/^(?:takes?|took|taken|adopt(?:s|ed)?)$/.test(word)) return posture(tokens, at, end);
  if (/^(?:came|comes?)$/.test(word) && tokens[at + 1]?.lower === "out") return sideTaken(tokens, at + 2, end);
  if (/^(?:prefer(?:s|red)?|favou?r(?:s|ed)?)$/.test(word)) return { ...plain, from: at + 1 };
  if (/^(?:prioriti[sz](?:es?|ed|ing)|envision(?:s|ed)|envisag(?:es?|ed)|stipulat(?:es?|ed)|establishing)$/.test(word))
    return { ...plain, from: at + 1, by: "text" };
  if (/^(?:refuse[ds]?|decline[ds]?)$/.test(word) && tokens[at + 1]?.lower === "to")
    return COMMENT.test(tokens[at + 2]?.lower ?? "") ? null : { ...plain, from: at + 2, refuses: true };
  if (/^resist(?:s|ed)$/.test(word)) return { ...plain, from: at + 1, refuses: true };
  if (/^doubt(?:s|ed)?$/.test(word) && /^(?:whether|that|if)$/.test(tokens[at + 1]?.lower ?? ""))
    return { ...plain, from: at + 1, refuses: true };
  if (/^(?:finds?|found|suggests?|concludes?)$/.test(word)) return { ...plain, from: at + 1, by: "study" };
  return null;
}

const plain: Stance = {
  from: 0,
  act: "position",
  rule: "stance",
  confidence: 0.5,
  by: "anybody",
  to: null,
  refuses: false,
};

/** "reached a consensus to launch", "drew a parallel to arms control": what follows the noun and its link. */
function afterNoun(
  tokens: readonly Token[],
  at: number,
  end: number,
  noun: RegExp,
  link: RegExp,
  act: Finding["act"],
): Stance | null {
  for (let next = at + 1; next < Math.min(end, at + 6); next++) {
    if (!noun.test(tokens[next]?.lower ?? "")) continue;
    return link.test(tokens[next + 1]?.lower ?? "") ? { ...plain, from: next + 2, act, confidence: 0.6 } : null;
  }
  return null;
}

/** "are deeply concerned that", "is sceptical of": what the feeling is about. */
function feeling(tokens: readonly Token[], at: number): Stance | null {
  let next = at + 1;
  while (/ly$|^(?:not|also|still|now|both|all|very|more|increasingly)$/.test(tokens[next]?.lower ?? "")) next++;
  const [word, link] = [tokens[next]?.lower ?? "", tokens[next + 1]?.lower ?? ""];
  // "It is alarming that …": nobody feels it where the sentence only says that it is so.
  const impersonal = link === "that" && tokens[at - 1]?.lower === "it";
  const linked = FEELING.test(word) && (FEELING_LINK.test(link) || (link === "to" && WILLING.test(word)));
  return linked && !impersonal && (word !== "critical" || link === "of") ? { ...plain, from: next + 2 } : null;
}

/** "pitched this as governance for all", "presents itself as the alternative". */
function asSomething(tokens: readonly Token[], at: number, end: number): Stance | null {
  for (let next = at + 1; next < Math.min(end, at + 9); next++) {
    const token = tokens[next] as Token;
    if (!token.isWord || token.quote >= 0) return null;
    if (token.lower === "as") return asFrom(tokens, at + 1, next);
    if (/^(?:to|that|who|which|and|was|were|is|are)$/.test(token.lower)) return null;
  }
  return null;
}

/** What is called something is told with it, unless it is only taken up: "treat AI as a tool", "presents itself as | the alternative". */
function asFrom(tokens: readonly Token[], what: number, as: number): Stance | null {
  if (what >= as) return null;
  const taken = /^(?:it|this|that|these|those|them|him|her|(?:it|him|her)self|themselves)$/.test(
    tokens[what]?.lower ?? "",
  );
  return { ...plain, from: taken && as === what + 1 ? as + 1 : what };
}

/** "takes a sovereign-first stance": the stance itself is what is told. */
function posture(tokens: readonly Token[], at: number, end: number): Stance | null {
  if (!/^an?$/.test(tokens[at + 1]?.lower ?? "")) return null;
  for (let next = at + 3; next < Math.min(end, at + 8); next++) {
    if (!tokens[next]?.isWord) return null;
    if (POSTURE.test(tokens[next]?.lower ?? "")) return { ...plain, from: at + 2 };
  }
  return null;
}

/** "came out in strong opposition", "came out against". */
function sideTaken(tokens: readonly Token[], at: number, end: number): Stance | null {
  const from = /ly$/.test(tokens[at]?.lower ?? "") ? at + 1 : at;
  if (tokens[from]?.lower === "against") return { ...plain, from };
  if (tokens[from]?.lower !== "in") return null;
  const noun = tokens.findIndex((token, i) => i > from && i < Math.min(end, from + 4) && SIDE.test(token.lower));
  const about = /^(?:to|of)$/.test(tokens[noun + 1]?.lower ?? "");
  return noun > 0 ? { ...plain, from: from + 1, to: about ? null : noun + 1 } : null;
}

function findingOf(
  tokens: readonly Token[],
  classes: readonly WordClass[],
  at: number,
  end: number,
  stance: Stance,
): Finding | null {
  const group = groupAt(tokens, at);
  if (!group || group.modal) return null;
  const subject = subjectOf(tokens, classes, group);
  if (!subject || !mayTake(tokens, subject, stance.by)) return null;
  const content = { from: stance.from, to: stance.to ?? clauseEnd(tokens, stance.from, end) };
  if (content.to - content.from < 2) return null;
  return {
    content: contentSpans(tokens, content),
    cue: spanOf(tokens, { from: at, to: at + 1 }),
    speaker: spanOf(tokens, subject),
    addressee: null,
    act: stance.act,
    polarity: group.negated !== stance.refuses ? "negated" : "affirmed",
    rule: stance.rule,
    confidence: stance.confidence,
  };
}

/** As words that are nouns too. */
const NOUN_TOO: ReadonlySet<string> = new Set(["x"]);

/** The verb with what stands before it; null where it is passive, an infinitive or a noun. */
function groupAt(tokens: readonly Token[], verb: number): VerbGroup | null {
  const { lower = "" } = tokens[verb] ?? {};
  const form = /ing$/.test(lower) ? "gerund" : /s$/.test(lower) ? "third" : "past";
  const negatedAfter = tokens[verb + 1]?.lower === "not";
  const group = groupOf(tokens, verb, { lemma: lower, frames: NOUN_TOO, form });
  return group && { ...group, negated: group.negated || negatedAfter };
}

/** Who stands before the verb, or before the verb that it is joined to: "held talks and reached a consensus". */
function subjectOf(tokens: readonly Token[], classes: readonly WordClass[], { from }: VerbGroup): Run | null {
  const own = subjectBefore(tokens, 0, from);
  if (own || tokens[from - 1]?.lower !== "and") return own;
  for (let verb = from - 2; verb > 0; verb--) {
    const { lower = "", quote = -1 } = tokens[verb] ?? {};
    if (quote >= 0 || /^(?:that|which|who|;)$/.test(lower)) return null;
    if (classes[verb] !== VERB || /(?:ing)$/.test(lower)) continue;
    const shared = subjectBefore(tokens, 0, groupAt(tokens, verb)?.from ?? verb);
    if (shared) return shared;
  }
  return null;
}

function mayTake(tokens: readonly Token[], subject: Run, by: Stance["by"]): boolean {
  const words = tokens.slice(subject.from, subject.to);
  if (by === "anybody") return !words.some(({ lower }) => /^(?:i|you|we)$/.test(lower));
  return words.some(({ lower }) => (by === "text" ? TEXT : STUDY).test(lower));
}

/** A stance ends with its clause: before "while …", before another verb's words, before "rather than what …". */
function clauseEnd(tokens: readonly Token[], from: number, end: number): number {
  for (let at = from + 1; at < end; at++) {
    const token = tokens[at] as Token;
    if (token.quote >= 0) continue;
    const { lower } = token;
    const next = tokens[at + 1]?.lower ?? "";
    if (/^[;—–]$/.test(lower)) return at;
    if (
      lower === "," &&
      (/^(?:while|whereas|though|although|but|which|who|according)$/.test(next) || isParticiple(next))
    )
      return at;
    if (/^(?:rather|instead)$/.test(lower) && tokens[at + 2]?.lower === "what") return at;
  }
  return end;
}

/** ", citing concerns" is another clause; ", including …" is more of this one. */
function isParticiple(word: string): boolean {
  return /\p{L}{2}ing$/u.test(word) && !/^(?:including|regarding|concerning|excluding|according)$/.test(word);
}
