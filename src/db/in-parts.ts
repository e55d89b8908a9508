/** Postgres takes at most 65,535 parameters in one statement; a row here has at most thirty. */
const ROWS_AT_ONCE = 1_000;

/** Splits rows into parts that one insert can carry. */
export function inParts<T>(rows: readonly T[]): readonly T[][] {
  return Array.from({ length: Math.ceil(rows.length / ROWS_AT_ONCE) }, (_, part) =>
    rows.slice(part * ROWS_AT_ONCE, (part + 1) * ROWS_AT_ONCE),
  );
}
