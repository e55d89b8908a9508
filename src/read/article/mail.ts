import type { Article } from "../../domain/article.ts";
import type { OpenedMail } from "../container/opened.ts";
import { dateIn } from "../date/written-date.ts";
import type { ReadHints } from "../hints.ts";
import { htmlArticle } from "./html.ts";
import { textArticle } from "./text.ts";

/**
 * Makes an article of a mail: its HTML where that holds words, else its plain text; subject, sender and date are its own.
 */
export function mailArticle(mail: OpenedMail, url: string, hints: ReadHints): Article {
  const { problems, html, text } = mail;
  const zone = hints.source?.timeZone ?? null;
  const published = dateIn(mail.date, { basis: "header", zone }) ?? hints.published;
  const own: ReadHints = { ...hints, title: mail.subject ?? hints.title, published };
  const fromHtml = html === null ? null : htmlArticle(html, url, own, problems);
  const article =
    fromHtml && (fromHtml.text !== "" || text === null) ? fromHtml : textArticle(text ?? "", url, own, problems);
  return {
    ...article,
    title: mail.subject ?? article.title,
    byline: mail.from ?? article.byline,
    publishedAt: published ?? article.publishedAt,
    problems: problems.some(({ code }) => code === "bad-mail" || code === "too-large") ? problems : article.problems,
  };
}
