import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../src/catalogue/load.ts";
import { officesAt } from "../../src/catalogue/offices.ts";
import { sourcesTable } from "../../src/catalogue/sources-table.ts";
import { shippedDir } from "./catalogue-dir.ts";

const catalogue = loadCatalogue({ shippedDir, overlayDir: null });
const byId = new Map(catalogue.actors.map((actor) => [actor.id, actor]));

describe("the catalogue that ships", () => {
  test("names every type of development, topic and leaf in Chinese too", () => {
    const { topics, developmentTypes } = catalogue;
    const named = [...developmentTypes, ...topics, ...topics.flatMap(({ leaves }) => leaves)];
    expect(named.filter(({ labelZh }) => !/\p{Script=Han}/u.test(labelZh ?? "")).map(({ id }) => id)).toEqual([]);
    expect(named.length).toBeGreaterThan(100);
  });

  test("holds the places, people and topics of the talks", () => {
    expect(catalogue.sources.length).toBeGreaterThanOrEqual(157);
    expect(catalogue.actors.length).toBeGreaterThanOrEqual(286 + 16 + 24);
    expect(catalogue.topics).toHaveLength(12);
    expect(catalogue.topics.flatMap(({ leaves }) => leaves)).toHaveLength(57);
    expect(catalogue.developmentTypes).toHaveLength(40);
    expect(catalogue.events).toHaveLength(74);
    expect(catalogue.phrases.length).toBeGreaterThanOrEqual(12);
    expect(catalogue.ambiguityRules).toHaveLength(31);
  });

  test.each(catalogue.sources.map((source) => [source.id, source] as const))(
    "%s says where its facts come from, and why it is off where it is",
    (_, source) => {
      expect(source.evidence.length).toBeGreaterThan(0);
      if (source.confidence === "low") expect(source.enabled).toBe(false);
      expect(source.enabled).toBe(source.disabledBecause === undefined);
      expect(source.bloc).toBe(byId.get(source.actor)?.bloc);
    },
  );

  test("has no word that names two states, and calls by their own id those that are actors", () => {
    for (const column of ["names", "adjectives", "cities", "chinese"] as const) {
      const words = catalogue.nations.flatMap((nation) => nation[column]);
      expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
    }
    const states = catalogue.actors.filter(({ type }) => type === "state").map(({ name }) => name);
    const known = catalogue.nations.filter(({ names }) => names.some((name) => states.includes(name)));
    expect(known.length).toBeGreaterThan(5);
    expect(known.filter(({ id }) => byId.get(id)?.type !== "state").map(({ id }) => id)).toEqual([]);
  });

  test("polls no address twice", () => {
    const urls = catalogue.sources.filter(({ enabled }) => enabled).map(({ list }) => list?.url);
    expect(new Set(urls).size).toBe(urls.length);
  });

  test("reads no more of press behind a wall than its feed gives", () => {
    const walled = ["pr-scmp", "pr-reuters", "pr-ap", "pr-nyt", "pr-ft", "tt-foreign-affairs"];
    const found = catalogue.sources.filter(({ id }) => walled.includes(id));
    expect(found.map(({ document }) => document.fromFeed)).toEqual(walled.map(() => true));
  });

  test.each([
    ["cn-mfa-presser-en", "https://www.fmprc.gov.cn/eng/xw/fyrbt/lxjzh/202605/t20260519_11912345.html"],
    ["cn-mfa-presser-zh", "https://www.mfa.gov.cn/web/fyrbt_673021/jzhsl_673025/202605/t20260519_11912344.shtml"],
    ["cn-mofcom-presser-en", `https://english.mofcom.gov.cn/News/PressConference/art/2026/art_${"0a".repeat(16)}.html`],
    ["cn-cac-policy", "https://www.cac.gov.cn/2026-06/18/c_1783525612489633.htm"],
    ["us-treasury", "https://home.treasury.gov/news/press-releases/sb0644"],
    ["us-state-briefing", "https://www.state.gov/briefings/department-press-briefing-july-29-2025/"],
    ["tt-cnas", "https://www.cnas.org/publications/commentary/a-title-of-some-length"],
    ["tt-eastasiaforum", "https://eastasiaforum.org/2026/05/20/a-title/"],
  ])("%s tells its entries from navigation", (id, entry) => {
    const list = catalogue.sources.find((source) => source.id === id)?.list;
    const pattern = new RegExp(list?.kind === "page" ? (list.articlePath ?? "^$") : "^$", "u");
    expect(pattern.test(entry)).toBe(true);
    expect(pattern.test(list?.url ?? "")).toBe(false);
  });

  test.each([
    ["2022-06-01", "karine-jean-pierre"],
    ["2021-06-01", "jen-psaki"],
    ["2026-05-19", "karoline-leavitt"],
  ])("knows the White House press secretary on %s", (day, id) => {
    const holders = catalogue.actors.filter((actor) =>
      officesAt(actor, day).some(({ role, body }) => role === "Press Secretary" && body === "white-house"),
    );
    expect(holders.map((actor) => actor.id)).toEqual([id]);
  });

  test("is printed in docs/sources.md as it is", () => {
    const printed = readFileSync(new URL("../../docs/sources.md", import.meta.url), "utf8");
    expect(printed).toBe(sourcesTable(catalogue));
  });

  test("can be handed to another thread", () => {
    expect(structuredClone(catalogue)).toEqual(catalogue);
  });
});
