import { existsSync } from "node:fs";
import { benchOptions } from "./parts/options.ts";
import { machine, writeBetweenMarkers } from "./parts/report.ts";
import { conferenceFigures } from "./reading/conferences.ts";
import { openCorpora } from "./reading/corpus.ts";
import { datedPages, dateFigures } from "./reading/dates.ts";
import { type Figure, figure, figuresTable } from "./reading/figure.ts";
import { newsFigures } from "./reading/news.ts";
import { pageFigures } from "./reading/pages.ts";
import { benchReader } from "./reading/reader.ts";
import { percent, quantile, ratio } from "./reading/shares.ts";
import { talksFigures } from "./reading/talks.ts";

const { only, ...given } = benchOptions(
  "bench:reading",
  "Measures reading against real input with known answers. Takes about a minute.\nThe corpora lie in the folder of PARLEY_CORPORA (../shared/data) and are not part of the project.",
  {
    only: { parts: ["news", "talks", "pages", "dates", "conferences"], says: "what is measured" },
    misses: { says: "print what was read wrongly" },
    write: { says: "write the table into docs/benchmarks.md" },
  },
);

const folder = process.env.PARLEY_CORPORA ?? "../shared/data";
if (!existsSync(folder)) {
  console.log(`There are no corpora in ${folder}: name their folder in PARLEY_CORPORA. Nothing was measured.`);
  process.exit(0);
}
const corpora = await openCorpora(folder);
const reader = benchReader();
const figures: Figure[] = [];
const parts = {
  news: () => newsFigures(corpora, reader),
  talks: () => talksFigures(corpora, reader),
  pages: () => pageFigures(corpora, reader, given.misses),
  dates: () => dateFigures(corpora, reader),
  conferences: () => conferenceFigures(corpora, reader, given.misses),
};
for (const [name, measure] of Object.entries(parts)) {
  if (!only.has(name)) continue;
  const found = await measure();
  if (found.length === 0) console.log(`${name}: the corpus is not in ${folder}; left out.`);
  figures.push(...found);
}
if (given.misses && only.has("dates"))
  for (const page of (await datedPages(corpora, reader)) ?? []) if (page.want !== page.got) console.log(page);
await corpora.close();

const { spans, pageMs } = reader;
figures.push(
  figure("statements whose spans cut out their words, %", percent(ratio(spans.right, spans.all)), spans.all, {
    reach: 100,
  }),
);
if (pageMs.length > 0)
  figures.push(
    figure("HTML to statements, one core: median, ms", quantile(pageMs, 0.5).toFixed(1), pageMs.length, {
      reference: "prototype 17 + 1.8",
      most: 12,
    }),
    figure("HTML to statements, one core: 99th of 100, ms", quantile(pageMs, 0.99).toFixed(1), pageMs.length, {
      most: 80,
    }),
  );
const table = figuresTable(figures);
console.log(table);
if (given.write) {
  const heading = `Measured ${new Date().toISOString().slice(0, 10)} on ${machine("not used")}, on the development halves.`;
  await writeBetweenMarkers(
    new URL("../../docs/benchmarks.md", import.meta.url),
    "bench:reading",
    `${heading}\n\n${table}`,
  );
}
