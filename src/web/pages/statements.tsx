import { statementCount } from "../../db/archive/document-page.ts";
import type { Database } from "../../db/client.ts";
import { filtersInstead } from "../../db/search/filters-instead.ts";
import { nameLists } from "../../db/search/name-lists.ts";
import { spellingInstead } from "../../db/search/spelling-instead.ts";
import { type Facets, searchAndCountStatements } from "../../db/search/statement-facets.ts";
import { coverageNow } from "../coverage-now.ts";
import { freshenTallies } from "../fresh-tallies.ts";
import { Layout } from "../layout.tsx";
import { Choice } from "../parts/choice.tsx";
import { CoverageStrip } from "../parts/coverage-strip.tsx";
import { LaterPage } from "../parts/later-page.tsx";
import { Mistakes } from "../parts/mistakes.tsx";
import { OrderChoice } from "../parts/order-choice.tsx";
import { Pager } from "../parts/pager.tsx";
import {
  ActorField,
  FoldedSearch,
  PeriodFields,
  SaidInField,
  SearchForm,
  SourceField,
  TopicField,
} from "../parts/search-form.tsx";
import { SearchKinds } from "../parts/search-kinds.tsx";
import { SearchLinks } from "../parts/search-links.tsx";
import { StatementCounts } from "../parts/statement-counts.tsx";
import { StatementEntry, statementCountText } from "../parts/statement-entry.tsx";
import { type AddressParameters, parametersOf, readCursor, understandQuestion } from "../search.ts";
import { nameIn, samePage, type View } from "../view.ts";

const PER_PAGE = 40;
/** Counting stops here: an exact number beyond it helps nobody. */
const COUNTED = 1_000;

/**
 * Search over the statements. The language of the words is the parameter `saidIn`, because `lang` is that of the interface.
 * The answer is a 400 when the search cannot be understood.
 */
export async function statementsPage(db: Database, view: View) {
  const parameters = parametersOf(view.url);
  const cursor = readCursor(parameters.cursor);
  const understood = await understandQuestion(db, { ...parameters, lang: parameters.saidIn });
  const mistakes = [...understood.mistakes, ...cursor.mistakes];
  const runs = mistakes.length === 0;
  const order = parameters.order === "relevance" ? "relevance" : "newest";
  const wanted = { limit: PER_PAGE, after: cursor.after, order, counted: COUNTED } as const;
  const [found, names] = await Promise.all([
    runs ? searchAndCountStatements(db, understood.query, wanted) : null,
    view.recall("names", () => nameLists(db)),
  ]);
  const fields = { view, parameters, names };
  const body = (
    <Layout view={view} title={parameters.q ? `${parameters.q} · ${view.say("statements")}` : view.say("statements")}>
      <h1>{view.say("statements")}</h1>
      <SearchKinds view={view} />
      <FoldedSearch view={view} parameters={parameters}>
        <SearchForm view={view} path="/statements" query={parameters.q} hint={view.say("queryHint")}>
          <ActorField {...fields} label={view.say("actor")} />
          <TopicField {...fields} />
          <Choice
            view={view}
            name="side"
            label={view.say("bloc")}
            value={parameters.side ?? ""}
            options={names.blocs.map((entry) => ({ value: entry, label: entry }))}
          />
          <Choice
            view={view}
            name="kind"
            label={view.say("kind")}
            value={parameters.kind ?? ""}
            options={[
              { value: "direct", label: view.say("markDirect") },
              { value: "mixed", label: view.say("markMixed") },
              { value: "indirect", label: view.say("markReported") },
            ]}
          />
          <SaidInField {...fields} label={view.say("wordsIn")} />
          <SourceField {...fields} />
          <PeriodFields {...fields} />
          <OrderChoice view={view} order={order} />
        </SearchForm>
      </FoldedSearch>
      <Mistakes view={view} mistakes={mistakes} />
      {mistakes.length === 0 ? <SearchLinks view={view} of="statements" query={understood.query} /> : null}
      {mistakes.length === 0 ? <LaterPage view={view} order={order} /> : null}
      {found === null ? null : found.page.rows.length === 0 && cursor.after === null ? (
        <Nothing db={db} view={view} asked={{ ...parameters, lang: parameters.saidIn }} />
      ) : (
        <section class="list">
          <p class="count">{countLine(view, found.counts, found.page.rows.length)}</p>
          <StatementCounts view={view} facets={found.counts} />
          {found.page.rows.map((statement) => (
            <StatementEntry view={view} statement={statement} query={understood.query} />
          ))}
        </section>
      )}
      <Pager view={view} next={found?.page.next ?? null} />
    </Layout>
  );
  return { body, status: runs ? (200 as const) : (400 as const) };
}

// Counting ends where it takes too long; what is shown was found all the same.
function countLine(view: View, { of, complete }: Facets, shown: number): string {
  return complete ? statementCountText(view, of) : view.say("foundMany", { count: Math.max(of, shown) });
}

async function Nothing({ db, view, asked }: { db: Database; view: View; asked: AddressParameters }) {
  await freshenTallies(db, view);
  const [count, coverage, spelt, instead] = await Promise.all([
    statementCount(db),
    coverageNow(db, view.now),
    spellingInstead(db, asked),
    filtersInstead(db, asked),
  ]);
  return (
    <div class="empty">
      <p>{view.say("foundNone")}</p>
      {spelt ? (
        <p>
          {view.say("meantWord")} <a href={samePage(view, { q: spelt.q, cursor: null })}>{spelt.words}</a>:{" "}
          {spelt.isMore
            ? view.say("foundMany", { count: spelt.statements })
            : statementCountText(view, spelt.statements)}
        </p>
      ) : null}
      {instead.map((filter) => (
        <p>
          {view.say(filter.field === "topic" ? "meantTopic" : "meantActor")}{" "}
          <a href={samePage(view, { q: filter.q, cursor: null })}>{nameIn(view, filter)}</a> (<code>{filter.q}</code>):{" "}
          {statementCountText(view, filter.statements)}
        </p>
      ))}
      <p>
        {view.say("searchedIn", { count })} {view.say("tryThis")}
      </p>
      <CoverageStrip view={view} coverage={coverage} />
    </div>
  );
}
