import { cueOf } from "./cue.ts";
import type { Token } from "./tokens.ts";

/** A run of tokens [from, to). */
export type Run = { readonly from: number; readonly to: number };

const PRONOUN = new Set(["he", "she", "they", "it", "i", "we", "both", "many", "some", "others"]);
const STOP = new Set(
  `that which whom whose where when while because although though if unless whether since before after until than so but or nor
  yet is are was were be been being am has have had having do does did will would can could may might must shall should not
  there here then as he she they we i you him them us me into through without within despite including said told says`.split(
    /\s+/,
  ),
);
const PREPOSITION = new Set(
  "in at on during after before for with by from to of under over amid against about near since".split(" "),
);
const LEADING = new Set(
  `and but still however also additionally meanwhile yet so first second third finally instead moreover furthermore indeed
  nevertheless nonetheless similarly likewise today yesterday later separately earlier recently for though while as when because`.split(
    /\s+/,
  ),
);
const DAY =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|earlier|later|recently|\d{1,4}|january|february|march|april|may|june|july|august|september|october|november|december|jan\.|feb\.|aug\.|sept\.|oct\.|nov\.|dec\.)$/;

/** Nouns for who can speak; with their plurals. */
const ROLE_NOUN =
  /^(?:spokes(?:person|people|man|men|woman|women)|president|premier|minister|ministry|ministrie|secretary|secretarie|ambassador|director|chair(?:man|woman)?|official|officer|leader|chief|advis[eo]r|aide|envoy|professor|analyst|expert|scholar|researcher|scientist|economist|observer|critic|supporter|proponent|opponent|lawmaker|senator|congress(?:man|woman)|representative|diplomat|delegate|delegation|negotiator|source|people|person|man|woman|men|women|governor|mayor|judge|court|attorney|lawyer|prosecutor|police|general|commander|executive|founder|ceo|author|writer|journalist|reporter|editor|columnist|commentator|strategist|manager|government|administration|department|agency|agencie|commission|committee|council|congress|senate|parliament|party|partie|side|countrie|country|nation|state|power|capital|authoritie|authority|regulator|company|companie|firm|lab|group|organi[sz]ation|union|bank|institute|institution|university|think tank|campaign|team|office|embassy|embassie|report|statement|declaration|communiqué|communique|readout|letter|memo|plan|document|paper|study|studie|poll|survey|resolution|order|article|editorial|commentary|filing|proposal|framework|strategy|act|bill|law|treaty|agreement|pact|voter|resident|student|worker|member|participant|investor|activist|advocate|candidate|nominee|democrat|republican|fan|father|mother|wife|husband|son|daughter|friend|colleague|historian|veteran|leadership|policymaker|head|boss|ally|allie|rival|newspaper|magazine|outlet|media|broadcaster|interviewer|host|moderator|anchor|defender|insider|operative|surrogate|pollster|witness|witnesse|victim|doctor|teacher|farmer|trader|vendor|consultant|deputy|deputie|counsel|counselor|consul|premier|king|queen|prince|pope|bishop|pastor|monarch|chancellor|lord|speaker|whip|caucus)s?$/;

/** Tells a noun for a person, body, group or document. */
export function isRoleNoun(word: string): boolean {
  return ROLE_NOUN.test(word);
}

const DOCUMENT_NOUN =
  /^(?:report|statement|declaration|communiqu[eé]|readout|letter|memo|plan|document|paper|study|resolution|order|article|editorial|commentary|proposal|framework|note|notice|petition|tweet|post|message)s?$/;

/** Tells a noun for a text: "a letter calling for …" speaks without a comma. */
export function isDocumentNoun(word: string): boolean {
  return DOCUMENT_NOUN.test(word);
}

const EVIDENCE =
  /^(?:poll|survey|study|studies|report|research|data|figures?|records?|documents?|e-?mails?|analys[ie]s|results?|findings?|evidence|review|index|statistics|numbers|tests?|filings?|estimates?|it|they|he|she|we|which|who)s?$/;

/** Tells whether a subject can show that something is so, as texts and findings do; a standard or a history that "shows how" is the writer's example. */
export function isEvidence(tokens: readonly Token[], subject: Run): boolean {
  const words = tokens.slice(subject.from, subject.to);
  return words.some(({ lower }) => EVIDENCE.test(lower));
}

