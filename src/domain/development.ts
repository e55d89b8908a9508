import type { KnownDate } from "./known-date.ts";
import type { Span } from "./span.ts";
import type { Hold } from "./thread.ts";

/** 5 changes the state of the talks … 1 commentary; see catalogue/development-types.yaml. */
export type Severity = 1 | 2 | 3 | 4 | 5;

/** `background` recaps something known; only `new` may alert. */
export type DevelopmentStatus = "new" | "background";

/** Something that happened in the talks, as one document shows it. */
export type Development = {
  /** Id of a type in catalogue/development-types.yaml. */
  readonly type: string;
  readonly severity: Severity;
  readonly status: DevelopmentStatus;
  readonly actorIds: readonly string[];
  /** Topic leaf ids. */
  readonly topics: readonly string[];
  readonly eventDate: KnownDate | null;
  /** One line, extractive: the words are the source's. */
  readonly summary: string;
  /** "reportedly" and its like, kept as written; null when the source is flat. */
  readonly hedge: string | null;
  readonly evidence: readonly Span[];
  /** Why it waits for an analyst before it may alert; null when nothing holds it. */
  readonly hold: Hold | null;
  /**
   * The same for the same happening however often it is detected: type, actors, topic family and event date.
   * Two developments with one key are one.
   */
  readonly key: string;
};
