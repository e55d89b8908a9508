import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../src/catalogue/load.ts";
import { catalogueDir, mistakesOf } from "./catalogue-dir.ts";

const SOURCE = `- id: my-source
  title: A ministry
  actor: my-ministry
  class: ministry-briefing
  official: true
  bloc: third
  languages: [en]
  priority: A
  enabled: true
  confidence: high
  evidence: [seen by the desk]
  poll: { every: 10m, window: "16:30-22:45 Asia/Shanghai Mon-Fri", else: 1h }
  list: { kind: page, url: "https://ministry.example/news/", articlePath: 'news/\\d+$' }
`;
const ACTORS = `- id: my-ministry
  type: government-body
  name: My Ministry
  bloc: third
  parent: null
- id: my-minister
  type: person
  name: Jane Example
  bloc: third
  parent: null
  offices:
    - { role: Minister, body: my-ministry, from: 2024-02, to: 2025 }
`;
const TOPICS = `- id: talks
  label: Talks
  definition: Talks
  leaves: [{ id: talks.rounds, label: Rounds, definition: Rounds, cues: { en: { strong: [round] } } }]
`;
const TYPES = `- id: talks.held
  label: Held
  definition: Held
  severity: 5
  cues: { en: [held] }
`;
const EVENTS = `- id: ev-1
  date: 2026-05-14
  end: 2026-05-15
  precision: day
  type: talks.held
  title: A round
  actors: [my-ministry]
  topics: [talks.rounds]
  sources: [desk]
  basis: desk
  note: null
`;
const GOOD = {
  "sources/mine.yaml": SOURCE,
  "actors.yaml": ACTORS,
  "topics.yaml": TOPICS,
  "development-types.yaml": TYPES,
  "events.yaml": EVENTS,
};
type File = keyof typeof GOOD;

test("a small catalogue without mistakes loads", () => {
  const catalogue = loadCatalogue({ shippedDir: catalogueDir(GOOD), overlayDir: null });
  expect(catalogue.sources.map(({ id }) => id)).toEqual(["my-source"]);
  expect(catalogue.actors[1]?.offices[0]).toMatchObject({ from: "2024-02", to: "2025" });
});

