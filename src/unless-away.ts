/** So long is waited for a queue that is away, milliseconds. */
const LONGEST_AWAY_MS = 3_000;

/**
 * Waits for the end of a worker, but not for ever for a queue that is away: a worker would wait until it is back.
 * The job it had is taken up again by another worker, as after a kill.
 */
export async function unlessAway(end: Promise<void>, isAway: () => boolean): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let awayMs = 0;
  const lost = new Promise<void>((done) => {
    timer = setInterval(() => {
      awayMs = isAway() ? awayMs + 250 : 0;
      if (awayMs >= LONGEST_AWAY_MS) done();
    }, 250);
  });
  try {
    await Promise.race([end, lost]);
  } finally {
    clearInterval(timer);
    // When it is lost, its end comes with the connection's and is no news.
    end.catch(() => {});
  }
}
