import type { DevelopmentRow } from "../db/development-list.ts";

/** Writes developments as an Atom feed (RFC 4287). Everything from outside is escaped; characters that XML 1.0 forbids are dropped. */
export function atomFeed(developments: readonly DevelopmentRow[], base: string, now: Date): string {
  const updated = developments[0]?.detectedAt ?? now;
  const entries = developments.map((development) => {
    const link = `${base}/developments/${development.id}`;
    const quotes = development.evidence.map(({ words, documentTitle }) =>
      documentTitle ? `“${words}” — ${documentTitle}` : `“${words}”`,
    );
    return `<entry>
<id>${xmlText(link)}</id>
<title>${xmlText(development.summary)}</title>
<link rel="alternate" href="${xmlText(link)}"/>
<updated>${development.detectedAt.toISOString()}</updated>
<category term="${xmlText(development.type)}" label="${xmlText(development.typeName.label)}"/>
<category term="severity-${development.severity}"/>
<content type="text">${xmlText(quotes.join("\n\n"))}</content>
</entry>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${xmlText(base)}/developments.atom</id>
<title>Parley: developments</title>
<updated>${updated.toISOString()}</updated>
<author><name>Parley</name></author>
<link rel="self" href="${xmlText(base)}/developments.atom"/>
<link rel="alternate" href="${xmlText(base)}/developments"/>
${entries.join("\n")}
</feed>
`;
}

function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
