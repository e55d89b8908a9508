import { earliestInstant, type KnownDate } from "../../domain/known-date.ts";
import { agoText, bothClocks, hasZone, knownDateText } from "../clocks.ts";
import type { View } from "../view.ts";

/** Shows an instant on both clocks. The script adds the reader's own clock. */
export function Instant({ view, at }: { view: View; at: Date }) {
  return (
    <time datetime={at.toISOString()} data-instant>
      {bothClocks(at, view.lang)}
    </time>
  );
}

/** Shows how long ago an instant was, with both clocks on hover. */
export function Ago({ view, at }: { view: View; at: Date | null }) {
  if (!at) return <>{view.say("never")}</>;
  return (
    <time datetime={at.toISOString()} title={bothClocks(at, view.lang)}>
      {agoText(at, view.now, view.lang)}
    </time>
  );
}

/** Shows a date as precisely as its source gave it, or says that none was given. */
export function SourceDate({ view, date }: { view: View; date: KnownDate | null }) {
  if (!date) return <span class="missing">{view.say("noDate")}</span>;
  const instant = earliestInstant(date);
  if (Number.isNaN(instant.getTime())) return <span>{date.raw}</span>;
  return hasZone(date) ? (
    <Instant view={view} at={instant} />
  ) : (
    <time datetime={date.value}>{knownDateText(date, view.lang)}</time>
  );
}
