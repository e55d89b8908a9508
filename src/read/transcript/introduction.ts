import type { Span } from "../../domain/span.ts";

/** A person's name as an introduction gives it, with what may stand before it: an office, Dr. */
const NAME = "((?:\\p{Lu}[\\p{L}.’'-]*\\s+){1,3}\\p{Lu}[\\p{L}’'-]+)";
const TITLED = "(?:(?:the|our|Dr\\.?|Prof\\.?|Professor|Mr\\.?|Ms\\.?|former|guest)\\s+)*";
/** ", head of the Lake Institute,": who they are, said between the name and the verb. */
const APPOSITION = "(?:,\\s[^.!?\\n]{3,160}?,)?";
const PAPER = "(?:us|me|our|this|[Tt]he\\s+\\p{Lu}|\\p{Lu}[\\p{L}&.]*)";

/** How introductions say who was interviewed, the surest first. */
const INTRODUCTIONS: readonly RegExp[] = [
  new RegExp(
    `(?:[Ww]e|I|[Tt]imes|[Pp]ost|[Nn]ews|[Jj]ournal|[Rr]eview|[Mm]agazine|[Dd]aily|reporters?|editors?|correspondents?)\\s+(?:recently\\s+)?(?:spoke|talked|sat down|chatted|caught up|met)\\s+(?:by \\w+\\s+)?(?:with|to)\\s+${TITLED}${NAME}`,
    "u",
  ),
  new RegExp(`\\b(?:interviewed|interviews|questions? to|guest is|joined by)\\s+${TITLED}${NAME}`, "u"),
  new RegExp(`\\b(?:interview|conversation|discussion|Q\\s?&\\s?A)\\s+(?:\\p{Ll}+\\s+)?with\\s+${TITLED}${NAME}`, "u"),
  new RegExp(
    `\\b[Ii]n (?:this|the following|an?|our) (?:\\p{Ll}+ )?(?:interview|conversation|Q\\s?&\\s?A)\\b[^.!?\\n]{0,60}?,\\s+${TITLED}${NAME}${APPOSITION}\\s+(?:discuss|explain|talk|tell|argue|sa[iy]|answer|reflect|describe|share|lay|make|outline)`,
    "u",
  ),
  new RegExp(
    `(?:^|[.!?]\\s+)${TITLED}${NAME}${APPOSITION}\\s+(?:recently\\s+)?(?:(?:spoke|talked|sat down|chatted)\\s+(?:by \\w+\\s+)?(?:with|to)\\s+${PAPER}|answer(?:s|ed)\\s+(?:our|questions)|gave (?:us|this|an) (?:\\p{Ll}+ )?interview|talks?\\s+(?:to|with)\\s+(?:us|me|the\\s+\\p{Lu}))`,
    "mu",
  ),
];
const CHINESE_TITLE =
  "(?:所长|院长|主任|教授|部长|司长|局长|会长|主席|总统|总理|大使|研究员|发言人|负责人|创始人|首席执行官|总裁|秘书长|专家|学者|博士|院士|先生|女士)";
const CHINESE: readonly RegExp[] = [
  new RegExp(
    `(?:专访|采访|访谈|对话|访问)了?[^，。：:！？]{0,24}?${CHINESE_TITLE}(\\p{Script=Han}{2,4}|\\p{Script=Han}{1,6}·\\p{Script=Han}{1,8})(?=[，。：:；、！]|就|谈|$)`,
    "u",
  ),
  new RegExp(
    `${CHINESE_TITLE}(\\p{Script=Han}{2,4}?|\\p{Script=Han}{1,6}·\\p{Script=Han}{1,8}?)(?:近日|日前|今天|昨天)?(?:接受|做客)[^，。]{0,20}(?:专访|采访|访谈)`,
    "u",
  ),
];
/** Ends of names of papers and institutes: an introduction names these too. */
const NO_PERSON =
  /\b(?:Times|Post|News|Journal|Review|Magazine|Daily|Institute|University|Council|Center|Centre|Ministry|Department|House|Press|Radio|Agency|College|School|Foundation|States|Kingdom|Union|Street|Talks?|Dialogue|Summit)$/;

/** How far into a text an introduction stands, in UTF-16 units: before the first question. */
const HEAD = 1500;

/** Finds whom the opening of an interview says was interviewed, as the place of the name; null where it names nobody. */
export function introduced(text: string): Span | null {
  const asked = text.search(/[?？]/);
  const head = text.slice(0, Math.min(HEAD, asked < 0 ? HEAD : asked));
  for (const pattern of [...INTRODUCTIONS, ...CHINESE]) {
    const match = pattern.exec(head);
    const name = match?.[1];
    if (!match || !name || NO_PERSON.test(name)) continue;
    const start = match.index + match[0].lastIndexOf(name);
    return { start, end: start + name.length };
  }
  return null;
}
