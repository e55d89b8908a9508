import { type Atom, PAD, type Rows } from "./atoms.ts";
import { ADJECTIVE, AUXILIARY, DETERMINER, NAME, NOUN, NUMBER, PRONOUN, VERB } from "./word-class.ts";

/** The roles a piece of a sentence may have beside one cue, as numbers that the learned weights were made with. */
export const ROLE = { none: 0, source: 1, content: 2, cue: 3 } as const;
export type Role = number;
export const ROLES = 4;
/** In place of a role where the rules found nothing at this cue. */
export const UNRULED = 4;

/** Most features that one place has; the size of the rows they are written to. */
export const MOST_FEATURES = 48;

function mix(template: number, a: number, b: number): number {
  let code = Math.imul(a ^ Math.imul(template + 1, 0x9e3779b1), 0x85ebca6b);
  code = Math.imul(code ^ (code >>> 15) ^ b, 0xc2b2ae35);
  return (code ^ (code >>> 13)) | 0;
}

/**
 * Writes the features of a word that may be a cue, as numbers, and gives how many they are.
 *
 * @param ruled - Whether the rules take it for a cue.
 * @param ruledCues - How many cues the rules found in the sentence.
 */
export function cueFeatures(
  { atoms, codes, classes, endings }: Rows,
  at: number,
  ruled: boolean,
  ruledCues: number,
  out: Int32Array,
): number {
  const i = at + PAD;
  const n = (row: ArrayLike<number>, place: number) => row[place] ?? 0;
  const [word, own, suffix] = [n(codes, i), n(classes, i), n(endings, i)];
  const [before, after] = [atoms[at - 1], atoms[at + 1]];
  let anyQuotation = 0;
  let verbAfter = 0;
  let thatAfter = 0;
  let quotedSoon = 0;
  let nameBefore = 0;
  let pronounBefore = 0;
  let helper = 0;
  let verbsBefore = 0;
  let quotations = 0;
  for (let k = 0; k < atoms.length; k++) {
    const atom = atoms[k] as Atom;
    if (atom.isQuotation) anyQuotation = 1;
    if (atom.isQuotation && (k < 2 || (k < at && /^[,;:—–]$/.test(atoms[k - 1]?.lower ?? ""))))
      quotations = endings[k + PAD] ?? 0;
    if (k < at && atom.class === VERB) verbsBefore = Math.min(2, verbsBefore + 1);
    if (k > at && atom.class === VERB) verbAfter = 1;
    if (k > at && k < at + 8 && atom.lower === "that") thatAfter = 1;
    if (k > at && k < at + 4 && atom.isQuotation) quotedSoon = 1;
    if (k < at && k >= at - 6 && atom.isCapital && atom.isWord) nameBefore = 1;
    if (k < at && k >= at - 4 && atom.class === PRONOUN) pronounBefore = 1;
    if (k < at && k >= at - 3 && atom.class === AUXILIARY) helper = atom.code;
  }
  const quotedBefore = before?.isQuotation || (before?.lower === "," && atoms[at - 2]?.isQuotation) ? 1 : 0;
  const byRule = ruled ? 1 : 0;
  let size = 0;
  const add = (template: number, a: number, b = 0) => {
    out[size++] = mix(template, a, b);
  };
  add(1, word);
  add(2, word, own);
  add(3, suffix, own);
  add(4, word, n(codes, i + 1));
  add(5, word, n(codes, i - 1));
  add(6, word, n(classes, i + 1));
  add(7, word, n(classes, i - 1));
  add(8, n(codes, i + 1), own);
  add(9, n(codes, i - 1), own);
  add(10, n(classes, i - 1), n(classes, i + 1));
  add(11, n(codes, i + 1), n(codes, i + 2));
  add(12, n(codes, i - 1), n(codes, i - 2));
  add(13, n(classes, i + 1), n(classes, i + 2));
  add(14, n(classes, i - 1), n(classes, i - 2));
  add(15, word, helper);
  add(16, helper, own);
  add(17, word, anyQuotation);
  add(18, quotedBefore, own);
  add(19, word, quotedBefore);
  add(20, after?.isQuotation ? 1 : 0, suffix);
  add(21, byRule);
  add(22, word, byRule);
  add(23, at === 0 ? 1 : 0, own);
  add(24, word, at + 1 >= atoms.length - 1 ? 1 : 0);
  add(25, thatAfter, word);
  add(26, quotedSoon, word);
  add(27, nameBefore, own);
  add(28, pronounBefore, own);
  add(29, verbAfter, word);
  add(30, 0);
  add(31, n(codes, i + 2), own);
  add(32, n(codes, i - 2), own);
  add(33, n(classes, i + 1), helper);
  add(34, suffix, n(classes, i + 1));
  add(35, suffix, n(classes, i - 1));
  const others = Math.min(2, ruledCues) * 3 + verbsBefore;
  add(36, others, quotations);
  add(37, others, suffix);
  add(38, Math.imul(quotations, 5) ^ others, suffix);
  add(39, Math.imul(quotations, 5) ^ others, n(codes, i + 1));
  add(40, others, anyQuotation * 64 + own);
  add(41, Math.imul(quotations, 5) ^ others, n(classes, i + 1) * 64 + n(classes, i - 1));
  return size;
}

