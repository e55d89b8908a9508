import { type DeliveryRow, deliveryLog } from "../../db/alerts/delivery-log.ts";
import type { Database } from "../../db/client.ts";
import { latestDigests } from "../../db/digests/digest-archive.ts";
import { suspendedSubscribers } from "../../db/digests/subscribers.ts";
import { summaryIn } from "../../present/summary-in.ts";
import { Layout } from "../layout.tsx";
import { Ago, Instant } from "../parts/instant.tsx";
import { Mistakes } from "../parts/mistakes.tsx";
import { Pager } from "../parts/pager.tsx";
import { placeOf, withoutOwner } from "../routes/telling-acts.ts";
import { readCursor } from "../search.ts";
import { pageUrl, type View } from "../view.ts";

/** What was sent to whom, every attempt, and the digests. */
export async function deliveriesPage(db: Database, view: View) {
  const cursor = readCursor(view.url.searchParams.get("cursor") ?? undefined, "words");
  const [page, digests, suspended] = await Promise.all([
    cursor.mistakes.length > 0 ? null : deliveryLog(db, { status: null, limit: 50, after: cursor.after }),
    latestDigests(db, 30),
    suspendedSubscribers(db),
  ]);
  const body = (
    <Layout view={view} title={view.say("deliveries")}>
      <h1>{view.say("deliveries")}</h1>
      <p>
        <a href={pageUrl(view, "/rules")}>{view.say("rules")}</a> ·{" "}
        <a href={pageUrl(view, "/endpoints")}>{view.say("endpoints")}</a>
      </p>
      <Mistakes view={view} mistakes={cursor.mistakes} />
      {page && page.rows.length === 0 ? <p class="empty">{view.say("noDeliveries")}</p> : null}
      {page && page.rows.length > 0 ? <DeliveryTable view={view} rows={page.rows} /> : null}
      <Pager view={view} next={page?.next ?? null} />
      <section>
        <h2>{view.say("digests")}</h2>
        {digests.length === 0 ? (
          <p class="empty">{view.say("noDigests")}</p>
        ) : (
          <ul class="digests">
            {digests.map((digest) => (
              <li>
                <time datetime={digest.day}>{digest.day}</time>{" "}
                <a href={pageUrl(view, `/digests/${digest.id}`)}>{digest.subject ?? view.say("digest")}</a>{" "}
                <span class="aside">
                  {placeOf(digest.address)} · {view.say(`digest_${digest.status}`)}
                  {digest.repeats > 0 ? ` · ${view.say("digestRepeated")}` : null}
                  {digest.message ? ` · ${withoutOwner(digest.message, digest.address)}` : null}
                </span>
              </li>
            ))}
          </ul>
        )}
        <Suspended view={view} suspended={suspended} />
      </section>
    </Layout>
  );
  return { body, status: cursor.mistakes.length > 0 ? (400 as const) : (200 as const) };
}

/** Names whom nothing is sent any more, so that a silence is seen by who can end it. */
function Suspended({ view, suspended }: { view: View; suspended: Awaited<ReturnType<typeof suspendedSubscribers>> }) {
  if (suspended.length === 0) return null;
  return (
    <>
      <h3>{view.say("suspendedAddresses")}</h3>
      <p class="aside">{view.say("suspendedHint")}</p>
      <ul class="digests">
        {suspended.map(({ address, suspendedAt, suspendedBecause }) => (
          <li>
            {placeOf(address)} <span class="aside">{withoutOwner(suspendedBecause ?? "", address)}</span>{" "}
            {suspendedAt ? <Ago view={view} at={suspendedAt} /> : null}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Shows deliveries with their attempts, each leading to its own page. */
export function DeliveryTable({ view, rows }: { view: View; rows: readonly DeliveryRow[] }) {
  return (
    <div class="wide-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{view.say("delivery")}</th>
            <th scope="col">{view.say("ruleName")}</th>
            <th scope="col">{view.say("endpoint")}</th>
            <th scope="col">{view.say("status")}</th>
            <th scope="col">{view.say("attempts")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((delivery) => (
            <tr data-entry>
              <td>
                <a href={pageUrl(view, `/deliveries/${delivery.id}`)} data-open>
                  {delivery.development ? summaryIn(view.lang, delivery.development.summary) : delivery.kind}
                </a>
                <br />
                <span class="aside">
                  <Instant view={view} at={delivery.createdAt} />
                </span>
              </td>
              <td>{delivery.rule ?? "—"}</td>
              <td>
                {delivery.endpoint} <span class="aside">{delivery.endpointKind}</span>
              </td>
              <td>
                {view.say(delivery.status)}{" "}
                <span class="aside">
                  <Ago view={view} at={delivery.deliveredAt ?? delivery.nextAttemptAt ?? delivery.createdAt} />
                </span>
              </td>
              <td>
                <Attempts view={view} delivery={delivery} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Attempts({ view, delivery: { attempts } }: { view: View; delivery: DeliveryRow }) {
  if (attempts.length === 0) return <>0</>;
  return (
    <details>
      <summary>{attempts.length}</summary>
      <ol class="attempts">
        {attempts.map((attempt) => (
          <li>
            <Instant view={view} at={attempt.attemptedAt} /> · {attempt.httpStatus ?? attempt.failureCode ?? "—"} ·{" "}
            {attempt.elapsedMs} ms
            {attempt.message ? <span class="aside"> {attempt.message}</span> : null}
          </li>
        ))}
      </ol>
    </details>
  );
}
