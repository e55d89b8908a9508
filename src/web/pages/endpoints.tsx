import { allEndpoints, type Endpoint } from "../../db/alerts/endpoints.ts";
import type { Database } from "../../db/client.ts";
import { endpointFormats } from "../../make-endpoint.ts";
import { Layout } from "../layout.tsx";
import type { EndpointTexts } from "../routes/endpoint-form.ts";
import { placeOf } from "../routes/telling-acts.ts";
import { pageUrl, type View } from "../view.ts";

const NOTHING_TYPED: EndpointTexts = { name: "", address: "", format: "parley", owner: "" };

/** Lists where alerts go and how they do, with a form for a new one. Paths of webhooks may be secret: only their host is shown. */
export async function endpointsPage(
  db: Database,
  view: View,
  { texts = NOTHING_TYPED, refused = null }: { readonly texts?: EndpointTexts; readonly refused?: string | null } = {},
) {
  const endpoints = await allEndpoints(db);
  return (
    <Layout view={view} title={view.say("endpoints")}>
      <h1>{view.say("endpoints")}</h1>
      {endpoints.length === 0 ? <p class="empty">{view.say("noEndpoints")}</p> : null}
      <ul class="plain">
        {endpoints.map((endpoint) => (
          <li data-entry>
            <a href={pageUrl(view, `/endpoints/${endpoint.id}`)} data-open>
              <strong>{endpoint.name}</strong>
            </a>{" "}
            <span class="aside">
              {endpoint.kind === "mail" ? "mail" : endpoint.format} · {placeOf(endpoint.address)} ·{" "}
              {stateOf(view, endpoint)}
            </span>
          </li>
        ))}
      </ul>
      <section>
        <h2>{view.say("endpointNew")}</h2>
        {refused ? (
          <p class="mistakes" role="alert" lang="en">
            {refused}
          </p>
        ) : null}
        <NewEndpoint view={view} texts={texts} />
      </section>
    </Layout>
  );
}

function NewEndpoint({ view, texts }: { view: View; texts: EndpointTexts }) {
  return (
    <form class="filters" method="post" action={pageUrl(view, "/endpoints")}>
      <label class="choice">
        <span>{view.say("endpointName")}</span>
        <input name="name" value={texts.name} required maxlength={80} />
      </label>
      <label class="choice wide">
        <span>{view.say("endpointAddress")}</span>
        <input name="address" value={texts.address} required maxlength={2000} />
      </label>
      <label class="choice">
        <span>{view.say("endpointFormat")}</span>
        <select name="format">
          {endpointFormats.map((format) => (
            <option value={format} selected={format === texts.format}>
              {format}
            </option>
          ))}
        </select>
      </label>
      <label class="choice">
        <span>{view.say("endpointOwner")}</span>
        <input type="email" name="owner" value={texts.owner} />
      </label>
      <button type="submit">{view.say("endpointAdd")}</button>
    </form>
  );
}

/** Says whether an endpoint is on and how it does. */
export function stateOf(view: View, { enabled, failingSince, disabledBecause }: Endpoint): string {
  if (!enabled) return [view.say("stateOff"), ...(disabledBecause ? [disabledBecause] : [])].join(": ");
  return failingSince ? view.say("failingSince", { when: toMinute(failingSince) }) : view.say("stateOn");
}

/** Writes a moment to the minute, UTC. */
export function toMinute(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
