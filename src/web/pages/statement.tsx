import type { Child } from "hono/jsx";
import { versionOfStatement } from "../../db/archive/document-page.ts";
import { type SaidBefore, type StatementRow, statementsByIds } from "../../db/archive/statement-rows.ts";
import type { Database } from "../../db/client.ts";
import { type SaidAgain, saidAgain } from "../../db/copies/said-again.ts";
import { documentName } from "../../domain/document-name.ts";
import { firstPiece, showingGaps } from "../../domain/span.ts";
import { bibtexOf, cslJsonOf, textFragmentUrl } from "../../present/cite.ts";
import { citableOf, citationOf } from "../citation.ts";
import type { Phrase } from "../dictionary/words.ts";
import { Layout } from "../layout.tsx";
import { markText } from "../marked-text.ts";
import { Instant, SourceDate } from "../parts/instant.tsx";
import { Mark, StatementMarks, turnedPhrase } from "../parts/mark.tsx";
import { MarkedText } from "../parts/marked-text-view.tsx";
import { Outward } from "../parts/outward.tsx";
import { officeName, placeUrl, SpeakerLine, TopicList } from "../parts/statement-entry.tsx";
import { nameIn, pageUrl, type View } from "../view.ts";

/** Paragraphs shown before and after the words. */
const AROUND = 1;

/** One statement: the words, where they stand, and the chain from here to the bytes. Null when there is none with that id. */
export async function statementPage(db: Database, view: View, id: number) {
  const [[statement], version, again] = await Promise.all([
    statementsByIds(db, [id]),
    versionOfStatement(db, id),
    saidAgain(db, id),
  ]);
  if (!statement) return null;
  const paragraphs = version
    ? markText(version.text, version.blocks, [{ id: `s${statement.id}`, spans: statement.content }])
    : [];
  const marked = paragraphs.flatMap(({ pieces }, index) =>
    pieces.some(({ marks }) => marks.length > 0) ? [index] : [],
  );
  const from = Math.max(0, (marked[0] ?? 0) - AROUND);
  const near = marked.length === 0 ? [] : paragraphs.slice(from, (marked.at(-1) ?? 0) + AROUND + 1);
  const offices = statement.actors.flatMap((actor) => actor.offices);
  return (
    <Layout view={view} title={statement.words.slice(0, 80)}>
      <h1 class="unseen">{citableTitle(view, statement)}</h1>
      <article class="one-statement" data-entry data-citation={citationOf(view, statement)}>
        <p class="marks">
          <StatementMarks view={view} statement={statement} />
        </p>
        <blockquote class="said large" lang={statement.lang ?? undefined}>
          {showingGaps(statement.words, statement.content)}
        </blockquote>
        <p class="who">
          <SpeakerLine view={view} statement={statement} />
        </p>
        <p class="proof">
          <SourceDate view={view} date={statement.saidAt} /> ·{" "}
          <a href={placeUrl(view, statement)} data-open>
            {view.say("showInDocument")}
          </a>{" "}
          · <a href={`/api/v1/statements/${statement.id}`}>{view.say("asJson")}</a>
        </p>
        <TopicList view={view} topics={statement.topics} />
      </article>
      {version && statement.question ? (
        <section>
          <h2>
            {view.say("question")}
            {statement.question.outlet ? <span class="aside"> {statement.question.outlet}</span> : null}
          </h2>
          <blockquote class="said question" lang={version.lang ?? undefined}>
            {version.text.slice(statement.question.start, statement.question.end)}
          </blockquote>
        </section>
      ) : null}
      {near.length > 0 ? (
        <section>
          <h2>{view.say("context")}</h2>
          <div class="archived" lang={version?.lang ?? undefined}>
            <MarkedText paragraphs={near} />
          </div>
        </section>
      ) : null}
      <SaidElsewhere view={view} again={again} />
      <section>
        <h2>{view.say("chain")}</h2>
        <dl class="facts">
          <Fact label={view.say("speaker")}>
            {statement.speaker ? (
              <>
                “{statement.speaker.text}”{" "}
                <span class="aside">
                  {statement.speaker.form}, {statement.speaker.via}
                </span>
              </>
            ) : (
              <span class="missing">{view.say("speakerUnknown")}</span>
            )}
            {statement.actors.map((actor) => (
              <>
                <br />
                <a href={pageUrl(view, `/actors/${actor.id}`)}>
                  {nameIn(view, { label: actor.name, labelZh: actor.nameZh })}
                </a>{" "}
                <span class="aside">
                  {view.say("resolvedBy", { method: actor.method, percent: Math.round(actor.confidence * 100) })}
                </span>
              </>
            ))}
          </Fact>
          {offices.length > 0 ? (
            <Fact label={view.say("office")}>
              {offices.map((office, index) => (
                <>
                  {index > 0 ? "; " : null}
                  <a href={pageUrl(view, `/actors/${office.body}`)}>{officeName(view, office)}</a>
                </>
              ))}
            </Fact>
          ) : null}
          {/* Where the text gives no time of its own, that of the page is all there is. */}
          <Fact label={view.say(statement.saidAt && statement.saidAt.basis !== "text" ? "published" : "said")}>
            <SourceDate view={view} date={statement.saidAt} />
            {statement.saidAt ? (
              <span class="aside">
                {" "}
                {statement.saidAt.basis}: “{statement.saidAt.raw}”
              </span>
            ) : null}
          </Fact>
          <Fact label={view.say("act")}>
            {statement.act} · {statement.kind} · {statement.polarity}
          </Fact>
          <Fact label={view.say("fidelity")}>{statement.fidelity}</Fact>
          <Fact label={view.say("rule")}>
            <code>{statement.rule}</code>
          </Fact>
          {statement.flags.length > 0 ? <Fact label={view.say("flags")}>{statement.flags.join(", ")}</Fact> : null}
          <Fact label={view.say("source")}>
            {statement.document.source ? (
              <a href={pageUrl(view, `/sources#${statement.document.source.id}`)}>
                {nameIn(view, { label: statement.document.source.title, labelZh: statement.document.source.titleZh })}
              </a>
            ) : (
              (statement.document.origin ?? <span class="missing">—</span>)
            )}
          </Fact>
          <Fact label={view.say("document")}>
            <a href={pageUrl(view, `/documents/${statement.document.id}`, { v: statement.document.versionNumber })}>
              {documentName(statement.document) ?? view.say("untitled")}
            </a>
          </Fact>
          {version ? (
            <>
              <Fact label={view.say("fetchedFrom")}>
                <Outward href={version.capture.finalUrl}>{version.capture.finalUrl}</Outward>
              </Fact>
              <Fact label={view.say("fetched")}>
                <Instant view={view} at={version.capture.fetchedAt} />
              </Fact>
              <Fact label={view.say("bytesHash")}>
                <code class="hash">{version.capture.bodySha256}</code>
              </Fact>
              <Fact label={view.say("version")}>
                {version.number} · {view.say("reader")}: {view.say("readerNumber", { number: version.readerVersion })}
              </Fact>
              <Fact label={view.say("textHash")}>
                <code class="hash">{version.textSha256}</code>
              </Fact>
            </>
          ) : null}
        </dl>
      </section>
      <section>
        <h2>{view.say("cite")}</h2>
        <p class="citation" lang={statement.lang ?? undefined}>
          {citationOf(view, statement)}
        </p>
        <p>
          <a href={`/statements/${statement.id}.bib`}>BibTeX</a> ·{" "}
          <a href={`/statements/${statement.id}.csl.json`}>CSL-JSON</a>
          {statement.document.url ? (
            <>
              {" "}
              ·{" "}
              <Outward href={textFragmentUrl(statement.document.url, firstPiece(statement))}>
                {view.say("wordsInOriginal")}
              </Outward>
            </>
          ) : null}
        </p>
      </section>
    </Layout>
  );
}

