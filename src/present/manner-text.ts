import type { AlertManner } from "../domain/alert-manner.ts";

/** Says when a rule speaks up. */
export function mannerInWords({ quiet, cooldownMinutes, urgentFrom }: AlertManner): string {
  const parts = [
    ...(quiet ? [`quiet ${quiet.from}–${quiet.to} ${quiet.timeZone}`] : []),
    ...(cooldownMinutes > 0 ? [`${cooldownMinutes} min between alerts on a thread`] : []),
  ];
  if (parts.length === 0) return "at once";
  return [...parts, ...(urgentFrom === null ? [] : [`at once from severity ${urgentFrom}`])].join(", ");
}
