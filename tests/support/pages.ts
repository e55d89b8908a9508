/** Writes a feed with these entries; what a test does not say is not in it. */
export function rss(
  entries: readonly { readonly key: string; readonly url?: string; readonly title?: string; readonly text?: string }[],
): string {
  const items = entries.map(
    ({ key, url, title = "Regular briefing", text }) =>
      `<item><title>${title}</title>${url ? `<link>${url}</link>` : ""}<guid isPermaLink="false">${key}</guid>${text ? `<description>${text}</description>` : ""}</item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Norland</title><link>https://norland.example</link><description>Briefings</description>${items.join("")}</channel></rss>`;
}

/** Writes the page of a briefing with these paragraphs. */
export function page(paragraphs: readonly string[], title = "Regular briefing of 19 May 2026"): string {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><meta property="article:published_time" content="2026-05-19T10:00:00Z"></head><body><article><h1>${title}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join("")}</article></body></html>`;
}

/** Paragraphs of an invented briefing, long enough that any reader takes them for the article. */
export const briefing: readonly string[] = [
  "The spokesperson of the ministry answered questions on Tuesday about the exchange between the two laboratories.",
  "“We will keep the hotline open for questions about the safety of artificial intelligence,” the spokesperson said.",
  "The spokesperson added that further meetings of experts would be arranged through the usual channels this summer.",
];
