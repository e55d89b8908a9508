import type { Database } from "../../db/client.ts";
import { type DocumentFacets, searchAndCountDocuments } from "../../db/search/document-facets.ts";
import { countDocuments, indexedDocuments } from "../../db/search/document-search.ts";
import { type NameLists, nameLists } from "../../db/search/name-lists.ts";
import type { Query } from "../../domain/query/query.ts";
import { coverageNow } from "../coverage-now.ts";
import { Layout } from "../layout.tsx";
import { ActorChoice } from "../parts/actor-choice.tsx";
import { Choice } from "../parts/choice.tsx";
import { CoverageStrip } from "../parts/coverage-strip.tsx";
import { DocumentCounts } from "../parts/document-counts.tsx";
import { DocumentEntry } from "../parts/document-entry.tsx";
import { Mistakes } from "../parts/mistakes.tsx";
import { OrderChoice } from "../parts/order-choice.tsx";
import { Pager } from "../parts/pager.tsx";
import { SearchKinds } from "../parts/search-kinds.tsx";
import { topicOptions } from "../parts/topic-options.ts";
import { type AddressParameters, parametersOf, readCursor, understandQuestion } from "../search.ts";
import { pageUrl, type View } from "../view.ts";

const PER_PAGE = 30;
/** Counting stops here: an exact number beyond it helps nobody. */
const COUNTED = 1_000;

/**
 * Search over the documents by title and text. The language of the text is the parameter `saidIn`, because `lang` is that of the
 * interface. The answer is a 400 when the search cannot be understood.
 */
export async function documentsPage(db: Database, view: View) {
  const parameters = parametersOf(view.url);
  const cursor = readCursor(parameters.cursor);
  const { query, mistakes: wrong } = await understandQuestion(db, { ...parameters, lang: parameters.saidIn });
  const mistakes = [...wrong, ...cursor.mistakes];
  const runs = mistakes.length === 0;
  const order = parameters.order === "relevance" ? "relevance" : "newest";
  const wanted = { limit: PER_PAGE, after: cursor.after, order, counted: COUNTED } as const;
  const [found, names] = await Promise.all([
    runs ? searchAndCountDocuments(db, query, wanted) : null,
    view.recall("names", () => nameLists(db)),
  ]);
  const count = found ? await countOf(db, query, found.counts) : 0;
  const title = view.say("documents");
  const body = (
    <Layout view={view} title={parameters.q ? `${parameters.q} · ${title}` : title}>
      <h1>{title}</h1>
      <SearchKinds view={view} />
      <SearchForm view={view} parameters={parameters} names={names} order={order} />
      <Mistakes view={view} mistakes={mistakes} />
      {found === null ? null : count === 0 ? (
        <Nothing db={db} view={view} />
      ) : (
        <section class="list">
          <p class="count">{countLine(view, count)}</p>
          <DocumentCounts view={view} facets={found.counts} />
          {found.page.rows.map((row) => (
            <DocumentEntry view={view} row={row} query={query} />
          ))}
        </section>
      )}
      <Pager view={view} next={found?.page.next ?? null} />
    </Layout>
  );
  return { body, status: runs ? (200 as const) : (400 as const) };
}

function SearchForm({
  view,
  parameters,
  names,
  order,
}: {
  view: View;
  parameters: AddressParameters;
  names: NameLists;
  order: "newest" | "relevance";
}) {
  const value = (name: string) => parameters[name] ?? "";
  // Who has asked wants the answer first: on a narrow screen the filters then stand folded above it.
  const asked = Object.entries(parameters).some(([name, given]) => name !== "lang" && given);
  return (
    <search>
      <details class="fold" open={!asked}>
        <summary>{view.say("filters")}</summary>
        <form class="filters" action="/documents" method="get">
          {view.lang === view.preferred ? null : <input type="hidden" name="lang" value={view.lang} />}
          <label class="choice wide">
            <span>{view.say("query")}</span>
            <input type="search" name="q" value={value("q")} placeholder={view.say("documentsHint")} />
          </label>
          <Choice
            view={view}
            name="source"
            label={view.say("source")}
            value={value("source")}
            options={names.sources.map((entry) => ({ value: entry.id, label: entry.label }))}
          />
          <Choice
            view={view}
            name="saidIn"
            label={view.say("language")}
            value={value("saidIn")}
            options={[
              { value: "en", label: view.say("english") },
              { value: "zh", label: view.say("chinese") },
            ]}
          />
          <ActorChoice view={view} label={view.say("actor")} value={value("actor")} actors={names.actors} />
          <Choice
            view={view}
            name="topic"
            label={view.say("topic")}
            value={value("topic")}
            options={topicOptions(view, names.topics)}
          />
          <label class="choice">
            <span>{view.say("since")}</span>
            <input name="since" value={value("since")} placeholder="2026-05" />
          </label>
          <label class="choice">
            <span>{view.say("until")}</span>
            <input name="until" value={value("until")} placeholder="2026-06-30" />
          </label>
          <OrderChoice view={view} order={order} />
          <span class="buttons">
            <button type="submit">{view.say("find")}</button>
            <a href={pageUrl(view, "/documents")}>{view.say("clear")}</a>
          </span>
        </form>
      </details>
    </search>
  );
}

/** Says how many documents were found, up to one more than are counted: those that were counted by field, unless looking them up was ended before. */
async function countOf(db: Database, query: Query, { of, complete }: DocumentFacets): Promise<number> {
  if (complete) return of;
  return of >= COUNTED ? COUNTED + 1 : countDocuments(db, query, COUNTED + 1);
}

function countLine(view: View, found: number): string {
  if (found > COUNTED) return view.say("documentMany", { count: COUNTED });
  return found === 1 ? view.say("documentOne") : view.say("documentCount", { count: found });
}

async function Nothing({ db, view }: { db: Database; view: View }) {
  const [count, coverage] = await Promise.all([indexedDocuments(db), coverageNow(db, view.now)]);
  return (
    <div class="empty">
      <p>{view.say("foundNoneDocuments")}</p>
      <p>
        {view.say("searchedDocuments", { count })} {view.say("tryThis")}
      </p>
      <CoverageStrip view={view} coverage={coverage} />
    </div>
  );
}
