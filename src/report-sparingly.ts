/** Tells of a trouble, and how often it came since it was last told. */
type Tell = (sentence: string, error: unknown, times: number) => void;

/**
 * Lets the same sentence through at most once a minute, with a count of how often it came: a queue that is away fails many
 * times a second.
 *
 * @param nowMs - The clock, milliseconds.
 */
export function reportSparingly(
  tell: Tell,
  nowMs: () => number,
  everyMs = 60_000,
): (sentence: string, error: unknown) => void {
  const told = new Map<string, { atMs: number; unsaid: number }>();
  return (sentence, error) => {
    const last = told.get(sentence);
    if (last && nowMs() - last.atMs < everyMs) {
      last.unsaid += 1;
      return;
    }
    told.set(sentence, { atMs: nowMs(), unsaid: 0 });
    tell(sentence, error, (last?.unsaid ?? 0) + 1);
  };
}
