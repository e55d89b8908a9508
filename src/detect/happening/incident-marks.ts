import { plainWords } from "../words/plain-words.ts";

/** What happens in incidents with AI, in both languages; an entry is one kind. */
const KINDS: readonly (readonly [string, RegExp])[] = [
  [
    "held-back",
    /\b(?:withheld|withholds|held back|not to release|paused|suspended|rolled back|recalled|delayed|postponed)\b|暂停|推迟|暂缓|下架|叫停|撤回/i,
  ],
  ["leak", /\bweights\b|权重/i],
  ["election", /\b(?:elections?|voters?|ballots?|robocalls?)\b|选举|选民|投票/i],
  ["fraud", /\b(?:frauds?|scams?|defraud\w*|swindl\w*|extort\w*|phishing)\b|诈骗|勒索/i],
  ["weapons", /\b(?:bombs?|explosives?|bioweapons?|pathogens?|nerve agents?)\b|炸弹|爆炸物|病原体/i],
  [
    "accident",
    /\b(?:accidents?|malfunction\w*|outages?|blackouts?|alarms?|alerts?|collisions?)\b|事故|失控|故障|误报|警报|停电/i,
  ],
  [
    "intrusion",
    /\b(?:cyber-?attacks?|hack(?:ed|ers?|ing)?|intrusions?|break(?:-ins?| into)|broke into|breach(?:ed|es)?|ransomware|malware|espionage)\b|入侵|网络攻击|黑客|间谍/i,
  ],
];

/** "its Kestrel model", "a model called Kestrel 3": the name that its maker gave it. */
const NAME =
  /(?<=\b(?:[Ii]ts|[Tt]heir|[Tt]he|'s) (?:new |latest |own |AI )*)(\p{Lu}[\p{L}\d]*\p{Ll}[\p{L}\d]*)(?=(?:[ -][\d.]+)? (?:AI |language |frontier )*(?:models?|chatbots?|systems?|agents?|assistants?|weights))|(?<=\b(?:called|named|known as) )(\p{Lu}[\p{L}\d]*\p{Ll}[\p{L}\d]*)/gu;
const NO_NAMES: ReadonlySet<string> = new Set(["Chinese", "American", "European", "British", "Western"]);

/** What tells one incident from another: its kinds, and the names of the models in it. Empty where the words do not say. */
export function incidentMarks(words: string): {
  readonly kinds: readonly string[];
  readonly models: readonly string[];
} {
  const plain = plainWords(words);
  const kinds = KINDS.filter(([, pattern]) => pattern.test(plain)).map(([kind]) => kind);
  const names = [...plain.matchAll(NAME)].flatMap(([, before, after]) => before ?? after ?? []);
  return { kinds, models: [...new Set(names)].filter((name) => !NO_NAMES.has(name)) };
}
