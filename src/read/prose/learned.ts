import { contains, overlaps, type Span } from "../../domain/span.ts";
import { type Atom, atomsOf, rowsOf } from "./atoms.ts";
import { isCandidate, ruledRoles } from "./candidates.ts";
import { cueOf } from "./cue.ts";
import { cueFeatures, cueFrame, MOST_FEATURES, ROLE, type Role } from "./features.ts";
import { actOf, contentSpans, type Finding, spanOf } from "./finding.ts";
import { bestRoles, placeSums } from "./roles.ts";
import { canSpeak, isEvidence, type Run, subjectBefore } from "./subject.ts";
import type { Sentence, Token } from "./tokens.ts";
import { cueProbability, roleWeights } from "./weights.ts";
import { ADJECTIVE, ADPOSITION, ADVERB, DETERMINER, VERB, type WordClass } from "./word-class.ts";

const features = new Int32Array(MOST_FEATURES);

/** From what probability a word counts as a cue: beside a quotation, without one, and where a rule took it for a cue too. */
const LEAST = { quoted: 0.4, plain: 0.72, ruled: 0.25 } as const;
/** Rules that hold against the weights: what diplomats do with words is rare in the news that these were learned from. */
const SURE = /^(?:verb-(?:that|to|directed|noun-of-saying)|according-to|no-comment)$/;
/** Rules that know where a complement ends better than the weights do: long sentences of diplomats are rare in the news. */
const KNOWS_END = /^verb-(?:that|colon|quotation|directed|to|for)$/;

/**
 * Looks again at what the rules found in a sentence, with weights learned from annotated news: drops what is no attribution, finds
 * the words of saying that no rule lists, and draws the bounds of speaker and content.
 */
export function learnedFindings(
  sentence: Sentence,
  classes: readonly WordClass[],
  ruled: readonly Finding[],
): Finding[] {
  const atoms = atomsOf(sentence, classes);
  const rows = rowsOf(atoms);
  const sums = placeSums(rows);
  const quotes = atoms.some((atom) => atom.isQuotation);
  const found: Finding[] = [];
  const met = new Set<Finding>();
  atoms.forEach((atom, at) => {
    if (!isCandidate(atom)) return;
    const rule = ruled.find((finding) => atCue(sentence, atom, finding)) ?? null;
    if (rule) met.add(rule);
    else if (isPassive(atoms, at) || isInferred(atoms, at, ruled.length > 0)) return;
    const probability = cueProbability(features, cueFeatures(rows, at, rule !== null, ruled.length, features));
    if (rule && probability < LEAST.ruled && SURE.test(rule.rule))
      found.push({ ...rule, confidence: rule.confidence - 0.15 });
    if (probability < (rule ? LEAST.ruled : quotes ? LEAST.quoted : LEAST.plain)) return;
    const roles = bestRoles(cueFrame(rows, at, ruledRoles(sentence, atoms, rule)), roleWeights, sums);
    const finding = findingOf(sentence, atoms, at, roles, rule, probability);
    if (finding) found.push(finding);
    else if (rule) found.push(rule);
  });
  const all = [...found, ...ruled.filter((finding) => !met.has(finding))].sort((a, b) => a.cue.start - b.cue.start);
  // "According to Reuters, she said …": who relays it does not say it again.
  const relays = all.flatMap(({ relay }) => relay ?? []);
  const said = all.filter(({ speaker }) => !speaker || !relays.some((relay) => overlaps(relay, speaker)));
  return withTrailingQuotations(sentence, atoms, said);
}

function atCue(sentence: Sentence, atom: Atom, finding: Finding): boolean {
  const token = sentence.tokens[atom.from];
  return token !== undefined && finding.cue.start <= token.start && token.end <= finding.cue.end;
}

function runsOf(atoms: readonly Atom[], roles: readonly Role[], role: Role): Run[] {
  const runs: Run[] = [];
  atoms.forEach((atom, at) => {
    if (roles[at] !== role) return;
    const last = runs.at(-1);
    if (last && last.to === atom.from) runs[runs.length - 1] = { from: last.from, to: atom.to };
    else runs.push({ from: atom.from, to: atom.to });
  });
  return runs;
}

