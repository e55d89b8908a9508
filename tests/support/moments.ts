/** The moment at which tests happen unless they say otherwise: a Tuesday. */
export const noon = new Date("2026-05-19T12:00:00Z");

/** The moment so many seconds after noon; before it where negative. */
export function secondsOn(seconds: number): Date {
  return new Date(noon.getTime() + seconds * 1_000);
}

/** The moment so many hours after noon; before it where negative. */
export function hoursOn(hours: number): Date {
  return secondsOn(hours * 3_600);
}
