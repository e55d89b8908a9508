import type { Database } from "../../db/client.ts";
import { actorById, quotedActors } from "../../db/name-lists.ts";
import { searchStatements } from "../../db/statement-search.ts";
import { readSearch } from "../../domain/search-query.ts";
import { Layout } from "../layout.tsx";
import { StatementEntry } from "../parts/statement-entry.tsx";
import { countText, nameIn, pageUrl, type View } from "../view.ts";

/** The actors of whom the archive holds words. */
export async function actorsPage(db: Database, view: View) {
  const actors = await quotedActors(db);
  return (
    <Layout view={view} title={view.say("actors")}>
      <h1>{view.say("actors")}</h1>
      {actors.length === 0 ? (
        <p class="empty">{view.say("noActors")}</p>
      ) : (
        <>
          <p class="count">{view.say("quotedActors", { count: actors.length })}</p>
          <div class="wide-table">
            <table>
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
                    <td>{actor.bloc}</td>
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
  const { query } = readSearch({ actor: id });
  const { rows } = await searchStatements(db, query, { limit: 20, after: null });
  const link = (other: { id: string; name: string; nameZh: string | null }) => (
    <a href={pageUrl(view, `/actors/${other.id}`)}>{nameIn(view, { label: other.name, labelZh: other.nameZh })}</a>
  );
  return (
    <Layout view={view} title={nameIn(view, { label: actor.name, labelZh: actor.nameZh })}>
      <h1>{nameIn(view, { label: actor.name, labelZh: actor.nameZh })}</h1>
      <p class="aside">
        {[view.lang === "zh" ? actor.name : actor.nameZh, actor.bloc, actor.type].filter(Boolean).join(" · ")}
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
              {actor.offices.map(({ role, bodyId, bodyName, bodyNameZh, validFrom, validTo }) => (
                <div>
                  {role}
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

function periodText(view: View, from: string | null, to: string | null): string {
  if (from && to) return view.say("between", { from, to });
  if (from) return view.say("sinceDate", { from });
  return to ? view.say("untilDate", { to }) : "";
}