/** A sentence seen from one of its cues: what the features of roles are made of, found once a cue. */
export type CueFrame = {
  readonly rows: Rows;
  readonly cue: number;
  /** Marks, verbs, quotations, "that", nouns and joining words between the cue and each piece, packed. */
  readonly between: Uint8Array;
  readonly commas: Uint8Array;
  /** The role that the rules give each piece, or `UNRULED`; with one place before and after. */
  readonly ruled: Uint8Array;
  /** Where a piece stands in its noun phrase: 0 outside, 1 first, 2 inside, 3 last, 4 alone; and 5 more where it holds a name. */
  readonly phrase: Uint8Array;
  /** Whether quotations stand before (1) and after (2) the cue. */
  readonly quotations: number;
};

const OUTSIDE = 5;

/** Looks at a sentence from one of its cues. */
export function cueFrame(rows: Rows, cue: number, roles: readonly Role[]): CueFrame {
  const { atoms } = rows;
  const between = new Uint8Array(atoms.length);
  const commas = new Uint8Array(atoms.length);
  let quotations = 0;
  for (const step of [-1, 1]) {
    let [comma, verb, quotation, that, noun, joins] = [0, 0, 0, 0, 0, 0];
    for (let at = cue + step; at >= 0 && at < atoms.length; at += step) {
      between[at] =
        Math.min(comma, 2) | (Math.min(verb, 2) << 2) | (quotation << 4) | (that << 5) | (noun << 6) | (joins << 7);
      commas[at] = Math.min(comma, 4);
      const atom = atoms[at] as Atom;
      if (!atom.isWord && /^[,;:—–()]$/.test(atom.lower)) comma++;
      if (atom.class === VERB || atom.class === AUXILIARY) verb++;
      if (atom.isQuotation) {
        quotation = 1;
        quotations |= step < 0 ? 1 : 2;
      }
      if (atom.lower === "that") that = 1;
      if (atom.isWord && (atom.class === NOUN || atom.class === NAME || atom.class === PRONOUN)) noun = 1;
      if (JOINING.has(atom.lower)) joins = 1;
    }
  }
  const ruled = new Uint8Array(atoms.length + 2).fill(OUTSIDE);
  ruled.set(roles, 1);
  return { rows, cue, between, commas, ruled, phrase: phrasePlaces(atoms), quotations };
}

const JOINING: ReadonlySet<string> = new Set("who which and but while as because after when if".split(" "));

/** Adjectives, articles, nouns, names and numbers in a row. */
function phrasePlaces(atoms: readonly Atom[]): Uint8Array {
  const places = new Uint8Array(atoms.length);
  for (let from = 0; from < atoms.length; from++) {
    let to = from;
    let named = 0;
    while (to < atoms.length && isNominal(atoms[to] as Atom, to > from)) {
      if (atoms[to]?.class === NAME) named = 5;
      to++;
    }
    for (let at = from; at < to; at++)
      places[at] = named + (to - from === 1 ? 4 : at === from ? 1 : at === to - 1 ? 3 : 2);
    from = Math.max(from, to - 1);
  }
  return places;
}

