import { describe, expect, test } from "vitest";
import { freshForMs } from "../../src/net/freshness.ts";

const now = new Date("2026-05-19T12:00:00Z");
const MINUTE = 60_000;

describe("how long an answer may be kept", () => {
  test.each([
    ["it does not say", {}, null],
    ["so many seconds", { "cache-control": "public, max-age=600" }, 10 * MINUTE],
    ["whatever the case", { "cache-control": "Max-Age=60" }, MINUTE],
    ["less the time it spent on the way", { "cache-control": "max-age=600", age: "540" }, MINUTE],
    ["not at all, having spent too long on the way", { "cache-control": "max-age=600", age: "900" }, 0],
    ["not at all", { "cache-control": "no-cache, max-age=600" }, 0],
    ["not even stored", { "cache-control": "no-store" }, 0],
    ["the word for shared caches is not for us", { "cache-control": "s-maxage=600" }, null],
    ["until a date", { expires: "Tue, 19 May 2026 12:05:00 GMT" }, 5 * MINUTE],
    [
      "until a date by the server's own clock",
      { expires: "Tue, 19 May 2026 09:05:00 GMT", date: "Tue, 19 May 2026 09:00:00 GMT" },
      5 * MINUTE,
    ],
    ["a date that is over", { expires: "Thu, 01 Jan 1970 00:00:00 GMT" }, 0],
    ["no date at all", { expires: "0" }, 0],
    ["seconds win over a date", { "cache-control": "max-age=60", expires: "Tue, 19 May 2026 13:00:00 GMT" }, MINUTE],
    ["longer than makes sense", { "cache-control": "max-age=99999999999" }, 30 * 24 * 60 * MINUTE],
    ["nothing that can be read", { "cache-control": "max-age=soon", age: "-3" }, null],
  ])("%s", (_, headers, fresh) => {
    expect(freshForMs(headers as Record<string, string>, now)).toBe(fresh);
  });
});
