import type { Source } from "../catalogue/source.ts";
import { byPublication, type Publication } from "./publication.ts";

/** What the demonstration's publishers can publish, in all. */
export type Site = {
  readonly origin: string;
  readonly sources: readonly Source[];
  /** In the order of release: the oldest page of each source, then all others as they came out. */
  readonly publications: readonly Publication[];
};

/** How far the demonstration has come. */
export type SiteState = {
  /** How many of the publications are out. */
  readonly released: number;
  /** Whether the silent edit was made. */
  readonly edited: boolean;
  /** Id of the source that answers 503, or null. */
  readonly down: string | null;
};

/** Orders publications for release, so that no list is empty when the watching begins. */
export function inReleaseOrder(publications: readonly Publication[]): readonly Publication[] {
  const sorted = publications.toSorted(byPublication);
  const isFirst = (one: Publication) => sorted.find(({ sourceId }) => sourceId === one.sourceId) === one;
  return [...sorted.filter(isFirst), ...sorted.filter((one) => !isFirst(one))];
}

/** Gives the publications that are out, oldest first. */
export function releasedOf(site: Site, state: SiteState): readonly Publication[] {
  return site.publications.slice(0, state.released).toSorted(byPublication);
}
