import type { Article } from "../../domain/article.ts";
import type { Span } from "../../domain/span.ts";
import { introduced } from "./introduction.ts";

/** Who a transcript's title or first lines say is answering. */
export type TitleSpeaker = {
  /** The person's name; null where only the office is named. */
  readonly name: string | null;
  /** Where the text introduces them, if it is not the title that names them. */
  readonly place?: Span;
  /** The words of the office, as written (`外交部发言人`). */
  readonly role: string;
  /** The page is these words alone: a statement, remarks or announcement without questions. */
  readonly isStatement: boolean;
  /** The page is an interview with this person. */
  readonly isInterview: boolean;
};

const ZH =
  /((?:外交部|商务部|国防部|国台办|发改委|国家发展改革委)?(?:新闻)?发言人)(\p{Script=Han}{2,4}?)?(?=主持|就|答|谈话|发表|的|宣布|对|$)/u;
const EN =
  /\b((?:[A-Z][\w’']+ )*?(?:Ministry )?Spokes(?:person|man|woman))\s+((?:[A-Z][\p{L}’'-]+\s?){2,4}?)(?=[’'‘`]s\b|\s+(?:on|holds|answers|remarks)\b|$)/u;
const UN =
  /\bby\s+(\p{Lu}[\p{L}’'-]+(?:\s+\p{Lu}[\p{L}’'-]+){1,3}),\s+((?:(?:Deputy|Associate)\s+)?Spokes(?:person|man|woman)[^.]{0,60})/u;

const REMARKS =
  /^(?:(?:Prepared |Opening |Closing |Keynote )?(?:Remarks|Address|Speech|Keynote|Testimony)(?: as (?:Prepared|Delivered)[^,]*?)?|Statement) (?:by|of|from) (.{3,80}?)(?=,| (?:at|on|in|to|before|for|with|under|during|after|following|ahead|aboard|upon|en route|via|regarding|concerning|about|marking|announcing|congratulating|introducing|addressing|celebrating|honou?ring|welcoming|as)\b| \||$)/i;
/** "…, President Alder of Norland, and Prime Minister Birch …", "… With Minister Birch": more than one speaks. */
const OTHERS =
  /^(?: with\b|,[^|]*?(?:, (?:and|&) \p{Lu}| (?:and|&) (?:[A-Z]\w+ )?(?:President|Premier|Minister|Chancellor|Secretary|King|Governor|Senator|Ambassador|Director|M[rs]s?\.|Dr\.) ))/iu;

/** 商务部有关负责人就…答记者问 */
const ZH_OFFICIAL = /^([^，。：:]{2,24}?(?:负责人|负责同志|新闻官))(?:就.{2,60})?答(?:《[^》]+》|.{0,6})记者问/u;

const NAME = "((?:[A-Z][\\w.’'-]*\\s+){1,4}[A-Z][\\p{L}’'-]+)";
const INTERVIEWS: readonly RegExp[] = [
  new RegExp(
    `^(?:(?:An?|Our|Exclusive|Full)\\s+)*(?:[Ii]nterview|[Cc]onversation|Q\\s?&\\s?A)\\s+with\\s+${NAME}`,
    "u",
  ),
  new RegExp(
    `^(?:Exclusive )?(?:Interview|INTERVIEW|Q\\s?&\\s?A)\\s*[:|–—-]\\s*${NAME}(?=\\s+(?:on|about|discusses|explains)\\b|[:,|]|$)`,
    "u",
  ),
  new RegExp(`^${NAME}(?=\\s+on\\s|\\s*[:|–—-]).*\\b(?:[Ii]nterview|Q\\s?&\\s?A)\\s*$`, "u"),
  /专访(?:[^，。：:|]{0,16}(?:长|席|授|员|任|者|人|官))?(?:[:：|])?(\p{Script=Han}{2,4})(?=[：:，|—]|$)/u,
];

/** Reads the spokesperson from the title, or from the line that introduces a near-verbatim transcript. */
export function titleSpeaker(article: Article): TitleSpeaker | null {
  const title = (article.title ?? "").replace(/\s+/g, " ");
  const zh = ZH.exec(title.replace(/\s+/g, ""));
  if (zh?.[1])
    return { name: zh[2] ?? null, role: zh[1], isStatement: /谈话|声明|发表评论/.test(title), isInterview: false };
  const en = EN.exec(title);
  if (en?.[1])
    return {
      name: en[2]?.trim() || null,
      role: en[1],
      isStatement: /\b(?:Remarks|Statement)\b/.test(title),
      isInterview: false,
    };
  const speaker = remarksBy(title);
  if (speaker) return { name: speaker, role: "", isStatement: true, isInterview: false };
  const un = UN.exec(article.text.slice(0, 1200));
  if (un?.[1]) return { name: un[1], role: un[2] ?? "Spokesperson", isStatement: false, isInterview: false };
  const official = ZH_OFFICIAL.exec(title.replace(/\s+/g, ""))?.[1];
  if (official) return { name: null, role: official, isStatement: false, isInterview: false };
  if (article.kind !== "interview") return null;
  const name = interviewee(title);
  if (name) return { name, role: "", isStatement: false, isInterview: true };
  const place = introduced(article.text);
  return (
    place && {
      name: article.text.slice(place.start, place.end),
      place,
      role: "",
      isStatement: false,
      isInterview: true,
    }
  );
}

/** Finds who alone gives the remarks of the title; null where several do, for then only labels tell whose the words are. */
function remarksBy(title: string): string | null {
  const match = REMARKS.exec(title);
  const speaker = match?.[1];
  if (!match || !speaker || /\band\b|&/.test(speaker)) return null;
  const rest = title.slice(match[0].length);
  return OTHERS.test(rest) ? null : speaker.trim();
}

const TALK =
  /^readout\b|\b(?:remarks (?:by|of|from|at|as|to|in|on|before|after)|press (?:conference|briefing|gaggle|call|statements?|availability)|gaggle|transcript|in conversation|conversation with|fireside chat|town hall|q\s?&\s?a)\b|实录|全文|记者会|答记者问|答问|发布会|吹风会|专访|访谈|对话/iu;
/** What a government titles so gives words; a newspaper tells of them. */
const OFFICIAL_TALK =
  /\b(?:remarks|interview|conversation|round ?table|speech|address|keynote|testimony|briefing|panel|statements? by|readout)\b|讲话|致辞|演讲|发言|会见|会谈|谈话/iu;

/** Tells whether a page's title or kind promises the words of people, as of remarks, press conferences, interviews and readouts. */
export function isTalk(article: Article, title: TitleSpeaker | null): boolean {
  const { kind } = article;
  if (title !== null || kind === "transcript" || kind === "interview") return true;
  return TALK.test(article.title ?? "") || (kind === "release" && OFFICIAL_TALK.test(article.title ?? ""));
}

/** The person whom the title of an interview names as the one who answers; whom it is about is somebody else. */
function interviewee(title: string): string | null {
  for (const pattern of INTERVIEWS) {
    const name = pattern.exec(title)?.[1]?.trim();
    if (name) return name;
  }
  return null;
}

/** Tells whether a label is short for a name: "Lind" and "RL" for Rosa Lind. */
export function isShortFor(label: string, name: string): boolean {
  const parts = name.split(/\s+/);
  const initials = parts.map((part) => part[0] ?? "").join("");
  return sameName(label, parts.at(-1) ?? "") || sameName(label.replaceAll(".", ""), initials);
}

/** Tells whether two spellings are of one name, whatever their case and spaces. */
export function sameName(a: string, b: string): boolean {
  return a.replace(/\s+/g, "").toLowerCase() === b.replace(/\s+/g, "").toLowerCase();
}
