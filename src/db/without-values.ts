/** Where Drizzle begins to list, after the text of a failed query, all that was given with it. */
const VALUES = "\nparams: ";

/** Parts of a driver's error that may repeat a row or a value. */
const TELLING_PARTS = new Set(["params", "parameters", "args", "detail", "where", "internal_query"]);

/** What a log or a person is shown of an error. */
export type ShownError = {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
  readonly cause?: unknown;
  readonly [part: string]: unknown;
};

/**
 * Shows an error without what was given to a query: watch terms, addresses and webhook paths belong into no log. The text of the query
 * and the cause stay.
 *
 * @returns Plain data; what is no error comes back as text.
 */
export function shownError(error: unknown): ShownError | string {
  return shownTo(5, error);
}

/** The same, with so many causes below it: errors may go round in a circle. */
function shownTo(depth: number, error: unknown): ShownError | string {
  if (!(error instanceof Error)) return withoutValues(String(error));
  const message = messageOf(error);
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    ...plainParts(error),
    ...{ type: error.name, message, stack: [`${error.name}: ${message}`, ...frames].join("\n") },
    ...(error.cause === undefined || depth === 0 ? {} : { cause: shownTo(depth - 1, error.cause) }),
    ...(error instanceof AggregateError && depth > 0
      ? { errors: error.errors.map((one) => shownTo(depth - 1, one)) }
      : {}),
  };
}

/** Says an error in a sentence without what was given to a query. */
export function saidError(error: unknown): string {
  if (!(error instanceof Error)) return withoutValues(String(error));
  const message = messageOf(error);
  return message === "" ? error.name : `${error.name}: ${message}`;
}

/** Postgres quotes the value it could not take, at the end of the sentence (SQLSTATE class 22). */
function messageOf(error: Error): string {
  const isValueRefused = "code" in error && /^22\w{3}$/.test(String(error.code));
  const message = withoutValues(error.message);
  return isValueRefused ? message.replace(/: ".*$/s, "") : message;
}

function withoutValues(text: string): string {
  const start = text.indexOf(VALUES);
  return start === -1 ? text : text.slice(0, start);
}

/** What stands on an error beside its message; what is no number, truth value or text is left out. */
function plainParts(error: Error): Readonly<Record<string, unknown>> {
  const isPlain = (part: unknown) => ["number", "boolean", "string"].includes(typeof part);
  return Object.fromEntries(
    Object.entries(error)
      .filter(([name, part]) => !TELLING_PARTS.has(name) && isPlain(part))
      .map(([name, part]) => [name, typeof part === "string" ? withoutValues(part) : part]),
  );
}
