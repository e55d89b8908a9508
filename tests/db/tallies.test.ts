import { beforeAll, describe, expect, test } from "vitest";
import {
  actorsOnTopics,
  actorTopicMatrix,
  countStatementTallies,
  tallyReach,
  topicsOfActor,
  weeksBySide,
  weeksOfActor,
} from "../../src/db/tallies.ts";
import { useDatabase } from "../support/database.ts";
import { keepCatalogue, keepWords } from "../web/archive.ts";

const db = useDatabase();
const NOW = new Date("2026-06-01T00:00:00Z");
const LONG_AGO = new Date("2020-01-01T00:00:00Z");
const by = (...ids: string[]) => ids.map((actorId) => ({ actorId, method: "exact" as const, confidence: 1 }));
const about = (...ids: string[]) => ids.map((id) => ({ id, score: 1, evidence: [] }));

describe("counting statements by week and month", () => {
  beforeAll(async () => {
    await keepCatalogue(db());
    await keepWords(db(), "One on a Sunday.", {
      actors: by("ada-example"),
      topics: about("frontier.safety"),
      day: "2026-05-17",
    });
    await keepWords(db(), "Two on the Monday after.", { actors: by("ada-example"), topics: [], day: "2026-05-18" });
    await keepWords(db(), "Three by another.", {
      actors: by("southmark"),
      topics: about("frontier.safety"),
      day: "2026-05-19",
    });
    await keepWords(db(), "Four by nobody known.", { actors: [], topics: about("frontier.safety"), day: "2026-05-19" });
    await keepWords(db(), "Five, nobody knows when.", { actors: by("southmark"), topics: [], day: null });
  });

  test("nothing is there before the first count", async () => {
    expect(await tallyReach(db())).toBeNull();
    expect(await weeksBySide(db(), LONG_AGO)).toEqual([]);
  });

  test("a larger number of new versions than a page may wait for is left alone", async () => {
    expect(await countStatementTallies(db(), NOW, 3)).toBe(false);
    expect(await tallyReach(db())).toBeNull();
  });

  test("weeks begin on Monday, and a second count finds nothing to do", async () => {
    expect(await countStatementTallies(db(), NOW)).toBe(true);
    expect(await countStatementTallies(db(), NOW)).toBe(false);
    expect(await tallyReach(db())).toEqual(NOW);
    expect(await weeksOfActor(db(), "ada-example", LONG_AGO)).toEqual([
      { startsOn: "2026-05-11", statements: 1 },
      { startsOn: "2026-05-18", statements: 1 },
    ]);
  });

  test("sides, topics and actors are counted apart", async () => {
    const weeks = await weeksBySide(db(), LONG_AGO);
    expect(weeks.reduce((sum, { statements }) => sum + statements, 0)).toBe(3);
    const onSafety = await weeksBySide(db(), LONG_AGO, ["frontier.safety"]);
    expect(onSafety.reduce((sum, { statements }) => sum + statements, 0)).toBe(2);
    expect(await actorTopicMatrix(db(), LONG_AGO, 10)).toEqual([
      { actorId: "ada-example", topicId: "frontier.safety", statements: 1 },
      { actorId: "southmark", topicId: "frontier.safety", statements: 1 },
    ]);
    expect(await topicsOfActor(db(), "southmark", LONG_AGO)).toEqual([
      { startsOn: "2026-05-01", topicId: "frontier.safety", statements: 1 },
    ]);
    expect((await actorsOnTopics(db(), ["frontier.safety"], LONG_AGO, 1)).map(({ id }) => id)).toEqual(["ada-example"]);
  });

  test("words that come later are added to their own week", async () => {
    await keepWords(db(), "Six, found late.", { actors: by("ada-example"), topics: [], day: "2026-05-12" });
    expect(await countStatementTallies(db(), NOW)).toBe(true);
    expect((await weeksOfActor(db(), "ada-example", LONG_AGO))[0]).toEqual({ startsOn: "2026-05-11", statements: 2 });
    expect(await weeksOfActor(db(), "ada-example", new Date("2026-05-20T00:00:00Z"))).toEqual([
      { startsOn: "2026-05-18", statements: 1 },
    ]);
  });
});
