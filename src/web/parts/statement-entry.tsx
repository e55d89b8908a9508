import type { HeldOffice, StatementActor, StatementRow } from "../../db/archive/statement-rows.ts";
import { documentName } from "../../domain/document-name.ts";
import { excerpt, highlightsOf } from "../../domain/query/highlight.ts";
import { everything, type Query } from "../../domain/query/query.ts";
import { showingGaps } from "../../domain/span.ts";
import { citationOf } from "../citation.ts";
import { nameIn, pageUrl, type View } from "../view.ts";
import { SourceDate } from "./instant.tsx";
import { StatementMarks } from "./mark.tsx";

/** Longest words shown in a list, in characters; the statement's own page shows all. */
const SHOWN = 700;

/** Shows a statement in a list: the words (or the given sentence of them) with what was looked for, who said them, and the proof. */
export function StatementEntry({
  view,
  statement,
  quote,
  query = everything,
}: {
  view: View;
  statement: StatementRow;
  quote?: string | undefined;
  /** What was looked for: its words are marked. */
  query?: Query;
}) {
  const { document } = statement;
  const page = pageUrl(view, `/statements/${statement.id}`);
  return (
    <article class="statement" data-entry data-citation={citationOf(view, statement)}>
      <blockquote class="said" lang={statement.lang ?? undefined}>
        <Marked words={quote ?? showingGaps(statement.words, statement.content)} query={query} />
      </blockquote>
      <p class="who">
        <SpeakerLine view={view} statement={statement} />
      </p>
      <p class="proof">
        <SourceDate view={view} date={statement.saidAt} /> <StatementMarks view={view} statement={statement} />{" "}
        {document.source ? (
          <span>{nameIn(view, { label: document.source.title, labelZh: document.source.titleZh })}: </span>
        ) : null}
        <a href={placeUrl(view, statement)} data-open lang={document.lang ?? undefined}>
          {documentName(document) ?? view.say("untitled")}
        </a>
        {" · "}
        <a href={page} data-evidence class="quiet">
          {view.say("evidence")}
        </a>
      </p>
      {statement.topics.length > 0 ? <TopicList view={view} topics={statement.topics} /> : null}
    </article>
  );
}

/** Shows the topics of something as links to their statements. */
export function TopicList({
  view,
  topics,
}: {
  view: View;
  topics: readonly { readonly id: string; readonly label: string; readonly labelZh: string | null }[];
}) {
  return (
    <ul class="topics">
      {topics.map((topic) => (
        <li>
          <a href={pageUrl(view, "/statements", { topic: topic.id })}>{nameIn(view, topic)}</a>
        </li>
      ))}
    </ul>
  );
}

/** Names the speaker: whom we know, with the office on that day, else the words of the source. */
export function SpeakerLine({ view, statement }: { view: View; statement: StatementRow }) {
  const { actors, speaker } = statement;
  const mention = speaker?.text ?? null;
  return (
    <>
      {actors.length === 0 ? (
        <span class={mention ? "" : "missing"}>{mention ?? view.say("speakerUnknown")}</span>
      ) : (
        actors.map((actor, index) => (
          <>
            {index > 0 ? <span> · </span> : null}
            <a href={pageUrl(view, `/actors/${actor.id}`)}>
              {nameIn(view, { label: actor.name, labelZh: actor.nameZh })}
            </a>
            <OfficeText view={view} actor={actor} />
          </>
        ))
      )}
      {mention && actors.length > 0 && !actors.some(({ name, nameZh }) => name === mention || nameZh === mention) ? (
        <span class="aside"> {view.say("speakerInText", { words: mention })}</span>
      ) : null}
      {statement.addressee ? <span class="aside"> {view.say("saidTo", { name: statement.addressee })}</span> : null}
      {statement.relayedBy ? <span class="aside"> {view.say("relayedBy", { name: statement.relayedBy })}</span> : null}
    </>
  );
}

function OfficeText({ view, actor }: { view: View; actor: StatementActor }) {
  return actor.offices.length === 0 ? null : (
    <span class="office">
      {view.lang === "zh" ? "，" : ", "}
      {actor.offices.map((office) => officeName(view, office)).join("; ")}
    </span>
  );
}

/** Names an office with its body. */
export function officeName(view: View, { role, roleZh, body, bodyName, bodyNameZh }: HeldOffice): string {
  return view.say("officeAt", {
    role: nameIn(view, { label: role, labelZh: roleZh }),
    body: nameIn(view, { label: bodyName ?? body, labelZh: bodyNameZh }),
  });
}

/** The address of a statement's words in the archived text. */
export function placeUrl(view: View, { id, document }: StatementRow): string {
  return pageUrl(view, `/documents/${document.id}#s${id}`, { v: document.versionNumber });
}

/** Shows words with those marked that were looked for; long ones cut around the first of them. */
function Marked({ words, query }: { words: string; query: Query }) {
  return (
    <>
      {excerpt(words, highlightsOf(query, words), SHOWN).map(({ text, marked }) =>
        marked ? <mark>{text}</mark> : text,
      )}
    </>
  );
}

/** Writes how many statements. */
export function statementCountText(view: View, count: number): string {
  return count === 1 ? view.say("foundOne") : view.say("foundCount", { count });
}
