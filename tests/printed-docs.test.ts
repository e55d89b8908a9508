import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { loadCatalogue } from "../src/catalogue/load.ts";
import { shipped } from "../src/paths.ts";
import { printedDocs } from "../src/printed-docs.ts";

const printed = printedDocs(loadCatalogue({ shippedDir: shipped("catalogue"), overlayDir: null }));

test.each(Object.entries(printed))("docs/%s is what `npm run docs:print` prints", (name, page) => {
  const path = shipped(`docs/${name}`);
  expect(existsSync(path), `docs/${name} is missing: run npm run docs:print`).toBe(true);
  expect(readFileSync(path, "utf8")).toBe(page);
});
