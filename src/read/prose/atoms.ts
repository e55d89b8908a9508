import type { Sentence, Token } from "./tokens.ts";
import type { WordClass } from "./word-class.ts";

/** A word or mark outside quotations, or one whole quotation: what the learned reader gives roles to. */
export type Atom = {
  /** Tokens [from, to) of the sentence. */
  readonly from: number;
  readonly to: number;
  readonly lower: string;
  /** `wordCode` of its word in lower case; of a quotation, of what it ends with. */
  readonly code: number;
  /** `wordCode` of its last three letters: endings say what a rare word does. */
  readonly ending: number;
  readonly class: WordClass;
  readonly isQuotation: boolean;
  readonly isWord: boolean;
  readonly isCapital: boolean;
};

const QUOTATION_CLASS: WordClass = 30;

/** Puts the tokens of a sentence together so that each quotation is one piece: nothing begins or ends inside it. */
export function atomsOf(sentence: Sentence, classes: readonly WordClass[]): Atom[] {
  const { tokens } = sentence;
  const atoms: Atom[] = [];
  for (let from = 0; from < tokens.length; ) {
    const token = tokens[from] as Token;
    let to = from + 1;
    if (token.quote >= 0) while (to < tokens.length && tokens[to]?.quote === token.quote) to++;
    atoms.push(token.quote >= 0 ? quotationAtom(tokens, from, to) : wordAtom(token, from, classes[from] ?? 0));
    from = to;
  }
  return atoms;
}

function wordAtom({ lower, text, isWord }: Token, from: number, wordClass: WordClass): Atom {
  return {
    from,
    to: from + 1,
    lower,
    code: wordCode(lower),
    ending: endingCode(lower),
    class: wordClass,
    isQuotation: false,
    isWord,
    isCapital: isCapital(text),
  };
}

/** How a quotation ends, how long it is and how it begins says what may stand beside it. */
function quotationAtom(tokens: readonly Token[], from: number, to: number): Atom {
  const words = tokens.slice(from, to).filter((token) => token.isWord);
  const marks = tokens.slice(Math.max(from, to - 2), to).filter((token) => /^[.,!?—–-]$/.test(token.text));
  const size = words.length < 3 ? "short" : words.length < 6 ? "middle" : "long";
  return {
    from,
    to,
    lower: "“”",
    code: wordCode(`“${size}${marks[0]?.text ?? ""}`),
    ending: wordCode(`“${marks[0]?.text ?? ""}`),
    class: QUOTATION_CLASS,
    isQuotation: true,
    isWord: false,
    isCapital: isCapital(words[0]?.text ?? ""),
  };
}

function isCapital(word: string): boolean {
  const first = word.charCodeAt(0);
  return first < 128 ? first >= 65 && first <= 90 : /^\p{Lu}/u.test(word);
}

/** The sentence as rows of numbers, with two empty places before it and two after. */
export type Rows = {
  readonly atoms: readonly Atom[];
  readonly codes: Int32Array;
  readonly classes: Uint8Array;
  readonly endings: Int32Array;
};

/** How many empty places stand before and after a row. */
export const PAD = 2;

/** Lays pieces out as rows of numbers: features are made of them thousands of times a page. */
export function rowsOf(atoms: readonly Atom[]): Rows {
  const size = atoms.length + 2 * PAD;
  const rows = {
    codes: new Int32Array(size).fill(EDGE_CODE),
    classes: new Uint8Array(size).fill(EDGE_CLASS),
    endings: new Int32Array(size),
  };
  atoms.forEach((atom, at) => {
    rows.codes[at + PAD] = atom.code;
    rows.classes[at + PAD] = atom.class;
    rows.endings[at + PAD] = atom.ending;
  });
  return { atoms, ...rows };
}

const EDGE_CLASS: WordClass = 31;

/** Gives the same number for the same word, always (FNV-1a, 32 bits): weights are kept by such numbers and hold no words. */
function wordCode(word: string): number {
  let code = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) code = Math.imul(code ^ word.charCodeAt(i), 0x01000193);
  return code;
}

const EDGE_CODE = wordCode("\u0000edge");

/** Gives the number of a word's last three letters. */
function endingCode(word: string): number {
  let code = Math.imul(0x811c9dc5 ^ 0x2026, 0x01000193);
  for (let i = Math.max(0, word.length - 3); i < word.length; i++)
    code = Math.imul(code ^ word.charCodeAt(i), 0x01000193);
  return code;
}
