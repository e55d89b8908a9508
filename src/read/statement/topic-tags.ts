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

/** How far apart the parts of one cue may begin, in UTF-16 units: about a long clause. */
const PARTS_WITHIN = 160;

/**
 * Tags words with topic leaves by the cues that stand in them, best first.
 *
 * Each different cue counts once, and of cues inside one another only the longest, so that repeating a word proves nothing; between
 * leaves with equally many points the one whose cues stand there more often is first.
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
    .sort(
      (a, b) =>
        b.score - a.score ||
        b.evidence.length - a.evidence.length ||
        (a.evidence[0]?.start ?? 0) - (b.evidence[0]?.start ?? 0),
    )
    .slice(0, limit);
}

function scoreLeaf(text: string, id: string, found: readonly TopicHit[]): TopicTag {
  const whole = found.filter((hit) => hit.value.part === null);
  const longest = longestOf(whole);
  const outer = whole.filter(
    (hit) =>
      !spansBetween(whole, hit.start - longest, hit.start).some((other) => longer(other, hit) && contains(other, hit)),
  );
  const seen = new Set<string>();
  let score = 0;
  for (const hit of outer) {
    const words = text.slice(hit.start, hit.end).toLowerCase();
    if (!seen.has(words)) score += hit.value.weight;
    seen.add(words);
  }
  const joined = joinedCues(found.filter((hit) => hit.value.part !== null));
  for (const parts of joined) score += parts[0]?.value.weight ?? 0;
  return { id, score, evidence: distinct([...outer, ...joined.flat()]) };
}

/** Finds, of each cue that has parts, the first place where all of them stand near one another. */
function joinedCues(hits: readonly TopicHit[]): TopicHit[][] {
  const byCue = new Map<string, TopicHit[]>();
  for (const hit of hits) {
    const cue = hit.value.part?.cue ?? "";
    const same = byCue.get(cue);
    if (same) same.push(hit);
    else byCue.set(cue, [hit]);
  }
  return [...byCue.values()].flatMap((same) => {
    const parts = firstTogether(same);
    return parts ? [parts] : [];
  });
}

function firstTogether(hits: readonly TopicHit[]): TopicHit[] | null {
  const last: (TopicHit | undefined)[] = Array.from({ length: hits[0]?.value.part?.of ?? 0 });
  for (const hit of hits) {
    last[hit.value.part?.number ?? 0] = hit;
    const near = last.flatMap((other) => (other && hit.start - other.start <= PARTS_WITHIN ? [other] : []));
    if (near.length === last.length) return near;
  }
  return null;
}

/** Evidence in the order of the text, each place once. */
function distinct(spans: readonly Span[]): Span[] {
  const byPlace = new Map(spans.map(({ start, end }) => [`${start}-${end}`, { start, end }]));
  return [...byPlace.values()].sort((a, b) => a.start - b.start || b.end - a.end);
}

function longestOf(spans: readonly Span[]): number {
  return spans.reduce((most, { start, end }) => Math.max(most, end - start), 0);
}

function longer(a: Span, b: Span): boolean {
  return a.end - a.start > b.end - b.start;
}
