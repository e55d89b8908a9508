import type { Database } from "../../db/client.ts";
import { type SourceCoverage, sourceCoverage } from "../../db/collection/coverage.ts";
import { openIncidents } from "../../db/collection/incidents.ts";
import { lastProblems } from "../../db/collection/source-health.ts";
import { parkedFailures } from "../../db/collection/stage-failures.ts";
import { looksOffline } from "../../domain/network-loss.ts";
import { type Problem, problemsByCode } from "../../domain/problem.ts";
import type { SourceState } from "../../domain/source-state.ts";
import { triedAgainBy } from "../../domain/tried-again.ts";
import { coverageNow } from "../coverage-now.ts";
import type { Phrase } from "../dictionary/words.ts";
import { Layout } from "../layout.tsx";
import { CoverageStrip } from "../parts/coverage-strip.tsx";
import { Ago, Instant } from "../parts/instant.tsx";
import { Mark } from "../parts/mark.tsx";
import { countText, nameIn, pageUrl, type View } from "../view.ts";

/** Most failures that the page lists; the latest. */
const MOST_PARKED = 50;

const OUTCOME: Readonly<Record<"read" | "unchanged" | "failed", Phrase>> = {
  read: "outcomeRead",
  unchanged: "outcomeUnchanged",
  failed: "outcomeFailed",
};

const STATE: Readonly<Record<SourceState, Phrase>> = {
  reached: "stateReached",
  failed: "stateFailed",
  late: "stateLate",
  gone: "stateGone",
  new: "stateNew",
  off: "stateNotWatched",
};

/** Coverage: every source, when it last answered, what went wrong, what it brought. */
export async function sourcesPage(db: Database, view: View) {
  const [coverage, sources, open, parked] = await Promise.all([
    coverageNow(db, view.now),
    sourceCoverage(db, view.now),
    openIncidents(db),
    parkedFailures(db, MOST_PARKED),
  ]);
  const problems = await lastProblems(db);
  // Where the network of this machine is gone, one line says so instead of one for each source.
  const offline = looksOffline(coverage.reach);
  const incidents = open.filter(({ sourceId }) => !(offline && sourceId !== null));
  const titles = new Map(
    sources.map((source) => [source.id, nameIn(view, { label: source.title, labelZh: source.titleZh })]),
  );
  const watched = sources.filter(({ enabled }) => enabled);
  const others = sources.filter(({ enabled }) => !enabled);
  return (
    <Layout view={view} title={view.say("sources")}>
      <h1>{view.say("sources")}</h1>
      <CoverageStrip view={view} coverage={coverage} />
      <section>
        <h2>{view.say("incidents")}</h2>
        {incidents.length === 0 ? (
          <p class="empty">{view.say("noIncidents")}</p>
        ) : (
          <ul class="incidents">
            {incidents.map((incident) => (
              <li>
                <strong>
                  {incident.sourceId === null ? (
                    view.say("parley")
                  ) : (
                    <a href={`#${incident.sourceId}`}>{titles.get(incident.sourceId) ?? incident.sourceId}</a>
                  )}
                </strong>{" "}
                <code>{incident.code}</code> <span lang="en">{incident.message}</span>{" "}
                <span class="aside">
                  <Instant view={view} at={incident.openedAt} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
      {parked.length > 0 ? <PutAside view={view} parked={parked} /> : null}
      {sources.length === 0 ? <p class="empty">{view.say("noSources")}</p> : null}
      {watched.length > 0 ? (
        <section>
          <h2>{view.say("watched")}</h2>
          <SourceTable view={view} sources={watched} problems={problems} offline={offline} />
        </section>
      ) : null}
      {others.length > 0 ? (
        <section>
          <h2>{view.say("notWatched")}</h2>
          <ul class="not-watched">
            {others.map((source) => (
              <li id={source.id}>
                {nameIn(view, { label: source.title, labelZh: source.titleZh })} <code>{source.id}</code>
                {source.disabledBecause ? (
                  <span class="aside" lang="en">
                    {" "}
                    {source.disabledBecause}
                  </span>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </Layout>
  );
}

/** Lists work that failed for good, and what has it tried again. */
function PutAside({ view, parked }: { view: View; parked: Awaited<ReturnType<typeof parkedFailures>> }) {
  return (
    <section>
      <h2>{view.say("putAside")}</h2>
      <p class="aside">
        {view.say("putAsideWhy")} <a href={pageUrl(view, "/queues")}>{view.say("queues")} →</a>
      </p>
      <ul class="incidents">
        {parked.map(({ stage, subject, code, message, firstAt }) => (
          <li>
            <strong>
              {stage} {subject}
            </strong>{" "}
            <code>{code}</code> <span lang="en">{message}</span>{" "}
            <span class="aside">
              <Instant view={view} at={firstAt} />
              {triedAgainBy(stage) ? (
                <>
                  {" · "}
                  {view.say("tryAgain")} <code>{triedAgainBy(stage)}</code>
                </>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

type SourceTableProps = {
  readonly view: View;
  readonly sources: readonly SourceCoverage[];
  /** What the last poll that read something found wrong, by source. */
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
  readonly offline: boolean;
};

function SourceTable({ view, sources, problems, offline }: SourceTableProps) {
  return (
    <div class="wide-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{view.say("source")}</th>
            <th scope="col">{view.say("every")}</th>
            <th scope="col">{view.say("lastPoll")}</th>
            <th scope="col">{view.say("outcome")}</th>
            <th scope="col">{view.say("lastAnswer")}</th>
            <th scope="col" class="number">
              {view.say("failures")}
            </th>
            <th scope="col" class="number">
              {view.say("brought")}
            </th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <tr
              id={source.id}
              data-entry
              class={source.state === "reached" || source.state === "new" ? undefined : "failing"}
            >
              <td>
                <a href={pageUrl(view, "/statements", { source: source.id })} data-open>
                  {nameIn(view, { label: source.title, labelZh: source.titleZh })}
                </a>
                <br />
                <code>{source.id}</code>
              </td>
              <td>{source.every}</td>
              <td>
                <Ago view={view} at={source.lastPollAt} />
              </td>
              <td>
                <Mark view={view} phrase={STATE[source.state]} />{" "}
                {source.lastPoll ? view.say(OUTCOME[source.lastPoll.outcome]) : null}
                {source.lastPoll && source.lastPoll.itemsNew > 0 ? (
                  <span class="aside"> {view.say("itemsNew", { count: source.lastPoll.itemsNew })}</span>
                ) : null}
                {source.quietSince ? (
                  <p class="aside reason">
                    {view.say("quietSince")} <Instant view={view} at={source.quietSince} />
                  </p>
                ) : null}
                {source.lastPoll?.message && !(offline && source.lastPoll.failureCode === "net-unreachable") ? (
                  <p class="aside reason" lang="en">
                    {source.lastPoll.message}
                  </p>
                ) : null}
                {problemsByCode(problems.get(source.id) ?? []).map(({ code, message, count }) => (
                  <p class="aside reason" lang="en">
                    <code>{code}</code> {message} {count > 1 ? `(${countText(view.lang, count)}×)` : null}
                  </p>
                ))}
              </td>
              <td>
                <Ago view={view} at={source.lastSuccessAt} />
              </td>
              <td class="number">{countText(view.lang, source.failuresInRow)}</td>
              <td class="number">{countText(view.lang, source.documents)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
