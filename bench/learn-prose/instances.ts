import { overlaps, type Span } from "../../src/domain/span.ts";
import { type Atom, atomsOf, type Rows, rowsOf } from "../../src/read/prose/atoms.ts";
import { isCandidate, ruledRoles } from "../../src/read/prose/candidates.ts";
import { type CueFrame, cueFrame, ROLE, type Role } from "../../src/read/prose/features.ts";
import { findQuotations } from "../../src/read/prose/quotation.ts";
import { findingsIn, isTag } from "../../src/read/prose/sentence.ts";
import { isAnyTag } from "../../src/read/prose/tag.ts";
import { type Sentence, sentencesOf, tokenise } from "../../src/read/prose/tokens.ts";
import { AUXILIARY, NOUN, VERB, wordClasses } from "../../src/read/prose/word-class.ts";
import type { Attribution } from "./attributions.ts";

/** A word that may be a cue, in its sentence; with the roles of the pieces where it is one. */
export type Instance = {
  readonly rows: Rows;
  readonly at: number;
  readonly ruled: boolean;
  readonly ruledCues: number;
  readonly roles: readonly Role[] | null;
  readonly frame: () => CueFrame;
};

const LONGEST_SENTENCE = 400;

/** Cuts a text as the reader does and gives every word that may be a cue its answer. */
export function instancesIn(text: string, attributions: readonly Attribution[]): Instance[] {
  const instances: Instance[] = [];
  for (const line of text.matchAll(/[^\n]+/g)) {
    const paragraph = { start: line.index, end: line.index + line[0].length };
    const quotations = findQuotations(text, paragraph);
    const tokens = tokenise(text, paragraph, quotations);
    const classes = wordClasses(text, tokens);
    let first = 0;
    for (const sentence of sentencesOf(tokens, quotations, (all, at) => isTag(all, at) || isAnyTag(all, classes, at))) {
      const atoms = atomsOf(sentence, classes.slice(first, first + sentence.tokens.length));
      first += sentence.tokens.length;
      if (sentence.tokens.length <= LONGEST_SENTENCE) instances.push(...inSentence(sentence, atoms, attributions));
    }
  }
  return instances;
}

function inSentence(sentence: Sentence, atoms: readonly Atom[], attributions: readonly Attribution[]): Instance[] {
  const findings = findingsIn(sentence);
  const rows = rowsOf(atoms);
  const answers = answersOf(sentence, atoms, attributions);
  return atoms.flatMap((atom, at) => {
    if (!isCandidate(atom)) return [];
    const place = placeOf(sentence, atom);
    const rule = findings.find(({ cue }) => cue.start <= place.start && place.end <= cue.end) ?? null;
    const frame = () => cueFrame(rows, at, ruledRoles(sentence, atoms, rule));
    return [{ rows, at, ruled: rule !== null, ruledCues: findings.length, roles: answers.get(at) ?? null, frame }];
  });
}

/** The roles of the pieces, by the head of the cue. Of two attributions with one head the longer content stays. */
function answersOf(
  sentence: Sentence,
  atoms: readonly Atom[],
  attributions: readonly Attribution[],
): Map<number, Role[]> {
  const answers = new Map<number, Role[]>();
  for (const attribution of attributions) {
    const head = headOf(sentence, atoms, attribution.cue);
    if (head === null) continue;
    const roles = atoms.map((atom) => roleOf(placeOf(sentence, atom), attribution));
    roles[head] = ROLE.cue;
    mend(roles, head, atoms);
    const content = (list: readonly Role[]) => list.filter((role) => role === ROLE.content).length;
    const other = answers.get(head);
    if (!other || content(roles) > content(other)) answers.set(head, roles);
  }
  return answers;
}

/** The word of a cue that says what it is: "according", else its last verb, its last noun, its last word. */
function headOf(sentence: Sentence, atoms: readonly Atom[], cue: readonly Span[]): number | null {
  const words = atoms.flatMap((atom, at) =>
    !atom.isQuotation && atom.isWord && cue.some((span) => overlaps(span, placeOf(sentence, atom)))
      ? [{ atom, at }]
      : [],
  );
  const head =
    words.find(({ atom }) => atom.lower === "according") ??
    words.findLast(({ atom }) => atom.class === VERB) ??
    words.findLast(({ atom }) => atom.class === NOUN) ??
    words.findLast(({ atom }) => atom.class !== AUXILIARY) ??
    words.at(-1);
  return head?.at ?? null;
}

function placeOf({ tokens }: Sentence, atom: Atom): Span {
  return { start: tokens[atom.from]?.start ?? 0, end: tokens[atom.to - 1]?.end ?? 0 };
}

function roleOf(place: Span, { source, cue, content }: Attribution): Role {
  const share = (spans: readonly Span[]) =>
    spans.reduce(
      (sum, { start, end }) => sum + Math.max(0, Math.min(end, place.end) - Math.max(start, place.start)),
      0,
    );
  const [c, s, k] = [share(content), share(source), share(cue)];
  if (c + s + k < (place.end - place.start) / 2) return ROLE.none;
  return c >= s && c >= k ? ROLE.content : s >= k ? ROLE.source : ROLE.cue;
}

/** Fills marks left out inside content, and keeps of cue and source the one piece that the reader can find. */
function mend(roles: Role[], head: number, atoms: readonly Atom[]): void {
  for (let at = 1; at < roles.length; at++) {
    if (roles[at] !== ROLE.none || roles[at - 1] !== ROLE.content) continue;
    let to = at;
    while (to < roles.length && roles[to] === ROLE.none && !atoms[to]?.isWord && !atoms[to]?.isQuotation) to++;
    if (roles[to] === ROLE.content) roles.fill(ROLE.content, at, to);
  }
  let from = head;
  let to = head + 1;
  while (roles[from - 1] === ROLE.cue) from--;
  while (roles[to] === ROLE.cue) to++;
  roles.forEach((role, at) => {
    if (role === ROLE.cue && (at < from || at >= to)) roles[at] = ROLE.none;
  });
  const runs: [number, number][] = [];
  roles.forEach((role, at) => {
    if (role !== ROLE.source) return;
    const last = runs.at(-1);
    if (last && last[1] === at) last[1]++;
    else runs.push([at, at + 1]);
  });
  const longest = [...runs].sort((a, b) => b[1] - b[0] - (a[1] - a[0]))[0];
  for (const [start, end] of runs) if (longest && start !== longest[0]) roles.fill(ROLE.none, start, end);
}
