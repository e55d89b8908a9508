import type { DevelopmentRow } from "../../db/developments/development-list.ts";

/** Writes developments as a JSON Feed (version 1.1, jsonfeed.org). */
export function jsonFeed(
  developments: readonly DevelopmentRow[],
  base: string,
  { title, path }: { readonly title: string; readonly path: string },
): string {
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title,
    home_page_url: `${base}/developments`,
    feed_url: `${base}${path}`,
    items: developments.map((one) => ({
      id: `${base}/developments/${one.id}`,
      url: `${base}/developments/${one.id}`,
      title: one.summary,
      content_text:
        one.evidence
          .map(({ words, documentTitle }) => (documentTitle ? `“${words}” — ${documentTitle}` : `“${words}”`))
          .join("\n\n") || one.summary,
      date_published: one.detectedAt.toISOString(),
      tags: [one.type, `severity-${one.severity}`, ...one.topics.map(({ id }) => id)],
    })),
  });
}
