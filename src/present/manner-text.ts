import { type AlertManner, BURST } from "../domain/alert-manner.ts";

/** What a manner is said with, in one language. */
type Words = {
  readonly quiet: (from: string, to: string, timeZone: string) => string;
  readonly cooldown: (minutes: number) => string;
  readonly batch: (after: number) => string;
  readonly atOnce: string;
  readonly urgent: (severity: number) => string;
  readonly comma: string;
};

const en: Words = {
  quiet: (from, to, timeZone) => `quiet ${from}–${to} ${timeZone}`,
  cooldown: (minutes) => `${minutes} min between alerts on a thread`,
  batch: (after) => (after === 0 ? "never several together" : `together after ${after} in ${BURST.minutes} min`),
  atOnce: "at once",
  urgent: (severity) => `at once from severity ${severity}`,
  comma: ", ",
};

const zh: Words = {
  quiet: (from, to, timeZone) => `${from}–${to}（${timeZone}）静默`,
  cooldown: (minutes) => `同一脉络间隔 ${minutes} 分钟`,
  batch: (after) => (after === 0 ? "从不合并" : `${BURST.minutes} 分钟内 ${after} 条后合并`),
  atOnce: "立即",
  urgent: (severity) => `级别 ${severity} 起立即`,
  comma: "，",
};

/** Says when a rule speaks up. */
export function mannerInWords(manner: AlertManner, lang: "en" | "zh" = "en"): string {
  const { quiet, cooldownMinutes, urgentFrom, batchAfter = BURST.most } = manner;
  const words = lang === "zh" ? zh : en;
  const parts = [
    ...(quiet ? [words.quiet(quiet.from, quiet.to, quiet.timeZone)] : []),
    ...(cooldownMinutes > 0 ? [words.cooldown(cooldownMinutes)] : []),
    ...(batchAfter === BURST.most ? [] : [words.batch(batchAfter)]),
  ];
  if (parts.length === 0) return words.atOnce;
  return [...parts, ...(urgentFrom === null ? [] : [words.urgent(urgentFrom)])].join(words.comma);
}
