import type { AlertStatement } from "../domain/alerted.ts";
import type { KnownDate } from "../domain/known-date.ts";
import type { AlertDevelopment, AlertMatter } from "./alert-matter.ts";
import { ALERT_SHAPE_VERSION } from "./alert-shape.ts";
import { linkTo } from "./links.ts";
import { shorten } from "./shorten.ts";

/** Standard Webhooks asks for payloads under 20 kB: what is longer is cut here and stands whole on the linked page. */
const MOST_BYTES = 19_000;
const MOST_EVIDENCE = 5;
const MOST_ACTORS = 12;
const MOST_TOPICS = 24;
/** Characters that a text keeps; the second number is what is left of it when all is long. */
const LONGEST_WORDS = 1_000;
const LEAST_WORDS = 120;
/** Developments and statements that one body lists; the second number is what is left of them when all is long. */
const MOST_LISTED = 40;
const LEAST_LISTED = 4;

/** How much of everything is told. */
type Room = { readonly longest: number; readonly listed: number; readonly evidence: number };

/** Writes the JSON that a webhook gets: one event with a type, a time stamp and its data, as Standard Webhooks recommends. */
export function alertBody(matter: AlertMatter): string {
  let room: Room = { longest: LONGEST_WORDS, listed: MOST_LISTED, evidence: MOST_EVIDENCE };
  for (;;) {
    const body = JSON.stringify(eventOf(matter, room));
    const isLeast = room.longest === LEAST_WORDS && room.listed === LEAST_LISTED;
    if (new TextEncoder().encode(body).length <= MOST_BYTES || isLeast) return body;
    room = {
      longest: Math.max(Math.floor(room.longest / 2), LEAST_WORDS),
      listed: Math.max(Math.floor(room.listed / 2), LEAST_LISTED),
      evidence: matter.news.kind === "batch" ? 1 : MOST_EVIDENCE,
    };
  }
}

function eventOf(matter: AlertMatter, room: Room) {
  const { rule, news, at } = matter;
  const event = (type: string, data: Readonly<Record<string, unknown>>) => ({
    type,
    timestamp: at.toISOString(),
    version: ALERT_SHAPE_VERSION,
    data: rule === null ? data : { rule: shorten(rule, room.longest), ...data },
  });
  switch (news.kind) {
    case "development":
      return event(news.late ? "development.late" : "development.new", {
        late: news.late,
        development: developmentJson(news.development, matter, room),
      });
    case "statements": {
      const told = news.statements.slice(0, room.listed);
      return event("statements.new", {
        late: news.late,
        statements: told.map((one) => statementJson(one, matter, room)),
        more: news.statements.length - told.length,
      });
    }
    case "batch": {
      const developments = news.developments.slice(0, room.listed);
      const statements = news.statements.slice(0, room.listed);
      const all = news.developments.length + news.statements.length;
      return event("batch", {
        developments: developments.map((one) => ({ ...developmentJson(one, matter, room), late: one.late })),
        statements: statements.map((one) => statementJson(one, matter, room)),
        more: all - developments.length - statements.length,
      });
    }
    case "correction":
      return event("development.corrected", {
        development: developmentJson(news.development, matter, room),
        reason: news.reason,
        corrects: { deliveryId: news.corrects.deliveryId, at: news.corrects.at.toISOString() },
      });
    case "test":
      return event("test", {
        endpoint: shorten(news.endpoint, room.longest),
        message: "This is a test that somebody asked for. It is signed and sent as an alert is.",
      });
  }
}

function developmentJson(
  { id, type, severity, status, summary, hedge, eventDate, topics, actors, evidence, detectedAt }: AlertDevelopment,
  { publicUrl }: AlertMatter,
  { longest, evidence: most }: Room,
) {
  const cut = <T extends string | null>(text: T): T => (text === null ? text : (shorten(text, longest) as T));
  return {
    ...{ id, type, severity, status, summary: cut(summary), hedge: cut(hedge), eventDate: cutDate(eventDate, longest) },
    topics: topics.slice(0, MOST_TOPICS),
    detectedAt: detectedAt.toISOString(),
    actors: actors.slice(0, MOST_ACTORS).map((actor) => ({ id: actor.id, name: cut(actor.name) })),
    url: linkTo.development(publicUrl, id),
    evidence: evidence.slice(0, most).map(({ words, statementId, documentId, title, source, publishedAt }) => ({
      words: cut(words),
      ...{ statementId, documentId, title: cut(title), source: cut(source) },
      ...{ publishedAt: cutDate(publishedAt, longest) },
      url: statementId === null ? linkTo.document(publicUrl, documentId) : linkTo.statement(publicUrl, statementId),
    })),
  };
}

function statementJson(
  { id, words, lang, kind, act, polarity, speaker, actors, topics, saidAt, documentId, title }: AlertStatement,
  { publicUrl }: AlertMatter,
  { longest }: Room,
) {
  return {
    ...{ id, words: shorten(words, longest), lang, kind, act, polarity },
    speaker: speaker === null ? null : shorten(speaker, longest),
    actors: actors.slice(0, MOST_ACTORS).map((actor) => ({ id: actor.id, name: shorten(actor.name, longest) })),
    topics: topics.slice(0, MOST_TOPICS),
    ...{ saidAt: cutDate(saidAt, longest), documentId, title: title === null ? null : shorten(title, longest) },
    url: linkTo.statement(publicUrl, id),
  };
}

function cutDate(date: KnownDate | null, longest: number): KnownDate | null {
  return date && { value: date.value, precision: date.precision, basis: date.basis, raw: shorten(date.raw, longest) };
}
