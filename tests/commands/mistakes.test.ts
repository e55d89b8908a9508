import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeDatabase } from "../support/database.ts";
import { runParley } from "./run-parley.ts";

let folder: string;
let database: Awaited<ReturnType<typeof makeDatabase>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parley-mistakes-"));
  await writeFile(join(folder, "a-file"), "");
  database = await makeDatabase();
});

afterAll(async () => {
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

const settings = () => ({ PARLEY_DATA: join(folder, "data"), DATABASE_URL: database.url });

describe("a mistake on the command line ends with status 2 and names the option, its value and what is expected", () => {
  test.each([
    [["digest", "--date", "2026-02-30"], "--date 2026-02-30: expected a day that exists"],
    [["digest", "--date", "26-02-01"], "--date 26-02-01: expected a day that exists"],
    [["digest", "--date", "9999-01-01"], "--date 9999-01-01 lies in the future"],
    [["digest", "send", "--date", "2026-02-30"], "--date 2026-02-30: expected a day that exists"],
    [["digest", "send", "--to", "no@desk.example"], "--to no@desk.example: no such subscriber"],
    [["digest", "send"], "Nobody gets a daily digest; parley subscribers lists who gets what"],
    [["digest", "--lang", "fr"], "--lang fr: there are en and zh"],
    [["demo", "--port", "abc"], "--port abc: expected a port"],
    [["demo", "--port", "70000"], "--port 70000: expected a port"],
    [["developments", "--type", "nope"], "--type: No development type is called"],
    [["developments", "--severity", "9"], '--severity is "9"; expected a number from 1 to 5'],
    [["developments", "--limit", "0"], "--limit 0: expected 1 to 10000"],
    [["developments", "--since", "2026-13"], 'since is "2026-13"; expected a date'],
    [["developments", "severity", "1", "9"], "severity 9: expected 1 to 5"],
    [["developments", "confirm", "99999"], "development 99999: there is none"],
    [["developments", "dismiss", "abc"], "development abc: expected its number"],
    [["developments", "merge", "7", "7"], "thread 7 cannot be merged into itself"],
    [["actors", "--limit", "5"], "--since, --at-least and --limit belong to --unknown"],
    [["actors", "--unknown", "--at-least", "0"], "--at-least 0: expected a whole number from 1"],
    [["actors", "show", "nobody"], "nobody: the catalogue has no such actor; parley actors --find WORDS lists them"],
    [["topics", "show", "nothing"], "nothing: the catalogue has no such topic; parley topics --find WORDS lists them"],
    [["endpoints", "show", "nowhere"], "nowhere: no such endpoint; parley endpoints lists them"],
    [["rules", "show", "none"], "none: no such rule; parley rules lists them"],
    [["meetings", "show", "one"], "meeting one: expected its number"],
    [["meetings", "show", "99999"], "meeting 99999: there is none; parley meetings lists them"],
    [["commitments", "show", "99999"], "commitment 99999: there is none; parley commitments lists them"],
    [["commitments", "--state", "lost"], "Allowed choices are open, met, missed"],
    [["commitments", "--limit", "0"], "--limit 0: expected 1 to 10000"],
    [["phrases", "show", "No Phrase"], "phrase No Phrase: there is none; parley phrases lists them"],
    [["replay", "detect", "--moved"], "--moved belongs to replay read"],
    [["replay", "detect", "--until", "2026-13"], "--until 2026-13: expected a date"],
    [["search", "--lang", "fr"], 'lang is "fr"; expected en or zh'],
    [["search", "--kind", "loud"], 'kind is "loud"; expected direct, mixed or indirect'],
    [["search", "--format", "xml"], "Allowed choices are table, json, csv"],
    [["search", "--nope"], "unknown option '--nope'"],
    [["verify", "99999"], "verify 99999: the archive has no document of this number"],
    [["verify", "one"], "verify one: expected the number of a document"],
    [["replay", "read", "--since", "2026-02-30"], "--since 2026-02-30: expected a date"],
    [["read", "--published", "2026-02-30", "a-file"], "--published 2026-02-30: expected a date that exists"],
    [["token", "add", "somebody", "--days", "1e300"], "--days 1e300: expected a number of days"],
    [["subscribe", "nobody"], "nobody: expected a mail address"],
    [["subscribe", "a@b.example", "--zone", "Mars/Base"], "--zone Mars/Base: expected an IANA time zone"],
    [["subscribe", "a@b.example", "--at", "25:00"], "--at 25:00: expected HH:MM"],
    [["endpoints", "add", "here", "nowhere"], "nowhere: expected an https address or a mail address"],
    [
      ["rules", "add", "mine", "type:nope", "--to", "x"],
      '  type:nope\n       ^^^^\nNo development type is called "nope"; see docs/developments.md.',
    ],
    [["rules", "add", "mine", "talks (", "--to", "x"], "  talks (\n        ^\nThis parenthesis is never closed; add )"],
    [
      ["rules", "add", "mine", "severity:3", "--to", "x"],
      '--to: There is no endpoint called "x". parley endpoints lists them, parley endpoints add makes one.',
    ],
    [
      ["rules", "add", "", "type:nope", "--to", "x"],
      '  type:nope\n       ^^^^\nNo development type is called "nope"; see docs/developments.md.\n"" is no name',
    ],
    [["rules", "test", "type:talks", "--about", "statements"], "Only developments have type"],
    [["rules", "test", "--quiet", "22:00-22:00"], "--quiet 22:00-22:00: begins and ends at the same time."],
    [["rules", "test", "--quiet", "22-7"], "--quiet 22-7: expected local hours such as 22:00-07:00."],
    [["rules", "test", "--format", "xml"], "Allowed choices are table, json"],
    [["endpoints", "add", "here", "https://10.0.0.1/x"], "10.0.0.1 is not a public address (private)"],
    [["endpoints", "add", "here", "https://desk.example/x", "--format", "irc"], "--format irc"],
    [["endpoints", "rotate", "nope"], "nope: no webhook of this name"],
    [["tail", "--lines", "x"], "--lines x: expected 0 to 9999."],
    [["start", "--only", "nope"], "--only nope: no such part"],
  ])("%j", async (args, says) => {
    const { code, out, err } = await runParley(args, settings());
    expect(err).toContain(says);
    expect(err).not.toMatch(/^\s+at /m);
    expect(out).toBe("");
    expect(code).toBe(2);
  });
});

describe("a data folder that is a file", () => {
  test.each(["start", "search", "developments", "digest", "import x", "verify"])(
    "ends `%s` with one line",
    async (command) => {
      const place = join(folder, "a-file");
      const { code, err } = await runParley(command.split(" "), { PARLEY_DATA: place, PARLEY_PORT: "0" });
      expect(err.trim()).toBe(`${place} is a file, no folder. Choose another with PARLEY_DATA.`);
      expect(code).toBe(2);
    },
  );

  test("is named by the doctor", async () => {
    const place = join(folder, "a-file");
    const { code, out } = await runParley(["doctor"], { ...settings(), PARLEY_DATA: place });
    expect(out).toContain(`WRONG  data       ${place} is a file, no folder.`);
    expect(code).toBe(1);
  });

  test("cannot hold a folder either", async () => {
    const { code, err } = await runParley(["search"], { PARLEY_DATA: join(folder, "a-file", "data") });
    expect(err.trim()).toMatch(/cannot be made \(ENOTDIR\)\. Choose another with PARLEY_DATA\.$/);
    expect(code).toBe(2);
  });
});
