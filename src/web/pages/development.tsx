import { versionPlace, versionText } from "../../db/archive/document-page.ts";
import type { Database } from "../../db/client.ts";
import { actsOn } from "../../db/developments/analyst-acts.ts";
import { type DevelopmentRow, developmentsByIds } from "../../db/developments/development-list.ts";
import { conflictsAmong, threadOfDevelopment, threadsByIds } from "../../db/developments/thread-list.ts";
import { type Sureness, surenessOf } from "../../domain/sureness.ts";
import { summaryIn } from "../../present/summary-in.ts";
import type { Phrase } from "../dictionary/words.ts";
import { Layout } from "../layout.tsx";
import { ActsByHand, DevelopmentHand } from "../parts/by-hand.tsx";
import { DevelopmentMarks, EvidenceQuote, summaryLanguage } from "../parts/development-entry.tsx";
import { EditPassages } from "../parts/edit-passages.tsx";
import { Instant, SourceDate } from "../parts/instant.tsx";
import { SeverityMark } from "../parts/mark.tsx";
import { Outward } from "../parts/outward.tsx";
import { TopicList } from "../parts/statement-entry.tsx";
import { WordDiffView } from "../parts/word-diff-view.tsx";
import { developmentsOf } from "../thread-steps.ts";
import { nameIn, pageUrl, type View } from "../view.ts";
import { Conflicts, Timeline } from "./threads.tsx";

const SURENESS: Readonly<Record<Sureness, Phrase>> = {
  "one-account": "sureOneAccount",
  accounts: "sureAccounts",
  official: "sureOfficial",
  analyst: "sureAnalyst",
};

/** One development with all that shows it; for an edit, what changed. Null when there is none with that id. */
export async function developmentPage(db: Database, view: View, id: number, mayDecide = false) {
  const [development] = await developmentsByIds(db, [id]);
  if (!development) return null;
  const [threadId, conflicts, acts, texts] = await Promise.all([
    threadOfDevelopment(db, id),
    conflictsAmong(db, [id]),
    actsOn(db, id),
    textsOfEdit(db, development),
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
          {development.families} <span class="aside">{view.say(SURENESS[surenessOf(development, acts)])}</span>
          {/* An edit is what we saw ourselves: nobody else need tell of it. */}
          {development.isOneSided && development.previousVersionId === null ? (
            <>
              <br />
              <span class="aside">{view.say("oneSidedWhy")}</span>
            </>
          ) : null}
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
      {texts ? <Change view={view} texts={texts} /> : null}
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
        <ShownBy view={view} development={development} texts={texts} />
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

/** The texts before and after an edit, with the numbers of their versions. */
type EditTexts = {
  readonly before: string;
  readonly after: string;
  readonly documentId: number;
  readonly from: number;
  readonly to: number;
};

async function textsOfEdit(db: Database, { previousVersionId, versionId }: DevelopmentRow): Promise<EditTexts | null> {
  if (previousVersionId === null) return null;
  const [before, after, placeBefore, placeAfter] = await Promise.all([
    versionText(db, previousVersionId),
    versionText(db, versionId),
    versionPlace(db, previousVersionId),
    versionPlace(db, versionId),
  ]);
  if (!before || !after || !placeBefore || !placeAfter) return null;
  const { documentId, number: to } = placeAfter;
  return { before: before.text, after: after.text, documentId, from: placeBefore.number, to };
}

function Change({ view, texts: { before, after, documentId, from, to } }: { view: View; texts: EditTexts }) {
  return (
    <section>
      <h2>{view.say("whatChanged")}</h2>
      <p class="proof">
        <a href={pageUrl(view, `/documents/${documentId}`, { v: to, from })}>
          {view.say("changesBetween", { from, to })}
        </a>{" "}
        · <ins>{view.say("added")}</ins> · <del>{view.say("removed")}</del>
      </p>
      <WordDiffView view={view} before={before} after={after} />
    </section>
  );
}

/** What shows a development: the words themselves; of an edit each changed place in its sentence, because a changed word by itself says nothing. */
function ShownBy({ view, development, texts }: { view: View; development: DevelopmentRow; texts: EditTexts | null }) {
  const { evidence, versionId } = development;
  const inText = texts ? evidence.filter((one) => one.versionId === versionId) : [];
  return (
    <>
      {texts ? <EditPassages view={view} before={texts.before} after={texts.after} evidence={inText} /> : null}
      {evidence
        .filter((one) => !inText.includes(one))
        .map((one) => (
          <div data-entry>
            <EvidenceQuote view={view} evidence={one} />
          </div>
        ))}
    </>
  );
}
