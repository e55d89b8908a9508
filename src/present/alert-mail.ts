import type { AlertMatter } from "./alert-matter.ts";
import { alertInWords } from "./alert-text.ts";
import { escapeMarkup } from "./escape-markup.ts";
import { shorten } from "./shorten.ts";

/** An alert as a mail. */
export type AlertMail = { readonly subject: string; readonly text: string; readonly html: string };

/** Writes the mail that a mail endpoint gets, as JSON: the body of a delivery is fixed when it is made. */
export function alertMailBody(matter: AlertMatter): string {
  const { title, entries, more, foot, link } = alertInWords(matter);
  const told = entries.flatMap(({ headline, marks, quotes, link: page }) => [
    headline,
    ...(marks.length > 0 ? [marks.join(" · ")] : []),
    ...quotes.flatMap(({ words, from }) => ["", `“${words}”`, `— ${from}`]),
    ...(page ? ["", page] : []),
    "",
  ]);
  const text = [...told, ...(more > 0 ? [`… and ${more} more: ${link}`, ""] : []), foot].join("\n");
  const html = `<pre style="font: 16px/1.5 Georgia, serif; white-space: pre-wrap">${escapeMarkup(text)}</pre>`;
  const mail: AlertMail = { subject: `Parley: ${shorten(title, 120)}`, text, html };
  return JSON.stringify(mail);
}
