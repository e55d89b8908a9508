import type { Catalogue } from "./catalogue.ts";

/** Prints the types of developments as the Markdown of docs/developments.md, the gravest first. */
export function developmentsTable({ developmentTypes }: Catalogue): string {
  const cell = (text: string) => text.replace(/\s+/g, " ").replaceAll("|", "\\|").trim();
  const rows = [...developmentTypes]
    .sort((a, b) => b.severity - a.severity || (a.id < b.id ? -1 : 1))
    .map(({ id, label, severity, expertSeverity, definition, notThis }) =>
      [
        `\`${id}\``,
        cell(label),
        expertSeverity === undefined ? severity : `${severity} (${expertSeverity})`,
        cell(definition),
        cell(notThis ?? ""),
      ].join(" | "),
    );
  return `# Developments

What Parley tells as something new happening, by type. \`parley developments --type\` and \`type:\` in searches and rules take these ids, or the part
before the dot for the whole family (\`talks\`).

Severity: 5 changes the state of the talks; 4 is an official act, a named person, a binding text or a new commitment; 3 a credible lead-up, or
a domestic act with effect; 2 a restated position or an expert's proposal; 1 commentary or background. In brackets: what it is
when an expert or the press says it.

This page is printed from \`catalogue/development-types.yaml\` by \`npm run docs:print\`.

| id | name | severity | what counts | what does not |
|---|---|---|---|---|
${rows.map((row) => `| ${row} |`).join("\n")}
`;
}
