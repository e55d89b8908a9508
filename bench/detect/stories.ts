import { findThread, type Link, type ThreadView } from "../../src/detect/thread/join-thread.ts";
import { bcubed, type Grouped } from "../../tests/gold/stream/score.ts";

/** A short news text and the story it belongs to. */
export type Story = { readonly id: string; readonly topic: string; readonly story: string; readonly text: string };

/** How well a grouping finds the stories; `merged` counts the topics whose two look-alike stories share a group. */
export type Score = ReturnType<typeof bcubed> & { readonly merged: number; readonly topics: number };

/**
 * Reads the development half of ECB+ as short texts (Cybulska and Vossen 2014, CC BY 3.0).
 *
 * @param unpack - Reads and unpacks a gzipped file of the corpora.
 */
export async function readStories(unpack: (path: string) => Promise<Buffer>): Promise<readonly Story[]> {
  const tar = await unpack("ecbplus-story-clusters/dev.tar.gz");
  const size = Number.parseInt(tar.subarray(124, 136).toString("latin1"), 8);
  const { gunzipSync } = await import("node:zlib");
  const lines = gunzipSync(tar.subarray(512, 512 + size))
    .toString("utf8")
    .trim()
    .split("\n");
  return lines.map((line) => {
    const { id, topic, story, text } = JSON.parse(line) as Story;
    return { id, topic: String(topic), story, text };
  });
}

/** Groups stories by the rule that joins developments to threads, on their words alone: one type, one day, one side. */
export function threadClusters(stories: readonly Story[]): Score {
  const threads: ThreadView[] = [];
  const groups = stories.map(({ id, text }, number) => {
    const link: Link = {
      ...{ key: id, type: "document.published", documentId: number, actorIds: ["everybody"], eventDate: null },
      ...{ summary: text.slice(0, 400), at: new Date(0) },
    };
    const found = findThread(link, threads);
    const index = found ?? threads.length;
    const { links = [] } = threads[index] ?? {};
    threads[index] = { id: index, course: "document", links: [...links, link] };
    return index;
  });
  return scoreOf(stories, groups);
}

/** The cosine from which two texts are one story in the baseline. */
const SAME_COSINE = 0.3;

/** Groups stories by the cosine of their TF-IDF vectors with the mean of each group, in one pass: the usual baseline. */
export function tfIdfClusters(stories: readonly Story[]): Score {
  const words = stories.map(({ text }) => text.toLowerCase().match(/\p{L}{2,}/gu) ?? []);
  const inTexts = new Map<string, number>();
  for (const all of words) for (const word of new Set(all)) inTexts.set(word, (inTexts.get(word) ?? 0) + 1);
  const vectors = words.map((all) => {
    const vector = new Map<string, number>();
    for (const word of all)
      vector.set(word, (vector.get(word) ?? 0) + Math.log(stories.length / (inTexts.get(word) ?? 1)));
    return vector;
  });
  const centres: Map<string, number>[] = [];
  const groups = vectors.map((vector) => {
    const near = centres.map((centre, index) => ({ index, cosine: cosine(vector, centre) }));
    const [best] = near.sort((a, b) => b.cosine - a.cosine);
    const index = best && best.cosine >= SAME_COSINE ? best.index : centres.length;
    const centre = centres[index] ?? new Map<string, number>();
    for (const [word, weight] of vector) centre.set(word, (centre.get(word) ?? 0) + weight);
    centres[index] = centre;
    return index;
  });
  return scoreOf(stories, groups);
}

function cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let both = 0;
  for (const [word, weight] of a) both += weight * (b.get(word) ?? 0);
  const length = (vector: ReadonlyMap<string, number>) =>
    Math.sqrt([...vector.values()].reduce((sum, x) => sum + x * x, 0));
  return both === 0 ? 0 : both / (length(a) * length(b));
}

function scoreOf(stories: readonly Story[], groups: readonly number[]): Score {
  const grouped: Grouped[] = stories.map(({ story }, index) => ({ found: String(groups[index]), wanted: story }));
  const topics = new Set(stories.map(({ topic }) => topic));
  const merged = [...topics].filter((topic) => {
    const seen = new Map<number, Set<string>>();
    stories.forEach(({ topic: own, story }, index) => {
      const group = groups[index] ?? -1;
      if (own === topic) seen.set(group, (seen.get(group) ?? new Set()).add(story));
    });
    return [...seen.values()].some((inGroup) => inGroup.size > 1);
  });
  return { ...bcubed(grouped), merged: merged.length, topics: topics.size };
}
