import { measureAddresses } from "./feeds/addresses.ts";
import { measureCharsets } from "./feeds/charsets.ts";
import { openCorpora } from "./feeds/corpus.ts";
import { measureEdits } from "./feeds/edits.ts";
import { measureExpectedJson } from "./feeds/expected-json.ts";
import { measureFeedparser } from "./feeds/feedparser.ts";
import { measureRealFeeds } from "./feeds/real-feeds.ts";
import { measureReplay } from "./feeds/replay.ts";
import { type Row, tableOf, writeBetweenMarkers } from "./parts/report.ts";

/**
 * Measures the reading of feeds, addresses and charsets against suites and real feeds that nobody here wrote: `npm run bench:feeds`.
 *
 * The corpora lie in the folder of `PARLEY_CORPORA` and are not part of the project. `BENCH_MISSES=1` tells what was read wrongly.
 */
const corpora = openCorpora();
try {
  const rows: Row[] = [];
  const feedparser = corpora.open("feedparser-suite");
  if (feedparser) rows.push(...(await measureFeedparser(feedparser)));
  for (const name of ["gofeed-testdata", "feedsmith-references"]) {
    const corpus = corpora.open(name);
    if (corpus) rows.push(...(await measureExpectedJson(name, corpus)));
  }
  rows.push(...(await measureRealFeeds(corpora)));
  const snapshots = corpora.open("wh-statements");
  if (snapshots) rows.push(...(await measureReplay(snapshots)), ...measureEdits(snapshots));
  rows.push(...measureAddresses(corpora), ...measureCharsets(corpora));
  const report = `Measured ${new Date().toISOString().slice(0, 10)}.\n\n${tableOf(rows)}`;
  process.stdout.write(`${report}\n`);
  if (process.argv.includes("--write"))
    await writeBetweenMarkers(new URL("../../docs/benchmarks.md", import.meta.url), "bench:feeds", report);
} finally {
  corpora.close();
}
