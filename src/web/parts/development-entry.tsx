import type { DevelopmentRow, EvidenceRow } from "../../db/developments/development-list.ts";
import { summarise } from "../../detect/words/summary.ts";
import { documentName } from "../../domain/document-name.ts";
import { summaryIn } from "../../present/summary-in.ts";
import { namesApart } from "../told-once.ts";
import { nameIn, pageUrl, type View } from "../view.ts";
import { Instant, SourceDate } from "./instant.tsx";
import { Mark, SeverityMark } from "./mark.tsx";

/** Shows a development in a list: its weight, its line, and the words that show it. */
export function DevelopmentEntry({
  view,
  development,
  together = [],
}: {
  view: View;
  development: DevelopmentRow;
  /** Those that are told in the same words, itself among them: see told-once.ts. */
  together?: readonly DevelopmentRow[];
}) {
  const first = development.evidence[0];
  // The line of an edit says what was changed; a changed piece by itself says nothing.
  const saysMore =
    first &&
    development.previousVersionId === null &&
    !development.summary.includes(summarise(first.words, Number.POSITIVE_INFINITY));
  return (
    <article class={`development weight-${development.severity}`} data-entry>
      <p class="marks">
        <SeverityMark view={view} severity={development.severity} />
        <DevelopmentMarks view={view} development={development} />
        <span class="type">{nameIn(view, development.typeName)}</span>
      </p>
      <h3 lang={summaryLanguage(development)}>
        <a href={pageUrl(view, `/developments/${development.id}`)} data-open>
          {summaryIn(view.lang, development.summary)}
        </a>
      </h3>
      {saysMore ? <EvidenceQuote view={view} evidence={first} brief /> : null}
      {together.length > 1 ? (
        <p class="proof">
          {view.say("toldTogether")}{" "}
          {namesApart(together, (name) => nameIn(view, name)).map(({ id, name }, index) => (
            <>
              {index > 0 ? " · " : null}
              <a href={pageUrl(view, `/developments/${id}`)}>{name}</a>
            </>
          ))}
        </p>
      ) : null}
      <p class="proof">
        {development.eventDate ? (
          <>
            {view.say("eventDate")}: <SourceDate view={view} date={development.eventDate} /> ·{" "}
          </>
        ) : null}
        {detectedAt(view, development)}
        {first?.source ? (
          <span> · {nameIn(view, { label: first.source.title, labelZh: first.source.titleZh })}</span>
        ) : null}
      </p>
    </article>
  );
}

/** The language that a development's line is in: its source's, but that of the page where the line of an edit is in our own words. */
export function summaryLanguage({ previousVersionId, evidence }: DevelopmentRow): string | undefined {
  return previousVersionId === null ? (evidence[0]?.lang ?? undefined) : undefined;
}

function detectedAt(view: View, { detectedAt }: DevelopmentRow) {
  const [before, after] = view.say("detected", { when: "\u0000" }).split("\u0000");
  return (
    <>
      {before}
      <Instant view={view} at={detectedAt} />
      {after}
    </>
  );
}

/** Shows the words that mark a development: new or background, and edited. */
export function DevelopmentMarks({ view, development }: { view: View; development: DevelopmentRow }) {
  return (
    <>
      <Mark view={view} phrase={development.status === "new" ? "markNew" : "markBackground"} />
      {development.dismissedAt ? <Mark view={view} phrase="markDismissed" /> : null}
      {development.hold ? <Mark view={view} phrase="markHeld" /> : null}
      {development.certainty === "confirmed" && development.isOneSided && development.previousVersionId === null ? (
        <Mark view={view} phrase="markOneSided" why="oneSidedWhy" />
      ) : null}
      {development.previousVersionId === null ? null : <Mark view={view} phrase="markEdited" />}
    </>
  );
}

/** Shows words that prove a development, with the way to their place in the archived text. */
export function EvidenceQuote({ view, evidence, brief }: { view: View; evidence: EvidenceRow; brief?: boolean }) {
  return (
    <figure class="quote">
      <blockquote class="said" lang={evidence.lang ?? undefined}>
        {evidence.words}
      </blockquote>
      {brief ? null : <EvidencePlace view={view} evidence={evidence} />}
    </figure>
  );
}

/** Names where words stand that prove a development, with the way to their place in the archived text. */
export function EvidencePlace({ view, evidence }: { view: View; evidence: EvidenceRow }) {
  return (
    <figcaption class="proof">
      {evidence.source ? (
        <span>{nameIn(view, { label: evidence.source.title, labelZh: evidence.source.titleZh })}: </span>
      ) : null}
      <a
        href={pageUrl(
          view,
          `/documents/${evidence.documentId}#${evidence.statementId === null ? `e${evidence.id}` : `s${evidence.statementId}`}`,
          { v: evidence.versionNumber },
        )}
        data-open
        lang={evidence.lang ?? undefined}
      >
        {documentName({ title: evidence.documentTitle, origin: evidence.documentOrigin, url: evidence.url }) ??
          view.say("untitled")}
      </a>
    </figcaption>
  );
}
