import type { Article } from "../../src/domain/article.ts";
import type { Development } from "../../src/domain/development.ts";
import type { FeedItem } from "../../src/domain/feed-reading.ts";
import type { KnownDate } from "../../src/domain/known-date.ts";
import type { Statement } from "../../src/domain/statement.ts";

/** Builds a day as a page gives it. */
export function buildDay(value: string): KnownDate {
  return { value, precision: "day", basis: "meta", raw: value };
}

/** Builds an entry of a feed. */
export function buildFeedItem(says: Partial<FeedItem> = {}): FeedItem {
  const key = says.key ?? "entry-1";
  return {
    ...{ key, url: `https://norland.example/${key.length > 40 ? "long" : encodeURIComponent(key.toWellFormed())}` },
    ...{ title: "Regular briefing", author: null, publishedAt: null, updatedAt: null, summary: null, content: null },
    ...says,
  };
}

/** Builds a reading of a page that holds one sentence. */
export function buildArticle(says: Partial<Article> = {}): Article {
  const text = says.text ?? "The spokesperson said: “We will talk.”";
  return {
    ...{ url: "https://norland.example/briefing", title: "Regular briefing", byline: null, publisher: null },
    ...{ kind: "transcript", lang: "en", publishedAt: buildDay("2026-05-19"), updatedAt: null, text },
    blocks: [{ kind: "paragraph", lang: "en", bold: [], start: 0, end: text.length }],
    problems: [],
    ...says,
  };
}

/** Builds a statement of the spokesperson over words that stand in a text. */
export function buildStatement(text: string, words: string, says: Partial<Statement> = {}): Statement {
  const start = text.indexOf(words);
  if (start < 0) throw new Error(`the text does not hold: ${words}`);
  const content = [{ start, end: start + words.length }];
  return {
    ...{ kind: "direct", act: "speech", polarity: "affirmed", content, text: words, quotes: content, cue: null },
    speaker: { text: "the spokesperson", start: null, end: null, form: "role", via: "source" },
    actors: [{ actorId: "norland", method: "source", confidence: 0.9 }],
    ...{ addressee: null, relayedBy: null, question: null, saidAt: buildDay("2026-05-19") },
    topics: [{ id: "process.channel", score: 1, evidence: content }],
    ...{ confidence: 0.9, rule: "test", fidelity: "verbatim-primary", flags: [] },
    ...says,
  };
}

/** Builds a development as the detector finds it. */
export function buildFinding(says: Partial<Development> = {}): Development {
  return {
    ...{ type: "talks.announced", severity: 4, status: "new", actorIds: ["norland"], topics: ["process.channel"] },
    ...{ eventDate: null, summary: "The spokesperson said: “We will talk.”", hedge: null, hold: null },
    evidence: [{ start: 0, end: 20 }],
    key: "talks.announced|norland|process|2026-05-19",
    ...says,
  };
}
