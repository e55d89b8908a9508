import { escapeMarkup } from "../present/escape-markup.ts";
import type { Publication } from "./publication.ts";

/**
 * Writes a ministry's page of links in its English or Chinese layout, with links relative to the page.
 *
 * @param path - Of the listing, ending in a slash.
 * @param publications - Newest first.
 */
export function listingHtml(
  lang: "en" | "zh",
  title: string,
  path: string,
  publications: readonly Publication[],
): string {
  const entries = publications.map((publication) => {
    const href = escapeMarkup(publication.path.replace(path, "./"));
    const day = publication.publishedAt.slice(0, 10);
    return `<li><a href="${href}">${escapeMarkup(publication.title)}</a><span>${day}</span></li>`;
  });
  const list =
    lang === "zh"
      ? `<div class="newsBd"><ul class="list1">\n${entries.join("\n")}\n</ul></div>`
      : `<div class="news_list"><ul>\n${entries.join("\n")}\n</ul></div>`;
  return `<!DOCTYPE html>
<html lang="${lang === "zh" ? "zh-CN" : "en"}">
<head>
<meta charset="utf-8">
<title>${escapeMarkup(title)}</title>
</head>
<body>
<nav><a href="/">All demonstration sources</a></nav>
<h1>${escapeMarkup(title)}</h1>
${list}
</body>
</html>
`;
}
