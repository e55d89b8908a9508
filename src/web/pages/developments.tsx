import type { Database } from "../../db/client.ts";
import { searchDevelopments } from "../../db/developments/development-list.ts";
import { nameLists } from "../../db/search/name-lists.ts";
import { coverageNow } from "../coverage-now.ts";
import { Layout } from "../layout.tsx";
import { ActorChoice } from "../parts/actor-choice.tsx";
import { Choice } from "../parts/choice.tsx";
import { CoverageStrip } from "../parts/coverage-strip.tsx";
import { DevelopmentEntry } from "../parts/development-entry.tsx";
import { Mistakes } from "../parts/mistakes.tsx";
import { Pager } from "../parts/pager.tsx";
import { SearchKinds } from "../parts/search-kinds.tsx";
import { topicOptions } from "../parts/topic-options.ts";
import { parametersOf, readCursor, understandQuestion } from "../search.ts";
import { nameIn, pageUrl, type View } from "../view.ts";

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
  const value = (name: string) => parameters[name] ?? "";
  const body = (
    <Layout view={view} title={view.say("developments")}>
      <h1>{view.say("developments")}</h1>
      <SearchKinds view={view} />
      <form class="filters" action="/developments" method="get">
        {view.lang === view.preferred ? null : <input type="hidden" name="lang" value={view.lang} />}
        <label class="choice wide">
          <span>{view.say("query")}</span>
          <input type="search" name="q" value={value("q")} />
        </label>
        <Choice
          view={view}
          name="severity"
          label={view.say("severityAtLeast")}
          value={value("severity")}
          options={(["severity5", "severity4", "severity3", "severity2", "severity1"] as const).map((phrase) => ({
            value: phrase.slice(-1),
            label: `${phrase.slice(-1)} ${view.say(phrase)}`,
          }))}
        />
        <Choice
          view={view}
          name="status"
          label={view.say("status")}
          value={value("status")}
          options={[
            { value: "new", label: view.say("markNew") },
            { value: "background", label: view.say("markBackground") },
          ]}
        />
        <Choice
          view={view}
          name="type"
          label={view.say("type")}
          value={value("type")}
          options={names.types.map((type) => ({ value: type.id, label: nameIn(view, type) }))}
        />
        <ActorChoice view={view} label={view.say("takingPart")} value={value("actor")} actors={names.actors} />
        <Choice
          view={view}
          name="topic"
          label={view.say("topic")}
          value={value("topic")}
          options={topicOptions(view, names.topics)}
        />
        <label class="choice">
          <span>{view.say("since")}</span>
          <input name="since" value={value("since")} placeholder="2026-05" inputmode="numeric" />
        </label>
        <label class="choice">
          <span>{view.say("until")}</span>
          <input name="until" value={value("until")} placeholder="2026-06-30" inputmode="numeric" />
        </label>
        <span class="buttons">
          <button type="submit">{view.say("find")}</button>
          <a href={pageUrl(view, "/developments")}>{view.say("clear")}</a>
        </span>
      </form>
      <Mistakes view={view} mistakes={mistakes} />
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
          {page.rows.map((development) => (
            <DevelopmentEntry view={view} development={development} />
          ))}
        </section>
      )}
      <Pager view={view} next={page?.next ?? null} />
    </Layout>
  );
  return { body, status: mistakes.length > 0 ? (400 as const) : (200 as const) };
}
