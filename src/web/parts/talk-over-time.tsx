import type { Database } from "../../db/client.ts";
import { searchDevelopments } from "../../db/developments/development-list.ts";
import { talliedWeeks, weeksBySide } from "../../db/search/tallies.ts";
import { earliestInstant } from "../../domain/known-date.ts";
import { readQuestion } from "../../domain/query/ask.ts";
import { type ChartEvent, WeeksChart } from "../charts/weeks-chart.tsx";
import { knownDateText } from "../clocks.ts";
import type { Phrase } from "../dictionary/words.ts";
import { countText, nameIn, pageUrl, type View } from "../view.ts";

const WEEK_MS = 7 * 86_400_000;
/** Weeks that a chart reaches back from the newest words. */
const WEEKS = 52;
/** Fewest weeks that a chart shows, so that a young archive's bars are not walls. */
const FEWEST_WEEKS = 12;
/** Developments that are marked in a chart, and how grave they must be. */
const EVENTS = 9;
const EVENT_SEVERITY = 4;

/** The sides that have a row of their own, in this order; all others share the last row. */
const SIDES: readonly (readonly [side: string, phrase: Phrase])[] = [
  ["China", "sideChina"],
  ["US", "sideUs"],
];

/** The span that charts of this archive show; null while nothing is counted. */
export async function chartSpan(
  db: Database,
  view: View,
): Promise<{ readonly from: Date; readonly until: Date } | null> {
  const weeks = await view.recall("tallied weeks", () => talliedWeeks(db));
  if (!weeks) return null;
  const until = weeks.last.getTime() + WEEK_MS;
  const from = Math.max(until - WEEKS * WEEK_MS, Math.min(weeks.first.getTime(), until - FEWEST_WEEKS * WEEK_MS));
  return { from: new Date(from), until: new Date(until) };
}

/** Shows how much each side said week by week, about a topic or at all, with the gravest developments marked. */
export async function TalkOverTime({
  db,
  view,
  topicId = null,
}: {
  db: Database;
  view: View;
  topicId?: string | null;
}) {
  const span = await chartSpan(db, view);
  if (!span) return null;
  const [tallies, { rows: developments }] = await Promise.all([
    weeksBySide(db, span.from, topicId),
    searchDevelopments(
      db,
      readQuestion({ status: "new", severity: String(EVENT_SEVERITY), topic: topicId ?? "" }).query,
      { limit: 40, after: null },
    ),
  ]);
  if (tallies.length === 0) return null;
  const named = new Map(SIDES.map(([side, phrase]) => [side, view.say(phrase)]));
  const other = view.say("sideOthers");
  const weeks = summed(tallies.map(({ side, ...rest }) => ({ ...rest, row: named.get(side) ?? other })));
  const rows = [...named.values(), other].filter((row) => weeks.some((week) => week.row === row));
  const marked = developments
    .flatMap((development) =>
      development.eventDate ? [{ development, at: earliestInstant(development.eventDate) }] : [],
    )
    .filter(({ at }) => at >= span.from && at < span.until)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .slice(-EVENTS);
  const events: ChartEvent[] = marked.map(({ at }, index) => ({ at, number: index + 1 }));
  return (
    <section class="over-time">
      <h2>{view.say("overTime")}</h2>
      <WeeksChart
        view={view}
        title={findingOf(view, rows, weeks)}
        rows={rows}
        weeks={weeks}
        events={events}
        span={span}
      />
      {marked.length === 0 ? null : (
        <ol class="chart-events">
          {marked.map(({ development }) => (
            <li>
              <a href={pageUrl(view, `/developments/${development.id}`)}>{nameIn(view, development.typeName)}</a>
              {development.eventDate ? (
                <span class="aside"> {knownDateText(development.eventDate, view.lang)}</span>
              ) : null}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

type Count = { readonly startsOn: string; readonly row: string; readonly statements: number };

function summed(counts: readonly Count[]): readonly Count[] {
  const sums = new Map<string, Count>();
  for (const count of counts) {
    const key = `${count.startsOn} ${count.row}`;
    sums.set(key, { ...count, statements: count.statements + (sums.get(key)?.statements ?? 0) });
  }
  return [...sums.values()];
}

/** Says in words what the bars show: how much each side said, and the busiest week. */
function findingOf(view: View, rows: readonly string[], weeks: readonly Count[]): string {
  const total = (chosen: readonly Count[]) => chosen.reduce((sum, { statements }) => sum + statements, 0);
  const bySide = rows
    .map((row) => `${row} ${countText(view.lang, total(weeks.filter((week) => week.row === row)))}`)
    .join(view.lang === "zh" ? "，" : ", ");
  const starts = [...new Set(weeks.map(({ startsOn }) => startsOn))];
  const busiest = starts
    .map((startsOn) => ({ startsOn, count: total(weeks.filter((week) => week.startsOn === startsOn)) }))
    .reduce((a, b) => (b.count > a.count ? b : a));
  return view.say("overTimeFinding", { bySide, week: busiest.startsOn, count: busiest.count });
}
