import type { Development, Severity } from "../../domain/development.ts";
import type { KnownDate } from "../../domain/known-date.ts";
import type { Span } from "../../domain/span.ts";
import { plainWords } from "../words/plain-words.ts";
import { summarise } from "../words/summary.ts";
import { namesAi, namesChips } from "../words/topic-words.ts";
import type { ComparedPoint } from "./readout.ts";

/** Earlier statements of an actor, over so many days, that must have been searched before "for the first time" says anything of them. */
const ENOUGH_SEARCHED = 50;
const ENOUGH_DAYS = 30;
/** Texts of a class that must have been searched before a stock phrase is new in it. */
const ENOUGH_TEXTS = 5;

/** What every development that comes from the records has of its document. */
export type RecordSource = {
  /** Whether it may be told as new. */
  readonly isNews: boolean;
  readonly eventDate: KnownDate | null;
};

function development(
  source: RecordSource,
  rest: Pick<Development, "type" | "severity" | "actorIds" | "topics" | "summary" | "evidence" | "key">,
  isNews = true,
): Development {
  return {
    ...{ eventDate: source.eventDate, hedge: null, hold: null, status: source.isNews && isNews ? "new" : "background" },
    ...rest,
  };
}

/** A first that is new to the archive, with what was searched to say so. */
export type NewFirst = {
  readonly kind: "topic" | "body" | "date" | "venue";
  readonly actorId: string | null;
  readonly subject: string;
  readonly span: Span;
  readonly words: string;
  readonly searched: number;
  /** Days between the oldest of the searched statements and this one; 0 where none was. */
  readonly searchedDays: number;
};

/**
 * Tells of a first time; as news only where enough was searched to say so, and where the words themselves are about AI or the controls on
 * it. In the first days of an archive everything is said for the first time: that stays quiet, and is no alert later.
 */
export function firstTimeNews(first: NewFirst, isOfficial: boolean, source: RecordSource): Development | null {
  // Every meeting that is fixed has a day of its own: that is kept, and told by the meeting itself.
  if (first.kind === "date") return null;
  const plain = plainWords(first.words);
  const isKnownWell = first.searched >= ENOUGH_SEARCHED && first.searchedDays >= ENOUGH_DAYS;
  // A body or venue is named for the first time by something that happened: that is the news, and one headline is enough.
  const saysMuch = first.kind === "topic" && isKnownWell && (namesAi(plain) || namesChips(plain));
  const severity: Severity = saysMuch && isOfficial ? 4 : 2;
  const named = first.kind === "body" ? [first.subject] : [];
  return development(
    source,
    {
      ...{ type: "statement.first", severity, topics: first.kind === "topic" ? [first.subject] : [] },
      actorIds: first.actorId === null ? named : [first.actorId],
      summary: summarise(first.words),
      evidence: [first.span],
      key: `statement.first|${first.kind}|${first.actorId ?? ""}|${first.subject}`,
    },
    saysMuch,
  );
}

/** Tells of a stock phrase used for the first time, in changed words, or not any more. */
export function phraseNews(
  change: {
    readonly phraseId: string;
    readonly actorId: string;
    readonly textClass: string;
    readonly change: "first" | "changed" | "absent";
    readonly streak: number;
    readonly searched: number;
    readonly words: string;
    readonly place: Span | null;
    readonly mark: string;
  },
  lead: Span,
  sentence: string,
  source: RecordSource,
): Development {
  const { phraseId, actorId, textClass, words } = change;
  const about = `“${words}”`;
  const line =
    change.change === "absent"
      ? `${about} does not stand in this ${textClass.replace("-", " ")}, the ${ordinal(change.streak)} in a row`
      : sentence;
  const parts = ["formulation.change", phraseId, actorId, textClass, change.change, change.mark];
  return development(
    source,
    {
      ...{ type: "formulation.change", severity: 4, actorIds: [actorId], topics: [] },
      summary: summarise(line),
      evidence: [change.place ?? lead],
      key: parts.filter(Boolean).join("|"),
    },
    change.change !== "first" || change.searched >= ENOUGH_TEXTS,
  );
}

