import type { DigestDevelopmentLine } from "../domain/digest-line.ts";
import { byThread, byVoice } from "./digest-facts.ts";
import {
  type DigestPageFacts,
  failingLines,
  LONGEST_QUOTE,
  marksOf,
  quotedUnder,
  saidBy,
  speakerLine,
  statementMarks,
} from "./digest-lines.ts";
import { linkTo } from "./links.ts";
import { shorten } from "./shorten.ts";
import { summaryIn } from "./summary-in.ts";

/** Writes the digest as plain text, worth reading by itself. */
export function digestPlain({ facts, words, coverage, lines }: DigestPageFacts): string {
  const { publicUrl, lang } = facts;
  const quotationOf = (one: DigestDevelopmentLine) => {
    const quoted = quotedUnder(one);
    return quoted === null ? [] : [`  “${shorten(quoted, LONGEST_QUOTE)}”`];
  };
  const speakerOf = (one: DigestDevelopmentLine) => {
    const speaker = saidBy(one);
    return speaker ? [speakerLine(speaker, words)] : [];
  };
  const heading = (text: string) => ["", text.toUpperCase(), ""];
  const told = byThread(facts.developments).flatMap(({ state, developments }) => [
    ...(state && developments.length > 1 ? [`== ${words.threadState(state)} ==`] : []),
    ...developments.flatMap((one) => [
      `* ${summaryIn(lang, one.summary)} [${marksOf(one, words).join(words.comma)}]`,
      ...(one.quote
        ? [
            ...quotationOf(one),
            `  — ${[
              ...speakerOf(one),
              ...(one.quote.source ? [words.sourceName(one.quote.source)] : []),
              ...(one.quote.documentTitle ? [one.quote.documentTitle] : []),
            ].join(" · ")}`,
            `  ${linkTo.marked(publicUrl, one.quote.documentId, one.quote.versionNumber, one.quote.mark)}`,
          ]
        : []),
      `  ${linkTo.development(publicUrl, one.id)}`,
      "",
    ]),
  ]);
  const said = byVoice(facts.statements).flatMap(({ speaker, statements }) => [
    `${speakerLine(speaker, words)}${words.colon.trimEnd()}`,
    ...statements.flatMap((one) => [
      `  “${shorten(one.words, LONGEST_QUOTE)}”`,
      `  ${[one.saidAt?.value.slice(0, 10), one.source ? words.sourceName(one.source) : null, ...statementMarks(one, words)].filter(Boolean).join(" · ")}`,
      `  ${linkTo.marked(publicUrl, one.documentId, one.versionNumber, `s${one.id}`)}`,
      "",
    ]),
  ]);
  const corrections = facts.corrections.flatMap(({ summary, reason, toldOn, developmentId }) => [
    `* ${summaryIn(lang, summary)}`,
    `  ${words.corrected(reason, toldOn)}`,
    `  ${linkTo.development(publicUrl, developmentId)}`,
    "",
  ]);
  return [
    words.title(facts.day, facts.period),
    "",
    ...lines,
    ...(corrections.length > 0 ? [...heading(words.corrections), ...corrections] : []),
    ...(told.length > 0 ? [...heading(words.developments), ...told] : []),
    ...(facts.more > 0 ? [words.more(facts.more), ""] : []),
    ...heading(words.statements),
    ...(said.length > 0 ? said : [words.noStatements, ""]),
    "--",
    words.coverage(coverage),
    ...failingLines(coverage, words),
    words.foot,
    linkTo.today(publicUrl),
    ...(facts.links
      ? [
          `${words.manage}${words.colon}${facts.links.manage}`,
          `${words.unsubscribe}${words.colon}${facts.links.unsubscribe}`,
        ]
      : []),
    "",
  ].join("\n");
}
