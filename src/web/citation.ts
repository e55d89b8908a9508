import type { StatementRow } from "../db/archive/statement-rows.ts";
import { showingGaps } from "../domain/span.ts";
import type { Citable } from "../present/cite.ts";
import { linkTo } from "../present/links.ts";
import { knownDateText } from "./clocks.ts";
import { turnedPhrase } from "./parts/mark.tsx";
import type { View } from "./view.ts";

/** Writes a statement as a line that can stand in a footnote: who, the words, where, when, and the archived place. */
export function citationOf(view: View, statement: StatementRow): string {
  const { document, actors, speaker, saidAt } = statement;
  const who = actors.map(({ name }) => name).join(", ") || speaker?.text || view.say("speakerUnknown");
  const turned = turnedPhrase(statement.polarity);
  const words = `“${showingGaps(statement.words, statement.content)}”${turned ? ` (${view.say(turned)})` : ""}`;
  const where = [document.source?.title, document.title].filter(Boolean).join(", ");
  const date = saidAt ? knownDateText(saidAt, view.lang) : view.say("noDate");
  const parts = [`${who}: ${words}`, where, date, document.url, linkTo.lasting(view.base, statement)];
  return parts.filter((part): part is string => Boolean(part)).reduce(joinSentences);
}

function joinSentences(before: string, after: string): string {
  return `${before}${/[.!?。！？…][”"』」]?$/u.test(before) ? " " : ". "}${after}`;
}

/** What a reference to a statement needs, in whatever form it is written. */
export function citableOf(base: string, statement: StatementRow): Citable {
  const { document, actors, speaker, saidAt } = statement;
  const names = actors.map(({ name }) => name);
  return {
    id: statement.id,
    speakers: names.length > 0 ? names : speaker ? [speaker.text] : [],
    words: showingGaps(statement.words, statement.content),
    polarity: statement.polarity,
    title: document.title,
    publisher: document.source?.title ?? document.origin,
    date: saidAt ?? document.publishedAt,
    originalUrl: document.url,
    archiveUrl: linkTo.lasting(base, statement),
    lang: statement.lang,
  };
}
