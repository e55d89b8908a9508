import type { Span } from "../../domain/span.ts";
import type { Polarity } from "../../domain/statement.ts";
import { foldTraditional } from "../statement/traditional.ts";
import type { Finding } from "./finding.ts";
import { type Quotation, quotationsAt } from "./quotation.ts";

/** The attributions of one Chinese sentence; `alone` is a quotation without any verb. */
export type ChineseSentence = { readonly findings: readonly Finding[]; readonly alone: Span | null };

const VERB =
  "(?:进一步|同时|还|也|并|则|曾|均|再次|多次|明确|公开|随后|当天|当日|此前|日前|近日|特别|着重|一致|强烈|严正)*(表示|指出|强调|认为|重申|呼吁|透露|坦言|介绍说|介绍称|介绍|宣布|敦促|回应称|回应说|回应|补充说|补充称|补充道|警告称|警告说|警告|承认|否认|批评称|批评说|批评|主张|承诺|声明|解释说|解释称|解释|谈到|提到|声称|宣称|称(?![为作之呼])|说道|说(?![明服法话])|告诉|写道|直言|要求|希望|期待|相信|担心|建议|提议|反对|欢迎|谴责)";
const ROLE =
  "发言人|部长|外长|主席|总统|总理|首相|副总理|大使|公使|参赞|国务卿|议员|秘书长|负责人|官员|专家|学者|教授|研究员|分析师|分析人士|人士|代表|团长|院长|主任|局长|司长|所长|会长|总裁|首席执行官|创始人|经理|律师|法官|院士|消息人士|双方|两国|各方|与会者|企业|公司|机构|协会|大学|研究院|政府|外交部|商务部|国防部|白宫|五角大楼|委员会|声明|报告|公报|文件|评论|社论|文章|报道|媒体|记者|网友|先生|女士|博士|他|她|他们|她们|方面|方";
/** What may stand after the verb and belong to it: 表示过, 宣布了. */
const PAST = "(?:过|了)?";
const SENTENCE_END = /[。！？!?]/;

/** Finds the attributions of a Chinese paragraph, sentence by sentence. A full stop inside a quotation ends nothing. */
export function chineseFindings(text: string, paragraph: Span, quotations: readonly Quotation[]): ChineseSentence[] {
  return sentencesIn(text, paragraph, quotations).map((sentence) => {
    const near = quotationsAt(quotations, sentence);
    const findings = findIn(text, sentence, near);
    const quote = near.find((q) => q.outer.start <= sentence.start + 1 && q.outer.end >= sentence.end - 1);
    return {
      findings,
      alone: findings.length || !quote || quote.inner.end - quote.inner.start < 6 ? null : quote.inner,
    };
  });
}

function sentencesIn(text: string, paragraph: Span, quotations: readonly Quotation[]): Span[] {
  const sentences: Span[] = [];
  let start = paragraph.start;
  let next = 0;
  for (let at = paragraph.start; at < paragraph.end; at++) {
    while ((quotations[next]?.outer.end ?? Number.POSITIVE_INFINITY) <= at) next++;
    const inside = quotations[next];
    if (inside && inside.outer.start <= at) {
      at = inside.outer.end - 1;
      const ends =
        SENTENCE_END.test(text[inside.inner.end - 1] ?? "") &&
        (isLedIn(text.slice(start, inside.outer.start)) ||
          !isChineseTag(text.slice(inside.outer.end, inside.outer.end + 30)));
      if (!ends) continue;
    } else if (!SENTENCE_END.test(text[at] ?? "")) continue;
    sentences.push({ start, end: at + 1 });
    start = at + 1;
  }
  if (start < paragraph.end) sentences.push({ start, end: paragraph.end });
  return sentences;
}

const TAG = new RegExp(`^[^，。：“”]{1,24}?${VERB}[，。,：:]?`);

function isChineseTag(after: string): boolean {
  return TAG.test(foldTraditional(after));
}

const LED_IN = new RegExp(`${VERB}[：:，,]$`, "u");

