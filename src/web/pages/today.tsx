import type { Database } from "../../db/client.ts";
import { type CoverageSummary, coverageSince } from "../../db/coverage.ts";
import { searchDevelopments } from "../../db/development-list.ts";
import { searchStatements } from "../../db/statement-search.ts";
import { readSearch } from "../../domain/search-query.ts";
import { Layout } from "../layout.tsx";
import { CoverageStrip } from "../parts/coverage-strip.tsx";
import { DevelopmentEntry } from "../parts/development-entry.tsx";
import { Instant } from "../parts/instant.tsx";
import { StatementEntry } from "../parts/statement-entry.tsx";
import { pageUrl, type View } from "../view.ts";

/** Days that count as lately. */
const DAYS = 7;
const HOUR_MS = 3_600_000;

/** What is new: developments of the last days, how complete the watch was, the latest statements. */
export async function todayPage(db: Database, view: View) {
  const since = new Date(view.now.getTime() - DAYS * 24 * HOUR_MS);
  const [developments, statements, coverage] = await Promise.all([
    searchDevelopments(
      db,
      { types: [], status: "new", severityAtLeast: null, actors: [], topics: [], since, until: null },
      { limit: 30, after: null },
    ),
    searchStatements(db, readSearch({}).query, { limit: 12, after: null, onTopic: true }),
    coverageSince(db, new Date(view.now.getTime() - 24 * HOUR_MS)),
  ]);
  const byWeight = [...developments.rows].sort((a, b) => b.severity - a.severity);
  return (
    <Layout view={view} title={view.say("today")}>
      <div class="dateline">
        <h1>{view.say("today")}</h1>
        <Instant view={view} at={view.now} />
      </div>
      <CoverageStrip view={view} coverage={coverage} />
      <div class="columns">
        <section aria-labelledby="new">
          <h2 id="new">{view.say("newLately", { days: DAYS })}</h2>
          {byWeight.length === 0 ? (
            <Silence view={view} coverage={coverage} />
          ) : (
            byWeight.map((development) => <DevelopmentEntry view={view} development={development} />)
          )}
          <p class="more">
            <a href={pageUrl(view, "/developments")}>{view.say("allDevelopments")} →</a>
          </p>
        </section>
        <section aria-labelledby="latest">
          <h2 id="latest">{view.say("latestStatements")}</h2>
          {statements.rows.length === 0 ? (
            <p class="empty">{view.say("noStatementsYet")}</p>
          ) : (
            statements.rows.map((statement) => <StatementEntry view={view} statement={statement} />)
          )}
          <p class="more">
            <a href={pageUrl(view, "/statements")}>{view.say("allStatements")} →</a>
          </p>
        </section>
      </div>
    </Layout>
  );
}

function Silence({ view, coverage }: { view: View; coverage: CoverageSummary }) {
  const missing = coverage.watched - coverage.reached;
  return (
    <div class="empty">
      <p>{view.say("nothingNew", { days: DAYS })}</p>
      <p>
        {coverage.watched === 0
          ? view.say("nothingWatched")
          : missing === 0
            ? view.say("nothingNewComplete")
            : view.say("nothingNewIncomplete", { missing, watched: coverage.watched })}
      </p>
    </div>
  );
}
