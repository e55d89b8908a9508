import { beforeAll, describe, expect, test } from "vitest";
import { allRules } from "../src/db/alerts/rules.ts";
import { saveCatalogue } from "../src/db/collection/catalogue.ts";
import { AT_ONCE } from "../src/domain/alert-manner.ts";
import { keepRule, type RuleToKeep } from "../src/keep-rule.ts";
import { buildCatalogue } from "./support/catalogue.ts";
import { useDatabase } from "./support/database.ts";
import { noon } from "./support/moments.ts";
import { buildEndpoint } from "./support/rows.ts";

const db = useDatabase();
beforeAll(async () => {
  await saveCatalogue(db(), buildCatalogue(), noon);
  await buildEndpoint(db(), { name: "desk" });
  await buildEndpoint(db(), { name: "room" });
});

/** A rule that may be kept, but for what the test says of it. */
const wishFor = (name: string, says: Partial<RuleToKeep> = {}): RuleToKeep => ({
  ...{ name, query: "hotline", about: "developments", manner: AT_ONCE, endpoints: ["desk"] },
  ...says,
});
const ruleNamed = async (wanted: string) => (await allRules(db())).find(({ name }) => name === wanted);

describe("a rule", () => {
  test("is made, and changed under its name", async () => {
    const made = await keepRule(db(), wishFor("lines"), noon);
    expect(made).toEqual({ ruleId: expect.any(Number), isNew: true });
    const changed = await keepRule(db(), wishFor("lines", { query: "line", endpoints: ["room", "desk"] }), noon);
    expect(changed).toEqual({ ruleId: made.ruleId, isNew: false });
    expect(await ruleNamed("lines")).toMatchObject({ query: "line", endpoints: ["desk", "room"] });
  });

  test.each<[string, Partial<RuleToKeep>, object]>([
    ["a word that the catalogue does not know", { query: "type:nope" }, { parameter: "query", start: 5, end: 9 }],
    ["a question of another kind", { query: "severity:3", about: "statements" }, { parameter: "query", start: 0 }],
    ["no endpoint", { endpoints: [] }, { parameter: "endpoints" }],
    ["an endpoint that is not there", { endpoints: ["desk", "nobody"] }, { parameter: "endpoints" }],
  ])("is not kept with %s, and its place is said", async (_, says, mistake) => {
    const kept = await keepRule(db(), wishFor("refused", says), noon);
    expect(kept).toEqual({ ruleId: null, mistakes: [expect.objectContaining(mistake)] });
    expect(await ruleNamed("refused")).toBeUndefined();
  });

  test("is told all its mistakes at once, and stays as it was", async () => {
    await keepRule(db(), wishFor("kept"), noon);
    const kept = await keepRule(db(), wishFor("two\nlines", { query: "(", endpoints: ["nobody"] }), noon);
    const parameters = kept.ruleId === null ? kept.mistakes.map(({ parameter }) => parameter) : [];
    expect(parameters).toEqual(["query", "name", "endpoints"]);
    expect((await keepRule(db(), wishFor("kept", { query: "(" }), noon)).ruleId).toBeNull();
    expect(await ruleNamed("kept")).toMatchObject({ query: "hotline" });
  });
});
