import { axisX, axisY, gridY, type PlotOptions, rectY, ruleX, text } from "@observablehq/plot";
import { raw } from "hono/html";
import { countText, type View } from "../view.ts";
import { drawnOnce } from "./drawn.ts";
import { CHART_WIDTHS, drawPlot } from "./plot.ts";

/** Statements of one row of the chart that fall on the week beginning on a Monday, `YYYY-MM-DD`. */
export type WeekCount = { readonly startsOn: string; readonly row: string; readonly statements: number };
/** Something that happened, marked in all rows by its number. */
export type ChartEvent = { readonly at: Date; readonly number: number };

const WEEK_MS = 7 * 86_400_000;
const ROW_HEIGHT = 72;

// Made once: making a format takes longer than writing all months of a chart with it.
const month = { month: "short", year: "2-digit", timeZone: "UTC" } as const;
const months = { en: new Intl.DateTimeFormat("en-GB", month), zh: new Intl.DateTimeFormat("zh-CN", month) } as const;

/**
 * Shows statements by week as bars, one row of bars for each of `rows` on a common scale, events as numbered lines through all of
 * them. The numbers stand in a table behind one click.
 */
export function WeeksChart({
  view,
  title,
  rows,
  weeks,
  events = [],
  span,
}: {
  view: View;
  title: string;
  rows: readonly string[];
  weeks: readonly WeekCount[];
  events?: readonly ChartEvent[];
  span: { readonly from: Date; readonly until: Date };
}) {
  const draw = (width: number) =>
    raw(
      drawnOnce([view.lang, title, rows, weeks, events, span, width], () =>
        drawPlot(optionsOf(view, rows, weeks, events, span, width), title),
      ),
    );
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <div class="chart-wide">{draw(CHART_WIDTHS.wide)}</div>
      <div class="chart-narrow">{draw(CHART_WIDTHS.narrow)}</div>
      <details>
        <summary>{view.say("asTable")}</summary>
        <WeeksTable view={view} rows={rows} weeks={weeks} />
      </details>
    </figure>
  );
}

function optionsOf(
  view: View,
  rows: readonly string[],
  weeks: readonly WeekCount[],
  events: readonly ChartEvent[],
  span: { readonly from: Date; readonly until: Date },
  width: number,
): PlotOptions {
  const bars = weeks.map(({ startsOn, row, statements }) => {
    const start = new Date(startsOn);
    return { start, end: new Date(start.getTime() + WEEK_MS), row, statements };
  });
  const faceted = rows.length > 1;
  return {
    width,
    height: 46 + ROW_HEIGHT * rows.length + (events.length > 0 ? 14 : 0),
    ...{ marginLeft: 34, marginRight: faceted ? 92 : 8, marginTop: events.length > 0 ? 24 : 10, marginBottom: 28 },
    x: { type: "utc", domain: [span.from, span.until], label: null },
    y: { label: null, nice: true },
    fy: { domain: [...rows], label: null, padding: 0.15 },
    marks: [
      gridY({ ticks: 3 }),
      axisY({ ticks: 3, tickSize: 0, tickFormat: (count: number) => (Number.isInteger(count) ? String(count) : "") }),
      axisX({
        ticks: monthsBetweenTicks(span, width),
        tickSize: 3,
        tickFormat: (date: Date) => months[view.lang].format(date),
      }),
      rectY(bars, {
        ...{ x1: "start", x2: "end", y: "statements", insetRight: 1, className: "bars" },
        ...(faceted ? { fy: "row" } : {}),
      }),
      ...(events.length === 0
        ? []
        : [
            ruleX(events, { x: "at", className: "event-lines", strokeDasharray: "2,2" }),
            text(numbersOf(events, span, width), {
              ...{ x: "at", text: "numbers", className: "event-numbers" },
              ...{ frameAnchor: "top", dy: -12, fontWeight: 600 },
              ...(faceted ? { fy: () => rows[0] } : {}),
            }),
          ]),
    ],
  };
}

/** Letters of a tick that find room beside each other. */
const TICK_PX = 80;

function monthsBetweenTicks({ from, until }: { readonly from: Date; readonly until: Date }, width: number): string {
  const months = (until.getTime() - from.getTime()) / (30.4 * 86_400_000);
  const apart = Math.ceil((months * TICK_PX) / width);
  return apart <= 1 ? "month" : apart <= 3 ? "3 months" : "year";
}

/** Numbers that would stand on each other are written as one: `1–3`. */
function numbersOf(
  events: readonly ChartEvent[],
  span: { readonly from: Date; readonly until: Date },
  width: number,
): readonly { readonly at: Date; readonly numbers: string }[] {
  const near = ((span.until.getTime() - span.from.getTime()) / width) * 16;
  const groups: ChartEvent[][] = [];
  for (const event of events) {
    const last = groups.at(-1);
    const before = last?.at(-1);
    if (last && before && event.at.getTime() - before.at.getTime() < near) last.push(event);
    else groups.push([event]);
  }
  return groups.flatMap((group) => {
    const [first, last] = [group[0], group.at(-1)];
    if (!first || !last) return [];
    return [{ at: first.at, numbers: first === last ? String(first.number) : `${first.number}–${last.number}` }];
  });
}

function WeeksTable({ view, rows, weeks }: { view: View; rows: readonly string[]; weeks: readonly WeekCount[] }) {
  const starts = [...new Set(weeks.map(({ startsOn }) => startsOn))].sort();
  const counts = new Map(weeks.map(({ startsOn, row, statements }) => [`${startsOn} ${row}`, statements]));
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{view.say("weekOf")}</th>
          {rows.map((row) => (
            <th scope="col" class="number">
              {rows.length > 1 ? row : view.say("statements")}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {starts.map((startsOn) => (
          <tr>
            <th scope="row">{startsOn}</th>
            {rows.map((row) => (
              <td class="number">{countText(view.lang, counts.get(`${startsOn} ${row}`) ?? 0)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
