import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { statementsOf } from "../../../src/db/archive/statements.ts";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import { verifyArchive } from "../../../src/db/history/verify.ts";
import { buildCatalogue } from "../../support/catalogue.ts";
import { useDatabase } from "../../support/database.ts";
import { noon } from "../../support/moments.ts";
import { buildStatement } from "../../support/readings.ts";
import { buildDevelopment, buildVersion } from "../../support/rows.ts";

const db = useDatabase();
const text = "😀 发言人说：“我们将对话。” The spokesperson said: “We will talk.”";
let kept: { versionId: number; documentId: number; developmentId: number };

beforeEach(async () => {
  await saveCatalogue(db(), buildCatalogue(), noon);
  const statements = [buildStatement(text, "我们将对话。"), buildStatement(text, "We will talk.")];
  const version = await buildVersion(db(), { article: { text }, statements });
  const place = { start: text.indexOf("We"), end: text.indexOf("We") + 7 };
  kept = await buildDevelopment(db(), { version, evidence: [place] });
});

afterEach(async () => {
  await tamper("truncate bodies, captures, versions, statements, development_evidence, developments cascade");
});

/** Changes what was recorded, as only somebody can who owns the server. */
async function tamper(statement: string): Promise<void> {
  await db().transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    for (const table of ["bodies", "captures", "versions", "statements", "polls"])
      await tx.execute(sql.raw(`alter table ${table} disable trigger user`));
    await tx.execute(sql.raw(statement));
    for (const table of ["bodies", "captures", "versions", "statements", "polls"])
      await tx.execute(sql.raw(`alter table ${table} enable trigger user`));
  });
}

describe("an archive", () => {
  test("that nobody touched has no breach", async () => {
    const result = await verifyArchive(db(), null);
    expect(result).toEqual({ bodies: 1, versions: 1, statements: 2, evidence: 1, breaches: [] });
  });

  test("is checked one document at a time where one is named", async () => {
    await buildVersion(db());
    expect(await verifyArchive(db(), kept.documentId)).toMatchObject({ bodies: 1, versions: 1, statements: 2 });
    expect(await verifyArchive(db(), null)).toMatchObject({ bodies: 2, versions: 2 });
  });

  test.each([
    ["a text with one other character", "update versions set text = replace(text, 'talk', 'walk')", "version"],
    ["bytes that do not unpack", "update bodies set gzipped = '\\x00'", "body"],
    [
      "bytes of another page",
      "update bodies set gzipped = (select gzipped from bodies limit 1), sha256 = md5('x')",
      "body",
    ],
    ["a length that is not theirs", "update bodies set byte_length = byte_length + 1", "body"],
    ["words that were put into a mouth", "update statements set words = 'We will not talk.'", "statement"],
    ["a span that was moved by one", `update statements set content = '[{"start": 1, "end": 5}]'`, "statement"],
    ["evidence with other words", "update development_evidence set words = 'We won’t'", "evidence"],
    ["evidence elsewhere", "update development_evidence set span_start = span_start + 1", "evidence"],
  ])("tells of %s", async (_, statement, row) => {
    await tamper(statement);
    const { breaches } = await verifyArchive(db(), null);
    expect(breaches.length).toBeGreaterThan(0);
    expect(breaches.some((breach) => breach.row.startsWith(row))).toBe(true);
  });

  test("names the row that was changed and no other", async () => {
    const [first] = await statementsOf(db(), kept.versionId);
    await tamper(`update statements set words = 'other' where id = ${first?.id}`);
    const { breaches } = await verifyArchive(db(), null);
    expect(breaches).toEqual([{ row: `statement ${first?.id}`, what: "its spans do not cut out its words" }]);
  });

  test("of many documents is checked to the last", async () => {
    for (let count = 0; count < 120; count += 1) await buildVersion(db());
    await tamper("update versions set text = 'other' where id = (select max(id) from versions)");
    const result = await verifyArchive(db(), null);
    expect([result.versions, result.bodies, result.breaches.length]).toEqual([121, 121, 1]);
  });
});
