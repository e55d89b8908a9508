import type { Source } from "../catalogue/source.ts";
import { escapeMarkup } from "./escape-markup.ts";

/** Writes the feeds among these sources as a subscription list (OPML 2.0), a folder for each class. Lists of other kinds no reader could take. */
export function opmlOf(sources: readonly Source[]): string {
  const folders = new Map<string, Source[]>();
  for (const source of sources)
    if (source.list?.kind === "feed") folders.set(source.class, [...(folders.get(source.class) ?? []), source]);
  const outline = (source: Source) =>
    `      <outline type="rss" text="${escapeMarkup(source.title)}" title="${escapeMarkup(source.title)}" xmlUrl="${escapeMarkup(source.list?.url ?? "")}"/>`;
  const body = [...folders].map(
    ([name, inside]) => `    <outline text="${escapeMarkup(name)}">\n${inside.map(outline).join("\n")}\n    </outline>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  <head><title>Sources of Parley</title></head>\n  <body>\n${body.join("\n")}\n  </body>\n</opml>\n`;
}