/** S说：“Q。” has its verb already: who speaks after it begins a sentence of their own. */
function isLedIn(before: string): boolean {
  return LED_IN.test(foldTraditional(before));
}

const BEFORE = new RegExp(`^(.{0,80}?)${VERB}${PAST}(?:[：:，,]?\\s*)(?=[“「"]|[^”」])`, "su");
const AFTER = new RegExp(`^[，,]?([^，。：“”]{1,30}?)${VERB}`, "u");
const ACCORDING = /^(?:据|根据)(.{2,24}?)(介绍|透露|报道|称|表示|说|消息)[，,]/u;

/** The sentence's own words, with quoted ones blanked so that no verb inside them counts. */
function blanked(text: string, span: Span, quotations: readonly Quotation[]): string {
  let words = foldTraditional(text.slice(span.start, span.end));
  for (const { inner } of quotations) {
    const from = Math.max(inner.start, span.start) - span.start;
    const to = Math.min(inner.end, span.end) - span.start;
    if (from < to) words = words.slice(0, from) + "□".repeat(to - from) + words.slice(to);
  }
  return words;
}

function findIn(text: string, sentence: Span, quotations: readonly Quotation[]): Finding[] {
  const lead = /^[\s\u3000]*/.exec(text.slice(sentence.start, sentence.end))?.[0].length ?? 0;
  const span = { start: sentence.start + lead, end: sentence.end };
  const words = blanked(text, span, quotations);
  const first = quotations.find((q) => q.outer.start === span.start);
  if (first) return quotationFirst(words, span, first);
  const according = ACCORDING.exec(words);
  if (according?.[1] && according[2]) {
    const speakerStart = span.start + according[0].indexOf(according[1]);
    const cueStart = speakerStart + according[1].length;
    const quoted = relayIn(according[1], speakerStart);
    const inner = findVerb(
      text,
      { start: span.start + according[0].length, end: span.end },
      words.slice(according[0].length),
      true,
    );
    if (inner) return [{ ...inner, relay: { start: speakerStart, end: cueStart } }];
    return finding(
      { start: span.start + according[0].length, end: contentEnd(words, span) },
      { start: cueStart, end: cueStart + according[2].length },
      quoted?.speaker ?? { start: speakerStart, end: cueStart },
      "zh-according",
      0.8,
    ).map((found) => (quoted ? { ...found, relay: quoted.relay } : found));
  }
  const about = ABOUT.exec(words)?.[0].length ?? 0;
  const found =
    (about ? findVerb(text, { start: span.start + about, end: span.end }, words.slice(about), true) : null) ??
    findVerb(text, span, words, false) ??
    silence(words, span);
  return found ? [found] : [];
}

/** 针对美方宣布的措施，…: what it is about has verbs of its own. */
const ABOUT = /^(?:针对|关于|围绕|鉴于|对于|就(?![业职读餐医近是]))[^，。；：“”「」]{2,60}，/u;

const SILENCE =
  /(?:拒绝|不予|未予|未就|没有就|不愿|未|没有|尚未)[^，。；]{0,24}?(?:置评|评论|回应|答复|表态)(?=[。，；！]|$)/u;

/** "外交部未就此事置评": what they did not say is the statement. */
function silence(words: string, span: Span): Finding | null {
  const match = SILENCE.exec(words);
  const speaker = match && speakerIn(words.slice(0, match.index), span.start);
  if (!match || !speaker) return null;
  const content = { start: span.start + match.index, end: span.start + match.index + match[0].length };
  const [found] = finding(content, content, speaker, "zh-no-comment", 0.8);
  return found ? { ...found, act: "no_comment", polarity: "negated" } : null;
}

