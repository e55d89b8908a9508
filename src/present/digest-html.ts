import type { DigestDevelopmentLine, DigestStatementLine } from "../domain/digest-line.ts";
import { byThread, byVoice, type DigestFacts } from "./digest-facts.ts";
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
import type { DigestWords } from "./digest-words.ts";
import { escapeMarkup as escaped } from "./escape-markup.ts";
import { linkTo } from "./links.ts";
import { MAIL_LINK as LINK, mailPage, MAIL_QUIET as QUIET, MAIL_SERIF as SERIF } from "./mail-page.ts";
import { shorten } from "./shorten.ts";
import { summaryIn } from "./summary-in.ts";

/** Writes the digest as HTML; see `mailPage` for where it reads well. */
export function digestHtml({ facts, words, coverage, lines }: DigestPageFacts): string {
  const title = words.title(facts.day, facts.period);
  const lang = facts.lang === "zh" ? "zh-CN" : "en";
  const foot = [
    `<p style="margin: 0 0 6px"><a href="${escaped(linkTo.sources(facts.publicUrl))}" style="${LINK}">${escaped(words.coverage(coverage))}</a></p>`,
    ...failingLines(coverage, words).map((line) => `<p style="margin: 0 0 6px">${escaped(line)}</p>`),
    `<p style="margin: 0 0 6px">${escaped(words.foot)}</p>`,
    `<p style="margin: 0">${[
      [words.open, linkTo.today(facts.publicUrl)],
      ...(facts.links
        ? [
            [words.manage, facts.links.manage],
            [words.unsubscribe, facts.links.unsubscribe],
          ]
        : []),
    ]
      .map(([text = "", url = ""]) => `<a href="${escaped(url)}" style="${LINK}">${escaped(text)}</a>`)
      .join(" · ")}</p>`,
  ].join("");
  const blocks = [
    `<h1 style="font-size: 20px; line-height: 1.3; margin: 0 0 12px">${escaped(title)}</h1>`,
    ...lines.map((line) => `<p style="margin: 0 0 6px">${escaped(line)}</p>`),
    ...(facts.corrections.length > 0 ? [heading(words.corrections)] : []),
    ...facts.corrections.map(
      ({ summary, reason, toldOn, developmentId }) =>
        `<p style="margin: 0 0 2px"><a href="${escaped(linkTo.development(facts.publicUrl, developmentId))}" style="${LINK}; font-weight: 600"><s>${escaped(summaryIn(facts.lang, summary))}</s></a></p><p ${QUIET}>${escaped(words.corrected(reason, toldOn))}</p>`,
    ),
    ...(facts.developments.length > 0 ? [heading(words.developments)] : []),
    ...byThread(facts.developments).flatMap(({ state, developments }) => [
      ...(state && developments.length > 1
        ? [`<p ${QUIET}><strong>${escaped(words.threadState(state))}</strong></p>`]
        : []),
      ...developments.map((one) => developmentHtml(one, words, facts)),
    ]),
    ...(facts.more > 0 ? [`<p ${QUIET}>${escaped(words.more(facts.more))}</p>`] : []),
    heading(words.statements),
    ...(facts.statements.length === 0 ? [`<p style="margin: 0 0 6px">${escaped(words.noStatements)}</p>`] : []),
    ...byVoice(facts.statements).flatMap(({ speaker, statements }) => [
      `<p style="margin: 0 0 2px; font-weight: 600">${escaped(speakerLine(speaker, words))}</p>`,
      ...statements.map((one) => statementHtml(one, words, facts.publicUrl)),
    ]),
  ];
  return mailPage({ title, preview: lines.join(" · "), lang, blocks, foot });
}

function heading(text: string): string {
  return `<h2 style="font-size: 15px; line-height: 1.3; margin: 24px 0 12px; padding-top: 12px; border-top: 2px solid #1d1d1b">${escaped(text)}</h2>`;
}

function quoteHtml(words: string, lang: string | null): string {
  return `<p${lang ? ` lang="${escaped(lang)}"` : ""} style="margin: 0 0 4px; font-family: ${SERIF}; font-size: 17px; line-height: 1.5">“${escaped(shorten(words, LONGEST_QUOTE))}”</p>`;
}

function developmentHtml(one: DigestDevelopmentLine, words: DigestWords, { publicUrl, lang }: DigestFacts): string {
  const { quote } = one;
  const quoted = quotedUnder(one);
  const speaker = saidBy(one);
  const place =
    quote &&
    `<p ${QUIET}>${[
      ...(speaker ? [escaped(speakerLine(speaker, words))] : []),
      ...(quote.source ? [escaped(words.sourceName(quote.source))] : []),
      `<a href="${escaped(linkTo.marked(publicUrl, quote.documentId, quote.versionNumber, quote.mark))}" style="${LINK}">${escaped(quote.documentTitle ?? words.open)}</a>`,
    ].join(" · ")}</p>`;
  return [
    `<div style="margin: 0 0 18px">`,
    `<p style="margin: 0 0 4px"><a href="${escaped(linkTo.development(publicUrl, one.id))}" style="${LINK}; font-weight: 600">${escaped(summaryIn(lang, one.summary))}</a></p>`,
    quoted === null ? "" : quoteHtml(quoted, quote?.lang ?? null),
    `<p ${QUIET}>${escaped(marksOf(one, words).join(" · "))}</p>`,
    place ?? "",
    "</div>",
  ].join("");
}

function statementHtml(one: DigestStatementLine, words: DigestWords, publicUrl: string): string {
  const facts = [
    one.saidAt?.value.slice(0, 10) ?? null,
    one.source ? words.sourceName(one.source) : null,
    ...statementMarks(one, words),
  ].filter((part) => part !== null);
  return [
    `<div style="margin: 0 0 16px">${quoteHtml(one.words, one.lang)}`,
    `<p ${QUIET}>${escaped(facts.join(" · "))}${facts.length > 0 ? " · " : ""}`,
    `<a href="${escaped(linkTo.marked(publicUrl, one.documentId, one.versionNumber, `s${one.id}`))}" style="${LINK}">${escaped(one.documentTitle ?? words.open)}</a></p></div>`,
  ].join("");
}
