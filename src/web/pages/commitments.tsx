import type { Database } from "../../db/client.ts";
import { type CommitmentRow, searchCommitments } from "../../db/records/commitment-list.ts";
import { actorNames } from "../../db/search/name-lists.ts";
import type { CommitmentReport, CommitmentState } from "../../domain/commitment.ts";
import type { Phrase } from "../dictionary/words.ts";
import { Layout } from "../layout.tsx";
import { Instant, SourceDate } from "../parts/instant.tsx";
import { Mark } from "../parts/mark.tsx";
import { Pager } from "../parts/pager.tsx";
import { readCursor } from "../search.ts";
import { nameIn, pageUrl, samePage, type View } from "../view.ts";

const PER_PAGE = 40;

const STATE: Readonly<Record<CommitmentState, Phrase>> = {
  open: "commitmentOpen",
  met: "commitmentMet",
  missed: "commitmentMissed",
};
const REPORT: Readonly<Record<CommitmentReport, Phrase>> = {
  repeated: "reportRepeated",
  met: "commitmentMet",
  missed: "commitmentMissed",
};

/** Who undertook what, to whom, by when, and what later texts tell of it. */
export async function commitmentsPage(db: Database, view: View) {
  const given = view.url.searchParams.get("state");
  const state = given === "open" || given === "met" || given === "missed" ? given : null;
  const { after } = readCursor(view.url.searchParams.get("cursor") ?? undefined);
  const { rows, next } = await searchCommitments(db, { state }, { limit: PER_PAGE, after });
  const names = await actorNames(
    db,
    rows.flatMap(({ byActorIds, toActorIds }) => [...byActorIds, ...toActorIds]),
  );
  return (
    <Layout view={view} title={view.say("commitments")}>
      <h1>{view.say("commitments")}</h1>
      <p class="aside">{view.say("commitmentsLead")}</p>
      <p class="choices">
        <a href={samePage(view, { state: null, cursor: null })} aria-current={state === null ? "true" : undefined}>
          {view.say("any")}
        </a>
        {(["open", "met", "missed"] as const).map((one) => (
          <a href={samePage(view, { state: one, cursor: null })} aria-current={state === one ? "true" : undefined}>
            {view.say(STATE[one])}
          </a>
        ))}
      </p>
      {rows.length === 0 ? <p class="empty">{view.say("noCommitments")}</p> : null}
      {rows.map((commitment) => (
        <Commitment view={view} commitment={commitment} names={names} />
      ))}
      <Pager view={view} next={next} />
    </Layout>
  );
}

type Names = Awaited<ReturnType<typeof actorNames>>;

function Commitment({ view, commitment, names }: { view: View; commitment: CommitmentRow; names: Names }) {
  const { madeInstant, due, byActorIds, toActorIds } = commitment;
  return (
    <article class="commitment" data-entry>
      <p class="marks">
        <Mark view={view} phrase={STATE[commitment.state]} />
        <People view={view} ids={byActorIds} names={names} />
        {toActorIds.length > 0 ? (
          <>
            {" "}
            → <People view={view} ids={toActorIds} names={names} />
          </>
        ) : null}
      </p>
      <blockquote class="said">{commitment.words}</blockquote>
      <p class="proof">
        {madeInstant ? <Instant view={view} at={madeInstant} /> : <span class="missing">{view.say("noDate")}</span>}
        {due ? (
          <>
            {" "}
            · {view.say("due")} <SourceDate view={view} date={due} />
          </>
        ) : null}{" "}
        ·{" "}
        <a href={pageUrl(view, `/developments/${commitment.developmentId}`)} data-open>
          {view.say("evidence")}
        </a>
      </p>
      {commitment.reports.map((report) => (
        <figure class="quote">
          <blockquote class="said">{report.words}</blockquote>
          <figcaption class="proof">
            <Mark view={view} phrase={REPORT[report.report]} />{" "}
            {report.reportedInstant ? <Instant view={view} at={report.reportedInstant} /> : null}
          </figcaption>
        </figure>
      ))}
    </article>
  );
}

function People({ view, ids, names }: { view: View; ids: readonly string[]; names: Names }) {
  return (
    <>
      {ids.map((id, index) => {
        const name = names.get(id);
        return (
          <>
            {index > 0 ? ", " : null}
            <a href={pageUrl(view, `/actors/${id}`)}>{name ? nameIn(view, name) : id}</a>
          </>
        );
      })}
    </>
  );
}
