import type { Cue } from "./cue.ts";
import type { Run } from "./subject.ts";
import { isRoleNoun } from "./subject.ts";
import type { Token } from "./tokens.ts";

/** What a verb of saying takes after it. */
export type Complement = {
  readonly content: Run;
  /** Whom it was said to. */
  readonly addressee: Run | null;
  readonly rule: string;
  readonly confidence: number;
};

const DAY =
  "(?:(?:on |late |early |last |this |next )*(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: (?:morning|afternoon|evening|night))?)";
const PLACE =
  "(?:(?:in|at|during|through|via|on|after|before|from|to|with|of|for|by|about) (?:(?:a|an|the|his|her|their|its|this|that|another|one|recent|reporters|journalists)\\b ?)?(?:[\\p{L}\\p{N}.’'&-]+ ){0,7}?(?:interview|statement|tweet|tweets|post|letter|speech|address|briefing|conference|release|e-?mail|memo|report|commentary|article|op-ed|column|readout|call|filing|testimony|hearing|rally|event|meeting|forum|summit|debate|appearance|message|video|remarks|podcast|twitter|facebook|television|tv|cnn|fox news|reporters|journalists|beijing|washington|geneva)\\b)";
const ADJUNCT = new RegExp(
  `^(?:,? ?(?:${DAY}|${PLACE}|yesterday|today|earlier|recently|later|again|repeatedly|also|further|however|instead|publicly|(?:last|this|next|earlier this|later that) (?:week|month|year|day)|on (?:\\p{L}+ \\d{1,2}|\\d{1,2} \\p{L}+)(?:, \\d{4})?|in (?:\\p{L}+ )?\\d{4}),?)+(?= |$)`,
  "iu",
);

/** Gives the number of the first token after the "on Monday", "in an interview" that may follow a verb. */
export function afterAdjunct(tokens: readonly Token[], from: number): number {
  const words = tokens.slice(from, from + 24);
  const stop = words.findIndex((token) => token.quote >= 0);
  const plain = stop < 0 ? words : words.slice(0, stop);
  let joined = "";
  const ends: number[] = [];
  for (const token of plain) {
    joined += (joined && token.text !== "," ? " " : "") + token.lower;
    ends.push(joined.length);
  }
  const matched = ADJUNCT.exec(joined)?.[0].length ?? 0;
  return matched ? from + ends.filter((end) => end <= matched).length : from;
}

const CLAUSE_START =
  /^(?:the|a|an|he|she|it|they|we|i|you|this|that|these|those|there|his|her|its|their|our|my|your|some|many|most|no|any|all|both|if|when|while|what|who|whether|how|why|where|not|nothing|one|as|more|such|neither|either|each|every|even|only|because|since|although|though)$/;

/**
 * Finds what was said, after the verb.
 *
 * @param end - The token that ends the sentence, without its full stop.
 */
export function complementAfter(tokens: readonly Token[], verb: number, end: number, cue: Cue): Complement | null {
  const has = (frame: string) => cue.frames.has(frame);
  let at = verb + 1;
  if (has("u")) {
    if (tokens[at]?.lower !== "out" && tokens[at]?.lower !== "to") return null;
    at++;
  }
  let addressee: Run | null = null;
  if (has("a")) {
    addressee = addresseeAt(tokens, at, end);
    if (addressee) at = addressee.to;
    else if (cue.lemma === "tell") return null;
  }
  const plain = at;
  at = afterAdjunct(tokens, at);
  const make = (from: number, rule: string, confidence: number, to = end): Complement | null =>
    from < to ? { content: { from, to }, addressee, rule, confidence } : null;
  if (/^(?:in|at|on|during|after|through|via|with|from)$/.test(tokens[at]?.lower ?? ""))
    at = beforeThat(tokens, at) ?? at;
  at = afterAsked(tokens, at, end);
  const token = tokens[at];
  if (!token || at >= end) return null;
  const mental = has("m") ? 0.25 : 0;
  if (token.text === ":" && (has("q") || has("t"))) return make(at + 1, "verb-colon", 0.8);
  const quoteAt = token.text === "," && (tokens[at + 1]?.quote ?? -1) >= 0 ? at + 1 : at;
  if ((tokens[quoteAt]?.quote ?? -1) >= 0 && quoteAt < end && (has("q") || has("n")))
    return make(quoteAt, "verb-quotation", 0.88);
  if (token.lower === "that" && (has("s") || has("t") || has("n"))) return make(at + 1, "verb-that", 0.88 - mental);
  if (token.text === "," && has("q")) {
    const that = tokens.slice(at, at + 14).findIndex((other) => other.lower === "that");
    if (that > 0 && tokens[at + that - 1]?.text === ",") return make(at + that + 1, "verb-that", 0.8);
  }
  if (has("i") && token.lower === "to") return make(at + 1, "verb-to", 0.75 - mental);
  if (has("v")) return nounOfSaying(tokens, verb + 1, end, make);
  if ((has("t") || has("d")) && /^(?:how|why|whether|what|if)$/.test(token.lower)) return make(at, "verb-whether", 0.6);
  if (has("d")) return directed(tokens, plain, end, make, cue.lemma);
  if (has("f") && token.lower === "for") return make(at + 1, "verb-for", 0.75);
  if (has("o") && token.lower === "on") return directed(tokens, at + 1, end, make, cue.lemma);
  if (has("y") && cue.form !== "base") return make(at, "verb-as", 0.6);
  if (has("z"))
    return /concern|question|issue|alarm|doubt/.test(
      tokens
        .slice(at, at + 4)
        .map((t) => t.lower)
        .join(" "),
    )
      ? make(at, "verb-noun", 0.7)
      : null;
  if (has("p") && /^(?:about|of|against|over|on|with)$/.test(token.lower) && at === plain)
    return make(at + 1, "verb-preposition", 0.6);
  if (has("x") && !has("n")) return has("s") && startsClause(token) ? make(at, "verb-clause", 0.6) : null;
  if (has("s") && startsClause(token)) return make(at, "verb-clause", 0.78 - mental);
  if (has("n") && at === plain && startsNoun(token)) return make(at, "verb-noun", 0.62 - mental);
  return null;
}