function findingOf(
  sentence: Sentence,
  atoms: readonly Atom[],
  at: number,
  roles: readonly Role[],
  rule: Finding | null,
  probability: number,
): Finding | null {
  const { tokens } = sentence;
  const head = atoms[at] as Atom;
  const contents = runsOf(atoms, roles, ROLE.content);
  const quoted = contents.some((run) => tokens.slice(run.from, run.to).some((token) => token.quote >= 0));
  if (!contents.length || (!rule && !quoted && probability < LEAST.plain)) return null;
  const content = extended(
    contents.flatMap((run) => contentSpans(tokens, run)),
    rule,
    head.lower,
    endsInside(atoms, contents),
  );
  const source = sourceOf(tokens, runsOf(atoms, roles, ROLE.source), head);
  const cue = runsOf(atoms, roles, ROLE.cue).find((run) => run.from <= head.from && head.from < run.to) ?? head;
  const known = cueOf(head.lower);
  const own = source && withoutOwnership(tokens, source);
  // An apposition belongs to the name before it.
  const told = own && rule?.speaker && contains(rule.speaker, own) ? rule.speaker : (own ?? rule?.speaker ?? null);
  const speaker = told && afterWhat(tokens, told);
  if (!speaker && !rule && !(quoted && probability > 0.6)) return null;
  if (!rule && source && /^show(?:s|ed|n)?$/.test(head.lower) && !isEvidence(tokens, source)) return null;
  if (!rule && source && HINTS.test(head.lower) && !canSpeak(tokens, source)) return null;
  return {
    content,
    cue: spanOf(tokens, cue),
    speaker,
    addressee: rule?.addressee ?? null,
    relay: rule?.relay,
    act: rule?.act ?? (known ? actOf(known) : quoted ? "speech" : "position"),
    polarity: rule?.polarity ?? "affirmed",
    rule: rule?.rule ?? (quoted ? "learned-quotation" : "learned"),
    // Bounds that the weights drew otherwise are less sure.
    confidence: certainty(rule, probability, quoted) - (speaker === told ? 0 : 0.1),
  };
}

/** Measured on news held back from learning: 0.8 and up is right, speaker included, nine times in ten; a rule and the weights check each other. */
function certainty(rule: Finding | null, probability: number, quoted: boolean): number {
  if (!rule) return probability * 0.8;
  return Math.min(0.95, (rule.confidence + probability) / 2 - (quoted ? 0 : 0.03));
}

/** What things do too, without a word: a shift suggests, a step signals. */
const HINTS =
  /^(?:suggest|signal|indicate|impl(?:y|ie)|reveal|reflect|threaten|mean|require|represent|demonstrate|prove)(?:e?s|e?d|led)?$/;

/**
 * "The talks ended with what Norland called progress": "what" begins a clause of its own, and who speaks stands in it.
 * In "a scholar, who studies what labs build" it is the speaker's own.
 */
