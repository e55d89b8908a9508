import type { DocumentListRow } from "../../db/archive/document-rows.ts";
import { documentName } from "../../domain/document-name.ts";
import { excerpt, highlightsOf } from "../../domain/query/highlight.ts";
import { passageOf } from "../../domain/query/passage.ts";
import type { Query } from "../../domain/query/query.ts";
import type { Span } from "../../domain/span.ts";
import { nameIn, pageUrl, type View } from "../view.ts";
import { SourceDate } from "./instant.tsx";
import { Mark } from "./mark.tsx";
import { statementCountText } from "./statement-entry.tsx";

/** Longest piece of a text that is shown in a list, in UTF-16 units, about. */
const SHOWN = 320;

/** Shows a document in a list: its title and the piece of its text that shows what was looked for, both marked, and where it stood. */
export function DocumentEntry({ view, row, query }: { view: View; row: DocumentListRow; query: Query }) {
  const name = documentName(row) ?? view.say("untitled");
  const { start, end, highlights } = passageOf(query, row.text, SHOWN);
  return (
    <article class="document" data-entry>
      <h2 lang={row.lang ?? undefined}>
        <a href={pageUrl(view, `/documents/${row.id}`)} data-open>
          <Runs text={name} places={highlightsOf(query, name)} />
        </a>
      </h2>
      <p class="passage" lang={row.lang ?? undefined}>
        {start > 0 ? "… " : null}
        <Runs text={row.text.slice(start, end)} places={highlights} />
        {end < row.text.length ? " …" : null}
      </p>
      <p class="proof">
        <SourceDate view={view} date={row.publishedAt} />{" "}
        {row.withdrawnAt ? <Mark view={view} phrase="markWithdrawn" /> : null}
        {" · "}
        {row.source ? nameIn(view, { label: row.source.title, labelZh: row.source.titleZh }) : row.origin}
        {" · "}
        {statementCountText(view, row.statementCount)}
      </p>
    </article>
  );
}

function Runs({ text, places }: { text: string; places: readonly Span[] }) {
  return <>{excerpt(text, places, text.length).map((run) => (run.marked ? <mark>{run.text}</mark> : run.text))}</>;
}