describe("a planted mistake is told with its file, line and key", () => {
  test.each<[string, File, string, string, number, string]>([
    ["a bad id", "sources/mine.yaml", "id: my-source", "id: My Source", 1, "My Source id"],
    ["a missing id", "sources/mine.yaml", "- id: my-source\n  title", "- title", 1, "id: is missing"],
    ["an unknown key", "sources/mine.yaml", "priority: A", "priority: A\n  prioritty: B", 9, "my-source prioritty"],
    ["a missing key", "sources/mine.yaml", "  priority: A\n", "", 1, "my-source priority: is missing"],
    [
      "a wrong type",
      "sources/mine.yaml",
      "official: true",
      "official: 7",
      5,
      "my-source official: 7: expected true or false",
    ],
    ["a word that is no choice", "sources/mine.yaml", "priority: A", "priority: D", 8, "expected A, B or C"],
    ["an unknown kind of list", "sources/mine.yaml", "kind: page", "kind: gopher", 13, "my-source list.kind"],
    ["a bad zone", "sources/mine.yaml", "Asia/Shanghai", "Asia/Shangai", 12, "my-source poll.window"],
    ["hours of no length", "sources/mine.yaml", "16:30-22:45", "16:30-16:30", 12, "my-source poll.window"],
    ["a window without else", "sources/mine.yaml", ", else: 1h", "", 12, "my-source poll.window"],
    ["a bad interval", "sources/mine.yaml", "10m", "10 minutes", 12, "my-source poll.every"],
    ["an interval of nothing", "sources/mine.yaml", "10m", "0m", 12, "my-source poll.every"],
    [
      "a bad address",
      "sources/mine.yaml",
      "https://ministry.example/news/",
      "ministry.example",
      13,
      "my-source list.url",
    ],
    [
      "an address of another scheme",
      "sources/mine.yaml",
      "https://ministry",
      "file://ministry",
      13,
      "my-source list.url",
    ],
    [
      "an address with a password",
      "sources/mine.yaml",
      "https://ministry",
      "https://a:b@ministry",
      13,
      "my-source list.url",
    ],
    ["plain http", "sources/mine.yaml", "https://ministry", "http://ministry", 13, "plainHttp: true"],
    ["a bad regular expression", "sources/mine.yaml", "news/\\d+$", "news/(\\d+$", 13, "my-source list.articlePath"],
    ["a slow regular expression", "sources/mine.yaml", "news/\\d+$", "news/(\\d+)+$", 13, "my-source list.articlePath"],
    ["a bad selector", "sources/mine.yaml", "articlePath: 'news/\\d+$'", "item: 'a[href'", 13, "my-source list.item"],
    ["a list without rule", "sources/mine.yaml", ", articlePath: 'news/\\d+$'", "", 13, "my-source list: "],
    ["a source that is on without list", "sources/mine.yaml", /list: .*/.source, "list: null", 9, "my-source enabled"],
    ["an unknown publisher", "sources/mine.yaml", "actor: my-ministry", "actor: my-minstry", 3, "my-source actor"],
    [
      "unexplained evidence",
      "sources/mine.yaml",
      "[seen by the desk]",
      "[desk, E99]",
      11,
      "my-source evidence[1]: E99",
    ],
    ["a bad charset", "sources/mine.yaml", "priority: A", "priority: A\n  charset: utf-9", 9, "my-source charset"],
    ["the same id twice", "actors.yaml", "id: my-minister", "id: my-ministry", 6, "my-ministry id"],
    [
      "an unknown parent",
      "actors.yaml",
      "parent: null\n- id: my-minister",
      "parent: nobody\n- id: my-minister",
      5,
      "my-ministry parent",
    ],
    [
      "a circle of parents",
      "actors.yaml",
      "parent: null\n- id: my-minister",
      "parent: my-ministry\n- id: my-minister",
      5,
      "circle",
    ],
    [
      "an office in an unknown body",
      "actors.yaml",
      "body: my-ministry",
      "body: nowhere",
      12,
      "my-minister offices[0].body",
    ],
    [
      "an office that ends before it begins",
      "actors.yaml",
      "from: 2024-02, to: 2025",
      "from: 2025-02, to: 2024",
      12,
      "my-minister offices[0].to",
    ],
    [
      "a day that does not exist",
      "actors.yaml",
      "from: 2024-02",
      "from: 2024-02-30",
      12,
      "my-minister offices[0].from",
    ],
    ["an unknown bloc", "actors.yaml", "bloc: third", "bloc: North", 4, "my-ministry bloc"],
    ["a leaf of another topic", "topics.yaml", "id: talks.rounds", "id: trade.rounds", 4, "talks leaves[0].id"],
    [
      "a bad severity",
      "development-types.yaml",
      "severity: 5",
      "severity: 6",
      4,
      "talks.held severity: 6: expected 1, 2, 3, 4 or 5",
    ],
    ["an event of an unknown type", "events.yaml", "type: talks.held", "type: talks.hold", 5, "ev-1 type"],
    ["an event about an unknown topic", "events.yaml", "[talks.rounds]", "[talks.squares]", 8, "ev-1 topics[0]"],
    ["an event by an unknown actor", "events.yaml", "[my-ministry]", "[my-ministry, nobody]", 7, "ev-1 actors[1]"],
    ["an event that ends before it begins", "events.yaml", "end: 2026-05-15", "end: 2026-05-13", 3, "ev-1 end"],
    ["a precision that the date has not", "events.yaml", "date: 2026-05-14", "date: 2026-05", 4, "ev-1 precision"],
    ["a tab for indentation", "topics.yaml", "  definition: Talks\n", "\tdefinition: Talks\n", 3, "is no YAML"],
    ["a bracket left open", "events.yaml", "[talks.rounds]", "[talks.rounds", 9, "is no YAML"],
    ["the same key twice", "events.yaml", "note: null", "note: null\n  note: again", 12, "is no YAML"],
    [
      "an entry that is none",
      "development-types.yaml",
      "- id: talks.held",
      "- talks\n- id: talks.held",
      1,
      "expected an entry",
    ],
  ])("%s", (_, file, good, bad, line, said) => {
    const pattern = good.startsWith("list:") ? new RegExp(good) : good;
    const broken = GOOD[file].replace(pattern, () => bad);
    expect(broken).not.toBe(GOOD[file]);
    const dir = catalogueDir({ ...GOOD, [file]: broken });
    const mistakes = mistakesOf(() => loadCatalogue({ shippedDir: dir, overlayDir: null }));
    expect(mistakes[0]).toContain(`${join(dir, file)}:${line}: `);
    expect(mistakes.join("\n")).toContain(said);
  });
});

