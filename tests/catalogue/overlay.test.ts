import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../src/catalogue/load.ts";
import { catalogueDir, mistakesOf, shippedDir } from "./catalogue-dir.ts";

const withOverlay = (files: Record<string, string>) => loadCatalogue({ shippedDir, overlayDir: catalogueDir(files) });
const shipped = loadCatalogue({ shippedDir, overlayDir: null });

describe("a user's own catalogue folder", () => {
  test("may be empty", () => {
    expect(withOverlay({})).toEqual(shipped);
  });

  test("may hold notes of its own and empty files", () => {
    expect(withOverlay({ "README.md": "mine", ".keep": "", "sources.yaml": "# nothing yet\n" })).toEqual(shipped);
  });

  test("switches a source on and another off, and leaves everything else as it was", () => {
    const { sources } = withOverlay({
      "sources.yaml": "- id: un-news-zh\n  enabled: true\n- id: pr-diplomat\n  enabled: false\n",
    });
    const changed = sources.filter((source, index) => source.enabled !== shipped.sources[index]?.enabled);
    expect(changed.map(({ id, enabled }) => [id, enabled])).toEqual([
      ["un-news-zh", true],
      ["pr-diplomat", false],
    ]);
    expect(sources.map(({ id }) => id)).toEqual(shipped.sources.map(({ id }) => id));
  });

  test("may be written by a program, as JSON", () => {
    const entries = [{ id: "un-news-zh", enabled: true }];
    const json = withOverlay({ "sources.yaml": JSON.stringify(entries, null, 2) });
    expect(json).toEqual(withOverlay({ "sources.yaml": "- id: un-news-zh\n  enabled: true\n" }));
  });

  test("replaces a field as a whole", () => {
    const { sources } = withOverlay({ "sources/desk.yaml": "- id: cn-cgtn\n  document: { body: [main] }\n" });
    const document = sources.find(({ id }) => id === "cn-cgtn")?.document;
    expect([document?.body, document?.kind]).toEqual([["main"], undefined]);
  });

  test("adds a source that names an actor of its own", () => {
    const { sources, actors } = withOverlay({
      "actors/desk.yaml":
        "- { id: my-ministry, type: government-body, name: My Ministry, bloc: third, parent: null, evidence: [desk] }\n",
      "sources/desk.yaml": `- id: my-source
  title: My ministry
  actor: my-ministry
  class: official-readout
  official: true
  bloc: third
  languages: [en]
  priority: B
  enabled: true
  confidence: high
  evidence: [seen by the desk in December 2026]
  poll: { every: 30m }
  list: { kind: feed, url: "https://ministry.example/feed" }
`,
    });
    expect(sources.at(-1)).toMatchObject({
      id: "my-source",
      notes: [],
      plainHttp: false,
      document: { layout: "general" },
    });
    expect(actors.at(-1)?.evidence).toEqual([{ basis: "desk", ref: null }]);
  });

  test.each([
    ["a missing folder", null, "cannot be read"],
    ["a file with an unknown name", { "source.yaml": "" }, "source.yaml:1: is no file of a catalogue"],
    ["a file of another kind", { "sources/mine.yml": "" }, "is no file of a catalogue"],
    ["a folder in a folder", { "sources/more/mine.yaml": "" }, "is no file of a catalogue"],
    [
      "an unknown key",
      { "sources.yaml": "- id: cn-cgtn\n  enable: true\n" },
      "sources.yaml:2: cn-cgtn enable: is no key",
    ],
    [
      "a source switched on that has no list",
      { "sources.yaml": "- id: brics\n  enabled: true\n" },
      "sources.yaml:2: brics enabled",
    ],
    [
      "a new source that is only half told",
      { "sources.yaml": "- id: new-one\n  enabled: true\n" },
      "sources.yaml:1: new-one title: is missing",
    ],
  ])("%s is told", (_, files, said) => {
    const overlayDir = files ? catalogueDir(files as Record<string, string>) : join(catalogueDir({}), "nowhere");
    let told = "";
    try {
      loadCatalogue({ shippedDir, overlayDir });
    } catch (error) {
      told = String(error);
    }
    expect(told).toContain(said);
  });

  test("is told where it stands itself, not where the shipped entry stands", () => {
    const overlayDir = catalogueDir({ "sources.yaml": "\n\n- id: cn-cgtn\n  priority: Z\n" });
    expect(mistakesOf(() => loadCatalogue({ shippedDir, overlayDir }))).toEqual([
      `${join(overlayDir, "sources.yaml")}:4: cn-cgtn priority: "Z": expected A, B or C`,
    ]);
  });
});
