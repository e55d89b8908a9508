import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { makeLog } from "../../src/commands/context.ts";
import { explainError } from "../../src/commands/explain-error.ts";
import { Failure } from "../../src/domain/failure.ts";
import { failureOf } from "../../src/workers/file-job-failure.ts";
import { useDatabase } from "../support/database.ts";

const db = useDatabase();
const term = "https://desk.example.org/hook/s3cret";

/** Has the database refuse queries that carry the term, each for another reason. */
async function refusals(): Promise<readonly unknown[]> {
  const queries = [
    sql`select ${`${term}\0`}::text`,
    sql`select ${term}::text::integer`,
    sql`select from nowhere where word = ${`first\nline ${term}`}`,
    sql`insert into endpoints (kind, name, address, created_at) values ('mail', null, ${term}, now())`,
  ];
  return Promise.all(
    queries.map((query) =>
      db()
        .execute(query)
        .then(
          () => null,
          (error: unknown) => error,
        ),
    ),
  );
}

function openLog() {
  const lines: string[] = [];
  return { lines, log: makeLog("debug", { write: (line: string) => void lines.push(line) }) };
}

describe("a query that the database refused", () => {
  test("is logged with its text, its cause and its place, and without what was given to it", async () => {
    const { lines, log } = openLog();
    for (const error of await refusals()) log.error({ err: error }, "a page failed");
    expect(lines).toHaveLength(4);
    expect(lines.join("")).not.toContain("s3cret");
    const [, , missing] = lines.map((line) => JSON.parse(line));
    expect(missing.err).toMatchObject({
      message: "Failed query: select from nowhere where word = $1",
      cause: { code: "42P01", message: 'relation "nowhere" does not exist' },
    });
    expect(missing.err.stack).toContain("    at ");
  });

  test("is logged so when something else names it as its cause", async () => {
    const { lines, log } = openLog();
    for (const cause of await refusals()) log.warn({ err: new Failure("defect", "It broke.", { cause }) }, "failed");
    expect(lines.join("")).toContain("Failed query");
    expect(lines.join("")).not.toContain("s3cret");
  });

  test("is filed and explained without what was given to it", async () => {
    const { lines, log } = openLog();
    for (const error of await refusals()) {
      expect(failureOf("match", "12", error, { log }).message).toMatch(
        /^Parley has a defect in match: Error: Failed query: /,
      );
      expect(failureOf("match", "12", error, { log }).message).not.toContain("s3cret");
      expect(explainError(error, { details: true }).says).not.toContain("s3cret");
    }
    expect(lines.join("")).not.toContain("s3cret");
  });
});

test("an error that is its own cause is logged all the same", () => {
  const { lines, log } = openLog();
  const error = new Error("round");
  error.cause = error;
  log.error({ err: error }, "odd");
  expect(lines.join("")).toContain("round");
});
