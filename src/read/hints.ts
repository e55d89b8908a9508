import type { Source } from "../catalogue/source.ts";
import type { Language } from "../domain/article.ts";
import type { KnownDate } from "../domain/known-date.ts";

/** What is known about some bytes before they are read. All may be null: then the reader finds out from the bytes. */
export type ReadHints = {
  /** The catalogue entry the bytes came from: selectors, layout, time zone, charset. */
  readonly source: Source | null;
  /** The date that the feed or listing gave; used when the page gives none. */
  readonly published: KnownDate | null;
  readonly title: string | null;
  /** Given by the user; else found from the text. */
  readonly lang: Language | null;
};

/** Hints for bytes of which nothing is known. */
export const noHints: ReadHints = { source: null, published: null, title: null, lang: null };
