import type { DevelopmentRow } from "../../db/developments/development-list.ts";
import { escapeMarkup } from "../../present/escape-markup.ts";

/** Writes developments as an Atom feed (RFC 4287). Everything from outside is escaped; characters that XML 1.0 forbids are dropped. */
export function atomFeed(
  developments: readonly DevelopmentRow[],
  base: string,
  now: Date,
  about = { title: "Parley: developments", path: "/developments.atom" },
): string {
  const updated = developments[0]?.detectedAt ?? now;
  const entries = developments.map((development) => {
    const link = `${base}/developments/${development.id}`;
    const quotes = development.evidence.map(({ words, documentTitle }) =>
      documentTitle ? `“${words}” — ${documentTitle}` : `“${words}”`,
    );
    return `<entry>
<id>${escapeMarkup(link)}</id>
<title>${escapeMarkup(development.summary)}</title>
<link rel="alternate" href="${escapeMarkup(link)}"/>
<updated>${development.detectedAt.toISOString()}</updated>
<category term="${escapeMarkup(development.type)}" label="${escapeMarkup(development.typeName.label)}"/>
<category term="severity-${development.severity}"/>
<content type="text">${escapeMarkup(quotes.join("\n\n"))}</content>
</entry>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${escapeMarkup(base + about.path)}</id>
<title>${escapeMarkup(about.title)}</title>
<updated>${updated.toISOString()}</updated>
<author><name>Parley</name></author>
<link rel="self" href="${escapeMarkup(base + about.path)}"/>
<link rel="alternate" href="${escapeMarkup(base)}/developments"/>
${entries.join("\n")}
</feed>
`;
}
