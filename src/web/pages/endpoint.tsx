import { deliveryLog } from "../../db/alerts/delivery-log.ts";
import type { Endpoint } from "../../db/alerts/endpoints.ts";
import type { Database } from "../../db/client.ts";
import { Layout } from "../layout.tsx";
import { Mistakes } from "../parts/mistakes.tsx";
import { Pager } from "../parts/pager.tsx";
import { placeOf } from "../routes/telling-acts.ts";
import { readCursor } from "../search.ts";
import { pageUrl, type View } from "../view.ts";
import { DeliveryTable } from "./deliveries.tsx";
import { stateOf, toMinute } from "./endpoints.tsx";

/** What was just done to an endpoint; `secret` is shown this once. */
export type EndpointNews = {
  readonly notice?: string | null;
  readonly secret?: string | null;
  readonly refused?: string | null;
};

/** What of an endpoint whoever asks may see, the same as in the API. */
export type EndpointShown = { readonly owner: boolean; readonly deliveries: boolean };

/** One endpoint: how it does, what can be done with it, and, for whom it is, its owner and everything that was sent to it. */
export async function endpointPage(
  db: Database,
  view: View,
  endpoint: Endpoint,
  shown: EndpointShown,
  news: EndpointNews = {},
) {
  const cursor = readCursor(view.url.searchParams.get("cursor") ?? undefined, "words");
  const choice = { status: null, endpointId: endpoint.id, limit: 50, after: cursor.after };
  const page = !shown.deliveries || cursor.mistakes.length > 0 ? null : await deliveryLog(db, choice);
  return (
    <Layout view={view} title={endpoint.name}>
      <p>
        <a href={pageUrl(view, "/endpoints")}>{view.say("endpoints")}</a>
      </p>
      <h1>{endpoint.name}</h1>
      <News view={view} news={news} />
      <Facts view={view} endpoint={endpoint} owner={shown.owner ? endpoint.owner : null} />
      <div class="buttons">
        <Button view={view} action={`/endpoints/${endpoint.id}/test`} label={view.say("sendTest")} />
        {endpoint.enabled ? (
          <Button view={view} action={`/endpoints/${endpoint.id}/off`} label={view.say("switchOff")} />
        ) : (
          <Button view={view} action={`/endpoints/${endpoint.id}/on`} label={view.say("switchOn")} />
        )}
      </div>
      {endpoint.kind === "webhook" ? <Rotate view={view} endpoint={endpoint} /> : null}
      <Replay view={view} endpoint={endpoint} />
      {shown.deliveries ? (
        <section>
          <h2>{view.say("deliveries")}</h2>
          <Mistakes view={view} mistakes={cursor.mistakes} />
          {page && page.rows.length === 0 ? <p class="empty">{view.say("noDeliveries")}</p> : null}
          {page && page.rows.length > 0 ? <DeliveryTable view={view} rows={page.rows} /> : null}
          <Pager view={view} next={page?.next ?? null} />
        </section>
      ) : null}
    </Layout>
  );
}

function News({ view, news: { notice, secret, refused } }: { view: View; news: EndpointNews }) {
  return (
    <>
      {notice ? (
        <p role="status">
          <strong>{notice}</strong>
        </p>
      ) : null}
      {secret ? (
        <div class="notice">
          <p>{view.say("secretOnce")}</p>
          <pre class="secret">{secret}</pre>
        </div>
      ) : null}
      {refused ? (
        <p class="mistakes" role="alert" lang="en">
          {refused}
        </p>
      ) : null}
    </>
  );
}

function Facts({ view, endpoint, owner }: { view: View; endpoint: Endpoint; owner: string | null }) {
  const { previousSecret, previousSecretUntil: until } = endpoint;
  const isChanging = previousSecret !== null && until !== null && view.now < until;
  return (
    <dl class="facts">
      <dt>{view.say("endpointPlace")}</dt>
      <dd>{placeOf(endpoint.address)}</dd>
      <dt>{view.say("endpointFormat")}</dt>
      <dd>{endpoint.kind === "mail" ? "mail" : endpoint.format}</dd>
      <dt>{view.say("status")}</dt>
      <dd>
        {stateOf(view, endpoint)}
        {isChanging ? ` · ${view.say("rotatingUntil", { when: toMinute(until) })}` : null}
      </dd>
      <dt>{view.say("owner")}</dt>
      <dd>{owner ?? "—"}</dd>
    </dl>
  );
}

function Button({ view, action, label }: { view: View; action: string; label: string }) {
  return (
    <form method="post" action={pageUrl(view, action)}>
      <button type="submit">{label}</button>
    </form>
  );
}

function Rotate({ view, endpoint }: { view: View; endpoint: Endpoint }) {
  return (
    <form class="filters" method="post" action={pageUrl(view, `/endpoints/${endpoint.id}/rotate`)}>
      <label class="choice">
        <span>{view.say("rotateOverlap")}</span>
        <input type="number" name="overlap" value="24" min="0" max="999" required />
      </label>
      <button type="submit">{view.say("rotate")}</button>
    </form>
  );
}

function Replay({ view, endpoint }: { view: View; endpoint: Endpoint }) {
  return (
    <details>
      <summary>{view.say("replayRange")}</summary>
      <form class="filters" method="post" action={pageUrl(view, `/endpoints/${endpoint.id}/replay`)}>
        <label class="choice">
          <span>{view.say("replaySince")}</span>
          <input type="date" name="since" required />
        </label>
        <label class="choice">
          <span>{view.say("replayUntil")}</span>
          <input type="date" name="until" />
        </label>
        <label class="tick">
          <input type="checkbox" name="failed" value="yes" checked /> {view.say("replayFailed")}
        </label>
        <button type="submit">{view.say("sendAgain")}</button>
      </form>
    </details>
  );
}
