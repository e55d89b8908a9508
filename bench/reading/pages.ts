import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import type { Article } from "../../src/domain/article.ts";
import { earliestInstant } from "../../src/domain/known-date.ts";
import { type Corpora, filesBelow, gunzipped, jsonAt } from "./corpus.ts";
import { type Figure, figure } from "./figure.ts";
import { naiveReading, readabilityAlone } from "./plain-readers.ts";
import type { BenchReader } from "./reader.ts";
import { f1, mean, percent, ratio, withoutSpace } from "./shares.ts";
import { shingleScore } from "./shingle-score.ts";

/** Scores bodies, titles, authors and dates on five sets of pages. */
export async function pageFigures(corpora: Corpora, reader: BenchReader, misses: boolean): Promise<readonly Figure[]> {
  return [
    ...(await bodies(corpora, reader, misses)),
    ...(await publishers(corpora, reader, misses)),
    ...(await snippets(corpora, reader)),
    ...(await papers(corpora, reader)),
    ...(await chinese(corpora, reader)),
  ];
}

const three = ({ f1: f, precision, recall }: ReturnType<typeof shingleScore>) =>
  `${f.toFixed(3)} (${precision.toFixed(3)} ${recall.toFixed(3)})`;

async function bodies(corpora: Corpora, reader: BenchReader, misses: boolean): Promise<Figure[]> {
  const folder = await corpora.open("article-extraction-benchmark");
  if (!folder) return [];
  type Truth = Readonly<Record<string, { readonly url: string; readonly articleBody: string }>>;
  const pages: { truth: string; ours: string; readability: string; naive: string }[] = [];
  let [readabilityMs, naiveMs] = [0, 0];
  for (const [id, { url, articleBody }] of Object.entries(await jsonAt<Truth>(join(folder, "ground-truth.json")))) {
    const file = join(folder, "html", `${id}.html.gz`);
    if (!existsSync(file)) continue;
    const bytes = await gunzipped(file);
    const html = bytes.toString("utf8");
    const ours = reader.read(bytes, url).article.text;
    const start = performance.now();
    const readability = readabilityAlone(html).text;
    const middle = performance.now();
    const naive = naiveReading(html).text;
    readabilityMs += middle - start;
    naiveMs += performance.now() - middle;
    pages.push({ truth: articleBody, ours, readability, naive });
    const one = shingleScore([{ truth: articleBody, found: ours }]);
    if (misses && one.f1 < 0.93) console.log(`body ${three(one)} ${id} ${url}`);
  }
  const score = (name: "ours" | "readability" | "naive") =>
    shingleScore(pages.map((page) => ({ truth: page.truth, found: page[name] })));
  const ours = score("ours");
  const n = pages.length;
  return [
    figure("article body F1 (P R)", three(ours), n, {
      reference: "on all 181: trafilatura .958, readability.js .947",
      reach: 0.965,
    }),
    figure("article body exact, %", percent(ours.exact), n, { reference: "Readability + linkedom 18.2" }),
    figure("article body F1 (P R), Readability alone", three(score("readability")), n, {
      reference: `${(readabilityMs / n).toFixed(1)} ms a page`,
    }),
    figure("article body F1 (P R), naive cheerio", three(score("naive")), n, {
      reference: `${(naiveMs / n).toFixed(1)} ms a page`,
    }),
  ];
}

type PublisherTruth = {
  readonly title: string;
  readonly authors?: readonly string[];
  readonly publishing_date?: string;
  readonly body?: {
    readonly summary?: readonly string[];
    readonly sections?: readonly { readonly headline: readonly string[]; readonly paragraphs: readonly string[] }[];
  };
};

async function publishers(corpora: Corpora, reader: BenchReader, misses: boolean): Promise<Figure[]> {
  const folder = await corpora.open("fundus-pages");
  if (!folder) return [];
  const pages: { truth: PublisherTruth; article: Article; file: string }[] = [];
  for (const file of (await filesBelow(folder)).filter((name) => name.endsWith(".html.gz"))) {
    const [country = "", name = ""] = file.split(sep);
    const meta = await jsonAt<Readonly<Record<string, { readonly url?: string }>>>(join(folder, country, "meta.info"));
    const stem = name.replace(/_\d{4}_\d\d_\d\d\.html\.gz$/, "");
    const versions = await jsonAt<Readonly<Record<string, PublisherTruth>>>(join(folder, country, `${stem}.json.gz`));
    const truth = Object.values(versions).at(-1);
    const { article } = reader.read(await gunzipped(join(folder, file)), meta[name]?.url ?? `file:///${name}`);
    if (truth) pages.push({ truth, article, file });
  }
  const sameTitle = ({ truth, article }: (typeof pages)[number]) =>
    withoutSpace(truth.title ?? "").toLowerCase() === withoutSpace(article.title ?? "").toLowerCase();
  const dated = pages.filter(({ truth }) => truth.publishing_date);
  const minute = dated.filter(({ truth, article }) => {
    const want = Date.parse(zoned((truth.publishing_date ?? "").replace(" ", "T")));
    return article.publishedAt && Math.abs(want - earliestInstant(article.publishedAt).getTime()) <= 60_000;
  });
  const named = pages.filter(({ truth }) => truth.authors);
  const authors = named.map(({ truth, article, file }) => {
    const score = setScore(namesIn((truth.authors ?? []).join(", ")), namesIn(article.byline ?? ""));
    if (misses && score < 1) console.log(`authors ${file}: want ${truth.authors?.join(" | ")}; got ${article.byline}`);
    return score;
  });
  if (misses)
    for (const page of pages.filter((page) => !sameTitle(page)))
      console.log(`title ${page.file}: want ${page.truth.title}; got ${page.article.title}`);
  const body = shingleScore(
    pages.map(({ truth, article }) => ({
      truth: [
        ...(truth.body?.summary ?? []),
        ...(truth.body?.sections ?? []).flatMap(({ headline, paragraphs }) => [...headline, ...paragraphs]),
      ].join("\n"),
      found: article.text,
    })),
  );
  return [
    figure("fundus: title right, %", percent(ratio(pages.filter(sameTitle).length, pages.length)), pages.length),
    figure("fundus: date right to the minute, %", percent(ratio(minute.length, dated.length)), dated.length),
    figure("fundus: authors, mean F1, %", percent(mean(authors)), named.length),
    figure("fundus: body F1 (P R), silver", three(body), pages.length),
  ];
}

