import type { DigestSpeaker } from "../domain/digest-line.ts";
import type { DigestPeriod } from "../domain/digest-time.ts";
import type { Coverage } from "./coverage-line.ts";
import type { DigestCorrectionFacts } from "./digest-facts.ts";
import { offlineLine } from "./status-line.ts";

/** The languages that mails are written in. */
export type DigestLanguage = "en" | "zh";

/** Everything a digest says of itself, in one language. The quoted words stay in theirs. */
export type DigestWords = {
  readonly title: (day: string, period: DigestPeriod) => string;
  readonly subjectNew: (first: string, more: number) => string;
  readonly subjectQuiet: (coverage: Coverage) => string;
  readonly whatChanged: string;
  readonly counts: (developments: number, edits: number, statements: number, documents: number) => string;
  readonly nothing: (coverage: Coverage) => string;
  readonly developments: string;
  readonly statements: string;
  readonly noStatements: string;
  readonly coverage: (coverage: Coverage) => string;
  readonly failing: (title: string, why: string) => string;
  readonly offline: (unreachable: number, all: number) => string;
  readonly unknownSpeaker: string;
  readonly severity: (level: number) => string;
  readonly nameOf: (name: { readonly label: string; readonly labelZh: string | null }) => string;
  readonly edited: string;
  readonly reported: string;
  readonly late: string;
  readonly conflict: string;
  readonly threadState: (state: string) => string;
  readonly corrections: string;
  readonly corrected: (reason: DigestCorrectionFacts["reason"], toldOn: string) => string;
  readonly more: (count: number) => string;
  readonly office: (office: NonNullable<DigestSpeaker["office"]>) => string;
  readonly inOffice: (name: string, office: string) => string;
  /** Between the parts of a list, and between what is named and what is said of it. */
  readonly comma: string;
  readonly colon: string;
  readonly speakerName: (speaker: DigestSpeaker) => string;
  readonly sourceName: (source: { readonly title: string; readonly titleZh: string | null }) => string;
  readonly manage: string;
  readonly unsubscribe: string;
  readonly open: string;
  readonly foot: string;
};

/** Why silence may not be believed. */
function unsureOf({ reached, all }: Coverage): string {
  return reached < all || all === 0 ? "not all sources were reached" : "not all that came in was read";
}

function unsureOfZh({ reached, all }: Coverage): string {
  return reached < all || all === 0 ? "并非所有来源都已查阅" : "收到的内容尚未全部读完";
}

const english: DigestWords = {
  title: (day, period) => (period === "daily" ? `Parley, ${day}` : `Parley, the week to ${day}`),
  subjectNew: (first, more) => `Parley: ${first}${more > 0 ? ` (+${more} more)` : ""}`,
  subjectQuiet: (coverage) =>
    coverage.complete ? "Parley: nothing new, all sources reached" : `Parley: nothing found, but ${unsureOf(coverage)}`,
  whatChanged: "What changed",
  counts: (developments, edits, statements, documents) =>
    `${count(developments, "new development")}, ${count(edits, "silent edit")}; ${count(statements, "statement")} from ${count(documents, "document")}.`,
  nothing: (coverage) =>
    coverage.complete
      ? "Nothing new: every source was reached."
      : `Nothing was found, but ${unsureOf(coverage)}: see the end.`,
  developments: "Developments",
  statements: "Who said what",
  noStatements: "No statement on the watched topics came in.",
  coverage: ({ all, reached, failing, silent }) =>
    `${reached} of ${count(all, "source")} reached${failing.length > 0 ? `; ${failing.length} failing` : ""}${silent.length > 0 ? `; ${silent.length} not polled` : ""}.`,
  failing: (title, why) => `${title}: ${why}`,
  offline: (unreachable, all) => offlineLine({ watched: all, unreachable }),
  unknownSpeaker: "unknown speaker",
  severity: (level) => `severity ${level}`,
  nameOf: ({ label }) => label,
  edited: "edited",
  reported: "reported",
  late: "late",
  conflict: "conflict",
  threadState: (state) => `now ${state}`,
  corrections: "Corrections",
  corrected: (reason, toldOn) =>
    `The digest of ${toldOn} told of this; it does not hold: ${
      {
        withdrawn: "every page that showed it was taken down",
        dismissed: "an analyst dismissed it",
        background: "it proved to be known before",
        reattributed: "the words prove to be somebody else's",
      }[reason]
    }.`,
  more: (count) => `… and ${count} more in the archive`,
  office: ({ role, body }) => (body ? `${role}, ${body}` : role),
  inOffice: (name, office) => `${name}, ${office}`,
  comma: ", ",
  colon: ": ",
  speakerName: ({ name }) => name,
  sourceName: ({ title }) => title,
  manage: "Change what you get",
  unsubscribe: "Unsubscribe",
  open: "Open the archive",
  foot: "Each quotation is word for word as archived; the links lead to the page with the words marked.",
};

