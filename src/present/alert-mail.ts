import type { AlertMatter } from "./alert-matter.ts";
import { alertInWords, type ToldAlert, type ToldEntry } from "./alert-text.ts";
import { escapeMarkup as escaped } from "./escape-markup.ts";
import { MAIL_LINK, MAIL_QUIET, MAIL_SERIF, mailPage } from "./mail-page.ts";
import { shorten } from "./shorten.ts";

/** An alert as a mail. */
export type AlertMail = { readonly subject: string; readonly text: string; readonly html: string };

/** Writes the mail that a mail endpoint gets, as JSON: the body of a delivery is fixed when it is made. */
export function alertMailBody(matter: AlertMatter): string {
  const told = alertInWords(matter);
  const mail: AlertMail = { subject: `Parley: ${shorten(told.title, 120)}`, text: textOf(told), html: htmlOf(told) };
  return JSON.stringify(mail);
}

function textOf({ entries, more, foot, link }: ToldAlert): string {
  const told = entries.flatMap(({ headline, marks, quotes, link: page }) => [
    headline,
    ...(marks.length > 0 ? [marks.join(" · ")] : []),
    ...quotes.flatMap(({ words, from }) => [...(words === null ? [] : ["", words]), `— ${from}`]),
    ...(page ? ["", page] : []),
    "",
  ]);
  return [...told, ...(more > 0 ? [`… and ${more} more: ${link}`, ""] : []), foot].join("\n");
}

function htmlOf({ title, entries, more, foot, link }: ToldAlert): string {
  const rest =
    more > 0 ? [`<p ${MAIL_QUIET}><a href="${escaped(link)}" style="${MAIL_LINK}">… and ${more} more</a></p>`] : [];
  const preview = entries.flatMap(({ marks }) => marks).join(" · ");
  return mailPage({ title, preview, lang: "en", blocks: [...entries.map(entryHtml), ...rest], foot: escaped(foot) });
}

function entryHtml({ headline, marks, quotes, link }: ToldEntry): string {
  const name = link ? `<a href="${escaped(link)}" style="${MAIL_LINK}">${escaped(headline)}</a>` : escaped(headline);
  const quoted = quotes.map(({ words, from }) =>
    [
      ...(words === null
        ? []
        : [
            `<p style="margin: 12px 0 2px; font-family: ${MAIL_SERIF}; font-size: 17px; line-height: 1.5">${escaped(words)}</p>`,
          ]),
      `<p ${MAIL_QUIET}>${escaped(from)}</p>`,
    ].join(""),
  );
  return [
    `<div style="margin: 0 0 24px"><p style="margin: 0 0 4px; font-size: 18px; line-height: 1.35; font-weight: 600">${name}</p>`,
    ...(marks.length > 0 ? [`<p ${MAIL_QUIET}>${escaped(marks.join(" · "))}</p>`] : []),
    ...quoted,
    "</div>",
  ].join("");
}
