/** Most drawings that are remembered: some 30 kB each, two of a chart. */
const MOST = 100;

/** Drawings by what they show, the one used last at the end. */
const drawn = new Map<string, string>();

/**
 * Gives the drawing of something that was drawn before: charts change only when what they show is counted anew, and drawing one takes a
 * third of the time of its page.
 *
 * @param shows - All that the drawing depends on; written out, it is what the drawing is known by.
 */
export function drawnOnce(shows: unknown, draw: () => string): string {
  const key = JSON.stringify(shows);
  const drawing = drawn.get(key) ?? draw();
  drawn.delete(key);
  drawn.set(key, drawing);
  for (const [oldest] of drawn) {
    if (drawn.size <= MOST) break;
    drawn.delete(oldest);
  }
  return drawing;
}