const STATES_ZH: Readonly<Record<string, string>> = {
  reported: "据报道",
  announced: "已宣布",
  scheduled: "已定期",
  held: "已举行",
  postponed: "已推迟",
  suspended: "已中止",
  resumed: "已恢复",
};

const chinese: DigestWords = {
  title: (day, period) => (period === "daily" ? `Parley 每日简报 ${day}` : `Parley 每周简报（截至 ${day}）`),
  subjectNew: (first, more) => `Parley：${first}${more > 0 ? `（另有 ${more} 项）` : ""}`,
  subjectQuiet: (coverage) =>
    coverage.complete ? "Parley：无新动态，全部来源均已查阅" : `Parley：未发现新动态，但${unsureOfZh(coverage)}`,
  whatChanged: "今日变化",
  counts: (developments, edits, statements, documents) =>
    `新动态 ${developments} 项，悄然改动 ${edits} 处；${documents} 份文件中的 ${statements} 条表态。`,
  nothing: (coverage) =>
    coverage.complete ? "无新动态：全部来源均已查阅。" : `未发现新动态，但${unsureOfZh(coverage)}，见文末。`,
  developments: "动态",
  statements: "各方表态",
  noStatements: "所关注议题没有新的表态。",
  coverage: ({ all, reached, failing, silent }) =>
    `${all} 个来源中已查阅 ${reached} 个${failing.length > 0 ? `；${failing.length} 个失败` : ""}${silent.length > 0 ? `；${silent.length} 个未查阅` : ""}。`,
  failing: (title, why) => `${title}：${why}`,
  offline: (unreachable, all) => `${all} 个来源中有 ${unreachable} 个完全无法连接：本机似乎没有网络。`,
  unknownSpeaker: "发言人不明",
  severity: (level) => `级别 ${level}`,
  nameOf: ({ label, labelZh }) => labelZh ?? label,
  edited: "已改动",
  reported: "据报道",
  late: "迟到",
  conflict: "说法相左",
  threadState: (state) => `现状：${STATES_ZH[state] ?? state}`,
  corrections: "更正",
  corrected: (reason, toldOn) =>
    `${toldOn} 的简报曾报道此事，现不成立：${
      {
        withdrawn: "载有此事的页面均已撤下",
        dismissed: "分析员已予否定",
        background: "经查此前已知",
        reattributed: "经查该言论出自他人",
      }[reason]
    }。`,
  more: (count) => `……另有 ${count} 项见档案`,
  // 外交部发言人; between Chinese and Latin letters stands a space.
  office: ({ role, roleZh, body, bodyZh }) =>
    [bodyZh ?? body, roleZh ?? role].filter((part) => part !== null).join(roleZh && bodyZh ? "" : " "),
  inOffice: (name, office) => `${name}（${office}）`,
  comma: "，",
  colon: "：",
  speakerName: ({ name, nameZh }) => nameZh ?? name,
  sourceName: ({ title, titleZh }) => titleZh ?? title,
  manage: "更改订阅",
  unsubscribe: "退订",
  open: "打开档案",
  foot: "引文均与存档原文一字不差；链接指向存档页面，相应文字已标出。",
};

/** Finds the words of a language. */
export function digestWords(lang: DigestLanguage): DigestWords {
  return lang === "zh" ? chinese : english;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
