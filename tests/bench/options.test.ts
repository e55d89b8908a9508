import { describe, expect, test } from "vitest";
import { helpOf, readOptions } from "../../bench/parts/options.ts";

const table = {
  feeds: { number: 500, says: "how many feeds" },
  hours: { number: null, says: "how many hours" },
  folder: { takes: "FOLDER", says: "keep the archive there" },
  only: { parts: ["news", "pages"], says: "what is measured" },
  write: { says: "write the table" },
} as const;

test("what is not given holds its default", () => {
  expect(readOptions([], table)).toEqual({
    feeds: 500,
    hours: null,
    folder: null,
    only: new Set(["news", "pages"]),
    write: false,
  });
});

test("options are read with an equals sign or without", () => {
  const given = readOptions(["--feeds=50", "--hours", "2", "--folder", "/tmp/a", "--only", "news", "--write"], table);
  expect(given).toEqual({ feeds: 50, hours: 2, folder: "/tmp/a", only: new Set(["news"]), write: true });
});

describe("a mistake is named in one line", () => {
  test.each([
    [["--quik"], "There is no option --quik."],
    [["quick"], "quick is no option."],
    [["--feeds"], "--feeds needs a value: N."],
    [["--feeds", "--write"], "--feeds needs a value: N."],
    [["--feeds", "many"], "--feeds takes a number, not many."],
    [["--only", "news,paper"], "--only: there is no paper, but news, pages."],
    [["--write=yes"], "--write takes no value."],
  ])("%j", (args, message) => {
    expect(() => readOptions(args, table)).toThrow(message);
  });
});

test("the help names every option, what it takes and what holds without it", () => {
  expect(helpOf("bench:feeds", "Reads feeds. Takes a minute.", table)).toBe(`npm run bench:feeds -- [options]

Reads feeds. Takes a minute.

  --feeds N        how many feeds (500)
  --hours N        how many hours
  --folder FOLDER  keep the archive there
  --only PARTS     what is measured: news,pages (all)
  --write          write the table
  --help           print this
`);
});