function afterWhat(tokens: readonly Token[], speaker: Span): Span {
  const words = tokens.filter(({ start, end }) => speaker.start <= start && end <= speaker.end);
  const at = words.findIndex(({ lower, quote }) => lower === "what" && quote < 0);
  const next = words[at + 1];
  const isOwn = words.slice(0, at).some(({ lower }) => /^(?:,|\(|—|–|who|whose|which|that)$/.test(lower));
  return at < 0 || !next || isOwn ? speaker : { start: next.start, end: speaker.end };
}

/** The place of a source without commas, and without the ’s of "X’s view". */
function withoutOwnership(tokens: readonly Token[], source: Run): Span | null {
  const place = contentSpans(tokens, source)[0];
  const mark = /\p{L}(['’]s?)$/u.exec(tokens[source.to - 1]?.text ?? "")?.[1];
  return place ? { start: place.start, end: place.end - (mark?.length ?? 0) } : null;
}

const BE = /^(?:is|are|was|were|be|been|being|am|got|gets|get|['’](?:s|re|m))$/;

/** "The minister was told": who stands before a passive verb of saying does not say it. */
function isPassive(atoms: readonly Atom[], at: number): boolean {
  const cue = cueOf(atoms[at]?.lower ?? "");
  if (cue?.form !== "past" || cue.frames.has("m") || cue.frames.has("i")) return false;
  let before = at - 1;
  while (atoms[before]?.class === ADVERB) before--;
  return BE.test(atoms[before]?.lower ?? "");
}

const INFERRED =
  /^(?:signal+|suggest|show|indicat|mean|prov|demonstrat|reflect|highlight|underscor|underlin|reveal|confirm|imply)ing$/;

const JUDGED = /^(?:claim|statement|comment|remark|call|attack|charge|report|allegation|accusation|question|view)s?$/;

/** "…, signalling that it works" draws the writer's conclusion where nobody spoke before it; "experts nominated by 30 states" say nothing, nor do the claims that somebody "dismissed as" something. */
function isInferred(atoms: readonly Atom[], at: number, spoken: boolean): boolean {
  const word = atoms[at]?.lower ?? "";
  const next = atoms[at + 1]?.lower;
  if (/ed$/.test(word) && next === "by") return true;
  if (next === "as" && JUDGED.test(word)) return true;
  return !spoken && INFERRED.test(word) && atoms[at - 1]?.lower === ",";
}

/** The words run to where a rule that knows the end saw it, when both begin alike. */
function extended(content: readonly Span[], rule: Finding | null, cue: string, cut: boolean): readonly Span[] {
  const ruled = rule?.content.at(-1);
  const last = content.at(-1);
  if (rule?.rule === "according-to" && ruled && last && last.start < ruled.start && overlaps(last, ruled))
    return [...content.slice(0, -1), { start: ruled.start, end: last.end }];
  if (!rule || !ruled || !last || rule.content.length > content.length || last.start < rule.cue.end) return content;
  // "stressed the need for talks": the need is stressed, it is no part of the verb.
  const start =
    ruled.start >= rule.cue.end && rule.rule === "verb-noun" ? Math.min(last.start, ruled.start) : last.start;
  const alike = Math.abs(ruled.start - start) <= 5;
  const knows = cut || KNOWS_END.test(rule.rule) || /^sa(?:id|ys?)$/.test(cue);
  const end = alike && knows ? Math.max(last.end, ruled.end) : last.end;
  return [...content.slice(0, -1), { start, end }];
}

/** Whether the last content ends on an adjective, an article or a preposition: "a series of practical | , low-barrier steps". */
function endsInside(atoms: readonly Atom[], contents: readonly Run[]): boolean {
  const to = contents.at(-1)?.to;
  const last = atoms.find((atom) => atom.to === to);
  const next = atoms.find((atom) => atom.from === to);
  if (!last || !next || last.isQuotation) return false;
  return last.class === DETERMINER || last.class === ADPOSITION || (last.class === ADJECTIVE && next.lower === ",");
}

/** The source that is nearest to the cue; "who" stands for the phrase before it. */
function sourceOf(tokens: readonly Token[], sources: readonly Run[], head: Atom): Run | null {
  const near = [...sources].sort((a, b) => Math.abs(a.to - head.from) - Math.abs(b.to - head.from))[0];
  if (!near) return null;
  const relative = near.to - near.from === 1 && /^(?:who|which|that)$/.test(tokens[near.from]?.lower ?? "");
  return relative ? subjectBefore(tokens, 0, near.to) : near;
}

/**
 * Gives quotations that no finding holds to the finding just before them, where nothing but little words stands between:
 * called it "a bully" and a "narcissist at a level never seen".
 */
function withTrailingQuotations(sentence: Sentence, atoms: readonly Atom[], findings: readonly Finding[]): Finding[] {
  const { tokens } = sentence;
  let all = [...findings];
  atoms.forEach((atom, at) => {
    if (!atom.isQuotation || atom.to - atom.from < 5) return;
    const place = spanOf(tokens, atom);
    if (all.some((finding) => finding.content.some((span) => overlaps(span, place)))) return;
    let before = at - 1;
    while (before >= 0 && at - before < 7 && !atoms[before]?.isQuotation && atoms[before]?.class !== VERB) before--;
    const left = atoms[before];
    const end = left && spanOf(tokens, left).end;
    const owner =
      end === undefined
        ? undefined
        : all.findLast((finding) => finding.content.some((span) => span.start < end && end <= span.end + 2));
    const last = owner?.content.at(-1);
    if (!owner || !last || !left || last.start > place.start) return;
    all = all.map((finding) =>
      finding === owner
        ? { ...owner, content: [...owner.content.slice(0, -1), { start: last.start, end: place.end }] }
        : finding,
    );
  });
  return all;
}
