import type { Pattern } from "./pattern.ts";

const gap = (most: number) => `[^;:?!]{0,${most}}?`;
const gapZh = (most: number) => `[^；。？！]{0,${most}}?`;

const ITS = "(?:its|their|his|her|our|the) (?:own )?(?:[\\w'-]+ ){0,4}?";
/** What somebody holds. A tone, a rhetoric or a manner is no stance. */
const STANCE = "(?:positions?|stances?|opposition|objections?|resistance|refusal|reservations|insistence)";
/** Verbs of a stance taken, in the present after "now" and in the past after "for the first time". */
const TAKES =
  "(?:support|back|accept|endorse|favou?r|oppose|reject|welcome|agree (?:to|with)|is willing|are willing|is ready|are ready)(?:s|es)?";
const TOOK =
  "(?:supported|backed|accepted|endorsed|opposed|rejected|agreed to|welcomed|come out (?:for|against)|came out (?:for|against))";

const shift = { type: "position.shift", near: "nearby", parties: "holder", real: true } as const;

/** Sentences that say themselves that somebody's stance is another than it was. */
export const SHIFT_PATTERNS: readonly Pattern[] = [
  {
    ...shift,
    words: new RegExp(
      `\\b(?:reversed|changed|shifted|abandoned|dropped|gave up|given up|walked back|backed away from|backed down from|backtracked on|ended|lifted|withdrew|withdrawn|overturned)\\b (?:${ITS}${STANCE}\\b|(?:its|their|his|her|our) (?:\\w+ ){0,2}?support for\\b)|\\bin (?:a|an) (?:\\w+ )?(?:reversal|about-face|U-turn)(?: (?:of|from|on) ${ITS}(?:${STANCE}|policy))?\\b|\\b(?:made|performed) an? (?:\\w+ )?(?:U-turn|about-face) on\\b`,
      "i",
    ),
  },
  {
    ...shift,
    negates: true,
    words:
      /\bno longer (?:oppos(?:es?|ed)|reject(?:s|ed)?|object(?:s|ed)?|support(?:s|ed)?|insist(?:s|ed)?|rul(?:es?|ed) out|block(?:s|ed)?)\b/i,
  },
  {
    ...shift,
    negates: true,
    words: new RegExp(
      `\\b(?:once|long|previously|earlier|formerly|until now|had|at first) (?:\\w+ ){0,2}?(?:opposed|rejected|resisted|refused|supported|backed|ruled out|objected to)\\b${gap(120)}\\bnow (?:says? (?:that )?(?:it|they|he|she|we) )?${TAKES}\\b|\\bnow (?:says? (?:that )?(?:it|they|he|she) )?${TAKES}\\b${gap(120)}\\b(?:that |which )?(?:it|they|he|she) (?:had |has |have )?(?:once |long |previously |earlier |formerly )(?:opposed|rejected|resisted|refused|supported|backed|ruled out)\\b`,
      "i",
    ),
  },
  {
    ...shift,
    words: new RegExp(
      `\\bfor the first time,? (?:(?:publicly|officially|formally|openly|has|have) ){0,2}(?:${TOOK}|(?:accepts|endorses|supports|backs|opposes|rejects)\\b|(?:said|says) (?:that )?(?:it|they|he|she) (?:${TAKES}|(?:would|could) (?:accept|support|back)))|\\b(?:accepted|endorsed|backed|opposed|supported)\\b${gap(80)}\\bfor the first time\\b`,
      "i",
    ),
  },
  {
    ...shift,
    words: new RegExp(
      `(?:转变|改变|放弃|撤回|扭转|推翻)了?${gapZh(18)}(?:立场|主张|反对意见)|(?:放弃|撤回)了?(?:其|对|此前|一贯|长期|原先|原有|过去)${gapZh(20)}(?:反对|支持)`,
    ),
  },
  {
    ...shift,
    negates: true,
    words: /不再(?:反对|拒绝|支持|坚持)|[由从](?:反对|支持|拒绝)[^；。？！]{0,12}?转(?:为|向)/,
  },
  {
    ...shift,
    words: /首次(?:公开|正式|明确)?(?:表示|表态|宣布)?(?:支持|接受|同意|赞成|认可|反对)/,
  },
];
