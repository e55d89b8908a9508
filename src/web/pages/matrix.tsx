import type { Database } from "../../db/client.ts";
import { quotedActors, topicsWithCounts } from "../../db/search/name-lists.ts";
import { actorTopicMatrix } from "../../db/search/tallies.ts";
import { freshenTallies } from "../fresh-tallies.ts";
import { Layout } from "../layout.tsx";
import { chartSpan } from "../parts/talk-over-time.tsx";
import { sideName, sideRank } from "../side-name.ts";
import { countText, nameIn, pageUrl, type View } from "../view.ts";

const MOST_ACTORS = 30;
/** Steps of the heat behind a number; the stylesheet has a colour for each. */
const HEATS = 5;
/** Who speaks about what: actors by the upper topics, the number of statements in each cell. */
export async function matrixPage(db: Database, view: View) {
  await freshenTallies(db, view);
  const span = await chartSpan(db, view);
  const [cells, topics, actors] = await Promise.all([
    span ? actorTopicMatrix(db, span.from, MOST_ACTORS) : [],
    view.recall("topics", () => topicsWithCounts(db)),
    quotedActors(db),
  ]);
  const sums = new Map<string, number>();
  for (const { actorId, topicId, statements } of cells) {
    for (const key of [`${actorId} ${topicId}`, actorId]) sums.set(key, (sums.get(key) ?? 0) + statements);
  }
  const rows = actors
    .filter(({ id }) => sums.has(id))
    .sort((a, b) => sideRank(a.bloc) - sideRank(b.bloc) || (sums.get(b.id) ?? 0) - (sums.get(a.id) ?? 0));
  const columns = topics.filter(
    ({ id, parentId }) => parentId === null && rows.some((row) => sums.has(`${row.id} ${id}`)),
  );
  const most = Math.max(1, ...rows.flatMap((row) => columns.map(({ id }) => sums.get(`${row.id} ${id}`) ?? 0)));
  return (
    <Layout view={view} title={view.say("matrix")}>
      <h1>{view.say("matrix")}</h1>
      {rows.length === 0 ? (
        <p class="empty">{view.say("matrixEmpty")}</p>
      ) : (
        <>
          <p class="aside">
            {view.say("matrixLead", { actors: rows.length, since: span ? span.from.toISOString().slice(0, 7) : "" })}
          </p>
          <div class="wide-table">
            <table class="matrix">
              <thead>
                <tr>
                  <th scope="col">{view.say("actor")}</th>
                  {columns.map((topic) => (
                    <th scope="col">
                      <a href={pageUrl(view, `/topics/${topic.id}`)}>{nameIn(view, topic)}</a>
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((actor, index) => (
                  <>
                    {rows[index - 1]?.bloc === actor.bloc ? null : (
                      <tr class="group">
                        <th scope="rowgroup" colspan={columns.length + 1}>
                          {sideName(view, actor.bloc)}
                        </th>
                      </tr>
                    )}
                    <tr data-entry>
                      <th scope="row">
                        <a href={pageUrl(view, `/actors/${actor.id}`)} data-open>
                          {nameIn(view, { label: actor.name, labelZh: actor.nameZh })}
                        </a>
                      </th>
                      {columns.map((topic) => {
                        const count = sums.get(`${actor.id} ${topic.id}`) ?? 0;
                        return count === 0 ? (
                          <td></td>
                        ) : (
                          <td class={`number heat-${Math.ceil((Math.sqrt(count) / Math.sqrt(most)) * HEATS)}`}>
                            <a href={pageUrl(view, "/statements", { actor: actor.id, topic: topic.id })}>
                              {countText(view.lang, count)}
                            </a>
                          </td>
                        );
                      })}
                    </tr>
                  </>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Layout>
  );
}
