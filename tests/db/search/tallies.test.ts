import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { statementCount } from "../../../src/db/archive/document-page.ts";
import type { Database } from "../../../src/db/client.ts";
import {
  actorsOnTopic,
  actorTopicMatrix,
  countStatementTallies,
  forgetTallies,
  topicsOfActor,
  weeksBySide,
  weeksOfActor,
} from "../../../src/db/search/tallies.ts";
import { useDatabase } from "../../support/database.ts";
import { buildDay, buildStatement } from "../../support/readings.ts";
import { buildCapture } from "../../support/rows.ts";
import { keepCatalogue, keepDocument, keepWords } from "../../web/archive.ts";

const db = useDatabase();
const NOW = new Date("2026-06-01T00:00:00Z");
const LONG_AGO = new Date("2020-01-01T00:00:00Z");
const by = (...ids: string[]) => ids.map((actorId) => ({ actorId, method: "exact" as const, confidence: 1 }));
const about = (...ids: string[]) => ids.map((id) => ({ id, score: 1, evidence: [] }));

/** When the statements were last counted; null before the first time. */
async function tallyReach(db: Database): Promise<Date | null> {
  const [row] = await db.execute<{ at: string }>(sql`select counted_at as at from tally_mark`);
  return row ? new Date(row.at) : null;
}

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
    const onSafety = await weeksBySide(db(), LONG_AGO, "frontier.safety");
    expect(onSafety.reduce((sum, { statements }) => sum + statements, 0)).toBe(2);
    expect(await actorTopicMatrix(db(), LONG_AGO, 10)).toEqual([
      { actorId: "ada-example", topicId: "frontier", statements: 1 },
      { actorId: "southmark", topicId: "frontier", statements: 1 },
    ]);
    expect(await topicsOfActor(db(), "southmark")).toEqual([
      { topicId: "frontier.safety", statements: 1, first: "2026-05", last: "2026-05" },
    ]);
    expect((await actorsOnTopic(db(), "frontier.safety", LONG_AGO, 1)).map(({ id }) => id)).toEqual(["ada-example"]);
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

