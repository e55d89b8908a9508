import type { Database } from "../../db/client.ts";
import { topicsWithCounts } from "../../db/search/name-lists.ts";
import { freshenTallies } from "../fresh-tallies.ts";
import { Layout } from "../layout.tsx";
import { TalkOverTime } from "../parts/talk-over-time.tsx";
import { countText, nameIn, pageUrl, type View } from "../view.ts";

/** The taxonomy, each leaf with what it means and how many statements carry it. */
export async function topicsPage(db: Database, view: View) {
  await freshenTallies(db, view);
  const topics = await view.recall("topics", () => topicsWithCounts(db));
  const parents = topics.filter(({ parentId }) => parentId === null);
  return (
    <Layout view={view} title={view.say("topics")}>
      <h1>{view.say("topics")}</h1>
      <p class="more">
        <a href={pageUrl(view, "/matrix")}>{view.say("matrix")} →</a>
      </p>
      <TalkOverTime db={db} view={view} />
      {parents.length === 0 ? <p class="empty">{view.say("noTopics")}</p> : null}
      {parents.map((parent) => (
        <section id={parent.id}>
          <h2>
            <a href={pageUrl(view, `/topics/${parent.id}`)}>{nameIn(view, parent)}</a>
          </h2>
          <p class="aside" lang="en">
            {parent.definition}
          </p>
          <dl class="leaves">
            {topics
              .filter(({ parentId }) => parentId === parent.id)
              .map((leaf) => (
                <>
                  <dt id={leaf.id}>
                    <a href={pageUrl(view, `/topics/${leaf.id}`)}>{nameIn(view, leaf)}</a>{" "}
                    <span class="tally">{countText(view.lang, leaf.count)}</span>
                  </dt>
                  <dd lang="en">{leaf.definition}</dd>
                </>
              ))}
          </dl>
        </section>
      ))}
    </Layout>
  );
}
