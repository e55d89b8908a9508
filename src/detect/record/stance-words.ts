import type { Span } from "../../domain/span.ts";

/** For or against: what somebody holds of a thing. */
export type Side = "for" | "against";

/** A stance as its words show it: which, where the verb stands, and of what, to the end of the clause. */
export type StanceWords = { readonly side: Side; readonly verb: Span; readonly object: string };

const BACKS =
  "supports?|backs?|endorses?|favou?rs?|accepts?|(?:is|are|am|'re|'s|remains?) (?:open to|ready to accept|willing to accept|in favou?r of)|stands? for";
const OPPOSES =
  "opposes?|rejects?|objects? to|rules? out|(?:is|are|am|'re|'s|remains?) (?:opposed to|against|not open to|not in favou?r of)|refuses? to (?:accept|support)";
const NOT = "(?:do|does|will|can) not|cannot|can't|don't|doesn't|won't";
const ENGLISH = new RegExp(
  `\\b(?<not>(?:${NOT}|no longer|never|neither|nor|not|would|should|could|might|may|must|to)\\b )?(?:(?:firmly|strongly|fully|clearly|also|still|resolutely|consistently|always|categorically) )*(?:(?<backs>${BACKS})|(?<opposes>${OPPOSES}))\\b ?`,
  "gi",
);
const DENIED = new RegExp(`^(?:${NOT}) ?$`, "i");
const CHINESE =
  /(?<!不再|不|未|没有|并非|应|要|会|可)(?:(?<backs>支持|赞成|赞同|接受(?!采访|记者|邀请|访问))|(?<opposes>反对|不(?:支持|接受|赞成|赞同|认可|同意)|拒绝接受))/g;

const OBJECT_END =
  /[,;:，；：。.!?！？"”“]|\b(?:and|but|because|while|unless|which|that|who|when|until|since|as|so|said|says)\b|并|但|因为/i;
/** Words that make a stance depend on something, and so no stance to build on. */
const CONDITION =
  /\b(?:if|unless|provided|as long as|only when|in principle|whether|in some cases|some of)\b|前提|除非|如果|只要|倘若|原则上|是否|部分/i;

/** Finds the stances that the words of a sentence show, plain words as plainWords spells them; none where they hang on a condition. */
export function stanceWordsIn(plain: string): readonly StanceWords[] {
  if (CONDITION.test(plain)) return [];
  return [...plain.matchAll(ENGLISH), ...plain.matchAll(CHINESE)].flatMap((match) => {
    const { not, backs } = match.groups ?? {};
    if (not && (!backs || !DENIED.test(not))) return [];
    const verb = { start: match.index, end: match.index + match[0].length };
    const rest = plain.slice(verb.end, verb.end + LONGEST_OBJECT);
    const object = rest.slice(0, OBJECT_END.exec(rest)?.index ?? rest.length).trim();
    // 支持和帮助, 反对、谴责: the object stands behind another verb, or there is none.
    return object && !/^[、和与及或]/.test(object)
      ? [{ side: backs && !not ? "for" : "against", verb, object } as const]
      : [];
  });
}

const LONGEST_OBJECT = 120;

const EVERYWHERE =
  /^(?:the|a|an|any|all|its|their|his|her|our|of|for|on|in|to|with|by|at|from|over|efforts?|idea|such|this|these|those|ai|artificial|intelligence|use|kind|creation|establish\w*|new|own|more)$/;
/** Words that turn a thing into its misuse or its end: to oppose the abuse of controls is not to oppose controls. */
const TURNED =
  /^(?:limit|restrict|ban|block|contain|suppress|abus|misus|politic|weaponi|overstretch|unilateral|decoupl|stop|end|curb|halt|delay|against|without|prevent|monopol|hegemon|excessive|not|no)/;
const TURNED_ZH =
  /滥用|泛化|政治化|武器化|工具化|限制|禁止|打压|遏制|封锁|单边|脱钩|停止|终止|阻止|垄断|霸权|歧视|利用|借口|名义|不|无/g;
const GENERIC_ZH = /人工智能|大模型|任何|一切|进行|开展|有关|相关|就|对|的|在|等|和|与|及|各/g;

/**
 * Tells whether two stances are of one thing: at least two telling words in common and at least half of all, and nothing that turns
 * the thing into its misuse or end in the one and not in the other. What is written in two scripts is not compared.
 */
export function areOfOneThing(one: string, other: string): boolean {
  const [a, b] = [thingOf(one), thingOf(other)];
  if ([...a.turned].sort().join() !== [...b.turned].sort().join()) return false;
  const shared = [...a.words].filter((word) => b.words.has(word)).length;
  return shared >= LEAST_SHARED && shared / (a.words.size + b.words.size - shared) >= SHARE;
}

const LEAST_SHARED = 2;
const SHARE = 0.5;

/** Tells whether an object says enough to be compared with others. */
export function isThing(object: string): boolean {
  return thingOf(object).words.size >= LEAST_SHARED;
}

type Thing = { readonly words: ReadonlySet<string>; readonly turned: ReadonlySet<string> };

const things = new Map<string, Thing>();
/** Objects are compared many times over; more than this are not remembered. */
const REMEMBERED = 5_000;

function thingOf(object: string): Thing {
  const known = things.get(object);
  if (known) return known;
  const thing = readThing(object);
  if (things.size >= REMEMBERED) things.clear();
  things.set(object, thing);
  return thing;
}

function readThing(object: string): Thing {
  const words = new Set<string>();
  const turned = new Set<string>();
  for (const [word] of object.toLowerCase().matchAll(/[\p{Script=Latin}\d]+/gu)) {
    if (TURNED.test(word)) turned.add(word.slice(0, 5));
    else if (word.length > 2 && !EVERYWHERE.test(word)) words.add(stemOf(word));
  }
  for (const [word] of object.matchAll(TURNED_ZH)) turned.add(word);
  for (const [run] of object
    .replace(TURNED_ZH, " ")
    .replace(GENERIC_ZH, " ")
    .matchAll(/\p{Script=Han}+/gu))
    for (let at = 0; at + 1 < run.length; at += 1) words.add(run.slice(at, at + 2));
  return { words, turned };
}

/** Cuts off what English words change at their ends: "testing", "tests" and "test" are one. */
function stemOf(word: string): string {
  const stem = word.replace(/(?:ings?|ions?|ed|es|s)$/, "");
  return stem.length >= 3 ? stem : word;
}
