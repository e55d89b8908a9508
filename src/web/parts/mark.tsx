import type { StatementRow } from "../../db/archive/statement-rows.ts";
import type { Phrase } from "../dictionary/words.ts";
import { pageUrl, type View } from "../view.ts";

const SEVERITY: readonly Phrase[] = ["severity1", "severity2", "severity3", "severity4", "severity5"];

/** Shows how much a development weighs: a marker and a word. */
export function SeverityMark({ view, severity }: { view: View; severity: number }) {
  return (
    <span class={`severity severity-${severity}`} title={`${view.say("severity")} ${severity}/5`}>
      <span class="dot" aria-hidden="true"></span>
      {view.say(SEVERITY[severity - 1] ?? "severity1")}
    </span>
  );
}

/** Shows a word that marks something; `why` says more where a reader points at it. */
export function Mark({ view, phrase, why }: { view: View; phrase: Phrase; why?: Phrase }) {
  return (
    <span class={`mark ${phrase}`} title={why && view.say(why)}>
      {view.say(phrase)}
    </span>
  );
}

const KIND: Readonly<Record<StatementRow["kind"], Phrase>> = {
  direct: "markDirect",
  mixed: "markMixed",
  indirect: "markReported",
};

/** Names the way the words reach us. */
function kindPhrase(kind: StatementRow["kind"]): Phrase {
  return KIND[kind];
}

/** Names what must stand beside words that were not said; null for words that were. */
export function turnedPhrase(polarity: StatementRow["polarity"]): Phrase | null {
  return polarity === "negated" ? "markNegated" : polarity === "hypothetical" ? "markHypothetical" : null;
}

/** Shows what a reader must know about a statement before relying on it; confidence only where it is not high. */
export function StatementMarks({ view, statement }: { view: View; statement: StatementRow }) {
  const turned = turnedPhrase(statement.polarity);
  return (
    <>
      <Mark view={view} phrase={kindPhrase(statement.kind)} />
      {turned ? <Mark view={view} phrase={turned} /> : null}
      {statement.document.withdrawnAt ? <Mark view={view} phrase="markWithdrawn" /> : null}
      {statement.document.current ? null : <Mark view={view} phrase="markOldVersion" />}
      {statement.repeats ? (
        <a class="mark" href={pageUrl(view, `/statements/${statement.repeats.firstId}`)}>
          {view.say("markSaidBefore")}
        </a>
      ) : null}
      {statement.confidence < 0.8 ? (
        <span class="mark">{view.say("confidence", { percent: Math.round(statement.confidence * 100) })}</span>
      ) : null}
    </>
  );
}