describe("documents that are read again", () => {
  /** Every tally as it would be counted statement by statement today. */
  const counted = () =>
    db().execute(sql`
      select unit, starts_on::text, side, actor_id, topic_id, count(distinct id)::int as statements,
        (count(distinct id) filter (where topic_id is not null))::int as on_topic
      from (
        select s.id, u.unit, a.bloc as side, a.id as actor_id, carried.id as topic_id,
          case when u.unit in ('undated', 'ever') then date '1970-01-01' else date_trunc(u.unit, s.said_instant at time zone 'UTC')::date end as starts_on
        from statements s join documents d on d.current_version_id = s.version_id
        join (values ('week'), ('month'), ('undated'), ('ever')) as u (unit)
          on u.unit = 'ever' or (u.unit = 'undated') = (s.said_instant is null)
        left join statement_actors sa on sa.statement_id = s.id left join actors a on a.id = sa.actor_id
        left join (
          select st.statement_id, t.id from statement_topics st join topics leaf on leaf.id = st.topic_id
          join topics t on t.id in (leaf.id, leaf.parent_id)
        ) as carried on carried.statement_id = s.id
      ) as said
      group by grouping sets ((unit, starts_on), (unit, starts_on, side), (unit, starts_on, actor_id), (unit, starts_on, topic_id),
        (unit, starts_on, side, topic_id), (unit, starts_on, actor_id, topic_id))
      having (grouping(side) = 1 or side is not null) and (grouping(actor_id) = 1 or actor_id is not null)
        and (grouping(topic_id) = 1 or topic_id is not null)
        and not (unit = 'week' and actor_id is not null and topic_id is not null)
      order by 1, 2, 3 nulls first, 4 nulls first, 5 nulls first`);
  const kept = () =>
    db().execute(sql`
      select unit, starts_on::text, side, actor_id, topic_id, statements, on_topic from statement_tallies
      order by 1, 2, 3 nulls first, 4 nulls first, 5 nulls first`);
  const TOPICS = ["frontier.safety", "process.channel"];
  const says = (words: readonly string[], actorIds: readonly string[], day: string | null, topicIds = TOPICS) => {
    const text = words.join("\n");
    return {
      text,
      statements: words.map((line, index) =>
        buildStatement(text, line, {
          ...{ actors: by(...actorIds.slice(0, index + 1)), saidAt: day === null ? null : buildDay(day) },
          ...(index === 0 ? { topics: about(...topicIds) } : {}),
        }),
      ),
    };
  };

  test("take their old statements out of the tallies and put their new ones in", async () => {
    const places = [];
    for (const name of ["a", "b", "c", "d"]) {
      const url = `https://norland.example/${name}`;
      const capture = await buildCapture(db(), { url, identity: url });
      await keepDocument(db(), {
        ...says([`First ${name}.`, `Second ${name}.`], ["ada-example", "southmark"], "2026-04-29"),
        capture,
      });
      places.push(url);
    }
    await countStatementTallies(db(), NOW);
    expect(await kept()).toEqual(await counted());
    const [edited, undated, emptied, offTopic] = places as [string, string, string, string];
    const again = async (url: string, now: ReturnType<typeof says>) =>
      keepDocument(db(), { ...now, cause: "edited", capture: await buildCapture(db(), { url, identity: url }) });
    await again(edited, says(["First a.", "Third a, in its place."], ["southmark", "norland"], "2026-05-01"));
    await again(undated, says(["First b."], ["ada-example"], null));
    await again(offTopic, says(["First d.", "Second d."], ["ada-example", "southmark"], "2026-04-29", []));
    await again(emptied, { text: "Nobody says anything.", statements: [] });
    expect(await statementCount(db())).toBe(11);
    expect(await countStatementTallies(db(), NOW)).toBe(true);
    expect(await kept()).toEqual(await counted());
    expect(await statementCount(db())).toBe(11);
  });

  test("are counted to the same when everything is counted anew", async () => {
    const before = await kept();
    await db().transaction((tx) => forgetTallies(tx));
    expect(await kept()).toEqual([]);
    expect(await statementCount(db())).toBe(11);
    await countStatementTallies(db(), NOW);
    expect(await kept()).toEqual(before);
  });
});

describe("upper topics", () => {
  const matrixOf = async (actorId: string) => {
    const cells = (await actorTopicMatrix(db(), LONG_AGO, 10)).filter((cell) => cell.actorId === actorId);
    return Object.fromEntries(cells.map(({ topicId, statements }) => [topicId, statements]));
  };

  test("count a statement once, however many of their leaves it carries", async () => {
    await db().execute(sql`
      insert into topics (id, label, parent_id, definition) values ('frontier.red-lines', 'Red lines', 'frontier', 'Invented.')`);
    const { frontier = 0 } = await matrixOf("norland");
    await keepWords(db(), "On two leaves.", {
      actors: by("norland"),
      topics: about("frontier.safety", "frontier.red-lines"),
      day: "2026-05-18",
    });
    await countStatementTallies(db(), NOW);
    expect(await matrixOf("norland")).toMatchObject({ frontier: frontier + 1 });
    const spoken = (await topicsOfActor(db(), "norland")).map(({ topicId }) => topicId);
    expect(spoken).toContain("frontier.red-lines");
    expect(spoken).not.toContain("frontier");
  });

  test("have everything counted anew when a leaf comes under another", async () => {
    const { frontier = 0, process = 0 } = await matrixOf("norland");
    await db().execute(sql`update topics set parent_id = 'process' where id = 'frontier.red-lines'`);
    expect(await matrixOf("norland")).toEqual({});
    await countStatementTallies(db(), NOW);
    expect(await matrixOf("norland")).toEqual({ frontier, process: process + 1 });
  });
});
