/**
 * How a verb of saying takes what was said:
 * `s` a clause, with or without "that" (said he would go); `t` a clause with "that"; `q` a quotation; `n` a noun phrase
 * (underscored the need); `i` "to" and a verb (agreed to meet); `a` first whom it was said to (told reporters);
 * `d` whom to move, then "to" (urged both sides to talk); `f` "for" (called for talks); `o` "on" whom, then "to";
 * `p` a preposition and a noun phrase (warned of risks); `m` a thought or wish rather than words; `w` writing;
 * `v` a noun of saying, then what it says (reached a consensus to); `x` also a common noun (claims, reports), so a clause or quotation must follow.
 */
const VERBS: Readonly<Record<string, string>> = {
  say: "s q",
  tell: "a s q",
  add: "t q",
  point: "u q x",
  state: "t q x",
  note: "t q n x",
  explain: "t q n",
  argue: "s q",
  claim: "s q i x",
  insist: "s q",
  stress: "t q n x",
  emphasize: "t q n",
  emphasise: "t q n",
  underscore: "t q n",
  underline: "t q n",
  highlight: "t q n",
  reiterate: "t q n",
  affirm: "t q n i",
  reaffirm: "t q n i",
  acknowledge: "s q n",
  recognize: "t n m",
  recognise: "t n m",
  admit: "s q",
  confirm: "t q n",
  deny: "t n",
  warn: "s q a p",
  caution: "s q a p",
  suggest: "s q n",
  declare: "t q n",
  announce: "t q n",
  assert: "t q n",
  maintain: "t q",
  contend: "s q",
  recall: "t q",
  remark: "t q x",
  observe: "t q",
  comment: "t q p x",
  respond: "t q",
  reply: "t q x",
  answer: "q x",
  continue: "q",
  conclude: "s q",
  predict: "s q n",
  estimate: "t x",
  promise: "s q i x",
  pledge: "t q i x",
  vow: "t q i x",
  complain: "s q p",
  testify: "s q",
  report: "t q x",
  reveal: "t q n",
  disclose: "t q n",
  indicate: "t q n",
  write: "t q w",
  tweet: "t q w x",
  post: "q w x",
  inform: "a t",
  remind: "a t",
  assure: "a s",
  reassure: "a t",
  believe: "s m",
  think: "s m",
  hope: "s i m x",
  expect: "t n i m",
  fear: "s n m x",
  worry: "s p m x",
  propose: "t q n i",
  recommend: "t q n",
  repeat: "t q n",
  clarify: "t q n",
  signal: "t n x",
  mention: "t n x",
  describe: "n",
  call: "f o q y x",
  urge: "d q n",
  ask: "d q",
  demand: "t i n x",
  encourage: "d n",
  welcome: "n",
  condemn: "q n",
  praise: "q n x",
  hail: "n",
  criticize: "q n",
  criticise: "q n",
  denounce: "q n",
  reject: "q n",
  oppose: "n",
  endorse: "n",
  voice: "n x",
  express: "n",
  agree: "s i p q",
  commit: "i p",
  outline: "n x",
  concede: "s q n",
  allege: "s q",
  joke: "s q x",
  quip: "s q x",
  wonder: "q",
  lament: "t q n",
  boast: "s q p",
  counter: "t q x",
  dismiss: "q n",
  defend: "q n",
  accuse: "n",
  blame: "n x",
  blast: "q n x",
  slam: "q n x",
  mock: "q n",
  attack: "n x",
  tout: "n",
  advocate: "t n x",
  advise: "d t",
  speculate: "s",
  imply: "s",
  echo: "n x",
  question: "q n x",
  support: "n x",
  back: "n x",
  find: "t",
  show: "t",
  hold: "t",
  view: "y x",
  characterize: "y",
  characterise: "y",
  label: "y x",
  brand: "y x",
  refer: "p",
  raise: "z x",
  identify: "n",
  prioritize: "n",
  reach: "v",
  sound: "v x",
  issue: "v x",
  make: "v",
  strike: "v",
  implore: "d",
  chastise: "n",
  yell: "q",
  shout: "q x",
  sing: "q",
  chant: "q x",
};
const IRREGULAR: Readonly<Record<string, readonly string[]>> = {
  say: ["said"],
  tell: ["told"],
  write: ["wrote", "written"],
  think: ["thought"],
  find: ["found"],
  show: ["showed", "shown"],
  hold: ["held"],
  make: ["made"],
  strike: ["struck"],
  sing: ["sang", "sung"],
};
const DOUBLED = new Set(["admit", "commit", "refer", "slam", "quip"]);

/** The form of a verb in the text. */
export type CueForm = "base" | "third" | "past" | "gerund";

/** A verb that may attribute words, as one spelling of it says. */
export type Cue = { readonly lemma: string; readonly frames: ReadonlySet<string>; readonly form: CueForm };

const CUES: ReadonlyMap<string, Cue> = new Map(
  Object.entries(VERBS).flatMap(([lemma, frames]) =>
    spellings(lemma).map(([word, form]) => [word, { lemma, frames: new Set(frames.split(" ")), form }] as const),
  ),
);

/** Looks up a word, in lower case, among the spellings of the verbs of saying. */
export function cueOf(word: string): Cue | null {
  return CUES.get(word) ?? null;
}

function spellings(lemma: string): [string, CueForm][] {
  const stem = DOUBLED.has(lemma) ? `${lemma}${lemma.at(-1)}` : lemma.endsWith("e") ? lemma.slice(0, -1) : lemma;
  const third = /(?:s|sh|ch|x)$/.test(lemma)
    ? `${lemma}es`
    : /[^aeou]y$/.test(lemma)
      ? `${lemma.slice(0, -1)}ies`
      : `${lemma}s`;
  const past = /[^aeou]y$/.test(lemma) ? `${lemma.slice(0, -1)}ied` : `${stem}ed`;
  const pasts = IRREGULAR[lemma] ?? [past];
  return [
    [lemma, "base"],
    [third, "third"],
    ...pasts.map((word): [string, CueForm] => [word, "past"]),
    [`${stem}ing`, "gerund"],
  ];
}
