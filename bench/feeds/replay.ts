import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readFeed } from "../../src/read/feed/feed.ts";
import { noHints } from "../../src/read/hints.ts";
import type { Row } from "../parts/report.ts";
import { type Corpus, jsonLines } from "./corpus.ts";
import { openShare } from "./share.ts";

/** Reads the recorded snapshots of one feed in their order: each id is to be new once, in the snapshot in which it came. */
export async function measureReplay({ folder }: Corpus): Promise<readonly Row[]> {
  const place = join(folder, "rss-replay");
  const share = openShare();
  const seen = new Set<string>();
  for (const row of jsonLines(join(place, "index.jsonl"))) {
    const file = String(row.file);
    const bytes = readFileSync(join(place, file));
    const { items } = await readFeed({ bytes, url: "https://www.whitehouse.gov/news/feed/", headers: {} }, noHints);
    const fresh = items.map(({ key }) => key).filter((key) => !seen.has(key));
    const wanted = new Set(Array.isArray(row.new_guids) ? row.new_guids.map(String) : []);
    for (const key of new Set([...fresh, ...wanted])) share.count(fresh.includes(key) === wanted.has(key), file, key);
    for (const key of fresh) seen.add(key);
  }
  return [share.row("feed snapshots in order: each id new once, when it came", 100)];
}