/** “Q”，S说 and “Q”S说。 The rest after the verb, “Q2”, belongs to it. */
function quotationFirst(words: string, span: Span, quotation: Quotation): Finding[] {
  const from = quotation.outer.end - span.start;
  const match = AFTER.exec(words.slice(from));
  if (!match?.[1] || !match[2]) return [];
  const speakerStart = quotation.outer.end + match[0].indexOf(match[1]);
  const speaker = speakerIn(match[1], speakerStart);
  if (!speaker) return [];
  const cueEnd = quotation.outer.end + match[0].length;
  const found = finding(
    quotation.inner,
    { start: cueEnd - match[2].length, end: cueEnd },
    speaker,
    "zh-quotation-verb",
    0.92,
  );
  const rest = words.slice(from + match[0].length);
  const told = match[2] === "告诉" ? /^[^，。：；“”「」]{1,20}/u.exec(rest)?.[0].length : undefined;
  if (told && found[0]) return [{ ...found[0], addressee: { start: cueEnd, end: cueEnd + told } }];
  const resumed = /^[，,：:]\s*[“「"](□+)/.exec(rest);
  if (!resumed?.[1] || !found[0]) return found;
  const start = cueEnd + resumed[0].length - resumed[1].length;
  return [{ ...found[0], content: [...found[0].content, { start, end: start + resumed[1].length }] }];
}

function findVerb(text: string, span: Span, words: string, quiet: boolean): Finding | null {
  const match = BEFORE.exec(words);
  if (!match?.[2]) return null;
  const before = match[1] ?? "";
  const clause = before.slice(
    Math.max(before.lastIndexOf("，"), before.lastIndexOf("；"), before.lastIndexOf("。"), before.lastIndexOf(",")) + 1,
  );
  const offset = before.length - clause.length;
  const own = reportIn(clause);
  const quoted = relayIn(own.words, span.start + offset + own.start);
  const speaker =
    quoted?.speaker ??
    speakerIn(own.words, span.start + offset + own.start) ??
    (clause === "" ? speakerIn(before.replace(/[，,]$/, ""), span.start) : null);
  const elided = own.words.trim() === "" && !speaker && !quiet;
  if (!speaker && !elided) return null;
  const verbEnd = match[0].replace(/[过了]?[：:，,]?\s*$/u, "").length;
  const cue = { start: span.start + verbEnd - match[2].length, end: span.start + verbEnd };
  const told = match[2] === "告诉" ? (TOLD.exec(words.slice(match[0].length))?.[0].length ?? 0) : 0;
  const start = span.start + match[0].length + told;
  const all = trimQuote(text, { start, end: contentEnd(words, span) });
  const polarity = polarityOf(own, match[2], before, words.slice(match[0].length));
  const content = own.opens ? { ...all, end: conditionEnd(words, span, all) } : all;
  if (content.end - content.start < 2) return null;
  const strong = !/^(?:希望|期待|相信|担心|反对|欢迎|要求|称|批评)$/.test(match[2]);
  const confidence = elided ? 0.6 : strong ? 0.85 : 0.7;
  const [found] = finding(
    content,
    cue,
    speaker,
    elided ? "zh-elided" : "zh-verb",
    polarity === "hypothetical" ? Math.min(MOST_HYPOTHETICAL, confidence) : confidence,
  );
  const toldTo = told ? { start: start - told, end: start } : addresseeIn(clause, span.start + offset);
  return found ? { ...found, polarity, addressee: toldTo, ...(quoted ? { relay: quoted.relay } : {}) } : null;
}

const RELAYED = /^([^，。：；“”「」]{2,20}?)(?:援引|引述|转引|引用)(.{2,24}?)(?:的(?:话|说法|表态|消息))?$/u;

/** 新华社援引某某的话: who is quoted, and by whom; null where nobody is. */
function relayIn(words: string, start: number): { readonly speaker: Span; readonly relay: Span } | null {
  const match = RELAYED.exec(words);
  if (!match?.[1] || !match[2]) return null;
  const at = start + words.indexOf(match[2], match[1].length + 2);
  const speaker = speakerIn(match[2], at);
  const relay = speakerIn(match[1], start) ?? { start, end: start + match[1].length };
  return speaker && { speaker, relay };
}

/** Highest confidence of what only might be said: below what alerts ask for. */
const MOST_HYPOTHETICAL = 0.7;
/** 告诉X，… and 告诉X：“…”: whom it was told to. */
const TOLD = /^[^，。：；“”「」,:]{1,20}(?=[，：,:“「])/u;
const TOLD_TO =
  /(?:对|向|告诉)(《[^》]+》(?:记者)?|[^，。《》]{0,12}?(?:记者|媒体|通讯社|路透社|法新社|新华社|电视台|日报|时报))$/u;

/** 对《某报》记者表示: whom it was said to, where that is the press. */
function addresseeIn(clause: string, start: number): Span | null {
  const match = TOLD_TO.exec(clause);
  const to = match ? clause.length : 0;
  return match?.[1] ? { start: start + to - match[1].length, end: start + to } : null;
}

const SUPPOSED =
  /^[\s\u3000]*(?:而|但|但是|不过)?(?:如果|若是|若(?![泽昂望干])|假如|假设|假使|倘若|倘|一旦|要是|除非|万一|即便|即使|哪怕|无论|不论|不管|等到)/u;
const RUMOUR = /^[\s\u3000]*(?:据传|传闻|谣传|网传|传言)/u;
const UNKNOWN =
  /^[\s\u3000]*(?:目前)?(?:(?:尚|还|并|仍)?不(?:清楚|明确|确定|知道|知|得而知)|无法(?:确定|证实|确认)|难道|是否|据传|传闻|谣传|网传|传言|(?:外界|市场|分析人士|媒体)?(?:普遍)?(?:预计|预期|预料|估计|猜测))/u;
const NOBODY = /^[\s\u3000]*(?:并?没有|并无|尚无|无人|无一|从未有|未有)(?:任何|一名|一位)?/u;
/** Before the verb, or before the occasion between: 没有就此表示. */
const THERE = "(?:(?:就|向|对|在|于).{1,16})?(?:正式|公开|明确|直接|再|具体)*$";
const ASKED = new RegExp(`(?:是否|有没有|会不会|能不能|愿不愿意?)${THERE}`, "u");
const UNSAID = new RegExp(
  `(?:从来|至今|迄今|一直|也|并|均|都|尚|还|从|绝)*(?:(?:没有|未曾|未能|未|不曾|不会|不愿意?|不想|不肯|拒绝|拒不)${THERE}|(?:没|不再|不|无意)(?:正式|公开|明确|直接|再|具体)*$)`,
  "u",
);
/** 委员会 and 中将 end in no auxiliary, nor 纪要 and 回应. */
const UNSURE = new RegExp(
  `(?:(?:可能会?|或许会?|或将|也许会?|预计将?|料将|即将|(?<![上中少大名老])将会?)${THERE}|(?:有望|应当|应该|本应|(?<![回响反供相效])应|必须|需要|须|可以|能够|打算|准备|(?<![该项动》一的个])计划|(?<!模)拟|(?<!意)愿意?|想要|将要)(?:正式|公开|明确|直接|再)*$)`,
  "u",
);

/** A clause up to its verb: who speaks in it, and what stands around that and takes the report back. */
type Report = {
  readonly words: string;
  readonly start: number;
  /** A condition opens the clause. */
  readonly opens: boolean;
  readonly polarity: Polarity;
};

/** 如果美方, 尚不清楚鲁比奥是否, 中方并未: the words that deny or only suppose are not who speaks. */
function reportIn(clause: string): Report {
  const supposed = SUPPOSED.exec(clause)?.[0];
  const unknown = supposed ? undefined : UNKNOWN.exec(clause)?.[0];
  const nobody = supposed || unknown ? undefined : NOBODY.exec(clause)?.[0];
  const start = (supposed ?? unknown ?? nobody ?? "").length;
  const rest = clause.slice(start);
  const unsaid = ASKED.test(rest) ? null : UNSAID.exec(rest);
  const tail = unsaid ?? ASKED.exec(rest) ?? UNSURE.exec(rest);
  const polarity =
    supposed || unknown || (tail && !unsaid) ? "hypothetical" : nobody || unsaid ? "negated" : "affirmed";
  return { words: tail ? rest.slice(0, tail.index) : rest, start, opens: supposed !== undefined, polarity };
}

function polarityOf(report: Report, verb: string, before: string, after: string): Polarity {
  const { polarity } = report;
  if (polarity === "affirmed" && /吗[？?]$/u.test(after) && !/[“「：:]/u.test(after)) return "hypothetical";
  // 据传，鲁比奥称 …: what opens the sentence governs a clause after its comma.
  if (polarity === "affirmed" && RUMOUR.test(before)) return "hypothetical";
  if (verb !== "否认") return polarity;
  return polarity === "affirmed" ? "negated" : "hypothetical";
}

/** A condition ends at the comma before what follows from it. */
function conditionEnd(words: string, span: Span, content: Span): number {
  const comma = words.indexOf("，", content.start - span.start);
  return comma < 0 ? content.end : Math.min(content.end, span.start + comma);
}

function contentEnd(words: string, span: Span): number {
  return span.end - (/[。！？!?]$/.test(words) ? 1 : 0);
}

function trimQuote(text: string, span: Span): Span {
  const lead = /^[\s\u3000，,：:]*/.exec(text.slice(span.start, span.end))?.[0].length ?? 0;
  return { start: span.start + lead, end: span.end };
}

const TIME =
  /^(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}[日号])?(?:上午|下午|晚|晚间|当天|今天|昨天)?|^(?:对此|因此|此外|不过|但是|但|同时|随后|其中|另据|此前)/;