test("a file that is no list is told as such", () => {
  const dir = catalogueDir({ ...GOOD, "phrases.yaml": "id: small-yard\nside: China\n" });
  const [mistake] = mistakesOf(() => loadCatalogue({ shippedDir: dir, overlayDir: null }));
  expect(mistake).toBe(`${join(dir, "phrases.yaml")}:1: expected a list of entries, each beginning with '- id:'`);
});

test("all mistakes are told at once, each on its own line", () => {
  const dir = catalogueDir({
    ...GOOD,
    "sources/mine.yaml": SOURCE.replace("priority: A", "priority: D").replace("10m", "soon"),
    "events.yaml": EVENTS.replace("ev-1", "ev-1").replace("[desk]", "[]").replace("talks.held", "talks.lost"),
  });
  const mistakes = mistakesOf(() => loadCatalogue({ shippedDir: dir, overlayDir: null }));
  expect(mistakes).toHaveLength(3);
});

test("an entry with a mistake of its own is not told as missing where others name it", () => {
  const dir = catalogueDir({ ...GOOD, "actors.yaml": ACTORS.replace("bloc: third", "bloc: North") });
  expect(mistakesOf(() => loadCatalogue({ shippedDir: dir, overlayDir: null }))).toHaveLength(1);
});

test("an alias bomb is refused, and at once", () => {
  const levels = Array.from({ length: 12 }, (_, i) => `- &l${i + 1} [${Array(9).fill(`*l${i}`).join(", ")}]`);
  const dir = catalogueDir({ ...GOOD, "phrases.yaml": ["- &l0 [x, x]", ...levels].join("\n") });
  expect(mistakesOf(() => loadCatalogue({ shippedDir: dir, overlayDir: null })).join()).toContain("alias bomb");
});

test("a value that repeats what was never named is told at its line", () => {
  const dir = catalogueDir({ ...GOOD, "phrases.yaml": "- id: a\n  words: b\n# *c is no value here\n- *x\n" });
  const [mistake, ...others] = mistakesOf(() => loadCatalogue({ shippedDir: dir, overlayDir: null }));
  expect(mistake).toContain("phrases.yaml:4");
  expect(mistake).toContain("repeats *x, which no &x stands before");
  expect(others).toEqual([]);
});

test("a file nested without end is refused, not a crash", () => {
  const dir = catalogueDir({ ...GOOD, "phrases.yaml": "- ".concat("[".repeat(50_000)) });
  expect(mistakesOf(() => loadCatalogue({ shippedDir: dir, overlayDir: null })).join()).toContain("phrases.yaml:");
});

test("a file larger than any catalogue is refused unread", () => {
  const dir = catalogueDir({ ...GOOD, "phrases.yaml": "#".repeat(1_000_001) });
  expect(mistakesOf(() => loadCatalogue({ shippedDir: dir, overlayDir: null })).join()).toContain("expected at most");
});
