import { type AlertManner, type EarlierAlert, heldUntil } from "./alert-manner.ts";

/** Something of the past that a rule is met by. */
export type PastHit = {
  readonly id: number;
  /** What one alert would have been about: a development, or the version whose statements met the rule. */
  readonly matter: number;
  readonly at: Date;
  /** Null for statements. */
  readonly severity: number | null;
  readonly threadId: number | null;
  readonly late: boolean;
  /** Whether it would have been told: what is background meets the question and alerts nobody. */
  readonly isNews: boolean;
  /** One line of it. */
  readonly line: string;
};

/** What a rule was tried on, and what met it. */
export type PastOfRule = {
  readonly about: "developments" | "statements";
  readonly since: Date;
  readonly until: Date;
  /** Developments or statements looked at. */
  readonly looked: number;
  /** Whether there were more in the period than were looked at. */
  readonly cut: boolean;
  readonly hits: readonly PastHit[];
};

/** A message that a rule would have sent. */
export type PastMessage = { readonly at: Date; readonly lines: readonly string[]; readonly late: boolean };

/** What a rule would have done, had it been there. */
export type Backtest = Omit<PastOfRule, "hits"> & {
  readonly hits: number;
  /** Hits that are no news and would have been told to nobody. */
  readonly background: number;
  readonly late: number;
  readonly messages: readonly PastMessage[];
  /** Messages that tell of several things, because the rule had to keep still. */
  readonly batches: number;
  readonly perWeek: number;
  /** The day (UTC) with the most messages; null where there were none. */
  readonly busiest: { readonly day: string; readonly messages: number } | null;
};

/** Plays a rule over its past: the same quiet hours, cooldown and bursts as in earnest. */
export function playBack({ hits, ...past }: PastOfRule, manner: AlertManner): Backtest {
  const news = hits.filter(({ isNews }) => isNews).toSorted((a, b) => a.at.getTime() - b.at.getTime() || a.id - b.id);
  const messages = messagesOf(news, manner);
  const weeks = Math.max((past.until.getTime() - past.since.getTime()) / (7 * 86_400_000), 1 / 7);
  return {
    ...past,
    hits: hits.length,
    background: hits.length - news.length,
    late: news.filter(({ late }) => late).length,
    messages,
    batches: messages.filter(({ lines }) => lines.length > 1 && past.about === "developments").length,
    perWeek: messages.length / weeks,
    busiest: busiestDay(messages),
  };
}

function messagesOf(news: readonly PastHit[], manner: AlertManner): readonly PastMessage[] {
  const earlier: EarlierAlert[] = [];
  const sent: PastMessage[] = [];
  const waiting = new Map<number, PastHit[]>();
  const groups = new Map<number, PastHit[]>();
  for (const hit of news) {
    const group = groups.get(hit.matter);
    if (group) group.push(hit);
    else groups.set(hit.matter, [hit]);
  }
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    const { at, severity, threadId } = first;
    const held = heldUntil(manner, { at, severity, threadId }, earlier);
    earlier.push({ at, threadId, held: held !== null });
    if (held) waiting.set(held.getTime(), [...(waiting.get(held.getTime()) ?? []), ...group]);
    else sent.push({ at, lines: group.map(({ line }) => line), late: group.every(({ late }) => late) });
  }
  const together = [...waiting].map(([at, group]) => ({
    at: new Date(at),
    lines: group.map(({ line }) => line),
    late: group.every(({ late }) => late),
  }));
  return [...sent, ...together].toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

function busiestDay(messages: readonly PastMessage[]): Backtest["busiest"] {
  const days = new Map<string, number>();
  for (const { at } of messages)
    days.set(at.toISOString().slice(0, 10), (days.get(at.toISOString().slice(0, 10)) ?? 0) + 1);
  const [most] = [...days].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? 1 : -1));
  return most ? { day: most[0], messages: most[1] } : null;
}
