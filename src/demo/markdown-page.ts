import { DateTime } from "luxon";
import { escapeMarkup } from "../present/escape-markup.ts";
import type { MarkdownDocument } from "./markdown-document.ts";
import { markdownToHtml } from "./markdown-html.ts";

/** How the site names its parts above a title. */
const SECTIONS: Readonly<Record<string, string>> = {
  "press-briefings": "Press Briefings",
  "statements-releases": "Statements and Releases",
  "speeches-remarks": "Speeches and Remarks",
  "presidential-actions": "Presidential Actions",
};

/** Renders a document in the page layout of whitehouse.gov: topper with title and time, then the body. */
export function renderMarkdownPage(document: MarkdownDocument): string {
  const { title, section, publishedAt, originalUrl } = document;
  const day = DateTime.fromISO(publishedAt, { setZone: true }).setLocale("en-US").toFormat("MMMM d, yyyy");
  return `<!DOCTYPE html>
<html lang="en-US">
<head>
<meta charset="utf-8">
<title>${escapeMarkup(title)} | The White House</title>
</head>
<body>
<header><nav><a href="/">All demonstration sources</a></nav></header>
<main>
<div class="wp-block-whitehouse-topper">
<p>${escapeMarkup(SECTIONS[section] ?? section)}</p>
<h1>${escapeMarkup(title)}</h1>
<div class="wp-block-post-author-name">The White House</div>
<div class="wp-block-post-date"><time datetime="${escapeMarkup(publishedAt)}">${day}</time></div>
</div>
<div class="entry-content wp-block-post-content">
${markdownToHtml(document.body)}
</div>
</main>
<footer><p>A copy served by the Parley demonstration. First published at <a href="${escapeMarkup(originalUrl)}">${escapeMarkup(originalUrl)}</a>.</p></footer>
</body>
</html>
`;
}
