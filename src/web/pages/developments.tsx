import type { Database } from "../../db/client.ts";
import { searchDevelopments } from "../../db/developments/development-list.ts";
import { nameLists } from "../../db/search/name-lists.ts";
import { coverageNow } from "../coverage-now.ts";
import { Layout } from "../layout.tsx";
import { Choice } from "../parts/choice.tsx";
import { CoverageStrip } from "../parts/coverage-strip.tsx";
import { DevelopmentEntry } from "../parts/development-entry.tsx";
import { LaterPage } from "../parts/later-page.tsx";
import { Mistakes } from "../parts/mistakes.tsx";
import { Pager } from "../parts/pager.tsx";
import { ActorField, PeriodFields, SearchForm, TopicField } from "../parts/search-form.tsx";
import { SearchKinds } from "../parts/search-kinds.tsx";
import { SearchLinks } from "../parts/search-links.tsx";
import { parametersOf, readCursor, understandQuestion } from "../search.ts";
import { toldOnce } from "../told-once.ts";
import { nameIn, type View } from "../view.ts";

const PER_PAGE = 40;

/** The list of developments with its filters. The answer is a 400 when the filters cannot be understood. */
export async function developmentsPage(db: Database, view: View) {
  const parameters = parametersOf(view.url);
  const cursor = readCursor(parameters.cursor);
  const { query, mistakes: wrong } = await understandQuestion(db, { ...parameters, lang: undefined });
  const mistakes = [...wrong, ...cursor.mistakes];
  const [names, page, coverage] = await Promise.all([
    view.recall("names", () => nameLists(db)),
    mistakes.length > 0 ? null : searchDevelopments(db, query, { limit: PER_PAGE, after: cursor.after }),
    coverageNow(db, view.now),
  ]);
  const fields = { view, parameters, names };
  const body = (
    <Layout view={view} title={view.say("developments")}>
      <h1>{view.say("developments")}</h1>
      <SearchKinds view={view} />
      <SearchForm view={view} path="/developments" query={parameters.q}>
        <Choice
          view={view}
          name="severity"
          label={view.say("severityAtLeast")}
          value={parameters.severity ?? ""}
          options={(["severity5", "severity4", "severity3", "severity2", "severity1"] as const).map((phrase) => ({
            value: phrase.slice(-1),
            label: `${phrase.slice(-1)} ${view.say(phrase)}`,
          }))}
        />
        <Choice
          view={view}
          name="status"
          label={view.say("status")}
          value={parameters.status ?? ""}
          options={[
            { value: "new", label: view.say("markNew") },
            { value: "background", label: view.say("markBackground") },
          ]}
        />
        <Choice
          view={view}
          name="type"
          label={view.say("type")}
          value={parameters.type ?? ""}
          options={names.types.map((type) => ({ value: type.id, label: nameIn(view, type) }))}
        />
        <ActorField {...fields} label={view.say("takingPart")} />
        <TopicField {...fields} />
        <PeriodFields {...fields} />
      </SearchForm>
      <Mistakes view={view} mistakes={mistakes} />
      {mistakes.length === 0 ? <SearchLinks view={view} of="developments" query={query} /> : null}
      {mistakes.length === 0 ? <LaterPage view={view} /> : null}
      {page === null ? null : page.rows.length === 0 ? (
        <div class="empty">
          <p>{view.say("foundNoneDevelopments")}</p>
          <CoverageStrip view={view} coverage={coverage} />
        </div>
      ) : (
        <section class="list" aria-labelledby="found">
          <h2 class="unseen" id="found">
            {view.say("developments")}
          </h2>
          {toldOnce(page.rows).map((told) => (
            <DevelopmentEntry view={view} {...told} />
          ))}
        </section>
      )}
      <Pager view={view} next={page?.next ?? null} />
    </Layout>
  );
  return { body, status: mistakes.length > 0 ? (400 as const) : (200 as const) };
}
