import type { Database } from "../../db/client.ts";
import { allParkedCounts, parkedFailures } from "../../db/collection/stage-failures.ts";
import { gaugesNow } from "../../db/postgres/gauges.ts";
import { chores, type Stage, stages } from "../../queues.ts";
import { Layout } from "../layout.tsx";
import { Ago } from "../parts/instant.tsx";
import { countText, pageUrl, type View } from "../view.ts";

/** Where bull-board stands. */
export const BOARD_PATH = "/queues/board";

/** Failures that the page lists at most, the latest. */
const MOST = 200;

/** Jobs of a stage by state, as the queue counts them; null where the queue does not answer. */
export type StageCounts = Readonly<Record<string, number>> | null;

/** Shows of each stage what waits in the queue and in Postgres, and what was put aside, to be tried again. */
export async function queuesPage(db: Database, view: View, countsOf: (stage: Stage) => Promise<StageCounts>) {
  const [counts, gauges, parked, failures] = await Promise.all([
    Promise.all(stages.map(countsOf)),
    gaugesNow(db, view.now),
    allParkedCounts(db),
    parkedFailures(db, MOST),
  ]);
  const number = (count: number | undefined) => (
    <td class="number">{count === undefined ? "—" : countText(view.lang, count)}</td>
  );
  return (
    <Layout view={view} title={view.say("queues")}>
      <h1>{view.say("queues")}</h1>
      <div class="wide-table">
        <table>
          <thead>
            <tr>
              <th scope="col">{view.say("stage")}</th>
              <th scope="col">{view.say("queueActive")}</th>
              <th scope="col">{view.say("queueWaiting")}</th>
              <th scope="col">{view.say("queueDelayed")}</th>
              <th scope="col">{view.say("rowsWaiting")}</th>
              <th scope="col">{view.say("putAside")}</th>
            </tr>
          </thead>
          <tbody>
            {[...stages, ...chores].map((stage, index) => {
              const jobs = counts[index] ?? null;
              const aside = parked[stage] ?? 0;
              return (
                <tr data-entry>
                  <th scope="row">{stage}</th>
                  {number(jobs?.active)}
                  {number(jobs ? (jobs.waiting ?? 0) + (jobs.prioritized ?? 0) : undefined)}
                  {number(jobs?.delayed)}
                  {number(gauges.waiting[stage]?.rows)}
                  <td class="number">
                    {countText(view.lang, aside)}
                    {aside > 0 ? <Again view={view} stage={stage} subject={null} /> : null}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p>
        <a href={BOARD_PATH}>{view.say("queueBoard")} →</a>
      </p>
      {counts.includes(null) ? <p role="status">{view.say("queueAway")}</p> : null}
      <section>
        <h2>{view.say("putAside")}</h2>
        {failures.length === 0 ? <p class="empty">{view.say("nothingAside")}</p> : null}
        <ul class="digests">
          {failures.map(({ stage, subject, code, message, attempts, lastAt }) => (
            <li data-entry>
              <strong>
                {stage} {subject}
              </strong>{" "}
              <span class="aside">
                {code} · {attempts} × · <Ago view={view} at={lastAt} />
              </span>
              <p lang="en">{message}</p>
              <Again view={view} stage={stage} subject={subject} />
            </li>
          ))}
        </ul>
      </section>
    </Layout>
  );
}

/** Has one subject of a stage tried again, or all that were put aside there. */
function Again({ view, stage, subject }: { view: View; stage: string; subject: string | null }) {
  return (
    <form method="post" action={pageUrl(view, "/queues/again")}>
      <input type="hidden" name="stage" value={stage} />
      {subject === null ? null : <input type="hidden" name="subject" value={subject} />}
      <button type="submit">{view.say("tryNow")}</button>
    </form>
  );
}
