import { CommanderError } from "commander";
import { describe, expect, test } from "vitest";
import { explainError } from "../../src/commands/explain-error.ts";
import { Failure } from "../../src/domain/failure.ts";

const refusal = Object.assign(new Error("ENOSPC: no space left on device, write"), {
  code: "ENOSPC",
  syscall: "write",
});
const gone = Object.assign(new Error("write CONNECTION_CLOSED 127.0.0.1:5432"), { code: "CONNECTION_CLOSED" });

describe("an error at the end of a command", () => {
  test.each([
    ["a bad setting", new Failure("bad-setting", "X is wrong."), "X is wrong.", 2],
    ["another failure", new Failure("in-use", "Port 1 is taken."), "Port 1 is taken.", 1],
    ["a refusal of the system", refusal, "The operating system refused: ENOSPC: no space left on device, write.", 1],
    [
      "a database that went away",
      gone,
      "The database went away (write CONNECTION_CLOSED 127.0.0.1:5432). Start it and try again.",
      1,
    ],
    [
      "a defect",
      new TypeError("x is\nnot a function"),
      "Parley has a defect: x is not a function; run with PARLEY_LOG_LEVEL=debug for the details",
      70,
    ],
    [
      "something thrown that is no error",
      "odd",
      "Parley has a defect: odd; run with PARLEY_LOG_LEVEL=debug for the details",
      70,
    ],
  ])("is one line for %s", (_, error, says, exitCode) => {
    expect(explainError(error, { details: false })).toEqual({ says, exitCode });
  });

  test("has its stack only where details are asked for", () => {
    expect(explainError(new TypeError("odd"), { details: true }).says).toMatch(
      /^Parley has a defect: odd\nTypeError: odd\n\s+at /,
    );
  });

  test("is not told twice where the command line told it", () => {
    expect(explainError(new CommanderError(1, "commander.unknownOption", "x"), { details: false })).toEqual({
      says: null,
      exitCode: 2,
    });
  });

  test("is none where help was asked for", () => {
    expect(explainError(new CommanderError(0, "commander.help", "x"), { details: false }).exitCode).toBe(0);
  });
});
