import type { Database } from "../../db/client.ts";
import { actorById, quotedActors, topicsWithCounts } from "../../db/search/name-lists.ts";
import { searchStatements } from "../../db/search/statement-search.ts";
import { type SpokenTopic, topicsOfActor, weeksOfActor } from "../../db/search/tallies.ts";
import { readQuestion } from "../../domain/query/ask.ts";
import { WeeksChart } from "../charts/weeks-chart.tsx";
import { freshenTallies } from "../fresh-tallies.ts";
import { Layout } from "../layout.tsx";
import { StatementEntry } from "../parts/statement-entry.tsx";
import { chartSpan } from "../parts/talk-over-time.tsx";
import { sideName } from "../side-name.ts";
import { countText, nameIn, pageUrl, type View } from "../view.ts";

/** The actors of whom the archive holds words. */
export async function actorsPage(db: Database, view: View) {
  await freshenTallies(db, view);
  const actors = await quotedActors(db);
  return (
    <Layout view={view} title={view.say("actors")}>
      <h1>{view.say("actors")}</h1>
      {actors.length === 0 ? (
        <p class="empty">{view.say("noActors")}</p>
      ) : (
        <>
          <p class="count">
            {view.say("quotedActors", { count: actors.length })} ·{" "}
            <a href={pageUrl(view, "/matrix")}>{view.say("matrix")}</a>
          </p>
          <div class="wide-table">
            <table class="steady">
              <thead>
                <tr>
                  <th scope="col">{view.say("actor")}</th>
                  <th scope="col">{view.say("bloc")}</th>
                  <th scope="col">{view.say("type")}</th>
                  <th scope="col" class="number">
                    {view.say("statements")}
                  </th>
                </tr>
              </thead>
              <tbody>
                {actors.map((actor) => (
                  <tr data-entry>
                    <td>
                      <a href={pageUrl(view, `/actors/${actor.id}`)} data-open>
                        {nameIn(view, { label: actor.name, labelZh: actor.nameZh })}
                      </a>
                    </td>
                    <td>{sideName(view, actor.bloc)}</td>
                    <td>{actor.type}</td>
                    <td class="number">{countText(view.lang, actor.count)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Layout>
  );
}

/** One actor: what it is, its offices, its latest words. Null when there is none with that id. */
export async function actorPage(db: Database, view: View, id: string) {
  const actor = await actorById(db, id);
  if (!actor) return null;
  await freshenTallies(db, view);
  const span = await chartSpan(db, view);
  const [{ rows }, weeks, spoken, topics] = await Promise.all([
    searchStatements(db, readQuestion({ actor: id }).query, { limit: 20, after: null }),
    span ? weeksOfActor(db, id, span.from) : [],
    topicsOfActor(db, id),
    view.recall("topics", () => topicsWithCounts(db)),
  ]);
  const link = (other: { id: string; name: string; nameZh: string | null }) => (
    <a href={pageUrl(view, `/actors/${other.id}`)}>{nameIn(view, { label: other.name, labelZh: other.nameZh })}</a>
  );
  return (
    <Layout view={view} title={nameIn(view, { label: actor.name, labelZh: actor.nameZh })}>
      <h1>{nameIn(view, { label: actor.name, labelZh: actor.nameZh })}</h1>
      <p class="aside">
        {[view.lang === "zh" ? actor.name : actor.nameZh, sideName(view, actor.bloc), actor.type]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <dl class="facts">
        {actor.parent ? (
          <>
            <dt>{view.say("partOf")}</dt>
            <dd>{link(actor.parent)}</dd>
          </>
        ) : null}
        {actor.offices.length > 0 ? (
          <>
            <dt>{view.say("offices")}</dt>
            <dd>
              {actor.offices.map(({ role, roleZh, bodyId, bodyName, bodyNameZh, validFrom, validTo }) => (
                <div>
                  {nameIn(view, { label: role, labelZh: roleZh })}
                  {bodyId === null ? null : (
                    <>, {bodyName === null ? bodyId : link({ id: bodyId, name: bodyName, nameZh: bodyNameZh })}</>
                  )}{" "}
                  <span class="aside">{periodText(view, validFrom, validTo)}</span>
                </div>
              ))}
            </dd>
          </>
        ) : null}
        {actor.members.length > 0 ? (
          <>
            <dt>{view.say("members")}</dt>
            <dd>
              {actor.members.map((member, index) => (
                <>
                  {index > 0 ? " · " : null}
                  {link(member)}
                </>
              ))}
            </dd>
          </>
        ) : null}
      </dl>
      {span && weeks.length > 0 ? (
        <section class="over-time">
          <h2>{view.say("overTime")}</h2>
          <WeeksChart
            view={view}
            title={view.say("actorOverTime", {
              count: weeks.reduce((sum, { statements }) => sum + statements, 0),
              since: span.from.toISOString().slice(0, 10),
            })}
            rows={[""]}
            weeks={weeks.map((week) => ({ ...week, row: "" }))}
            span={span}
          />
        </section>
      ) : null}
      <SpokenAbout view={view} actorId={id} spoken={spoken} topics={topics} />
      <section>
        <h2>{view.say("latestStatements")}</h2>
        {rows.length === 0 ? (
          <p class="empty">{view.say("foundNone")}</p>
        ) : (
          rows.map((statement) => <StatementEntry view={view} statement={statement} />)
        )}
        <p class="more">
          <a href={pageUrl(view, "/statements", { actor: id })}>{view.say("allStatements")} →</a>
        </p>
      </section>
    </Layout>
  );
}

/** What an actor speaks about: each topic with how often, the first and the last month. */
function SpokenAbout({
  view,
  actorId,
  spoken,
  topics,
}: {
  view: View;
  actorId: string;
  spoken: readonly SpokenTopic[];
  topics: Awaited<ReturnType<typeof topicsWithCounts>>;
}) {
  const named = new Map(topics.map((topic) => [topic.id, topic]));
  const rows = spoken.flatMap(({ topicId, ...row }) => {
    const topic = named.get(topicId);
    return topic ? [{ topic, ...row }] : [];
  });
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>{view.say("spokenAbout")}</h2>
      <div class="wide-table">
        <table>
          <thead>
            <tr>
              <th scope="col">{view.say("topic")}</th>
              <th scope="col" class="number">
                {view.say("statements")}
              </th>
              <th scope="col">{view.say("firstMonth")}</th>
              <th scope="col">{view.say("lastMonth")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ topic, first, last, statements }) => (
              <tr>
                <td>
                  <a href={pageUrl(view, "/statements", { actor: actorId, topic: topic.id })}>{nameIn(view, topic)}</a>
                </td>
                <td class="number">{countText(view.lang, statements)}</td>
                <td class="month">{first}</td>
                <td class="month">{last}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function periodText(view: View, from: string | null, to: string | null): string {
  if (from && to) return view.say("between", { from, to });
  if (from) return view.say("sinceDate", { from });
  return to ? view.say("untilDate", { to }) : "";
}
