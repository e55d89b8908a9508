import type { Database } from "../../db/client.ts";
import { allEndpoints } from "../../db/endpoints.ts";
import { Layout } from "../layout.tsx";
import { placeOf } from "../telling-acts.ts";
import { pageUrl, type View } from "../view.ts";

/** Lists where alerts go and how they do, with a test for each. Paths of webhooks may be secret: only their host is shown. */
export async function endpointsPage(db: Database, view: View, notice: string | null) {
  const endpoints = await allEndpoints(db);
  return (
    <Layout view={view} title={view.say("endpoints")}>
      <h1>{view.say("endpoints")}</h1>
      {notice ? <p role="status">{notice}</p> : null}
      {endpoints.length === 0 ? <p class="empty">{view.say("noEndpoints")}</p> : null}
      <ul class="digests">
        {endpoints.map((endpoint) => (
          <li data-entry>
            <strong>{endpoint.name}</strong>{" "}
            <span class="aside">
              {endpoint.kind === "mail" ? "mail" : endpoint.format} · {placeOf(endpoint.address)} ·{" "}
              {endpoint.enabled
                ? endpoint.failingSince
                  ? view.say("failingSince", { when: endpoint.failingSince.toISOString().slice(0, 16) })
                  : view.say("stateOn")
                : `${view.say("stateOff")}: ${endpoint.disabledBecause ?? ""}`}
            </span>
            <form method="post" action={pageUrl(view, `/endpoints/${endpoint.id}/test`)}>
              <button type="submit">{view.say("sendTest")}</button>
            </form>
          </li>
        ))}
      </ul>
    </Layout>
  );
}
