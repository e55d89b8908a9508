import { mkdir, writeFile } from "node:fs/promises";
import { shipped } from "../paths.ts";
import { printedDocs } from "../printed-docs.ts";
import { currentCatalogue, currentConfig } from "./context.ts";
import { say } from "./output.ts";

/** Writes the pages of docs/ that are printed from code, so that they cannot differ from it. */
export async function docsCommand(): Promise<void> {
  const pages = printedDocs(currentCatalogue(currentConfig()));
  await mkdir(shipped("docs"), { recursive: true });
  for (const [name, text] of Object.entries(pages)) {
    await writeFile(shipped(`docs/${name}`), text);
    say(`docs/${name}`);
  }
}
