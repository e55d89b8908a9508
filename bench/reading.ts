import { parseArgs } from "node:util";
import { conferenceFigures } from "./reading/conferences.ts";
import { openCorpora } from "./reading/corpus.ts";
import { datedPages, dateFigures } from "./reading/dates.ts";
import { type Figure, figuresTable } from "./reading/figure.ts";
import { pageFigures } from "./reading/pages.ts";
import { benchReader } from "./reading/reader.ts";

const { values: given } = parseArgs({
  options: {
    only: { type: "string", default: "pages,dates,conferences" },
    misses: { type: "boolean", default: false },
  },
});
const only = new Set(given.only.split(","));
const corpora = await openCorpora(process.env.PARLEY_CORPORA ?? "../shared/data");
const reader = benchReader();
const figures: Figure[] = [];
if (only.has("pages")) figures.push(...(await pageFigures(corpora, reader, given.misses)));
if (only.has("dates")) {
  if (given.misses)
    for (const page of (await datedPages(corpora, reader)) ?? []) if (page.want !== page.got) console.log(page);
  figures.push(...(await dateFigures(corpora, reader)));
}
if (only.has("conferences")) figures.push(...(await conferenceFigures(corpora, reader, given.misses)));
console.log(figuresTable(figures));
await corpora.close();
