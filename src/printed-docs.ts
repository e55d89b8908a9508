import type { Catalogue } from "./catalogue/catalogue.ts";
import { developmentsTable } from "./catalogue/developments-table.ts";
import { sourcesTable } from "./catalogue/sources-table.ts";
import { configurationTable } from "./config.ts";
import { dataDictionary } from "./db/analysts/data-dictionary.ts";
import { queryManual } from "./domain/query/manual.ts";
import { alertSchema } from "./present/alert-shape.ts";

/** Prints the pages of docs/ that come from code, by file name; a test keeps the committed ones equal. */
export function printedDocs(catalogue: Catalogue): Readonly<Record<string, string>> {
  return {
    "alert-1.schema.json": alertSchema(),
    "configuration.md": `# Configuration

Settings are environment variables. All may be left out. A bad one stops the start with one message that names every mistake;
an unknown variable that begins with \`PARLEY_\` is a mistake too. \`parley doctor\` says what is in use.

This page is printed from \`src/config.ts\` by \`npm run docs:print\`.

${configurationTable()}
`,
    "data-dictionary.md": dataDictionary(),
    "developments.md": developmentsTable(catalogue),
    "query.md": queryManual(),
    "sources.md": sourcesTable(catalogue),
  };
}
