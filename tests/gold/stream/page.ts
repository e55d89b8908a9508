import type { Item } from "./publish.ts";

/** Writes an item as the page that is fetched. */
export function pageOf({ title, lang, publishedOn, paragraphs, id }: Item): string {
  const body = paragraphs.map((words) => `<p>${words}</p>`).join("\n");
  const language = lang === "zh" ? "zh-CN" : "en";
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${title}</title>
<meta property="article:published_time" content="${publishedOn}T09:00:00Z"><meta name="id" content="${id}"></head>
<body><main><article><h1>${title}</h1>
${body}
</article></main></body></html>`;
}