const zoned = (text: string) => (/T[\d:.]+$/.test(text) ? `${text}Z` : text);

function namesIn(byline: string): ReadonlySet<string> {
  const names = byline.split(/\s*(?:,|;|、|\/|\||\n|&|\band\b|\bund\b|\bet\b)\s*/i);
  const bare = names.map((name) => name.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase());
  return new Set(bare.map((name) => name.replace(/^(?:by|von|par|por)\s+/, "")).filter((name) => name !== ""));
}

function setScore(want: ReadonlySet<string>, got: ReadonlySet<string>): number {
  if (want.size === 0 && got.size === 0) return 1;
  const hits = [...want].filter((name) => got.has(name)).length;
  return f1(ratio(hits, got.size), ratio(hits, want.size));
}

async function snippets(corpora: Corpora, reader: BenchReader): Promise<Figure[]> {
  const folder = await corpora.open("trafilatura-eval");
  if (!folder) return [];
  type Truth = Readonly<
    Record<string, { readonly file: string; readonly with?: readonly string[]; readonly without?: readonly string[] }>
  >;
  let [held, lost, stray, kept] = [0, 0, 0, 0];
  const squeezed = (text: string) =>
    text
      .normalize("NFC")
      .replace(/[\s\u200b-\u200d\ufeff]+/gu, " ")
      .trim();
  for (const [url, { file, with: wanted = [], without = [] }] of Object.entries(
    await jsonAt<Truth>(join(folder, "evaldata.sample.json")),
  )) {
    const html = join(folder, "html", `${file}.gz`);
    if (!existsSync(html)) continue;
    const text = squeezed(reader.read(await gunzipped(html), url).article.text);
    for (const snippet of wanted) text.includes(squeezed(snippet)) ? held++ : lost++;
    for (const snippet of without) text.includes(squeezed(snippet)) ? stray++ : kept++;
  }
  const [p, r] = [ratio(held, held + stray), ratio(held, held + lost)];
  const value = `${f1(p, r).toFixed(3)} (${p.toFixed(3)} ${r.toFixed(3)})`;
  return [
    figure("trafilatura snippets F1 (P R)", value, held + lost + stray + kept, {
      reference: "on all 990: trafilatura .924, readability-lxml .826",
    }),
  ];
}

async function papers(corpora: Corpora, reader: BenchReader): Promise<Figure[]> {
  const folder = await corpora.open("newspaper-pages");
  if (!folder) return [];
  const pairs: { truth: string; found: string }[] = [];
  for (const name of (await filesBelow(join(folder, "html"))).filter((file) => file.endsWith(".html.gz"))) {
    const text = join(folder, "text", name.replace(/\.html\.gz$/, ".txt"));
    const truth = existsSync(text) ? await readFile(text, "utf8") : "";
    if (truth.trim() === "") continue;
    const bytes = await gunzipped(join(folder, "html", name));
    pairs.push({ truth, found: reader.read(bytes, `file:///${dirname(name)}/${name}`).article.text });
  }
  return [figure("newspaper pages: body F1 (P R), silver", three(shingleScore(pairs)), pairs.length)];
}

async function chinese(corpora: Corpora, reader: BenchReader): Promise<Figure[]> {
  const folder = await corpora.open("gne-chinese-pages");
  if (!folder) return [];
  const articles: Article[] = [];
  for (const file of (await filesBelow(folder)).filter((name) => name.endsWith(".html.gz")))
    articles.push(reader.read(await gunzipped(join(folder, file)), `file:///${file}`).article);
  const share = (test: (article: Article) => boolean) => percent(ratio(articles.filter(test).length, articles.length));
  const value = [
    share(({ title }) => title !== null),
    share(({ publishedAt }) => publishedAt !== null),
    share(({ text }) => text.length > 200),
  ];
  return [figure("Chinese pages: title / date / body found, %", value.join(" / "), articles.length)];
}
