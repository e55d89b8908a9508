import type { KnownDate } from "./known-date.ts";
import type { Statement } from "./statement.ts";

/** A statement as alerts tell it. */
export type AlertStatement = {
  readonly id: number;
  /** With … where the words are interrupted. */
  readonly words: string;
  readonly lang: string | null;
  readonly kind: Statement["kind"];
  /** Whether the words were said, denied or not said, or only supposed. */
  readonly polarity: Statement["polarity"];
  readonly act: Statement["act"];
  /** The speaker as the text names it; null when nobody is named. */
  readonly speaker: string | null;
  readonly actors: readonly { readonly id: string; readonly name: string }[];
  readonly topics: readonly string[];
  readonly saidAt: KnownDate | null;
  readonly documentId: number;
  readonly title: string | null;
};

/** Why what was told of a development is not to be relied on any more. */
export type CorrectionReason = "withdrawn" | "dismissed" | "background" | "reattributed";