/** Tells whether a subject is a text, finding, pronoun, name or noun for who can speak, not a thing that only shows something. */
export function canSpeak(tokens: readonly Token[], subject: Run): boolean {
  const words = tokens.slice(subject.from, subject.to);
  return (
    isEvidence(tokens, subject) ||
    words.some(
      ({ text, lower }) =>
        isRoleNoun(lower) ||
        (/^\p{Lu}/u.test(text) && !/^(?:The|An?|This|That|These|Those|Its|Their|His|Her|Our|Such)$/.test(text)),
    )
  );
}

/**
 * Finds who stands before a verb as its subject.
 *
 * @param first - The first token of the sentence.
 * @param verb - The first token of the verb with its auxiliaries and adverbs.
 * @param anyNoun - Also takes a noun that names nobody in particular: beside "said" anything that speaks is a speaker.
 * @returns Null where no phrase that can speak stands there.
 */
export function subjectBefore(tokens: readonly Token[], first: number, verb: number, anyNoun = false): Run | null {
  const last = tokens[verb - 1];
  if (verb <= first || !last) return null;
  if (last.text === ",") return appositive(tokens, first, verb);
  if (last.lower === "who") {
    const end = tokens[verb - 2]?.text === "," ? verb - 2 : verb - 1;
    return speaking(tokens, first, walk(tokens, first, end));
  }
  if (PRONOUN.has(last.lower) && !endsTitle(tokens, first, verb - 1)) return { from: verb - 1, to: verb };
  const run = walk(tokens, first, verb);
  return speaking(tokens, first, run) ?? (anyNoun ? articleNoun(tokens, run) : null);
}

/** "the narrator", "one questioner": a noun with its article. */
function articleNoun(tokens: readonly Token[], run: Run): Run | null {
  const at = tokens.findIndex(
    (token, i) => i >= run.from && i < run.to && /^(?:the|an?|one|his|her|their|its|another)$/.test(token.lower),
  );
  return at >= 0 && run.to - at > 1 && run.to - at < 9 ? { from: at, to: run.to } : null;
}

