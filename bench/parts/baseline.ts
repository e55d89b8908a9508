import { load } from "cheerio";
import postgres from "postgres";
import RssParser from "rss-parser";

/** What the naive pipeline was timed at. */
export type Baseline = { readonly feedSeconds: number; readonly documentSeconds: number; readonly documents: number };

/** Requests at one time, as many as Parley's default. */
const AT_ONCE = 16;

/**
 * Does the same work the way a script would: fetch, rss-parser, the text of the whole page by cheerio, one insert each; one process,
 * the same Postgres. No archive of bytes, no versions, statements, topics or developments, no politeness, no retries.
 */
export async function runBaseline(databaseUrl: string, feedUrls: readonly string[]): Promise<Baseline> {
  const sql = postgres(databaseUrl, {
    max: AT_ONCE,
    onnotice: () => {},
    connection: { application_name: "parley baseline" },
  });
  await sql`drop schema if exists baseline cascade`;
  await sql`create schema baseline`;
  await sql`create table baseline.items (url text primary key, title text, text text)`;
  const parser = new RssParser();
  const started = performance.now();
  const pages: string[] = [];
  await inTurns(feedUrls, async (url) => {
    const { items } = await parser.parseString(await (await fetch(url)).text());
    for (const { link, title } of items) {
      if (!link) continue;
      await sql`insert into baseline.items (url, title) values (${link}, ${title ?? null}) on conflict do nothing`;
      pages.push(link);
    }
  });
  const fed = performance.now();
  await inTurns(pages, async (url) => {
    const text = load(await (await fetch(url)).text())("body").text();
    await sql`update baseline.items set text = ${text} where url = ${url}`;
  });
  const ended = performance.now();
  await sql`drop schema baseline cascade`;
  await sql.end();
  return { feedSeconds: (fed - started) / 1_000, documentSeconds: (ended - fed) / 1_000, documents: pages.length };
}

async function inTurns<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let at = next++; at < all.length; at = next++) await work(all[at] as T);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}
