import { deliveryById } from "../../db/alerts/delivery-log.ts";
import type { Database } from "../../db/client.ts";
import { summaryIn } from "../../present/summary-in.ts";
import { Layout } from "../layout.tsx";
import { Instant } from "../parts/instant.tsx";
import { pageUrl, type View } from "../view.ts";

/** One delivery: its body, and of each attempt what was sent and what was answered. Null when there is none with that id. */
export async function deliveryPage(db: Database, view: View, id: string) {
  const delivery = await deliveryById(db, id);
  if (!delivery) return null;
  return (
    <Layout view={view} title={view.say("delivery")}>
      <h1>{delivery.development ? summaryIn(view.lang, delivery.development.summary) : delivery.kind}</h1>
      <dl class="facts">
        <dt>webhook-id</dt>
        <dd>
          <code>{delivery.id}</code>
        </dd>
        <dt>{view.say("ruleName")}</dt>
        <dd>{delivery.rule ?? "—"}</dd>
        <dt>{view.say("endpoint")}</dt>
        <dd>{delivery.endpoint}</dd>
        <dt>{view.say("status")}</dt>
        <dd>
          {view.say(delivery.status)}
          {delivery.replayedAt ? (
            <span class="aside"> {view.say("replayed", { when: delivery.replayedAt.toISOString().slice(0, 16) })}</span>
          ) : null}
        </dd>
      </dl>
      {delivery.status === "pending" ? null : (
        <form method="post" action={pageUrl(view, `/deliveries/${delivery.id}/replay`)}>
          <button type="submit">{view.say("sendAgain")}</button>
        </form>
      )}
      <section>
        <h2>{view.say("attempts")}</h2>
        {delivery.attempts.map((attempt) => (
          <div data-entry>
            <p>
              <Instant view={view} at={attempt.attemptedAt} /> · {attempt.httpStatus ?? attempt.failureCode ?? "—"} ·{" "}
              {attempt.elapsedMs} ms
            </p>
            {attempt.message ? <p class="aside">{attempt.message}</p> : null}
            <Headers title={view.say("requestSent")} headers={attempt.request} />
            <Headers title={view.say("answerGot")} headers={attempt.response} />
          </div>
        ))}
      </section>
      <section>
        <h2>{view.say("bodySent")}</h2>
        <pre class="mail">{delivery.body}</pre>
      </section>
    </Layout>
  );
}

function Headers({ title, headers }: { title: string; headers: Readonly<Record<string, string>> | null }) {
  if (!headers || Object.keys(headers).length === 0) return null;
  return (
    <details>
      <summary>{title}</summary>
      <pre class="mail">
        {Object.entries(headers)
          .map(([name, value]) => `${name}: ${value}`)
          .join("\n")}
      </pre>
    </details>
  );
}
