import type { Database } from "../../db/client.ts";
import { latestMeetings, type MeetingRow, meetingsByIds, type PointRow } from "../../db/records/meeting-list.ts";
import type { MeetingKind, PointVerdict, Strength } from "../../domain/readout.ts";
import type { Phrase } from "../dictionary/words.ts";
import { Layout } from "../layout.tsx";
import { Mark } from "../parts/mark.tsx";
import { nameIn, pageUrl, type View } from "../view.ts";

const MOST = 60;

const KIND: Readonly<Record<MeetingKind, Phrase>> = {
  leaders: "meetingLeaders",
  ministers: "meetingMinisters",
  talks: "meetingTalks",
};
const VERDICT: Readonly<Record<PointVerdict, Phrase>> = {
  both: "pointBoth",
  "only-first": "pointOnlyOne",
  "only-second": "pointOnlyOne",
  "different-strength": "pointDifferent",
};
const STRENGTH: Readonly<Record<Strength, Phrase>> = {
  agreed: "strengthAgreed",
  consensus: "strengthConsensus",
  discussed: "strengthDiscussed",
  noted: "strengthNoted",
};

/** Meetings of which official accounts are known, and which sides have given one. */
export async function meetingsPage(db: Database, view: View) {
  const meetings = await latestMeetings(db, MOST);
  return (
    <Layout view={view} title={view.say("meetings")}>
      <h1>{view.say("meetings")}</h1>
      <p class="aside">{view.say("meetingsLead")}</p>
      {meetings.length === 0 ? <p class="empty">{view.say("noMeetings")}</p> : null}
      <ul class="plain">
        {meetings.map((meeting) => (
          <li data-entry>
            <a href={pageUrl(view, `/meetings/${meeting.id}`)} data-open>
              {titleOf(view, meeting)}
            </a>{" "}
            <span class="aside">{sidesOf(view, meeting).join(" · ")}</span>{" "}
            {meeting.readouts.length === 1 ? <Mark view={view} phrase="markUnpaired" /> : null}
          </li>
        ))}
      </ul>
    </Layout>
  );
}

/** One meeting: the two accounts side by side, topic by topic. Null when there is none with that id. */
export async function meetingPage(db: Database, view: View, id: number) {
  const [meeting] = await meetingsByIds(db, [id]);
  if (!meeting) return null;
  const [first, second] = sideNames(view, meeting);
  return (
    <Layout view={view} title={titleOf(view, meeting)}>
      <p class="marks">
        <a href={pageUrl(view, "/meetings")}>{view.say("meetings")}</a>
        {meeting.readouts.length === 1 ? <Mark view={view} phrase="markUnpaired" /> : null}
      </p>
      <h1>{titleOf(view, meeting)}</h1>
      <dl class="facts">
        {meeting.readouts.map((readout) => (
          <>
            <dt>{nameIn(view, { label: readout.sideName, labelZh: readout.sideNameZh })}</dt>
            <dd lang={readout.lang ?? undefined}>
              <a href={pageUrl(view, `/documents/${readout.documentId}`)}>
                {readout.title ?? readout.url ?? view.say("untitled")}
              </a>
            </dd>
          </>
        ))}
      </dl>
      {meeting.points.length === 0 ? (
        <p class="empty">{view.say(meeting.readouts.length > 1 ? "noPoints" : "waitsForOther")}</p>
      ) : (
        <div class="wide-table">
          <table class="accounts">
            <thead>
              <tr>
                <th scope="col">{view.say("topic")}</th>
                <th scope="col">{first}</th>
                <th scope="col">{second}</th>
              </tr>
            </thead>
            <tbody>
              {meeting.points.map((point) => (
                <tr data-entry>
                  <th scope="row">
                    {nameIn(view, { label: point.label ?? point.topicId, labelZh: point.labelZh })}
                    <br />
                    <Mark view={view} phrase={VERDICT[point.verdict]} />
                  </th>
                  <Account
                    view={view}
                    words={point.firstWords}
                    strength={point.firstStrength}
                    documentId={point.firstDocumentId}
                    point={point}
                  />
                  <Account
                    view={view}
                    words={point.secondWords}
                    strength={point.secondStrength}
                    documentId={point.secondDocumentId}
                    point={point}
                  />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Layout>
  );
}

function Account({
  view,
  words,
  strength,
  documentId,
  point,
}: {
  view: View;
  words: string | null;
  strength: Strength | null;
  documentId: number | null;
  point: PointRow;
}) {
  if (words === null) return <td class="missing">{view.say("saysNothing")}</td>;
  return (
    <td>
      <blockquote class="said">{words}</blockquote>
      <p class="proof">
        {strength && point.verdict === "different-strength" ? <Mark view={view} phrase={STRENGTH[strength]} /> : null}{" "}
        {documentId === null ? null : (
          <a href={pageUrl(view, `/documents/${documentId}`)}>{view.say("showInDocument")}</a>
        )}
      </p>
    </td>
  );
}

/** The two sides in the order of the points: by their ids. */
function sideNames(view: View, meeting: MeetingRow): readonly [string, string] {
  const [first, second] = sidesOf(view, meeting);
  return [first ?? "—", second ?? "—"];
}

function sidesOf(view: View, { readouts }: MeetingRow): readonly string[] {
  return [
    ...new Map(
      readouts.map(({ side, sideName, sideNameZh }) => [side, nameIn(view, { label: sideName, labelZh: sideNameZh })]),
    ).values(),
  ];
}

function titleOf(view: View, { kind, day }: MeetingRow): string {
  return `${view.say(KIND[kind])}, ${day}`;
}