/** "told reporters when asked whether A that B": A is what they were asked, up to the last "that", the comma or the quotation. */
function afterAsked(tokens: readonly Token[], from: number, end: number): number {
  const words = tokens.slice(from, from + 3).map(({ lower }) => lower);
  if (!/^(?:when|while|after|if) (?:asked|being asked|pressed|questioned)\b/.test(words.join(" "))) return from;
  const stop = tokens.findIndex((token, i) => i > from && i < end && (token.text === "," || token.quote >= 0));
  if (stop > 0) return tokens[stop]?.text === "," && tokens[stop + 1]?.quote === -1 ? stop + 1 : stop;
  const that = tokens.findLastIndex((token, i) => i > from && i < end && token.lower === "that");
  return that > from ? that : from;
}

/** The "that" a few words on, with nothing but the place or occasion before it. */
function beforeThat(tokens: readonly Token[], from: number): number | null {
  for (let at = from + 1; at < from + 10; at++) {
    const token = tokens[at];
    if (!token?.isWord || token.quote >= 0) return null;
    if (token.lower === "that") return at;
  }
  return null;
}

function startsClause(token: Token): boolean {
  return (
    CLAUSE_START.test(token.lower) ||
    /^[\p{Lu}\p{N}]/u.test(token.text) ||
    (token.isWord &&
      !/^(?:to|for|of|by|with|on|in|at|from|so|about|against|and|or|but|as|than|more|less)$/.test(token.lower))
  );
}

function startsNoun(token: Token): boolean {
  return (
    token.isWord &&
    !/^(?:to|for|by|with|on|in|at|from|so|and|or|but|than|off|up|down|back|over|through|into)$/.test(token.lower)
  );
}

const SAYING_NOUN =
  /^(?:consensus|agreement|understanding|commitment|pledge|promise|call|case|appeal|warning|alarm|clear|plea|vow|threat)s?$/;

/** "reached a consensus to launch", "sounded the alarm over risks", "made clear that". */
function nounOfSaying(
  tokens: readonly Token[],
  from: number,
  end: number,
  make: (from: number, rule: string, confidence: number) => Complement | null,
): Complement | null {
  const noun = tokens.findIndex(
    (token, i) => i >= from && i < Math.min(end, from + 5) && SAYING_NOUN.test(token.lower),
  );
  const link = tokens[noun + 1]?.lower ?? "";
  return noun >= 0 && /^(?:to|that|for|over|on|about|of)$/.test(link)
    ? make(noun + 2, "verb-noun-of-saying", 0.7)
    : null;
}

/** "urged both sides to talk": what follows "to", said to both sides; else the noun phrase urged. */
function directed(
  tokens: readonly Token[],
  at: number,
  end: number,
  make: (from: number, rule: string, confidence: number) => Complement | null,
  lemma: string,
): Complement | null {
  for (let to = at + 1; to < Math.min(end, at + 14); to++) {
    if (tokens[to]?.text === ",") break;
    if (tokens[to]?.lower !== "to" || !/^\p{Ll}/u.test(tokens[to + 1]?.text ?? "")) continue;
    const found = make(to + 1, "verb-directed", 0.75);
    return found && { ...found, addressee: { from: at, to } };
  }
  // "advises the office" is a post, not advice.
  if (lemma === "advise") return null;
  const first = tokens[at];
  return first && startsNoun(first) && (first.quote >= 0 || !/^(?:if|whether|about)$/.test(first.lower))
    ? make(at, "verb-noun", 0.55)
    : null;
}

/** Who is told: a pronoun, a name, or a noun with its article; null where nobody stands there. */
function addresseeAt(tokens: readonly Token[], at: number, end: number): Run | null {
  const first = tokens[at];
  if (!first || at >= end || first.quote >= 0 || !first.isWord) return null;
  if (/^(?:me|him|her|us|them|you|it)$/.test(first.lower)) return { from: at, to: at + 1 };
  if (/^(?:that|on|in|of|against|about|to|if|what|how|when)$/.test(first.lower)) return null;
  let to = at;
  const upper = (i: number) => /^\p{Lu}/u.test(tokens[i]?.text ?? "");
  if (/^(?:the|a|an|his|her|its|their)$/.test(first.lower)) to++;
  const begin = to;
  while (to < end && to - at < 8 && tokens[to]?.isWord && (tokens[to]?.quote ?? -1) < 0) {
    const token = tokens[to] as Token;
    if (
      /^(?:that|on|in|at|during|after|he|she|it|they|we|i|there|the|this|his|her|if|when|to)$/.test(token.lower) &&
      to > begin
    )
      break;
    if (to > begin && upper(begin) !== upper(to) && !isRoleNoun(token.lower) && !/^(?:of|and|&|’s)$/.test(token.lower))
      break;
    if (to > begin && !upper(begin) && isRoleNoun(tokens[to - 1]?.lower ?? "")) break;
    to++;
  }
  return to > begin ? { from: at, to } : null;
}