const HEAD = new RegExp(`(?:${ROLE})|(?:局|署|办公室|组织|联盟|理事会|集团|银行)$|^[\\p{Script=Han}·]{2,12}$`, "u");
const MET =
  "(?:与|同|和|跟).{2,24}?(?:通电?话|通电|会谈|会晤|会见|会面|见面|磋商|交谈|谈判|举行.{2,12}|讨论.{0,10}|交换.{2,10})(?:结束)?(?:之?后|时|期间|中)";
/** What somebody did before or while speaking, and whom they did it with: none of it speaks. */
const OCCASION = new RegExp(
  `(?:${MET}|(?:会见|会晤|接见|约见|致电|陪同|转述|引述|援引|被问).{2,}|(?:访问|抵达|结束).{0,12}(?:之?后|时|期间))$`,
  "u",
);
/** 某某的发言人莱维特, 某某的律师: the office is somebody else's, unless a body's: 外交部的发言人. */
const OF_ANOTHER =
  /^.{2,20}(?:的[^的]{0,6}?(?:发言人|顾问|律师|助理|幕僚长|秘书|特使)(?=[\p{Script=Han}·]{2,8}$)|(?<![部院宫府会司方国厅局办])的[^的]{0,6}?(?:发言人|顾问|律师|助理|幕僚长|秘书|特使)$)/u;
