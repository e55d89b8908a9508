import type { Database } from "../db/client.ts";
import { unknownNames } from "../db/search/query-names.ts";
import { Failure } from "../domain/failure.ts";
import { type QuestionParameters, readQuestion } from "../domain/query/ask.ts";
import { pointAt } from "../domain/query/mistake.ts";
import type { Query } from "../domain/query/query.ts";

/** What the tools need: the archive, the clock, the address of our pages, and who is told of defects. */
export type Asking = {
  readonly db: Database;
  readonly now: () => Date;
  readonly version: string;
  /** What links to our pages begin with, without a slash at the end. */
  readonly base: string;
  readonly report: (error: unknown) => void;
};

/**
 * Reads a question and checks the names in it.
 *
 * @param argument - What the tool calls the argument that the question came in, so that a mistake names it.
 * @throws {Failure} `bad-input` with each mistake under its place, what is expected there, and what may have been meant.
 */
export async function readAsked(db: Database, parameters: QuestionParameters, argument = "query"): Promise<Query> {
  const { query, mentions, mistakes } = readQuestion(parameters);
  const all = mistakes.length > 0 ? mistakes : await unknownNames(db, mentions);
  if (all.length === 0) return query;
  const says = all.map((mistake) => {
    const line = parameters[mistake.parameter as keyof QuestionParameters] ?? "";
    const instead = mistake.suggestion === null ? "" : `\nWrite instead: ${mistake.suggestion}`;
    const place = `(${argument}, characters ${mistake.start + 1} to ${Math.max(mistake.start + 1, mistake.end)})`;
    return `${pointAt(line, mistake)} ${place}${instead}`;
  });
  throw new Failure(
    "bad-input",
    `${says.join("\n")}\nThe query language is described in the resource parley://query-language.`,
  );
}
