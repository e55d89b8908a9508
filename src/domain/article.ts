import type { KnownDate } from "./known-date.ts";
import type { Problem } from "./problem.ts";
import type { Span } from "./span.ts";

/** What sort of text a document is; it decides who is speaking where nobody is named. */
export type DocumentKind = "news" | "transcript" | "release" | "op-ed" | "interview" | "report";

/** Language of a text or paragraph, as far as Parley reads it; null for any other. */
export type Language = "en" | "zh";

/** A paragraph, heading, list entry or quotation of an article, as a span of its text. */
export type Block = Span & {
  readonly kind: "paragraph" | "heading" | "list-item" | "quote";
  readonly lang: Language | null;
  /** Spans set in bold: a hint for who speaks in transcripts, never proof (Chinese pages set questions in bold, English ones labels). */
  readonly bold: readonly Span[];
  /** Page of a PDF on which it begins, from 1; absent in media without pages. */
  readonly page?: number;
};

/**
 * The text of one publication as an analyst sees it, and the facts its page gives.
 *
 * `text` is the body alone, NFC, one line break between blocks (a `.txt` file is kept unchanged).
 * All spans anywhere in Parley point into it.
 */
export type Article = {
  readonly url: string | null;
  readonly title: string | null;
  readonly byline: string | null;
  readonly publisher: string | null;
  readonly kind: DocumentKind;
  readonly lang: Language | null;
  readonly publishedAt: KnownDate | null;
  readonly updatedAt: KnownDate | null;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly problems: readonly Problem[];
};
