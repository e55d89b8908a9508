import { describe, expect, test } from "vitest";
import { Failure, type FailureCode } from "../../src/domain/failure.ts";

describe("a failure", () => {
  test.each<[FailureCode, "retry" | "park"]>([
    ["http-busy", "retry"],
    ["net-timeout", "retry"],
    ["not-a-feed", "retry"],
    ["mail-busy", "retry"],
    ["webhook-refused", "retry"],
    ["database-unreachable", "retry"],
    ["defect", "retry"],
    ["endpoint-off", "park"],
    ["http-gone", "park"],
    ["page-gone", "park"],
    ["page-blocked", "retry"],
    ["robots-refused", "park"],
    ["no-text", "park"],
    ["reader-crashed", "park"],
    ["webhook-gone", "park"],
    ["mail-refused", "park"],
    ["bad-setting", "park"],
  ])("%s is worth a %s", (code, remedy) => {
    expect(new Failure(code, "what, where, what to do").remedy).toBe(remedy);
  });

  test("says what the other side said where it said anything", () => {
    const failure = new Failure("http-busy", "busy", { httpStatus: 503, retryAfterMs: 60_000 });
    expect([failure.httpStatus, failure.retryAfterMs]).toEqual([503, 60_000]);
    expect(new Failure("http-busy", "busy")).toMatchObject({ httpStatus: null, retryAfterMs: null });
  });

  test("is an Error with its name, message and cause, so that it is never taken for a defect", () => {
    const cause = new TypeError("fetch failed");
    const failure = new Failure("net-unreachable", "no answer", { cause });
    expect(failure).toBeInstanceOf(Error);
    expect(failure).toMatchObject({ name: "Failure", message: "no answer", cause });
  });
});
