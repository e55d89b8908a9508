import type { Database } from "../../db/client.ts";
import { type DocumentFacets, searchAndCountDocuments } from "../../db/search/document-facets.ts";
import { countDocuments, indexedDocuments } from "../../db/search/document-search.ts";
import { nameLists } from "../../db/search/name-lists.ts";
import type { Query } from "../../domain/query/query.ts";
import { coverageNow } from "../coverage-now.ts";
import { Layout } from "../layout.tsx";
import { CoverageStrip } from "../parts/coverage-strip.tsx";
import { DocumentCounts } from "../parts/document-counts.tsx";
import { DocumentEntry } from "../parts/document-entry.tsx";
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
import { parametersOf, readCursor, understandQuestion } from "../search.ts";
import type { View } from "../view.ts";

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
  const fields = { view, parameters, names };
  const body = (
    <Layout view={view} title={parameters.q ? `${parameters.q} · ${title}` : title}>
      <h1>{title}</h1>
      <SearchKinds view={view} />
      <FoldedSearch view={view} parameters={parameters}>
        <SearchForm view={view} path="/documents" query={parameters.q} hint={view.say("documentsHint")}>
          <SourceField {...fields} />
          <SaidInField {...fields} label={view.say("language")} />
          <ActorField {...fields} label={view.say("actor")} />
          <TopicField {...fields} />
          <PeriodFields {...fields} />
          <OrderChoice view={view} order={order} />
        </SearchForm>
      </FoldedSearch>
      <Mistakes view={view} mistakes={mistakes} />
      {mistakes.length === 0 ? <SearchLinks view={view} of="documents" query={query} /> : null}
      {mistakes.length === 0 ? <LaterPage view={view} order={order} /> : null}
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
