import type { Phrase } from "../../catalogue/phrase.ts";
import type { Development, Severity } from "../../domain/development.ts";
import type { KnownDate } from "../../domain/known-date.ts";
import type { Span } from "../../domain/span.ts";
import { changesBetween } from "./edit-changes.ts";
import { gravityOf } from "./edit-gravity.ts";
import { editSummary } from "./edit-summary.ts";

/** Two texts of one document, and what is known of it. */
export type EditInput = {
  /** Names the document the same way at each detection. */
  readonly documentId: string;
  readonly title: string | null;
  /** Whether the publisher speaks for a state or international body. */
  readonly official: boolean;
  readonly sourceActorId: string | null;
  /** When the publisher says it changed the page; null where it does not say. */
  readonly date: KnownDate | null;
  readonly before: string;
  readonly after: string;
  readonly beforeSha256: string;
  readonly afterSha256: string;
  /** Stock phrases whose loss or gain is news. */
  readonly phrases: readonly Phrase[];
};

/** Severity of an edit by how grave it is: of an official text, and of any other. */
const SEVERITY: Readonly<Record<ReturnType<typeof gravityOf>, { official: Severity; other: Severity }>> = {
  spelling: { official: 2, other: 2 },
  words: { official: 4, other: 2 },
  stance: { official: 5, other: 3 },
};

/**
 * Finds that a published text was changed.
 *
 * Null when only white space differs, also where a blank comes or goes between two words. Punctuation and typos weigh 2; other words 4 in an official text and 2 elsewhere;
 * a watched phrase or a sentence on AI gained or lost weighs 5 in an official text and 3 elsewhere, because severity 4
 * and up needs an official voice. Evidence points into the AFTER text: the added words, or the block around a gap.
 * Whether the change is ours (a new reader) or the publisher's is for the caller to know.
 */
export function detectEdit(input: EditInput): Development | null {
  const changes = changesBetween(input.before, input.after);
  if (changes.length === 0) return null;
  const gravity = gravityOf(input.before, input.after, changes, input.phrases);
  const severity = SEVERITY[gravity][input.official ? "official" : "other"];
  return {
    type: "document.silent-edit",
    severity,
    status: "new",
    actorIds: input.sourceActorId ? [input.sourceActorId] : [],
    topics: [],
    eventDate: input.date,
    summary: editSummary(input.title, changes, input.phrases),
    hedge: null,
    hold: null,
    evidence: uniqueSpans(changes.map(({ place }) => place)),
    key: `document.silent-edit|${input.documentId}|${input.beforeSha256}|${input.afterSha256}`,
  };
}

function uniqueSpans(spans: readonly Span[]): readonly Span[] {
  const places = new Map(
    spans.filter(({ start, end }) => start < end).map((span) => [`${span.start}-${span.end}`, span]),
  );
  return [...places.values()];
}
