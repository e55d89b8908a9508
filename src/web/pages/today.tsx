import { type StatementRow, statementsByIds } from "../../db/archive/statement-rows.ts";
import type { Database } from "../../db/client.ts";
import type { CoverageSummary } from "../../db/collection/coverage.ts";
import { searchDevelopments } from "../../db/developments/development-list.ts";
import { newStatementsIn } from "../../db/digests/digest-facts.ts";
import { searchStatements } from "../../db/search/statement-search.ts";
import { readQuestion } from "../../domain/query/ask.ts";
import { coverageNow } from "../coverage-now.ts";
import { Layout } from "../layout.tsx";
import { CoverageStrip } from "../parts/coverage-strip.tsx";
import { DevelopmentEntry } from "../parts/development-entry.tsx";
import { Instant } from "../parts/instant.tsx";
import { StatementEntry } from "../parts/statement-entry.tsx";
import { toldOnce } from "../told-once.ts";
import { pageUrl, type View } from "../view.ts";

/** Days that count as lately. */
const DAYS = 7;
const HOUR_MS = 3_600_000;
const STATEMENTS = 12;
/** Documents whose statements are weighed: after a first start, thousands come in on one day. */
const NEWEST_DOCUMENTS = 300;

/** What is new: developments of the last days, how complete the watch was, the latest statements. */
export async function todayPage(db: Database, view: View) {
  const since = new Date(view.now.getTime() - DAYS * 24 * HOUR_MS);
  const [developments, statements, coverage] = await Promise.all([
    searchDevelopments(db, readQuestion({ status: "new", since: since.toISOString() }).query, {
      limit: 30,
      after: null,
    }),
    statementsToShow(db, since, view.now),
    coverageNow(db, view.now),
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
            toldOnce(byWeight).map((told) => <DevelopmentEntry view={view} {...told} />)
          )}
          <p class="more">
            <a href={pageUrl(view, "/developments")}>{view.say("allDevelopments")} →</a>
          </p>
        </section>
        <section aria-labelledby="latest">
          <h2 id="latest">{view.say("latestStatements")}</h2>
          {statements.length === 0 ? (
            <p class="empty">{view.say("noStatementsYet")}</p>
          ) : (
            statements.map(({ statement, quote }) => <StatementEntry view={view} statement={statement} quote={quote} />)
          )}
          <p class="more">
            <a href={pageUrl(view, "/statements")}>{view.say("allStatements")} →</a>
          </p>
        </section>
      </div>
    </Layout>
  );
}

/** What was said on the talks lately; where nothing came in lately, the latest there is. */
async function statementsToShow(
  db: Database,
  since: Date,
  now: Date,
): Promise<readonly { readonly statement: StatementRow; readonly quote?: string | undefined }[]> {
  const lately = await newStatementsIn(db, since, now, STATEMENTS, NEWEST_DOCUMENTS);
  if (lately.length === 0) {
    const { rows } = await searchStatements(db, readQuestion({}).query, {
      limit: STATEMENTS,
      after: null,
      onTopic: true,
    });
    return rows.map((statement) => ({ statement }));
  }
  const quotes = new Map(lately.map(({ id, words }) => [id, words]));
  const rows = await statementsByIds(db, [...quotes.keys()]);
  return rows.map((statement) => ({ statement, quote: quotes.get(statement.id) }));
}

function Silence({ view, coverage }: { view: View; coverage: CoverageSummary }) {
  const missing = coverage.watched - coverage.reached;
  return (
    <div class="empty">
      <p>{view.say("nothingNew", { days: DAYS })}</p>
      <p>
        {coverage.watched === 0
          ? view.say("nothingWatched")
          : coverage.complete
            ? view.say("nothingNewComplete")
            : missing === 0
              ? view.say("nothingNewUnread")
              : view.say("nothingNewIncomplete", { missing, watched: coverage.watched })}
      </p>
    </div>
  );
}
