import type { Backtest } from "../domain/backtest.ts";
import { shorten } from "./shorten.ts";

/** Messages that are shown one by one. */
const SHOWN = 8;

/** Says in a few lines what a rule would have sent, for the command line. */
export function backtestInWords(test: Backtest): string {
  const { about, looked, cut, hits, background, late, messages, batches, perWeek, busiest, since, until } = test;
  const days = Math.round((until.getTime() - since.getTime()) / 86_400_000);
  const noise = [
    ...(background > 0 ? [`${background} of them background, which alerts nobody`] : []),
    ...(late > 0 ? [`${late} late`] : []),
  ];
  const rate = perWeek >= 1 ? `${perWeek.toFixed(perWeek < 10 ? 1 : 0)} a week` : "less than one a week";
  const head = [
    `Tried on the last ${days} days: ${looked}${cut ? " newest" : ""} ${about}, ${hits} met it${noise.length > 0 ? ` (${noise.join(", ")})` : ""}.`,
    messages.length === 0
      ? "It would have sent nothing."
      : `It would have sent ${messages.length} message${messages.length === 1 ? "" : "s"}, ${rate}${batches > 0 ? `, ${batches} of them several things together` : ""}${busiest && busiest.messages > 1 ? `; at most ${busiest.messages} on one day (${busiest.day})` : ""}.`,
  ];
  const shown = messages.slice(-SHOWN).toReversed();
  const list = shown.map(({ at, lines, late: isLate }) => {
    const more = lines.length > 1 ? ` (+${lines.length - 1} more)` : "";
    return `  ${at.toISOString().slice(0, 16)}Z  ${isLate ? "late: " : ""}${shorten((lines[0] ?? "").replace(/\s+/g, " "), 110)}${more}`;
  });
  const left = messages.length > SHOWN ? [`  … and ${messages.length - SHOWN} before`] : [];
  return [...head, ...list, ...left].join("\n");
}
