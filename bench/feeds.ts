import { measureAddresses } from "./feeds/addresses.ts";
import { measureCharsets } from "./feeds/charsets.ts";
import { openCorpora } from "./feeds/corpus.ts";
import { measureEdits } from "./feeds/edits.ts";
import { measureExpectedJson } from "./feeds/expected-json.ts";
import { measureFeedparser } from "./feeds/feedparser.ts";
import { measureRealFeeds } from "./feeds/real-feeds.ts";
import { measureReplay } from "./feeds/replay.ts";
import { benchOptions } from "./parts/options.ts";
import { type Row, tableOf, writeBetweenMarkers } from "./parts/report.ts";

const given = benchOptions(
  "bench:feeds",
  "Measures the reading of feeds, addresses and charsets against suites and real feeds that nobody here wrote. Takes half a minute.\nThe corpora lie in the folder of PARLEY_CORPORA (../shared/data) and are not part of the project.\nWith BENCH_MISSES=1 it tells what was read wrongly.",
  { write: { says: "write the table into docs/benchmarks.md" } },
);
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
  if (given.write)
    await writeBetweenMarkers(new URL("../../docs/benchmarks.md", import.meta.url), "bench:feeds", report);
} finally {
  corpora.close();
}
