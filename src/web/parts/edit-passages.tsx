import type { EvidenceRow } from "../../db/developments/development-list.ts";
import { changedPassages, type Passage } from "../../detect/edit/passages.ts";
import type { View } from "../view.ts";
import { EvidencePlace } from "./development-entry.tsx";

/** Passages shown at once; the others are folded. */
const SHOWN = 10;

/** Shows each changed place of an edit in its sentence, added words as `ins` and removed ones as `del`, with the way to its place. */
export function EditPassages({
  view,
  before,
  after,
  evidence,
}: {
  view: View;
  before: string;
  after: string;
  /** What shows the edit in the text after it. */
  evidence: readonly EvidenceRow[];
}) {
  const passages = changedPassages(before, after);
  const folded = passages.slice(SHOWN);
  const show = (passage: Passage) => (
    <ChangedPassage view={view} passage={passage} evidence={placeOf(passage, evidence)} />
  );
  return (
    <>
      {passages.slice(0, SHOWN).map(show)}
      {folded.length > 0 ? (
        <details>
          <summary>{view.say("editPassagesMore", { count: folded.length })}</summary>
          {folded.map(show)}
        </details>
      ) : null}
    </>
  );
}

function placeOf({ places }: Passage, evidence: readonly EvidenceRow[]): EvidenceRow | undefined {
  return evidence.find(({ spanStart, spanEnd }) => places.some(({ start, end }) => spanStart < end && start < spanEnd));
}

function ChangedPassage({
  view,
  passage,
  evidence,
}: {
  view: View;
  passage: Passage;
  evidence: EvidenceRow | undefined;
}) {
  return (
    <div data-entry>
      <figure class="quote">
        <blockquote class="said" lang={evidence?.lang ?? undefined}>
          {passage.pieces.map(({ kind, text }) =>
            kind === "added" ? <ins>{text}</ins> : kind === "removed" ? <del>{text}</del> : text,
          )}
        </blockquote>
        {evidence ? <EvidencePlace view={view} evidence={evidence} /> : null}
      </figure>
    </div>
  );
}