function ordinal(count: number): string {
  return ["", "first", "second", "third"][count] ?? `${count}th`;
}

/** Tells that two accounts of one meeting differ; null where they do not. The words are those of both. */
export function readoutNews(
  pairing: {
    readonly key: string;
    readonly sides: readonly [string, string];
    readonly points: readonly ComparedPoint[];
  },
  ownSide: string,
  lead: Span,
  source: RecordSource,
): Development | null {
  const order = ["different-strength", "only-first", "only-second"];
  const differing = pairing.points
    .filter(({ verdict }) => verdict !== "both")
    .sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  const [worst] = differing;
  if (!worst) return null;
  const [first, second] = pairing.sides;
  const quote = (side: string, words: string | undefined) =>
    `${side}: ${words === undefined ? "nothing" : `“${summarise(words).slice(0, 90)}”`}`;
  const own = ownSide === first ? worst.first : worst.second;
  return development(source, {
    // One side's silence on a point is less than two words of different weight for one thing.
    ...{
      type: "readout.asymmetry",
      severity: worst.verdict === "different-strength" ? 5 : 3,
      actorIds: [first, second],
    },
    topics: differing.map(({ topicId }) => topicId),
    summary: summarise(`${quote(first, worst.first?.words)}; ${quote(second, worst.second?.words)}`),
    evidence: [own ? { start: own.start, end: own.end } : lead],
    key: `readout.asymmetry|${pairing.key}`,
  });
}

/** Tells that two days after one side's account of a meeting the other has given none. */
export function unpairedNews(
  meeting: { readonly key: string; readonly side: string },
  lead: Span,
  words: string,
  source: RecordSource,
): Development {
  return development(source, {
    ...{ type: "readout.asymmetry", severity: 4, actorIds: [meeting.side], topics: [] },
    summary: summarise(words),
    evidence: [lead],
    key: `readout.asymmetry|unpaired|${meeting.key}`,
  });
}

/** Tells that a commitment was met, was missed, or that its time ran out with nothing told of it. */
export function commitmentNews(
  told: {
    readonly commitmentKey: string;
    readonly report: "met" | "missed";
    readonly span: Span;
    readonly words: string;
    readonly actorIds: readonly string[];
  },
  isOfficial: boolean,
  source: RecordSource,
): Development {
  const type = `commitment.${told.report}`;
  return development(source, {
    ...{ type, severity: isOfficial ? 4 : 3, actorIds: told.actorIds, topics: [] },
    summary: summarise(told.words),
    evidence: [told.span],
    key: `${type}|${told.commitmentKey}`,
  });
}

/** Longest quotation of each of the two stances in one line, in UTF-16 units. */
const LONGEST_STANCE = 100;

/** A stance against its holder's own record, with the words of both. */
export type ShiftNews = {
  readonly key: string;
  readonly holderId: string;
  readonly actorId: string;
  readonly topicIds: readonly string[];
  readonly span: Span;
  readonly words: string;
  readonly isReported: boolean;
  readonly earlier: { readonly words: string; readonly instant: Date };
};

/**
 * Tells that somebody's stance is another than its own earlier record, with the words of both.
 *
 * @param shift - `isTold` where the same shift is told already, by others or in words.
 */
export function shiftNews(
  shift: ShiftNews & { readonly isTold: boolean },
  isOfficial: boolean,
  source: RecordSource,
): Development {
  const quote = (words: string) => `“${summarise(words, LONGEST_STANCE)}”`;
  const then = shift.earlier.instant.toISOString().slice(0, 10);
  return development(
    source,
    {
      // What the press puts in its own words may have lost the shade that makes it no shift.
      ...{ type: "position.shift", severity: shift.isReported && !isOfficial ? 4 : 5, topics: shift.topicIds },
      actorIds: [...new Set([shift.actorId, shift.holderId])],
      summary: summarise(`${quote(shift.words)}; ${then}: ${quote(shift.earlier.words)}`),
      evidence: [shift.span],
      key: shift.key,
    },
    !shift.isTold,
  );
}
