import type { Catalogue } from "./catalogue.ts";
import type { Source } from "./source.ts";

const BLOCS = [
  ["China", "China"],
  ["US", "United States"],
  ["EU", "European Union and its states"],
  ["UN", "United Nations"],
  ["third", "Other states, organisations and press"],
] as const;

const INTRODUCTION = `# Sources

Printed from the catalogue; do not edit. The entries stand in \`catalogue/sources/\`, with their evidence and notes.

A catalogue folder of your own (\`PARLEY_CATALOGUE\`) has the same files: \`sources.yaml\` or \`sources/ANY-NAME.yaml\`, \`actors.yaml\`,
\`sites.yaml\`, \`ambiguity-rules.yaml\`, \`nations.yaml\`, \`topics.yaml\`, \`development-types.yaml\`, \`events.yaml\`, \`phrases.yaml\`, \`evidence.yaml\`.
An entry with a known id changes the fields that it names, each as a whole (\`document: { body: [main] }\` replaces all of \`document\`);
an entry with a new id is added. Mostly two lines are enough:

\`\`\`yaml
- id: un-news-zh
  enabled: true
\`\`\`

Keys of a source: \`id\`, \`title\`, \`titleZh\`, \`actor\`, \`class\`, \`official\`, \`bloc\`, \`languages\`, \`priority\`, \`enabled\`, \`disabledBecause\`,
\`confidence\`, \`evidence\`, \`timeZone\`, \`charset\`, \`poll\` (\`every\`, \`window\`, \`else\`, \`slowest\`), \`list\` (\`kind\` \`feed\`, \`page\`, \`json\`, \`wordpress\` or
\`sitemap\`, \`url\`, \`fallbackUrls\`, \`articlePath\`, \`paging\`, \`archive\`; for a page \`item\`, \`date\`; for JSON \`items\`, \`fields\`), \`document\` (\`layout\`,
\`body\`, \`title\`, \`date\`, \`drop\`, \`kind\`, \`fromFeed\`), \`identity\` (\`by\`, \`drop\`), \`mirrorOf\`, \`recheck\`, \`plainHttp\`, \`notes\`. Host names that are one
site, and the numbers that name documents in addresses, stand in \`sites.yaml\`. What each means: [CONTRIBUTING.md](../CONTRIBUTING.md#a-source).

Confidence: \`high\` means that the address was seen working in 2026, \`medium\` that it stands in current code, \`low\` that it is not verified;
those of low confidence are off. Nothing was fetched live for this list: watch the first polls.`;

/** Prints docs/sources.md: every source with its list, rhythm, confidence and, where it is off, the reason. */
export function sourcesTable({ sources }: Pick<Catalogue, "sources">): string {
  const enabled = sources.filter((source) => source.enabled).length;
  const parts = BLOCS.map(([bloc, heading]) => {
    const rows = sources.filter((source) => source.bloc === bloc).map(row);
    return [`## ${heading} (${rows.length})`, "", ...HEAD, ...rows].join("\n");
  });
  return `${[INTRODUCTION, `${sources.length} sources, ${enabled} of them on.`, ...parts].join("\n\n")}\n`;
}

const HEAD = [
  "| id | title | publisher | language | list | looked at | priority | confidence | state |",
  "|---|---|---|---|---|---|---|---|---|",
];

function row(source: Source): string {
  const { id, title, actor, languages, list, poll, priority, confidence } = source;
  const shownList = list ? `${list.kind}: <${list.url}>` : "none";
  const rhythm = poll.window ? `${poll.every} at ${poll.window}, else ${poll.else}` : poll.every;
  const state = source.enabled ? "on" : `off: ${source.disabledBecause ?? "switched off"}`;
  const cells = [
    `\`${id}\``,
    title,
    `\`${actor}\``,
    languages.join(", "),
    shownList,
    rhythm,
    priority,
    confidence,
    state,
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replace(/\s+/g, " ")).join(" | ")} |`;
}
