import type { Publication } from "./publication.ts";
import type { SiteState } from "./site.ts";

/** Something that happened on the demonstration's sites. */
export type DemoEvent =
  | { readonly kind: "released" | "edited"; readonly title: string; readonly path: string }
  | { readonly kind: "down"; readonly sourceId: string }
  | { readonly kind: "finished" };

/** The demonstration's publishers at work: what is out, what was edited, who is down. */
export type Stage = {
  readonly state: () => SiteState;
  /** Publishes the next pages, one unless told otherwise. */
  readonly release: (count?: number) => void;
  /** Publishes the page that is edited if it is not out, and changes its words without notice; once. */
  readonly editNow: () => void;
  /** Lets a source answer 503 from now on; once. */
  readonly takeDown: () => void;
};

/**
 * Sets the stage with the first pages out.
 *
 * @param publications - In the order of release.
 * @param initial - How many pages are out from the beginning.
 * @param edited - The one of them that is edited.
 * @param fragileSourceId - The source that goes down.
 */
export function createStage(
  publications: readonly Publication[],
  initial: number,
  edited: Publication,
  fragileSourceId: string,
  onEvent: (event: DemoEvent) => void,
): Stage {
  let state: SiteState = { released: initial, edited: false, down: null };

  const release = (count = 1) => {
    const before = state.released;
    state = { ...state, released: Math.min(before + count, publications.length) };
    for (const { title, path } of publications.slice(before, state.released)) {
      onEvent({ kind: "released", title, path });
    }
  };
  const editNow = () => {
    if (state.edited) return;
    release(Math.max(0, publications.indexOf(edited) + 1 - state.released));
    state = { ...state, edited: true };
    onEvent({ kind: "edited", title: edited.title, path: edited.path });
  };
  const takeDown = () => {
    if (state.down) return;
    state = { ...state, down: fragileSourceId };
    onEvent({ kind: "down", sourceId: fragileSourceId });
  };
  return { state: () => state, release, editNow, takeDown };
}