const TRAILING = /(?:\d{1,2}月)?\d{1,2}日$|(?:在|于|就|对|向|接受|出席|回答|答|主持).*$|(?:当天|今天|昨天|日前|近日)$/;

/** The words that name who speaks, without the time before and the occasion after; null where nobody is named. */
function speakerIn(words: string, start: number): Span | null {
  const time = TIME.exec(words)?.[0].length ?? 0;
  let name = words.slice(time);
  // 发言人18日就12日的措施: the day stands before the occasion.
  for (const around of [TRAILING, TRAILING, OCCASION]) {
    const cut = around.exec(name);
    if (cut && cut.index > 1) name = name.slice(0, cut.index);
  }
  const other = OF_ANOTHER.exec(name)?.[0].lastIndexOf("的") ?? -1;
  if (other > 0) return speakerIn(name.slice(other + 1), start + time + other + 1);
  const lead = /^[\s，,]*/.exec(name)?.[0].length ?? 0;
  const bare = name.slice(lead).trimEnd();
  if (bare.length < 1 || bare.length > 40 || !HEAD.test(bare) || /[“”「」□]/.test(bare)) return null;
  const from = start + time + lead;
  return { start: from, end: from + bare.length };
}

function finding(content: Span, cue: Span, speaker: Span | null, rule: string, confidence: number): Finding[] {
  if (content.start >= content.end) return [];
  return [{ content: [content], cue, speaker, addressee: null, act: "speech", polarity: "affirmed", rule, confidence }];
}
