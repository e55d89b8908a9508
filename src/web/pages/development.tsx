import { versionPlace, versionText } from "../../db/archive/document-page.ts";
import type { Database } from "../../db/client.ts";
import { actsOn } from "../../db/developments/analyst-acts.ts";
import { developmentsByIds } from "../../db/developments/development-list.ts";
import { conflictsAmong, threadOfDevelopment, threadsByIds } from "../../db/developments/thread-list.ts";
import { summaryIn } from "../../present/summary-in.ts";
import { Layout } from "../layout.tsx";
import { ActsByHand, DevelopmentHand } from "../parts/by-hand.tsx";
import { DevelopmentMarks, EvidenceQuote, summaryLanguage } from "../parts/development-entry.tsx";
import { Instant, SourceDate } from "../parts/instant.tsx";
import { SeverityMark } from "../parts/mark.tsx";
import { Outward } from "../parts/outward.tsx";
import { TopicList } from "../parts/statement-entry.tsx";
import { WordDiffView } from "../parts/word-diff-view.tsx";
import { developmentsOf } from "../thread-steps.ts";
import { nameIn, pageUrl, type View } from "../view.ts";
import { Conflicts, Timeline } from "./threads.tsx";

/** One development with all that shows it; for an edit, what changed. Null when there is none with that id. */
export async function developmentPage(db: Database, view: View, id: number, mayDecide = false) {
  const [development] = await developmentsByIds(db, [id]);
  if (!development) return null;
  const [threadId, conflicts, acts] = await Promise.all([
    threadOfDevelopment(db, id),
    conflictsAmong(db, [id]),
    actsOn(db, id),
  ]);
  const [thread] = threadId === null ? [] : await threadsByIds(db, [threadId]);
  const urls = [...new Set(development.evidence.flatMap(({ url }) => (url === null ? [] : [url])))];
  return (
    <Layout view={view} title={summaryIn(view.lang, development.summary)}>
      <p class="marks">
        <SeverityMark view={view} severity={development.severity} />
        <DevelopmentMarks view={view} development={development} />
        <span class="type">{nameIn(view, development.typeName)}</span>
      </p>
      <h1 class="summary" lang={summaryLanguage(development)}>
        {summaryIn(view.lang, development.summary)}
      </h1>
      <dl class="facts">
        {development.eventDate ? (
          <>
            <dt>{view.say("eventDate")}</dt>
            <dd>
              <SourceDate view={view} date={development.eventDate} />
            </dd>
          </>
        ) : null}
        <dt>{view.say("firstSeen")}</dt>
        <dd>
          <Instant view={view} at={development.detectedAt} />
        </dd>
        <dt>{view.say("independentAccounts")}</dt>
        <dd>
          {development.families}{" "}
          <span class="aside">
            {view.say(development.certainty === "confirmed" ? "markConfirmed" : "markProvisional")}
          </span>
        </dd>
        {development.hedge ? (
          <>
            <dt>{view.say("hedge")}</dt>
            <dd>“{development.hedge}”</dd>
          </>
        ) : null}
        {development.actors.length > 0 ? (
          <>
            <dt>{view.say("takingPart")}</dt>
            <dd>
              {development.actors.map((actor, index) => (
                <>
                  {index > 0 ? " · " : null}
                  <a href={pageUrl(view, `/actors/${actor.id}`)}>{nameIn(view, actor)}</a>
                </>
              ))}
            </dd>
          </>
        ) : null}
        {urls.length > 0 ? (
          <>
            <dt>{view.say("openOriginal")}</dt>
            <dd class="addresses">
              {urls.map((url) => (
                <Outward href={url}>{url}</Outward>
              ))}
            </dd>
          </>
        ) : null}
      </dl>
      <TopicList view={view} topics={development.topics} />
      {development.previousVersionId === null ? null : (
        <Change db={db} view={view} from={development.previousVersionId} to={development.versionId} />
      )}
      <Conflicts view={view} conflicts={conflicts} />
      {thread && thread.steps.length > 1 ? (
        <section>
          <h2>
            <a href={pageUrl(view, `/threads/${thread.id}`)}>{view.say("thisThread")}</a>
          </h2>
          <Timeline view={view} thread={thread} developments={await developmentsOf(db, [thread])} here={id} />
        </section>
      ) : null}
      <section>
        <h2>{view.say("shownBy")}</h2>
        {development.evidence.map((evidence) => (
          <div data-entry>
            <EvidenceQuote view={view} evidence={evidence} />
          </div>
        ))}
      </section>
      {mayDecide || acts.length > 0 ? (
        <section id="hand">
          <h2>{view.say("byHand")}</h2>
          <ActsByHand view={view} acts={acts} />
          {mayDecide ? <DevelopmentHand view={view} id={id} severity={development.severity} /> : null}
        </section>
      ) : null}
    </Layout>
  );
}

async function Change({ db, view, from, to }: { db: Database; view: View; from: number; to: number }) {
  const [before, after, placeBefore, placeAfter] = await Promise.all([
    versionText(db, from),
    versionText(db, to),
    versionPlace(db, from),
    versionPlace(db, to),
  ]);
  if (!before || !after || !placeBefore || !placeAfter) return null;
  return (
    <section>
      <h2>{view.say("whatChanged")}</h2>
      <p class="proof">
        <a
          href={pageUrl(view, `/documents/${placeAfter.documentId}`, {
            v: placeAfter.number,
            from: placeBefore.number,
          })}
        >
          {view.say("changesBetween", { from: placeBefore.number, to: placeAfter.number })}
        </a>{" "}
        · <ins>{view.say("added")}</ins> · <del>{view.say("removed")}</del>
      </p>
      <WordDiffView view={view} before={before.text} after={after.text} />
    </section>
  );
}
