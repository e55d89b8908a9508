import type { Database } from "../../db/client.ts";
import type { DevelopmentRow } from "../../db/developments/development-list.ts";
import {
  type ConflictRow,
  conflictsAmong,
  searchThreads,
  type ThreadRow,
  threadsByIds,
} from "../../db/developments/thread-list.ts";
import type { ThreadState } from "../../domain/thread.ts";
import { summaryIn } from "../../present/summary-in.ts";
import type { Phrase } from "../dictionary/words.ts";
import { Layout } from "../layout.tsx";
import { ThreadHand } from "../parts/by-hand.tsx";
import { DevelopmentMarks, summaryLanguage } from "../parts/development-entry.tsx";
import { Instant, SourceDate } from "../parts/instant.tsx";
import { Mark, SeverityMark } from "../parts/mark.tsx";
import { Pager } from "../parts/pager.tsx";
import { readCursor } from "../search.ts";
import { developmentsOf, stepsOf } from "../thread-steps.ts";
import { nameIn, pageUrl, type View } from "../view.ts";

const PER_PAGE = 25;

const STATE: Readonly<Record<ThreadState, Phrase>> = {
  reported: "stateReported",
  announced: "stateAnnounced",
  scheduled: "stateScheduled",
  held: "stateHeld",
  postponed: "statePostponed",
  suspended: "stateSuspended",
  resumed: "stateResumed",
};

/** The threads, those that moved last first: where each course of talks stands and how it came there. First times alone are no course. */
export async function threadsPage(db: Database, view: View) {
  const { after } = readCursor(view.url.searchParams.get("cursor") ?? undefined);
  const { rows, next } = await searchThreads(
    db,
    { course: null, state: null, firstTimes: false },
    { limit: PER_PAGE, after },
  );
  const developments = await developmentsOf(db, rows);
  return (
    <Layout view={view} title={view.say("threads")}>
      <h1>{view.say("threads")}</h1>
      <p class="aside">{view.say("threadsLead")}</p>
      {rows.length === 0 ? <p class="empty">{view.say("noThreads")}</p> : null}
      {rows.map((thread) => {
        const steps = stepsOf(thread, developments);
        const last = steps.at(-1);
        return last ? (
          <article class="course" data-entry>
            <p class="marks">
              {thread.state ? <Mark view={view} phrase={STATE[thread.state]} /> : null}
              <SeverityMark view={view} severity={Math.max(...steps.map(({ development }) => development.severity))} />
              <span class="type">
                {steps.length === 1 ? view.say("threadStep") : view.say("threadSteps", { count: steps.length })}
              </span>
            </p>
            <h2 class="entry-title">
              <a href={pageUrl(view, `/threads/${thread.id}`)} data-open lang={summaryLanguage(last.development)}>
                {summaryIn(view.lang, last.development.summary)}
              </a>
            </h2>
            <p class="proof">
              <Instant view={view} at={thread.updatedAt} />
            </p>
          </article>
        ) : null;
      })}
      <Pager view={view} next={next} />
    </Layout>
  );
}

/** One thread as a timeline, with the accounts that contradict each other. Null when there is none with that id. */
export async function threadPage(db: Database, view: View, id: number, mayDecide = false) {
  const [thread] = await threadsByIds(db, [id]);
  if (!thread) return null;
  const developments = await developmentsOf(db, [thread]);
  const conflicts = await conflictsAmong(db, [...developments.keys()]);
  const steps = stepsOf(thread, developments);
  const first = steps[0]?.development;
  const summary = first ? summaryIn(view.lang, first.summary) : view.say("threads");
  return (
    <Layout view={view} title={summary}>
      <p class="marks">
        <a href={pageUrl(view, "/threads")}>{view.say("threads")}</a>
        {thread.state ? <Mark view={view} phrase={STATE[thread.state]} /> : null}
      </p>
      <h1 class="summary" lang={first && summaryLanguage(first)}>
        {summary}
      </h1>
      <Timeline view={view} thread={thread} developments={developments} />
      <Conflicts view={view} conflicts={conflicts} />
      {mayDecide ? (
        <section id="hand">
          <h2>{view.say("byHand")}</h2>
          <p class="aside">{view.say("threadNumber", { number: String(id) })}</p>
          <ThreadHand view={view} id={id} />
        </section>
      ) : null}
    </Layout>
  );
}

/** Shows the steps of a thread in order; the one that the reader comes from is marked. */
export function Timeline({
  view,
  thread,
  developments,
  here = null,
}: {
  view: View;
  thread: ThreadRow;
  developments: ReadonlyMap<number, DevelopmentRow>;
  here?: number | null;
}) {
  return (
    <ol class="timeline">
      {stepsOf(thread, developments).map(({ development, state, isKnownStep }) => (
        <li data-entry aria-current={development.id === here ? "true" : undefined}>
          <p class="marks">
            {development.eventDate ? (
              <SourceDate view={view} date={development.eventDate} />
            ) : (
              <Instant view={view} at={development.detectedAt} />
            )}
            {state ? <Mark view={view} phrase={STATE[state]} /> : null}
            {isKnownStep ? null : <Mark view={view} phrase="markUnexpected" />}
            <DevelopmentMarks view={view} development={development} />
            <span class="type">{nameIn(view, development.typeName)}</span>
          </p>
          <p class="step-summary" lang={summaryLanguage(development)}>
            <a href={pageUrl(view, `/developments/${development.id}`)} data-open>
              {summaryIn(view.lang, development.summary)}
            </a>
          </p>
        </li>
      ))}
    </ol>
  );
}

/** Sets accounts that cannot both be whole side by side, each in its own words. */
export function Conflicts({ view, conflicts }: { view: View; conflicts: readonly ConflictRow[] }) {
  if (conflicts.length === 0) return null;
  const about = { outcome: "conflictOutcome", date: "conflictDate", denial: "conflictDenial" } as const;
  return (
    <section>
      <h2>{view.say("conflicts")}</h2>
      {conflicts.map((conflict) => (
        <div class="side-by-side" data-entry>
          <p class="marks">
            <Mark view={view} phrase="markConflict" /> {view.say(about[conflict.about])}
          </p>
          <figure class="quote">
            <blockquote class="said">{conflict.words}</blockquote>
            <figcaption class="proof">
              <a href={pageUrl(view, `/developments/${conflict.developmentId}`)}>{view.say("toldFirst")}</a>
            </figcaption>
          </figure>
          <figure class="quote">
            <blockquote class="said">{conflict.otherWords}</blockquote>
            <figcaption class="proof">
              <a href={pageUrl(view, `/developments/${conflict.otherId}`)}>{view.say("toldAgainst")}</a>
            </figcaption>
          </figure>
        </div>
      ))}
    </section>
  );
}
