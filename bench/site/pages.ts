import { type Chance, chanceFrom, pick } from "./chance.ts";
import { layouts } from "./layouts.ts";
import { chineseSentence, englishSentence, happening, MONTHS } from "./sentences.ts";

/** One invented publication of the loopback server. */
export type Page = { readonly title: string; readonly html: string; readonly publishedAt: Date };

/** Whether a page tells of something that happens in the talks: never, now and then as in an archive, or always. */
export type Telling = "sometimes" | "always";

const DAY_MS = 86_400_000;
/** Publications of the benchmark lie in the two years before this day, so that each run serves the same bytes. */
const LAST_DAY = Date.UTC(2026, 4, 29, 12);
const DAYS = 730;
/** One page in so many tells of a happening. */
const TELLING_ONE_IN = 5;

/**
 * Writes page `item` of feed `feed`: 3 to 8 KB of invented words by invented speakers, always the same for the same numbers.
 *
 * Feeds take turns with five layouts (see `layouts`): release, news article, briefing transcript, and question-and-answer
 * transcripts in English and Chinese.
 */
export function writePage(feed: number, item: number, telling: Telling): Page {
  const chance = chanceFrom(feed * 1_009 + item);
  const layout = layouts[feed % layouts.length] ?? layouts[0];
  // Pages that always tell something lie 35 days apart and before all others, so that no two tell of the same happening.
  const back = telling === "always" ? DAYS + 70 + item * 35 : Math.floor(chance() * DAYS);
  const publishedAt = new Date(LAST_DAY - back * DAY_MS);
  const tells = telling === "always" || Math.floor(chance() * TELLING_ONE_IN) === 0;
  const news = tells
    ? happening(layout.lang, telling === "always" ? item : Math.floor(chance() * 1_000), publishedAt)
    : null;
  const sentences = sentencesFor(layout.lang, chance, 22 + Math.floor(chance() * 22));
  const title = titleOf(layout.lang, feed, item, publishedAt, chance);
  return { title, publishedAt, html: layout.write({ title, publishedAt, sentences, news, chance }) };
}

function sentencesFor(lang: "en" | "zh", chance: Chance, count: number): readonly string[] {
  const one = lang === "en" ? englishSentence : chineseSentence;
  return Array.from({ length: lang === "en" ? count : Math.round(count * 1.4) }, () => one(chance));
}

function titleOf(lang: "en" | "zh", feed: number, item: number, day: Date, chance: Chance): string {
  if (lang === "zh")
    return `${day.getUTCFullYear()}年${day.getUTCMonth() + 1}月${day.getUTCDate()}日例行记者会（第${feed}-${item}号）`;
  const date = `${MONTHS[day.getUTCMonth()]} ${day.getUTCDate()}, ${day.getUTCFullYear()}`;
  const subject = pick(chance, [
    "Notes on AI governance",
    "On the testing of models",
    "Compute and trade",
    "Press briefing",
  ]);
  return `${subject} ${feed}-${item}, ${date}`;
}
