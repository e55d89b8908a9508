import type { AlertStatement, CorrectionReason } from "../domain/alerted.ts";
import { dayOf } from "../domain/known-date.ts";
import type { AlertDevelopment, AlertMatter, AlertNews } from "./alert-matter.ts";
import { linkTo } from "./links.ts";
import { shorten } from "./shorten.ts";
import { turnedMark } from "./turned.ts";

/** One thing that an alert tells, in words for people, all of it text. */
export type ToldEntry = {
  readonly headline: string;
  readonly marks: readonly string[];
  /** Words with their quotation marks where they are quoted, null where the headline has them; and where they stand. */
  readonly quotes: readonly { readonly words: string | null; readonly from: string }[];
  readonly link: string | null;
};

/** An alert in words for people, before it is written as a mail or a chat message. */
export type ToldAlert = {
  readonly title: string;
  readonly entries: readonly ToldEntry[];
  /** Entries that were left out for want of room. */
  readonly more: number;
  readonly foot: string;
  readonly link: string;
};

const LONGEST_WORDS = 1_000;
const LONGEST_NAME = 200;
const MOST_QUOTES = 5;
const MOST_ENTRIES = 20;

const CORRECTED: Readonly<Record<CorrectionReason, string>> = {
  withdrawn: "every page that shows it was taken down",
  dismissed: "an analyst dismissed it",
  background: "it proved to be known before, so it was no news",
  reattributed: "the words prove to be somebody else's",
};

/** Says in words what an alert tells. */
export function alertInWords(matter: AlertMatter): ToldAlert {
  const { rule, news, publicUrl, at } = matter;
  const entries = entriesOf(news, publicUrl);
  return {
    title: shorten(titleOf(news).replace(/\s+/g, " "), 160),
    entries: entries.slice(0, MOST_ENTRIES),
    more: Math.max(0, entries.length - MOST_ENTRIES),
    foot: rule === null ? "Parley" : `Parley, rule ${shorten(rule, 100)}, ${at.toISOString().slice(0, 16)}Z`,
    link: entries.length === 1 && entries[0]?.link ? entries[0].link : linkTo.today(publicUrl),
  };
}

function titleOf(news: AlertNews): string {
  switch (news.kind) {
    case "development":
      return `${news.late ? "(late) " : ""}${news.development.summary}`;
    case "statements": {
      const [first] = news.statements;
      const more = news.statements.length > 1 ? ` (+${news.statements.length - 1} more)` : "";
      const marks = first ? [...(news.late ? ["late"] : []), ...polarityMarks(first)] : [];
      const about = marks.length > 0 ? `(${marks.join(", ")}) ` : "";
      return first ? `${about}${whoSaid(first)}: ${inMarks(first, first.words)}${more}` : "Statements";
    }
    case "batch":
      return [counted(news.developments.length, "development"), counted(news.statements.length, "statement")]
        .filter((part) => part !== null)
        .join(", ");
    case "correction":
      return `Correction: ${news.development.summary}`;
    case "test":
      return `Test of endpoint ${news.endpoint}`;
  }
}

function entriesOf(news: AlertNews, publicUrl: string): readonly ToldEntry[] {
  switch (news.kind) {
    case "development":
      return [developmentEntry(news.development, publicUrl, news.late ? ["late"] : [])];
    case "statements":
      return news.statements.map((one) => statementEntry(one, publicUrl, news.late ? ["late"] : []));
    case "batch":
      return [
        ...news.developments.map((one) => developmentEntry(one, publicUrl, one.late ? ["late"] : [])),
        ...news.statements.map((one) => statementEntry(one, publicUrl, [])),
      ];
    case "correction": {
      const { deliveryId, at } = news.corrects;
      const entry = developmentEntry(news.development, publicUrl, []);
      const why = `Do not rely on it: ${CORRECTED[news.reason]}. This corrects alert ${deliveryId} of ${at.toISOString().slice(0, 16)}Z.`;
      return [{ ...entry, marks: [why, ...entry.marks] }];
    }
    case "test":
      return [
        {
          headline: "This is a test that somebody asked for. It is sent as an alert is.",
          ...{ marks: [], quotes: [], link: null },
        },
      ];
  }
}

function developmentEntry(
  { id, type, typeName, severity, summary, hedge, eventDate, evidence }: AlertDevelopment,
  publicUrl: string,
  marks: readonly string[],
): ToldEntry {
  return {
    headline: shorten(summary, LONGEST_WORDS),
    marks: [
      ...marks,
      typeName.label,
      `severity ${severity} of 5`,
      ...(eventDate ? [`event date ${eventDate.value.slice(0, 10)}`] : []),
      ...(hedge ? [`reported: ${shorten(hedge, 80)}`] : []),
    ],
    quotes: evidence.slice(0, MOST_QUOTES).map(({ words, title, source, publishedAt }) => ({
      // The line of an edit says what was changed into what: a changed piece alone is nobody's saying.
      words: words === summary || type === "document.silent-edit" ? null : `“${shorten(words, LONGEST_WORDS)}”`,
      from: [source, title ?? "untitled", dayOf(publishedAt)]
        .filter((part) => part !== null)
        .map((part) => shorten(part, LONGEST_NAME))
        .join(", "),
    })),
    link: linkTo.development(publicUrl, id),
  };
}

function statementEntry(one: AlertStatement, publicUrl: string, marks: readonly string[]): ToldEntry {
  return {
    headline: whoSaid(one),
    marks: [...marks, ...polarityMarks(one)],
    quotes: [
      {
        words: inMarks(one, shorten(one.words, LONGEST_WORDS)),
        from: [shorten(one.title ?? "untitled", LONGEST_NAME), dayOf(one.saidAt)].filter(Boolean).join(", "),
      },
    ],
    link: linkTo.statement(publicUrl, one.id),
  };
}

/** What somebody denied, did not say, or would only say if is never told without that. */
function polarityMarks({ polarity }: AlertStatement): readonly string[] {
  const mark = turnedMark(polarity);
  return mark === null ? [] : [mark];
}

/** Quotation marks are for the speaker's own words; what a text tells of them stands without. */
function inMarks({ kind }: AlertStatement, words: string): string {
  return kind === "direct" ? `“${words}”` : words;
}

function whoSaid({ actors, speaker }: AlertStatement): string {
  return shorten(actors[0]?.name ?? speaker ?? "unknown speaker", LONGEST_NAME);
}

function counted(number: number, noun: string): string | null {
  return number === 0 ? null : `${number} ${noun}${number === 1 ? "" : "s"}`;
}
