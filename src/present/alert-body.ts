import type { KnownDate } from "../domain/known-date.ts";
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

/** Standard Webhooks asks for payloads under 20 kB: longer evidence is cut here and stands whole on the linked page. */
const MOST_EVIDENCE = 5;
const LONGEST_WORDS = 1_000;

/** Writes the JSON that a webhook gets: one event with a type, a time stamp and its data, as Standard Webhooks recommends. */
export function alertBody({ rule, development, publicUrl, at }: AlertMatter): string {
  const { evidence, detectedAt, ...rest } = development;
  const { id, type, severity, status, summary, hedge, eventDate, topics } = rest;
  return JSON.stringify({
    type: "development.new",
    timestamp: at.toISOString(),
    version: SHAPE_VERSION,
    data: {
      rule,
      development: {
        ...{ id, type, severity, status, summary, hedge, eventDate, topics },
        detectedAt: detectedAt.toISOString(),
        actors: development.actors.map((actor) => ({ id: actor.id, name: actor.name })),
        url: linkTo.development(publicUrl, id),
        evidence: evidence.slice(0, MOST_EVIDENCE).map(({ words, statementId, documentId, title, publishedAt }) => ({
          words: shorten(words),
          ...{ statementId, documentId, title, publishedAt },
          url: statementId === null ? linkTo.document(publicUrl, documentId) : linkTo.statement(publicUrl, statementId),
        })),
      },
    },
  });
}

/** An alert as a mail. */
export type AlertMail = { readonly subject: string; readonly text: string; readonly html: string };

/** Writes the mail that a mail endpoint gets, as JSON: the body of a delivery is fixed when it is made. */
export function alertMailBody({ rule, development, publicUrl }: AlertMatter): string {
  const { summary, evidence, severity, type, id } = development;
  const quotes = evidence
    .slice(0, MOST_EVIDENCE)
    .map(({ words, title }) => `“${shorten(words)}”\n— ${title ?? "untitled"}`);
  const link = linkTo.development(publicUrl, id);
  const text = [summary, "", ...quotes, "", `${type}, severity ${severity} of 5. Rule: ${rule}.`, link].join("\n");
  const html = `<pre style="font: 16px/1.5 Georgia, serif; white-space: pre-wrap">${escapeMarkup(text)}</pre>`;
  const mail: AlertMail = { subject: `Parley: ${shorten(summary).replace(/\s+/g, " ").slice(0, 120)}`, text, html };
  return JSON.stringify(mail);
}

function shorten(words: string): string {
  return words.length <= LONGEST_WORDS ? words : `${words.slice(0, LONGEST_WORDS).toWellFormed().trimEnd()}…`;
}

function escapeMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
