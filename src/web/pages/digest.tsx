import type { Database } from "../../db/client.ts";
import { digestById } from "../../db/digests/digest-archive.ts";
import { Layout } from "../layout.tsx";
import { Instant } from "../parts/instant.tsx";
import { placeOf } from "../routes/telling-acts.ts";
import { pageUrl, type View } from "../view.ts";

/** One digest as it was sent: its facts and its plain text; the mail itself is a page of its own. Null when there is none with that id. */
export async function digestPage(db: Database, view: View, id: number) {
  const digest = await digestById(db, id);
  if (!digest) return null;
  if (digest.isPersonal) {
    return (
      <Layout view={view} title={view.say("digest")}>
        <h1>{view.say("digest")}</h1>
        <p class="empty">{view.say("personalDigest")}</p>
      </Layout>
    );
  }
  return (
    <Layout view={view} title={digest.subject ?? view.say("digest")}>
      <h1 lang={digest.lang}>{digest.subject ?? view.say("digest")}</h1>
      <dl class="facts">
        <dt>{view.say("sentTo")}</dt>
        <dd>{placeOf(digest.address)}</dd>
        <dt>{view.say("period")}</dt>
        <dd>
          <Instant view={view} at={digest.periodStart} />
          <br />
          <Instant view={view} at={digest.periodEnd} />
        </dd>
        <dt>{view.say("status")}</dt>
        <dd>
          {view.say(`digest_${digest.status}`)}
          {digest.message ? <span class="aside"> {digest.message}</span> : null}
        </dd>
        {digest.sentAt ? (
          <>
            <dt>{view.say("sent")}</dt>
            <dd>
              <Instant view={view} at={digest.sentAt} />
            </dd>
          </>
        ) : null}
      </dl>
      {digest.html ? (
        <p>
          <a href={pageUrl(view, `/digests/${id}/mail`)}>{view.say("showAsMail")}</a>
        </p>
      ) : null}
      <section>
        <h2>{view.say("plainText")}</h2>
        {digest.plain ? (
          <pre class="mail" lang={digest.lang}>
            {digest.plain}
          </pre>
        ) : (
          <p class="empty">{view.say("digestEmpty")}</p>
        )}
      </section>
    </Layout>
  );
}
