import { contains, type Span } from "../../domain/span.ts";
import { spansBetween } from "../../domain/spans-between.ts";
import type { TopicTag } from "../../domain/statement.ts";
import { type Lexicon, TOPIC_THRESHOLD, type TopicEntry } from "./lexicon.ts";
import { findPhrases, type PhraseMatch } from "./phrases.ts";

/** A cue of a topic leaf at its place in a text; near-misses are already taken out. */
export type TopicHit = PhraseMatch<TopicEntry>;

/** Finds all topic cues of a text, once per text. A near-miss hides the cues of its own leaf that lie inside it. */
export function findTopicHits(lexicon: Lexicon, text: string, folded: string): TopicHit[] {
  const all = findPhrases(lexicon.topics, text, folded);
  const masks = all.filter((hit) => hit.value.nearMiss);
  const longest = longestOf(masks);
  return all.filter(
    (hit) =>
      !hit.value.nearMiss &&
      !spansBetween(masks, hit.start - longest, hit.start).some(
        (mask) => mask.value.leafId === hit.value.leafId && contains(mask, hit),
      ),
  );
}

/**
 * Tags words with topic leaves by the cues that stand in them, best first.
 *
 * Each different cue counts once, and of cues inside one another only the longest, so that repeating a word proves nothing.
 */
export function tagTopics(
  text: string,
  hits: readonly TopicHit[],
  content: readonly Span[],
  limit: number,
): TopicTag[] {
  const byLeaf = new Map<string, TopicHit[]>();
  const from = Math.min(...content.map(({ start }) => start));
  const to = Math.max(...content.map(({ end }) => end));
  for (const hit of spansBetween(hits, from, to)) {
    if (!content.some((span) => contains(span, hit))) continue;
    const found = byLeaf.get(hit.value.leafId);
    if (found) found.push(hit);
    else byLeaf.set(hit.value.leafId, [hit]);
  }
  const tags = [...byLeaf].map(([id, found]) => scoreLeaf(text, id, found));
  return tags
    .filter((tag) => tag.score >= TOPIC_THRESHOLD)
    .sort((a, b) => b.score - a.score || (a.evidence[0]?.start ?? 0) - (b.evidence[0]?.start ?? 0))
    .slice(0, limit);
}

function scoreLeaf(text: string, id: string, found: readonly TopicHit[]): TopicTag {
  const longest = longestOf(found);
  const outer = found.filter(
    (hit) =>
      !spansBetween(found, hit.start - longest, hit.start).some((other) => longer(other, hit) && contains(other, hit)),
  );
  const seen = new Set<string>();
  let score = 0;
  for (const hit of outer) {
    const words = text.slice(hit.start, hit.end).toLowerCase();
    if (!seen.has(words)) score += hit.value.weight;
    seen.add(words);
  }
  return { id, score, evidence: outer.map(({ start, end }) => ({ start, end })) };
}

function longestOf(spans: readonly Span[]): number {
  return spans.reduce((most, { start, end }) => Math.max(most, end - start), 0);
}

function longer(a: Span, b: Span): boolean {
  return a.end - a.start > b.end - b.start;
}
