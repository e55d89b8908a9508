import type { Mention, StatementView } from "./view.ts";

/** People who speak of a body or a person, not for them. */
const APART =
  /\b(?:former|ex|onetime|ousted|critics?|opponents?|rivals?|enem(?:y|ies)|foes?|victims?|detractors?|skeptics?|supporters?|allies|ally|friends?|fans?|dissidents?|defectors?|exiles?|historians?|biographers?|students?|natives?|citizens?|residents?|observers?|watchers?|scholars?|judges?|fugitives?)\b/i;
/** Who says what a state or a body says. */
const VOICE =
  /\b(?:spokes(?:person|people|man|woman|men|women)|official|officer|representative|ambassador|envoy|minister|secretary|director|chief|head|president|premier|chair(?:man|woman)?|governor|administrator|commissioner|commander|executive|CEO|delegate|delegation|negotiator|diplomat|counsel|lawyer|attorney|adviser|advisor|leader|member|speaker|senator|general|consul|counsellor|counselor|undersecretary|attaché)s?\b/i;
/** Words with which a phrase takes what stands after them as its object, not as whom it belongs to. */
const OBJECT =
  /(?:\b(?:on|about|against|over|toward|towards|outside|inside|despite|versus)|\b(?!during\b)\p{Ll}+ing|\b(?:who|which|that)\b[^,]*|\b\p{Ll}+ed (?:by|in|from|to)|\bcritical of|\bclose to|\bopposed to|\bcase (?:of|with|involving))\s+(?:the\s+)?(?:[\p{L}.-]+\s+)?$/iu;
const APART_CHINESE = /(?:起诉|控告|状告|批评|抨击|反对|逃离|离开|叛逃|曾在|曾任|前任?|原)$/u;
const APART_AFTER = /^(?:前(?!方|往|景)|原(?!子)|.{0,8}(?:任职|工作|就职)(?:过)?的)/u;
/** 学者 before a name is that one scholar. */
const NAME_AFTER = /^(?!.*(?:们|等|组|团|会|士|者)$)\p{Script=Han}{2,3}$/u;

/** Tells whether a phrase is of somebody who spoke for nobody named in it: a former president, a critic of one. */
export function standsApart(words: string): boolean {
  return APART.test(words) || /^前|前(?:总统|总理|国务卿|部长|官员)/.test(words);
}

/**
 * Tells whether who is named by a phrase speaks for a body named in it: "a spokesperson for …" and "… officials" do; a critic of it, a
 * lawyer suing it, an expert on it do not; and what an unknown person does beside a body of state says nothing for it.
 *
 * @param start - Where the phrase begins.
 */
export function speaksFor({ text }: StatementView, start: number, end: number, mention: Mention): boolean {
  const before = text.slice(start, mention.start);
  const after = text.slice(mention.end, end);
  if (/\p{Script=Han}/u.test(text.slice(start, end)))
    return (
      !(mention.actors[0]?.type === "group" && NAME_AFTER.test(after)) &&
      !APART_CHINESE.test(before.trimEnd()) &&
      !APART_AFTER.test(after)
    );
  if (APART.test(before) || OBJECT.test(before) || /^['’]?s?\s+(?:former|critics?|opponents?|rivals?)\b/i.test(after))
    return false;
  const described = /^\p{Lu}[\p{L}.’'-]*(?:\s+[\p{L}.’'-]+)*\s+\p{Lu}[\p{L}’'-]+,\s/u.exec(before);
  const type = mention.actors[0]?.type;
  if (!described || (type !== "state" && type !== "government-body")) return true;
  return VOICE.test(before.slice(described[0].length)) || VOICE.test(after);
}
