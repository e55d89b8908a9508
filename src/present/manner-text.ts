import { type AlertManner, BURST } from "../domain/alert-manner.ts";

/** Says when a rule speaks up. */
export function mannerInWords({ quiet, cooldownMinutes, urgentFrom, batchAfter = BURST.most }: AlertManner): string {
  const parts = [
    ...(quiet ? [`quiet ${quiet.from}–${quiet.to} ${quiet.timeZone}`] : []),
    ...(cooldownMinutes > 0 ? [`${cooldownMinutes} min between alerts on a thread`] : []),
    ...(batchAfter === BURST.most ? [] : [batchingInWords(batchAfter)]),
  ];
  if (parts.length === 0) return "at once";
  return [...parts, ...(urgentFrom === null ? [] : [`at once from severity ${urgentFrom}`])].join(", ");
}

function batchingInWords(batchAfter: number): string {
  return batchAfter === 0 ? "never several together" : `together after ${batchAfter} in ${BURST.minutes} min`;
}
