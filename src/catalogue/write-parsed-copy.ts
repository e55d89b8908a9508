/** Build step: parses the shipped catalogue once, so that commands need not. Run as `node dist/catalogue/write-parsed-copy.js`. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readCatalogueFolder } from "./catalogue-folder.ts";
import { parseEntries } from "./parse-entries.ts";
import { parsedCopyPath, textDigest } from "./parsed-copy.ts";

const shippedDir = fileURLToPath(new URL("../../catalogue", import.meta.url));
const parsed = readCatalogueFolder(shippedDir).files.flatMap(({ text }) => {
  const result = parseEntries(text);
  return "error" in result ? [] : [[textDigest(text), result.entries] as const];
});
writeFileSync(parsedCopyPath(), JSON.stringify(Object.fromEntries(parsed)));