/** Walks back over a noun phrase that ends before `end`. */
function walk(tokens: readonly Token[], first: number, end: number): Run {
  let at = end;
  while (at > first && end - at < 30) {
    const token = tokens[at - 1];
    if (!token || token.quote >= 0) break;
    if (token.text === ")") {
      const open = openingBefore(tokens, first, at - 1);
      if (open === null) break;
      at = open;
      continue;
    }
    // A mark outside all quotations is a nickname's.
    if (!token.isWord && !/^[&"“”]$/.test(token.text)) break;
    if (STOP.has(token.lower) && !isNameWord(tokens, first, at - 1)) break;
    if (token.lower === "and" && !joins(tokens, first, at - 1)) break;
    if (
      token.lower === "to" &&
      /^\p{Ll}/u.test(tokens[at]?.text ?? "") &&
      !/^(?:the|a|an|his|her|its|their)$/.test(tokens[at]?.lower ?? "")
    )
      break;
    const cue = cueOf(token.lower);
    if (cue?.form === "past" && at < end && /^\p{Ll}/u.test(token.text)) break;
    at--;
  }
  return { from: at, to: end };
}

function isNameWord(tokens: readonly Token[], first: number, at: number): boolean {
  return (at > first && /^\p{Lu}/u.test(tokens[at]?.text ?? "")) || isSurname(tokens, at);
}

/** Surnames that are spelt as pronouns: "He Lifeng", "She Xu", "You Quan". */
function isSurname(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  return (
    /^(?:He|She|You)$/.test(tokens[at]?.text ?? "") &&
    next !== undefined &&
    next.quote === tokens[at]?.quote &&
    /^\p{Lu}\p{Ll}/u.test(next.text) &&
    !DAY.test(next.lower)
  );
}

/** "Vice Premier He": a surname spelt as a pronoun keeps its capital after an office. */
function endsTitle(tokens: readonly Token[], first: number, at: number): boolean {
  const office = tokens[at - 1];
  return (
    at > first &&
    /^(?:He|She|You)$/.test(tokens[at]?.text ?? "") &&
    office !== undefined &&
    office.quote < 0 &&
    /^\p{Lu}/u.test(office.text) &&
    (isRoleNoun(office.lower) || /^(?:Mr|Ms|Mrs|Dr)\.?$/.test(office.text))
  );
}

function openingBefore(tokens: readonly Token[], first: number, close: number): number | null {
  for (let at = close - 1; at >= first && close - at < 12; at--) if (tokens[at]?.text === "(") return at;
  return null;
}

/** "and" joins two who speak together; after a comma it begins a new clause. */
function joins(tokens: readonly Token[], first: number, at: number): boolean {
  const before = tokens[at - 1];
  const after = tokens[at + 1];
  if (at <= first || !before?.isWord || !after) return false;
  const nominal = (token: Token) => /^\p{Lu}/u.test(token.text) || isRoleNoun(token.lower) || /s$/.test(token.lower);
  return nominal(before) && (/^(?:\p{Lu}|the$|other$|their$|his$|her$)/u.test(after.text) || isRoleNoun(after.lower));
}

/** "NAME, who is …, said": from the name to the verb, the comma before it left out. */
function appositive(tokens: readonly Token[], first: number, verb: number): Run | null {
  for (let at = verb - 2; at > first && verb - at < 45; at--) {
    const token = tokens[at];
    if (!token || token.quote >= 0) return null;
    if (token.text !== ",") continue;
    const head = tokens[at - 1];
    const begin = tokens[at + 1];
    if (!head?.isWord || !begin) continue;
    const explains =
      /^(?:who|whose|a|an|the|one|now|then|also|himself|herself|speaking|citing|asked|[a-z].*|[DRI]-.*|\d+|President|Director|Professor|Chairman|CEO|Chief|Senior|Minister|Secretary)$/.test(
        begin.text,
      );
    const named = /^\p{Lu}/u.test(head.text) || isRoleNoun(head.lower) || head.text === ")";
    if (!explains || !named || cueOf(begin.lower)?.form === "past") continue;
    const run = speaking(tokens, first, walk(tokens, first, at));
    if (run) return { from: run.from, to: verb - 1 };
  }
  return null;
}

/** Takes what introduces the phrase off its front, and a day off its end; null where the rest cannot speak. */
function speaking(tokens: readonly Token[], first: number, run: Run): Run | null {
  let { from, to } = run;
  while (to - from > 1 && DAY.test(tokens[to - 1]?.lower ?? "")) {
    to--;
    if (to - from > 1 && PREPOSITION.has(tokens[to - 1]?.lower ?? "")) to--;
  }
  while (from < to && LEADING.has(tokens[from]?.lower ?? "")) from++;
  if (from < to && PREPOSITION.has(tokens[from]?.lower ?? "")) from = tail(tokens, from, to);
  if (from >= to) return null;
  const words = tokens.slice(from, to);
  const named = words.some((token, i) => /^\p{Lu}/u.test(token.text) && (from + i > first || isRoleNoun(token.lower)));
  const nouns = words.some((token) => isRoleNoun(token.lower));
  const alone =
    words.length <= 3 &&
    /^\p{Lu}\p{Ll}+$/u.test(words[0]?.text ?? "") &&
    !/^(?:This|That|These|Those|What|There|Here|All|Nothing|Everyone)$/.test(words[0]?.text ?? "");
  if (named || nouns || (alone && words.every((token) => /^\p{Lu}/u.test(token.text)))) return { from, to };
  return null;
}

/** After an opening without a comma ("In Geneva officials said"), the phrase that is nearest to the verb. */
function tail(tokens: readonly Token[], from: number, to: number): number {
  let at = to - 1;
  const upper = (i: number) => /^\p{Lu}/u.test(tokens[i]?.text ?? "");
  const wantsUpper = upper(at);
  while (at - 1 > from && upper(at - 1) === wantsUpper && !PREPOSITION.has(tokens[at - 1]?.lower ?? "")) at--;
  return at;
}

/** Finds who stands after an inverted verb: "…," said the spokesperson. */
export function subjectAfter(tokens: readonly Token[], after: number): Run | null {
  let to = after;
  while (to < tokens.length && to - after < 18) {
    const token = tokens[to];
    if (!token || token.quote >= 0) break;
    if (!token.isWord && token.text !== "&") break;
    if (
      to > after &&
      (STOP.has(token.lower) ||
        /^(?:in|on|at|during|after|to|late|this|last|with)$/.test(token.lower) ||
        DAY.test(token.lower))
    )
      break;
    to++;
  }
  const first = tokens[after];
  if (to === after || !first) return null;
  const words = tokens.slice(after, to);
  const named =
    words.some((token) => /^\p{Lu}/u.test(token.text) && !DAY.test(token.lower)) ||
    words.some((token) => isRoleNoun(token.lower));
  return named && !PREPOSITION.has(first.lower) && !STOP.has(first.lower) ? { from: after, to } : null;
}
