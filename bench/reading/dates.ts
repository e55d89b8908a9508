import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Corpora, gunzipped, jsonAt } from "./corpus.ts";
import { type Figure, figure } from "./figure.ts";
import type { BenchReader } from "./reader.ts";
import { f1, percent, ratio } from "./shares.ts";

type Expected = Readonly<
  Record<string, { readonly file: string; readonly date: string | null; readonly html_in?: string }>
>;

/** A page of the date corpus, with the day that people found on it and the one that we read. */
export type DatedPage = {
  readonly url: string;
  readonly want: string | null;
  readonly got: string | null;
  readonly basis: string;
};

/** Reads the pages of htmldate's evaluation. */
export async function datedPages(corpora: Corpora, reader: BenchReader): Promise<readonly DatedPage[] | null> {
  const folder = await corpora.open("htmldate-eval");
  if (!folder) return null;
  const other = await corpora.open("trafilatura-eval");
  const pages: DatedPage[] = [];
  for (const [url, { file, date, html_in }] of Object.entries(
    await jsonAt<Expected>(join(folder, "expected_dates.json")),
  )) {
    const html = join((html_in ? other : folder) ?? folder, "html", `${file}.gz`);
    if (!existsSync(html)) continue;
    const published = reader.read(await gunzipped(html), url).article.publishedAt;
    const got = published && /^\d{4}-\d\d-\d\d/.exec(published.value)?.[0];
    pages.push({ url, want: date, got: got ?? null, basis: `${published?.basis}: ${published?.raw}` });
  }
  return pages;
}

/** Scores publication days: htmldate's own definition; a wrong day is told apart from none. */
export async function dateFigures(corpora: Corpora, reader: BenchReader): Promise<readonly Figure[]> {
  const pages = await datedPages(corpora, reader);
  if (!pages) return [];
  const count = (test: (page: DatedPage) => boolean) => pages.filter(test).length;
  const right = count(({ want, got }) => got !== null && got === want);
  const wrong = count(({ want, got }) => got !== null && got !== want);
  const missing = count(({ want, got }) => got === null && want !== null);
  const none = count(({ want, got }) => got === null && want === null);
  const [p, r] = [ratio(right, right + wrong), ratio(right, right + missing)];
  return [
    figure("publication day right or rightly none, %", percent(ratio(right + none, pages.length)), pages.length, {
      reference: "htmldate 90.3 on all 1,000; prototype 74.5; newspaper4k 68.0",
      reach: 90,
    }),
    figure("publication day wrong, %", percent(ratio(wrong, pages.length)), pages.length, { most: 3 }),
    figure("publication day F1 (P R)", `${percent(f1(p, r))} (${percent(p)} ${percent(r)})`, pages.length, {
      reference: "htmldate 94.9; prototype 85.7",
    }),
  ];
}