const RELATION: Readonly<Record<SaidBefore["relation"], Phrase>> = {
  same: "repeatSame",
  piece: "repeatPiece",
  whole: "repeatWhole",
  near: "repeatNear",
};

/** Where else the words stand: who said them first, and who said them again. */
function SaidElsewhere({ view, again: { first, others, count } }: { view: View; again: SaidAgain }) {
  const all = [
    ...(first ? [{ ...first, isFirst: true }] : []),
    ...others.map((other) => ({ ...other, isFirst: false })),
  ];
  if (all.length === 0) return null;
  return (
    <section>
      <h2>{view.say("saidElsewhere")}</h2>
      <ul class="elsewhere">
        {all.map(({ statement, relation, isFirst }) => {
          const turned = turnedPhrase(statement.polarity);
          return (
            <li>
              <a href={pageUrl(view, `/statements/${statement.id}`)}>
                {documentName(statement.document) ?? view.say("untitled")}
              </a>
              <p class="proof">
                <SourceDate view={view} date={statement.saidAt} /> · <SpeakerLine view={view} statement={statement} /> ·{" "}
                {turned ? <Mark view={view} phrase={turned} /> : null}{" "}
                {isFirst ? <strong>{view.say("saidFirstHere")}</strong> : null} {view.say(RELATION[relation])}
              </p>
            </li>
          );
        })}
      </ul>
      {count > others.length ? <p class="proof">{view.say("saidElsewhereMore", { count })}</p> : null}
    </section>
  );
}

/** Names the page for those who hear it: the words are its content, not its title. */
function citableTitle(view: View, { actors, speaker }: StatementRow): string {
  const names = actors.map((actor) => nameIn(view, { label: actor.name, labelZh: actor.nameZh }));
  return `${view.say("statement")}: ${names.join(", ") || speaker?.text || view.say("speakerUnknown")}`;
}

/** A statement as a reference for a bibliography; null where there is none with that id. */
export async function statementReference(db: Database, base: string, id: number, form: "bib" | "csl.json") {
  const [statement] = await statementsByIds(db, [id]);
  if (!statement) return null;
  const citable = citableOf(base, statement);
  return form === "bib"
    ? { type: "application/x-bibtex; charset=utf-8", body: bibtexOf(citable) }
    : {
        type: "application/vnd.citationstyles.csl+json; charset=utf-8",
        body: JSON.stringify([cslJsonOf(citable)], null, 1),
      };
}

function Fact({ label, children }: { label: string; children: Child }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}
