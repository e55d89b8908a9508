/**
 * Reads a bound of a period: `since` gives its first instant, `until` the first instant after it. Days are UTC days.
 *
 * @returns Null when the text is no date.
 */
export function readBound(text: string, side: "since" | "until"): Date | null {
  const whole = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  if (!whole) return readInstant(text);
  const [year, month, day] = [Number(whole[1]), whole[2] ? Number(whole[2]) : null, whole[3] ? Number(whole[3]) : null];
  const start = new Date(Date.UTC(2000, (month ?? 1) - 1, day ?? 1));
  start.setUTCFullYear(year, (month ?? 1) - 1, day ?? 1);
  const exists =
    year >= 1 && start.getUTCMonth() === (month ?? 1) - 1 && start.getUTCDate() === (day ?? 1) && month !== 0;
  if (!exists) return null;
  if (side === "since") return start;
  const end = new Date(start);
  if (day) end.setUTCDate(end.getUTCDate() + 1);
  else if (month) end.setUTCMonth(end.getUTCMonth() + 1);
  else end.setUTCFullYear(end.getUTCFullYear() + 1);
  return end;
}

function readInstant(text: string): Date | null {
  // A `+` in a URL arrives as a space.
  const spelled = text.replace(/ (?=\d{2}:\d{2}$)/, "+");
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(spelled)) return null;
  if (!readBound(spelled.slice(0, 10), "since")) return null;
  const instant = new Date(spelled);
  return Number.isNaN(instant.getTime()) ? null : instant;
}