/** An article or pronoun begins a new phrase; ’s holds two together. */
function isNominal(atom: Atom, inside: boolean): boolean {
  if (atom.class === DETERMINER || atom.class === PRONOUN) return !inside;
  const noun = atom.class === ADJECTIVE || atom.class === NOUN || atom.class === NUMBER || atom.class === NAME;
  return noun || (inside && /^['’]s$/.test(atom.lower));
}

/** Before the cue, after it, or the cue itself. */
export function sideOf(frame: CueFrame, at: number): number {
  return at < frame.cue ? 0 : at > frame.cue ? 1 : 2;
}

/** Writes the features of a piece that hang on nothing but its side of the cue: they are the same for every cue of the sentence. */
export function placeFeatures(
  { atoms, codes, classes, endings }: Rows,
  at: number,
  side: number,
  out: Int32Array,
): number {
  const i = at + PAD;
  const n = (row: ArrayLike<number>, place: number) => row[place] ?? 0;
  const [word, own] = [n(codes, i), n(classes, i)];
  const capital = atoms[at]?.isCapital ? 1 : 0;
  let size = 0;
  const add = (template: number, a: number, b = 0) => {
    out[size++] = mix(template, a, b);
  };
  add(11, side, word);
  add(12, side, own * 2 + capital);
  add(21, side * 64 + own, n(classes, i - 1));
  add(22, side * 64 + own, n(classes, i + 1));
  add(23, word, n(classes, i + 1) * 4 + side);
  add(24, word, n(classes, i - 1) * 4 + side);
  add(25, n(codes, i - 1), side * 64 + own);
  add(26, n(codes, i + 1), side * 64 + own);
  add(30, at === 0 ? 1 : 0, side * 64 + own);
  add(31, at >= atoms.length - 2 ? 1 : 0, side * 64 + own);
  add(35, n(codes, PAD), side);
  add(39, n(classes, i - 1) * 64 + n(classes, i + 1), own * 4 + side);
  add(43, n(endings, i), side * 64 + own);
  add(45, n(endings, i + 1), side * 64 + own);
  return size;
}

/** Writes the features of a piece seen from a cue. */
export function roleFeatures(frame: CueFrame, at: number, out: Int32Array): number {
  const { rows, cue } = frame;
  const { codes, classes, endings } = rows;
  const n = (row: ArrayLike<number>, place: number) => row[place] ?? 0;
  const i = at + PAD;
  const c = cue + PAD;
  const side = sideOf(frame, at);
  const distance = Math.max(-6, Math.min(6, at - cue));
  const far = Math.min(7, Math.ceil(Math.log2(Math.abs(at - cue) + 1)));
  const [word, own] = [n(codes, i), n(classes, i)];
  const [cueWord, next, previous] = [n(codes, c), n(codes, c + 1), n(codes, c - 1)];
  const [nextClass, previousClass] = [n(classes, c + 1), n(classes, c - 1)];
  const between = n(frame.between, at);
  const seen = between * 3 + side;
  const ruled = n(frame.ruled, at + 1);
  const phrase = n(frame.phrase, at);
  const around = n(classes, i + 1) * 64 + n(classes, i - 1);
  let size = 0;
  const add = (template: number, a: number, b = 0) => {
    out[size++] = mix(template, a, b);
  };
  add(1, ruled, side);
  add(2, ruled * 6 + n(frame.ruled, at), n(frame.ruled, at + 2));
  add(3, ruled, word);
  add(4, ruled, own * 2 + side);
  add(5, ruled * 8 + far, side);
  add(6, ruled, between * 2 + side);
  add(7, cueWord, side);
  add(8, cueWord, distance);
  add(9, distance, own);
  add(10, distance, word);
  add(13, seen, own);
  add(14, seen, word);
  add(15, seen, cueWord);
  add(16, seen, nextClass * 32 + previousClass);
  add(17, side, next);
  add(18, side, previous);
  add(19, distance * 64 + own, next);
  add(20, distance * 64 + own, previousClass);
  add(27, far * 4 + side, between);
  add(28, n(frame.commas, at), side * 64 + previousClass);
  add(29, n(frame.commas, at), Math.imul(previous, 3) ^ side);
  add(33, cueWord, side * 8 + (between & 3));
  add(34, n(frame.commas, at), Math.imul(next, 3) ^ side);
  add(36, ruled, cueWord);
  add(37, ruled * 3 + side, next);
  add(38, n(classes, c), side * 8 + far);
  add(42, ruled * 64 + own, around);
  add(44, n(endings, i), seen);
  add(46, distance * 64 + own, around);
  add(47, distance * 64 + own, cueWord);
  add(48, n(endings, c), side * 64 + own);
  add(49, n(endings, c), distance);
  add(50, phrase, seen);
  add(51, phrase, own * 4 + side);
  add(52, phrase, previousClass * 4 + side);
  add(53, frame.quotations, side * 64 + own);
  add(54, frame.quotations * 8 + ruled, seen);
  add(55, cueWord, Math.imul(word, 5) ^ side);
  add(56, nextClass * 32 + own, seen);
  return size;
}

/** Writes the features of two neighbouring roles. */
export function stepFeatures(frame: CueFrame, at: number, out: Int32Array): number {
  const { rows, cue } = frame;
  const { codes, classes, endings } = rows;
  const n = (row: ArrayLike<number>, place: number) => row[place] ?? 0;
  const i = at + PAD;
  const side = sideOf(frame, at);
  const near = Math.max(-3, Math.min(3, at - cue));
  const [own, earlier] = [n(classes, i), n(classes, i - 1)];
  const ruled = n(frame.ruled, at) * 8 + n(frame.ruled, at + 1);
  let size = 0;
  const add = (template: number, a: number, b = 0) => {
    out[size++] = mix(template, a, b);
  };
  add(101, side);
  add(102, own, side);
  add(103, n(codes, i), side);
  add(104, earlier, side);
  add(105, n(codes, i - 1), side);
  add(106, n(frame.between, at), side);
  add(107, ruled);
  add(108, near);
  add(109, earlier * 64 + own, n(classes, i + 1));
  add(110, n(codes, i), n(codes, i - 1));
  add(111, n(codes, cue + PAD), side);
  add(113, n(frame.phrase, at), own * 4 + side);
  add(114, n(codes, i), n(classes, i + 1));
  add(115, n(codes, i - 1), own);
  add(116, n(codes, cue + PAD + 1), side * 8 + near);
  add(117, n(endings, cue + PAD), near);
  add(119, ruled, n(codes, i));
  add(120, n(classes, i - 2) * 64 + earlier, own * 64 + n(classes, i + 1));
  add(121, n(codes, i + 1), side * 64 + own);
  return size;
}
