import { looksOffline } from "../../domain/network-loss.ts";
import type { CoverageNow } from "../coverage-now.ts";
import { nameIn, pageUrl, type View } from "../view.ts";

/** Late sources named in the strip; the rest are counted. */
const NAMED = 4;

/** Says how complete what is shown can be: sources reached, late ones by name, incidents. */
export function CoverageStrip({ view, coverage }: { view: View; coverage: CoverageNow }) {
  const { late, incidents, reach } = coverage;
  if (looksOffline(reach)) {
    return (
      <p class="coverage incomplete">
        <a href={pageUrl(view, "/sources")}>{view.say("offline", reach)}</a>
      </p>
    );
  }
  return (
    <p class={`coverage${!coverage.complete || incidents > 0 ? " incomplete" : ""}`}>
      <a href={pageUrl(view, "/sources")}>
        {view.say("coverageReached", { reached: coverage.reached, watched: coverage.watched })}
      </a>
      {late.length > 0 ? (
        <span>
          {" · "}
          {view.say("coverageLate")}{" "}
          {late
            .slice(0, NAMED)
            .map((source) => nameIn(view, { label: source.title, labelZh: source.titleZh }))
            .join(view.lang === "zh" ? "、" : ", ")}
          {late.length > NAMED ? ` ${view.say("coverageMore", { count: late.length - NAMED })}` : null}
        </span>
      ) : null}
      <span>
        {" · "}
        {incidentLine(view, incidents)}
      </span>
    </p>
  );
}

function incidentLine(view: View, incidents: number): string {
  if (incidents === 0) return view.say("coverageNoIncidents");
  return incidents === 1 ? view.say("coverageOneIncident") : view.say("coverageIncidents", { count: incidents });
}
