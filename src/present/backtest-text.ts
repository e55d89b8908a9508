import type { Backtest } from "../domain/backtest.ts";
import { shorten } from "./shorten.ts";

/** Messages that are shown one by one. */
const SHOWN = 8;

/** The sentences of a trial, in one language. */
type Words = {
  readonly tried: (test: Backtest, days: number) => string;
  readonly nothing: string;
  readonly sent: (test: Backtest, count: number) => string;
  readonly late: string;
  readonly more: (count: number) => string;
  readonly before: (count: number) => string;
};

const en: Words = {
  tried: ({ about, looked, cut, hits, background, late }, days) => {
    const noise = [
      ...(background > 0 ? [`${background} of them background, which alerts nobody`] : []),
      ...(late > 0 ? [`${late} late`] : []),
    ];
    const aside = noise.length > 0 ? ` (${noise.join(", ")})` : "";
    return `Tried on the last ${days} days: ${looked}${cut ? " newest" : ""} ${about}, ${hits} met it${aside}.`;
  },
  nothing: "It would have sent nothing.",
  sent: ({ batches, perWeek, busiest }, count) => {
    const rate = perWeek >= 1 ? `${perWeek.toFixed(perWeek < 10 ? 1 : 0)} a week` : "less than one a week";
    const together = batches > 0 ? `, ${batches} of them several things together` : "";
    const most = busiest && busiest.messages > 1 ? `; at most ${busiest.messages} on one day (${busiest.day})` : "";
    return `It would have sent ${count} message${count === 1 ? "" : "s"}, ${rate}${together}${most}.`;
  },
  late: "late: ",
  more: (count) => ` (+${count} more)`,
  before: (count) => `  … and ${count} before`,
};

const zh: Words = {
  tried: ({ about, looked, cut, hits, background, late }, days) => {
    const what = about === "developments" ? "动态" : "表态";
    const noise = [
      ...(background > 0 ? [`其中 ${background} 条为背景，不提醒`] : []),
      ...(late > 0 ? [`${late} 条迟到`] : []),
    ];
    const aside = noise.length > 0 ? `（${noise.join("，")}）` : "";
    return `用过去 ${days} 天试算：${cut ? "最新的 " : ""}${looked} 条${what}，${hits} 条符合${aside}。`;
  },
  nothing: "本不会发送任何内容。",
  sent: ({ batches, perWeek, busiest }, count) => {
    const rate = perWeek >= 1 ? `每周 ${perWeek.toFixed(perWeek < 10 ? 1 : 0)} 条` : "每周不到一条";
    const together = batches > 0 ? `，其中 ${batches} 条合并多项` : "";
    const most = busiest && busiest.messages > 1 ? `；一天最多 ${busiest.messages} 条（${busiest.day}）` : "";
    return `本会发送 ${count} 条，${rate}${together}${most}。`;
  },
  late: "迟到：",
  more: (count) => `（另有 ${count} 项）`,
  before: (count) => `  …… 此前还有 ${count} 条`,
};

/** Says in a few lines what a rule would have sent, for the command line and the page of rules. */
export function backtestInWords(test: Backtest, lang: "en" | "zh" = "en"): string {
  const words = lang === "zh" ? zh : en;
  const { messages, since, until } = test;
  const days = Math.round((until.getTime() - since.getTime()) / 86_400_000);
  const shown = messages.slice(-SHOWN).toReversed();
  const list = shown.map(({ at, lines, late }) => {
    const more = lines.length > 1 ? words.more(lines.length - 1) : "";
    const line = shorten((lines[0] ?? "").replace(/\s+/g, " "), 110);
    return `  ${at.toISOString().slice(0, 16)}Z  ${late ? words.late : ""}${line}${more}`;
  });
  return [
    words.tried(test, days),
    messages.length === 0 ? words.nothing : words.sent(test, messages.length),
    ...list,
    ...(messages.length > SHOWN ? [words.before(messages.length - SHOWN)] : []),
  ].join("\n");
}
