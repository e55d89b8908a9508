import type { ReadVersion } from "../db/archive/versions.ts";
import type { Look } from "./reader-thread.ts";

/** A version that has just been read, with what the reading thread saw in it. */
export type FirstLook = { readonly version: ReadVersion; readonly look: Look };

/**
 * First looks that wait for the detector of the same process, which goes on with the version at once (see worker.ts). What is not here,
 * because another process read it or too many wait, the detector looks up and at itself: jobs carry ids only.
 */
export type FirstLooks = {
  readonly keep: (first: FirstLook) => void;
  /** Gives a first look away, once; null where there is none. */
  readonly take: (versionId: number) => FirstLook | null;
};

/** First looks that wait at a time; in a process that only reads, nobody takes them. */
const MOST = 16;

/** Longer texts are read again rather than held: sixteen of the longest would fill the memory. */
const LONGEST_TEXT = 100_000;

/** Makes the place for first looks of one process. */
export function createFirstLooks(): FirstLooks {
  const waiting = new Map<number, FirstLook>();
  return {
    keep: (first) => {
      if (first.version.article.text.length > LONGEST_TEXT) return;
      waiting.set(first.version.id, first);
      const [oldest] = waiting.keys();
      if (waiting.size > MOST && oldest !== undefined) waiting.delete(oldest);
    },
    take: (versionId) => {
      const first = waiting.get(versionId) ?? null;
      waiting.delete(versionId);
      return first;
    },
  };
}
