/** Postgres takes at most 65,535 parameters in one statement; a row here has at most thirty. */
const ROWS_AT_ONCE = 1_000;
/** UTF-16 units of long texts in one part: enough that many short rows go together, little enough to be written in a moment. */
const LENGTH_AT_ONCE = 1_000_000;

/**
 * Splits rows into parts that one insert can carry.
 *
 * @param lengthOf - Length of the long texts of a row, in UTF-16 units; a row of more than fits has a part of its own.
 */
export function inParts<T>(rows: readonly T[], lengthOf: (row: T) => number = () => 0): readonly T[][] {
  const parts: T[][] = [];
  let length = 0;
  for (const row of rows) {
    const last = parts.at(-1);
    length += lengthOf(row);
    if (last && last.length < ROWS_AT_ONCE && length <= LENGTH_AT_ONCE) last.push(row);
    else {
      parts.push([row]);
      length = lengthOf(row);
    }
  }
  return parts;
}
