import { escapeMarkup } from "../present/escape-markup.ts";
import { releasedOf, type Site, type SiteState } from "./site.ts";

/** Writes the page that tells a person what the demonstration server holds and how far it has come. */
export function indexHtml(site: Site, state: SiteState): string {
  const released = releasedOf(site, state);
  const sections = site.sources.map((source) => {
    const pages = released.filter(({ sourceId }) => sourceId === source.id);
    const total = site.publications.filter(({ sourceId }) => sourceId === source.id).length;
    const health = source.id === state.down ? "answers 503" : "answers";
    return `<section>
<h2>${escapeMarkup(source.title)}</h2>
<p><a href="${escapeMarkup(new URL(source.list?.url ?? site.origin).pathname)}">List</a>: ${pages.length} of ${total} pages are out; the source ${health}.</p>
<ul>
${pages.map((page) => `<li>${page.publishedAt.slice(0, 10)} <a href="${escapeMarkup(page.path)}">${escapeMarkup(page.title)}</a>${editNote(page.revised !== null, state.edited)}</li>`).join("\n")}
</ul>
</section>`;
  });
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Sources of the Parley demonstration</title>
</head>
<body>
<h1>Sources of the Parley demonstration</h1>
<p>The White House documents are real and in the public domain. All else was invented: countries, bodies, people and words.</p>
${sections.join("\n")}
</body>
</html>
`;
}

function editNote(isEditable: boolean, edited: boolean): string {
  if (!isEditable) return "";
  return edited ? " (its words were changed without notice)" : " (its words will be changed without notice)";
}
