import type { KnownDate } from "../domain/known-date.ts";
import { escapeMarkup } from "./escape-markup.ts";
import { linkTo } from "./links.ts";

/** A development as alerts tell it. */
export type AlertDevelopment = {
  readonly id: number;
  readonly type: string;
  readonly severity: number;
  readonly status: string;
  readonly summary: string;
  readonly hedge: string | null;
  readonly eventDate: KnownDate | null;
  readonly detectedAt: Date;
  readonly actors: readonly { readonly id: string; readonly name: string }[];
  readonly topics: readonly string[];
  readonly evidence: readonly {
    readonly words: string;
    readonly statementId: number | null;
    readonly documentId: number;
    readonly title: string | null;
    readonly publishedAt: KnownDate | null;
  }[];
};

/** What an alert is about. */
export type AlertMatter = {
  readonly rule: string;
  readonly development: AlertDevelopment;
  readonly publicUrl: string;
  readonly at: Date;
};

/** Version of the shape below; it rises when a field changes its meaning or goes. See docs/webhooks.md. */
const SHAPE_VERSION = 1;

/** Standard Webhooks asks for payloads under 20 kB: what is longer is cut here and stands whole on the linked page. */
const MOST_BYTES = 19_000;
const MOST_EVIDENCE = 5;
const MOST_ACTORS = 12;
const MOST_TOPICS = 24;
/** Characters that a text keeps; the second number is what is left of it when all is long. */
const LONGEST_WORDS = 1_000;
const LEAST_WORDS = 120;

/** Writes the JSON that a webhook gets: one event with a type, a time stamp and its data, as Standard Webhooks recommends. */
export function alertBody(matter: AlertMatter): string {
  for (let longest = LONGEST_WORDS; ; longest /= 2) {
    const body = JSON.stringify(eventOf(matter, Math.max(longest, LEAST_WORDS)));
    if (new TextEncoder().encode(body).length <= MOST_BYTES || longest <= LEAST_WORDS) return body;
  }
}

function eventOf({ rule, development, publicUrl, at }: AlertMatter, longest: number) {
  const { id, type, severity, status, summary, hedge, eventDate, topics, actors, evidence, detectedAt } = development;
  const cut = <T extends string | null>(text: T): T => (text === null ? text : (shorten(text, longest) as T));
  const cutDate = (date: KnownDate | null) => date && { ...date, raw: cut(date.raw) };
  return {
    type: "development.new",
    timestamp: at.toISOString(),
    version: SHAPE_VERSION,
    data: {
      rule: cut(rule),
      development: {
        ...{ id, type, severity, status, summary: cut(summary), hedge: cut(hedge), eventDate: cutDate(eventDate) },
        topics: topics.slice(0, MOST_TOPICS),
        detectedAt: detectedAt.toISOString(),
        actors: actors.slice(0, MOST_ACTORS).map((actor) => ({ id: actor.id, name: cut(actor.name) })),
        url: linkTo.development(publicUrl, id),
        evidence: evidence.slice(0, MOST_EVIDENCE).map(({ words, statementId, documentId, title, publishedAt }) => ({
          words: cut(words),
          ...{ statementId, documentId, title: cut(title), publishedAt: cutDate(publishedAt) },
          url: statementId === null ? linkTo.document(publicUrl, documentId) : linkTo.statement(publicUrl, statementId),
        })),
      },
    },
  };
}

/** An alert as a mail. */
export type AlertMail = { readonly subject: string; readonly text: string; readonly html: string };

/** Writes the mail that a mail endpoint gets, as JSON: the body of a delivery is fixed when it is made. */
export function alertMailBody({ rule, development, publicUrl }: AlertMatter): string {
  const { summary, evidence, severity, type, id } = development;
  const quotes = evidence
    .slice(0, MOST_EVIDENCE)
    .map(({ words, title }) => `“${shorten(words, LONGEST_WORDS)}”\n— ${title ?? "untitled"}`);
  const link = linkTo.development(publicUrl, id);
  const text = [summary, "", ...quotes, "", `${type}, severity ${severity} of 5. Rule: ${rule}.`, link].join("\n");
  const html = `<pre style="font: 16px/1.5 Georgia, serif; white-space: pre-wrap">${escapeMarkup(text)}</pre>`;
  const mail: AlertMail = { subject: `Parley: ${shorten(summary.replace(/\s+/g, " "), 120)}`, text, html };
  return JSON.stringify(mail);
}

function shorten(words: string, longest: number): string {
  // A cut through a character of two units leaves half of it.
  return words.length <= longest
    ? words
    : `${words
        .slice(0, longest)
        .replace(/[\ud800-\udbff]$/, "")
        .trimEnd()}…`;
}
