import type { Span } from "../../domain/span.ts";

/** What a label at the head of a line says about who speaks: `audience` is somebody in the room, `named` waits for the rest of the document. */
export type LabelRole = "questioner" | "audience" | "spokesperson" | "moderator" | "named";

/** A label such as `Reuters:` or `问：`, with the place of its name and the place where the words begin. */
export type Label = {
  readonly name: string;
  readonly nameSpan: Span;
  readonly wordsStart: number;
  readonly role: LabelRole;
  /** The news organisation that asks, where the label is one. */
  readonly outlet: string | null;
  readonly isFollowUp: boolean;
  /** The label gives a role and no name: A, 答, SPOKESPERSON. */
  readonly isBare: boolean;
};

const LEAD = /[\s\u00a0\u3000\u200b-\u200d\ufeff*"“]*/y;
/** Several outlets may ask together: 路透社、彭博社记者. */
const ZH =
  /([^：:，。？！；、“”（）()\n]{1,25}|[^：:，。？！；“”（）()\n]{2,40}记者)(?:[（(][^（）()\n]{1,20}[）)])?[：:]/y;
const EN =
  /((?:[A-Z][\p{L}\p{M}\d.'’&/-]*|\d+[A-Z]\w*)(?:[ \u00a0]+(?:[A-Z(][\p{L}\p{M}\d.'’&/)-]*|#\d{1,2}|(?<=[A-Z]{4} )\d{1,2}|of|and|the|for|de|van|von|al|in|&|–|-)){0,6})(?:[ \u00a0]*(?:[([]\d{1,2}:\d\d(?::\d\d)?[)\]]|\([^():\n]{1,40}\)))?[ \u00a0*]*[:：](?!\/\/)/uy;
const BARE_Q = /(Q)(?:[ \u00a0]{2,}|\u00a0| (?=[\p{L}\d“"‘'([—–…$-]))/uy;

const ZH_QUESTION = /(?:记者|追问|问及|问到|提问|媒体)$|^问$|^记者|(?:记者|媒体|网友)[^，]{0,6}问道?$/;
/** 会后有记者问，…: the label runs on in a sentence. */
const ZH_ASKED = /((?:会后|会上)?有?(?:[^，。：:、\s]{2,12}(?:社|台|报|网))?记者(?:提|追)?问(?:道|及)?)[：:，,]/y;
const ZH_FOLLOW_UP = /追问/;
const ZH_OUTLET = /(?:社|台|报|网|卫视|电视|通讯社|周刊|时报|新闻|杂志|广播)$/;
const ZH_ANSWER = /^(?:答|发言人|外交部发言人|商务部发言人|国防部发言人)$/;
const ZH_MODERATOR = /^(?:主持人|司仪|翻译)/;
const ZH_AUDIENCE = /^(?:观众|听众|与会者|与会人员|众人|全体|网友|学生)[一二三四五六甲乙丙A-Z\d]?$/;

const EN_QUESTION = /^(?:q|question|questions?er|correspondents?|reporters?|journalists?|follow-?up|media)$/i;
/** Somebody in the room whom nobody knows: PARTICIPANT, AUDIENCE MEMBERS, UNIDENTIFIED MALE. */
const EN_AUDIENCE =
  /^(?:(?:audience|crowd|group|student)s?(?: members?)?|participants?|attendees?|guests?|(?:un(?:identified|known) |(?:fe)?male )+\w*|voices?|(?:a )?child(?:ren)?|(?:everyone|everybody|all|both|multiple (?:speakers|voices)))$/i;
const EN_ANSWER = /^(?:a|answer|(?:(?:deputy|associate|acting|chief) )?spokes(?:person|man|woman)|press secretary)$/i;
/** "The following question was raised after the press conference: …", "A reporter asked after the briefing: …" */
const EN_ASKED =
  /((?:(?:The|This|These|A|An|One|Two|Another|Some)\b[^.:?!\n]{0,40}\bquestions?\b[^.:?!\n]{0,40}\b(?:asked|raised|put|posed|submitted|received)\b|(?:After|Following) the [^.:?!\n]{0,50}\b(?:asked|raised|question)\b|(?:A|An|One|Another|Some) (?:[\w’'-]+ ){0,4}(?:reporter|journalist|correspondent)s?\b[^.:?!\n]{0,50}\b(?:asked|asks|raised)\b)[^.:?!\n]{0,80}):(?!\/\/)/y;
/** Who leads through a talk, or stands beside it: nothing of it is their statement. */
const EN_MODERATOR =
  /^(?:moderator|operator|host|interviewer|facilitator|announcer|emcee|interpreter|translator|staff|staff member|aide|(?:\w+ )?pool)$/i;
const EN_OUTLET =
  /\b(?:news|tv|television|radio|times|daily|agency|press|post|journal|broadcasting|network|media|magazine|weekly|herald|reuters|afp|bloomberg|cctv|cgtn|cnn|bbc|nbc|cnbc|npr|kyodo|nhk|xinhua|tass|ria novosti|dpa|efe|ansa|yonhap|pti|asahi|nikkei|mainichi|anadolu|al jazeera|sputnik|politico|axios|guardian|economist)\b/i;

/**
 * Reads the label at the start of a line, by its form alone.
 *
 * @param isOutlet - Tells a name that the catalogue has as a news organisation.
 * @returns Null where the line does not begin with a label.
 */
export function readLabel(text: string, line: Span, isOutlet: (name: string) => boolean): Label | null {
  LEAD.lastIndex = line.start;
  const at = line.start + (LEAD.exec(text)?.[0].length ?? 0);
  if (at >= line.end) return null;
  return (
    readAsked(text, line, at) ??
    readChinese(text, line, at, isOutlet) ??
    readBareQ(text, line, at) ??
    readEnglish(text, line, at, isOutlet)
  );
}

/** A sentence that tells that somebody asked, and then gives the question. */
function readAsked(text: string, line: Span, at: number): Label | null {
  for (const pattern of [ZH_ASKED, EN_ASKED]) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    const name = match?.[1];
    if (!match || !name || pattern.lastIndex > line.end) continue;
    return label(match, at, name, "questioner", pattern === ZH_ASKED ? outletOf(name) : null, false, false);
  }
  return null;
}

function readChinese(text: string, line: Span, at: number, isOutlet: (name: string) => boolean): Label | null {
  ZH.lastIndex = at;
  const match = ZH.exec(text);
  const name = match?.[1]?.trim();
  if (!match || !name || !/\p{Script=Han}/u.test(name) || ZH.lastIndex > line.end) return null;
  const outletName = name.replace(/(?:的)?记者$/, "").replace(/^(?:会后|会上)?有?$/, "");
  const asks = ZH_QUESTION.test(name);
  const outlet = asks ? outletOf(name) : isOutlet(outletName) || ZH_OUTLET.test(name) ? name : null;
  const role =
    asks || outlet
      ? "questioner"
      : ZH_ANSWER.test(name)
        ? "spokesperson"
        : ZH_MODERATOR.test(name)
          ? "moderator"
          : ZH_AUDIENCE.test(name)
            ? "audience"
            : "named";
  return label(match, at, name, role, outlet, ZH_FOLLOW_UP.test(name), ZH_ANSWER.test(name));
}

/** `路透社记者` asks for Reuters; `追问`, `问` and `会后有记者问及` name nobody. */
function outletOf(name: string): string | null {
  const outlet = name
    .replace(/(?:的)?(?:记者|媒体|网友)?(?:追问|问及|问到|提问|问道|问)?$/, "")
    .replace(/^(?:会后|会上)?有?(?:记者)?/, "");
  return outlet.replace(/记者$/, "").trim() || null;
}

function readEnglish(text: string, line: Span, at: number, isOutlet: (name: string) => boolean): Label | null {
  EN.lastIndex = at;
  const match = EN.exec(text);
  const name = match?.[1]?.trim();
  if (!match || !name || EN.lastIndex > line.end + 1 || name.length > 60) return null;
  const bare = name.replace(/^the (?=\p{L})|[ \u00a0]*\(?#?\d*\)?[.*]*$/giu, "");
  const answers = EN_ANSWER.test(bare);
  const outlet = !answers && (EN_OUTLET.test(name) || isOutlet(name)) ? name : null;
  const role = EN_QUESTION.test(bare) || outlet ? "questioner" : answers ? "spokesperson" : roleBeside(bare);
  return label(match, at, name, role, outlet, /^follow/i.test(bare), answers);
}

/** The role of those who neither ask for the press nor answer for an office. */
function roleBeside(name: string): LabelRole {
  if (EN_MODERATOR.test(name)) return "moderator";
  return EN_AUDIENCE.test(name) ? "audience" : "named";
}

/** White House pages mark a question with a bare Q and spaces. */
function readBareQ(text: string, line: Span, at: number): Label | null {
  BARE_Q.lastIndex = at;
  const match = BARE_Q.exec(text);
  return match && BARE_Q.lastIndex <= line.end ? label(match, at, "Q", "questioner", null, false, false) : null;
}

function label(
  match: RegExpExecArray,
  at: number,
  name: string,
  role: LabelRole,
  outlet: string | null,
  isFollowUp: boolean,
  isBare: boolean,
): Label {
  const nameStart = match.index + match[0].indexOf(name);
  return {
    name,
    nameSpan: { start: nameStart, end: nameStart + name.length },
    wordsStart: at + match[0].length,
    role,
    outlet,
    isFollowUp,
    isBare,
  };
}
