import type { Database } from "../../db/client.ts";
import { searchDevelopments } from "../../db/developments/development-list.ts";
import { topicsWithCounts } from "../../db/search/name-lists.ts";
import { searchStatements } from "../../db/search/statement-search.ts";
import { actorsOnTopic } from "../../db/search/tallies.ts";
import { readQuestion } from "../../domain/query/ask.ts";
import { freshenTallies } from "../fresh-tallies.ts";
import { Layout } from "../layout.tsx";
import { DevelopmentEntry } from "../parts/development-entry.tsx";
import { StatementEntry } from "../parts/statement-entry.tsx";
import { chartSpan, TalkOverTime } from "../parts/talk-over-time.tsx";
import { sideName } from "../side-name.ts";
import { countText, nameIn, pageUrl, type View } from "../view.ts";

const ACTORS = 12;
const STATEMENTS = 12;
const DEVELOPMENTS = 8;

/** One topic: what it means, who speaks about it, how much by week, what happened, what was said last. Null when there is none with that id. */
export async function topicPage(db: Database, view: View, id: string) {
  await freshenTallies(db, view);
  const topics = await view.recall("topics", () => topicsWithCounts(db));
  const topic = topics.find((one) => one.id === id);
  if (!topic) return null;
  const parent = topics.find((one) => one.id === topic.parentId);
  const leaves = topics.filter(({ parentId }) => parentId === id);
  const span = await chartSpan(db, view);
  const [actors, statements, developments] = await Promise.all([
    actorsOnTopic(db, id, span?.from ?? view.now, ACTORS),
    searchStatements(db, readQuestion({ topic: id }).query, { limit: STATEMENTS, after: null }),
    searchDevelopments(db, readQuestion({ topic: id, status: "new" }).query, { limit: DEVELOPMENTS, after: null }),
  ]);
  return (
    <Layout view={view} title={nameIn(view, topic)}>
      <h1>{nameIn(view, topic)}</h1>
      <p class="lead" lang="en">
        {topic.definition}
      </p>
      <p class="aside">
        {parent ? (
          <>
            {view.say("partOf")} <a href={pageUrl(view, `/topics/${parent.id}`)}>{nameIn(view, parent)}</a>
          </>
        ) : (
          leaves.map((leaf, index) => (
            <>
              {index > 0 ? " · " : null}
              <a href={pageUrl(view, `/topics/${leaf.id}`)}>{nameIn(view, leaf)}</a> {countText(view.lang, leaf.count)}
            </>
          ))
        )}
      </p>
      <TalkOverTime db={db} view={view} topicId={id} />
      {actors.length === 0 ? null : (
        <section>
          <h2>{view.say("whoSpeaks")}</h2>
          <ol class="tallies">
            {actors.map((actor) => (
              <li>
                <a href={pageUrl(view, "/statements", { actor: actor.id, topic: id })}>
                  {nameIn(view, { label: actor.name, labelZh: actor.nameZh })}
                </a>{" "}
                <span class="aside">{sideName(view, actor.side)}</span>{" "}
                <span class="tally">{countText(view.lang, actor.statements)}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
      {developments.rows.length === 0 ? null : (
        <section>
          <h2>{view.say("developments")}</h2>
          {developments.rows.map((development) => (
            <DevelopmentEntry view={view} development={development} />
          ))}
          <p class="more">
            <a href={pageUrl(view, "/developments", { topic: id })}>{view.say("allDevelopments")} →</a>
          </p>
        </section>
      )}
      <section>
        <h2>{view.say("latestStatements")}</h2>
        {statements.rows.length === 0 ? (
          <p class="empty">{view.say("foundNone")}</p>
        ) : (
          statements.rows.map((statement) => <StatementEntry view={view} statement={statement} />)
        )}
        <p class="more">
          <a href={pageUrl(view, "/statements", { topic: id })}>{view.say("allStatements")} →</a>
        </p>
      </section>
    </Layout>
  );
}
