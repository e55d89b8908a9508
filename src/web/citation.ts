import type { StatementRow } from "../db/statement-rows.ts";
import { knownDateText } from "./clocks.ts";
import type { View } from "./view.ts";

/** Writes a statement as a line that can stand in a footnote: who, the words, where, when, and the archived place. */
export function citationOf(view: View, statement: StatementRow): string {
  const { document, actors, speaker, saidAt } = statement;
  const who = actors.map(({ name }) => name).join(", ") || speaker?.text || view.say("speakerUnknown");
  const words = `“${statement.words}”`;
  const where = [document.source?.title, document.title].filter(Boolean).join(", ");
  const date = saidAt ? knownDateText(saidAt, view.lang) : view.say("noDate");
  const archived = new URL(`/statements/${statement.id}`, view.url).href;
  return [`${who}: ${words}`, where, date, document.url, archived].filter(Boolean).join(". ");
}
