import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { markRead } from "../../src/db/archive/captures.ts";
import { saveCatalogue } from "../../src/db/collection/catalogue.ts";
import { savePoll } from "../../src/db/collection/polls.ts";
import { buildCatalogue } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { noon } from "../support/moments.ts";
import { buildArticle, buildStatement } from "../support/readings.ts";
import { buildVersion, buildWatchedSource } from "../support/rows.ts";

const db = useDatabase();
let captureId: number;

beforeAll(async () => {
  await saveCatalogue(db(), buildCatalogue(), noon);
  const statements = [buildStatement(buildArticle().text, "We will talk.")];
  ({ captureId } = await buildVersion(db(), { statements }));
  const sourceId = await buildWatchedSource(db());
  await savePoll(db(), {
    ...{ sourceId, startedAt: noon, finishedAt: noon, nextPollAt: noon, httpStatus: 304, outcome: "unchanged" },
  });
});

describe("what was recorded is never changed", () => {
  test.each([
    ["bodies", "update bodies set byte_length = 1"],
    ["captures", "update captures set headers = '{}'"],
    ["captures", "update captures set fetched_at = now()"],
    ["captures", "update captures set body_sha256 = body_sha256"],
    ["versions", "update versions set text = 'other words'"],
    ["versions", "update versions set text_sha256 = ''"],
    ["versions", "update versions set published_at = null"],
    ["versions", "update versions set cause = 'reread', detected_by = 1"],
    ["statements", "update statements set words = 'other words'"],
    ["statements", "update statements set speaker = null"],
    ["statement_actors", "update statement_actors set confidence = 1"],
    ["statement_topics", "update statement_topics set score = 1"],
    ["polls", "update polls set message = null"],
    ["deliveries", "update deliveries set body = '{}'"],
    ["deliveries", "update deliveries set endpoint_id = endpoint_id, status = 'failed'"],
    ["rechecks", "update rechecks set outcome = 'same'"],
    ["source_moves", "update source_moves set to_url = null"],
    ["row_changes", "update row_changes set after = null"],
  ])("%s: %s", async (table, statement) => {
    await expect(db().execute(sql.raw(statement))).rejects.toMatchObject({
      cause: { message: expect.stringContaining(`UPDATE on ${table} is refused`) },
    });
  });

  test.each([
    "bodies",
    "captures",
    "versions",
    "statements",
    "statement_actors",
    "statement_topics",
    "polls",
    "rechecks",
    "source_moves",
    "row_changes",
  ])("and never deleted: %s", async (table) => {
    await expect(db().execute(sql.raw(`delete from ${table}`))).rejects.toMatchObject({
      cause: { message: expect.stringContaining("is refused") },
    });
    await expect(db().execute(sql.raw(`truncate ${table} cascade`))).rejects.toMatchObject({
      cause: { message: expect.stringContaining("is refused") },
    });
  });

  test("not even where no row would be touched", async () => {
    await expect(db().execute(sql`delete from versions where false`)).rejects.toThrow();
  });

  test("but the marks of who has seen a row may move", async () => {
    await expect(markRead(db(), captureId, 2)).resolves.toBeUndefined();
    await expect(db().execute(sql`update versions set detected_by = 2`)).resolves.toBeDefined();
  });
});
