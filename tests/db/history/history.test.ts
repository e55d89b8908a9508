import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Chance, chanceFrom } from "../../../bench/site/chance.ts";
import { sealHistory, verifyHistory } from "../../../src/db/history/history.ts";
import { notedTables, sealedTables } from "../../../src/db/history/sealed-tables.ts";
import { useDatabase } from "../../support/database.ts";
import { noon } from "../../support/moments.ts";
import { keepOneOfEach } from "../../support/one-record-of-each.ts";
import { buildStatement } from "../../support/readings.ts";
import { keepCatalogue, keepDocument } from "../../web/archive.ts";

const db = useDatabase();
/** A connection that anybody could have who knows the password, and one as Parley has them. */
let owner: postgres.Sql;
let parley: postgres.Sql;

beforeAll(async () => {
  await keepCatalogue(db());
  for (let page = 0; page < 40; page += 1) {
    const text = Array.from({ length: 25 }, (_, line) => `Sentence ${line} of page ${page} about the hotline.`).join(
      "\n",
    );
    await keepDocument(db(), { text, statements: text.split("\n").map((line) => buildStatement(text, line)) });
  }
  owner = postgres(db.url(), { max: 1, onnotice: () => {} });
  parley = postgres(db.url(), { max: 1, onnotice: () => {}, connection: { application_name: "parley" } });
  await keepOneOfEach(parley);
});
afterAll(async () => {
  await owner?.end();
  await parley?.end();
});

/** Columns of sealed tables that move: what has read a row, what is due, what a list says now. */
const moving: Readonly<Record<string, readonly string[]>> = {
  captures: ["read_by"],
  versions: ["detected_by", "recorded_by"],
  documents: ["current_version_id", "next_check_at", "checks", "withdrawn_at"],
  items: [
    "title",
    "summary",
    "content",
    "said_sha256",
    "outcome",
    "failure_code",
    "message",
    "document_id",
    "decided_at",
  ],
};

/** What a hand makes of a value, by the type of its column. */
const edited: Readonly<Record<string, (column: string) => string>> = {
  text: (column) => `coalesce(${column}, '') || '.'`,
  integer: (column) => `coalesce(${column}, 0) + 1`,
  bigint: (column) => `coalesce(${column}, 0) + 1`,
  real: (column) => `${column} / 2`,
  boolean: (column) => `not ${column}`,
  date: (column) => `${column} + 1`,
  jsonb: (column) => `jsonb_build_array(${column})`,
  ARRAY: (column) => `array_append(${column}, null)`,
  "timestamp with time zone": (column) => `coalesce(${column}, now()) + interval '1 second'`,
};

type Target = {
  readonly table: string;
  readonly key: readonly string[];
  readonly columns: readonly string[];
  readonly decided: string | null;
};

/** All tables of the record, each with its key and the columns that a hand may not touch. */
async function targets(): Promise<readonly Target[]> {
  const columns = await owner<{ table: string; name: string }[]>`
    select table_name as table, column_name as name from information_schema.columns where table_schema = 'public' order by ordinal_position`;
  const sealed = sealedTables.map(({ noun }) => {
    const table = `${noun}s`;
    const own = columns.filter((one) => one.table === table).map(({ name }) => name);
    return {
      table,
      key: ["id"],
      columns: own.filter((name) => name !== "id" && !moving[table]?.includes(name)),
      decided: null,
    };
  });
  return [...sealed, ...notedTables];
}

/** A key as notes write it. */
const keyOf = (key: readonly string[]) =>
  `parley_row_key(to_jsonb(t), array[${key.map((name) => `'${name}'`).join(", ")}])`;

const nameOf = (table: string) => (table === "deliveries" ? "delivery" : table.replace(/s$/, ""));

/** Makes one edit of a row, as somebody can who owns the server; false where Postgres does not have it. */
async function tamper({ table, key, columns }: Target, row: string, chance: Chance): Promise<boolean> {
  const [column = ""] = columns.slice(Math.floor(chance() * columns.length));
  const [type] = await owner<{ name: string }[]>`
    select data_type as name from information_schema.columns where table_name = ${table} and column_name = ${column} and table_schema = 'public'`;
  const change = edited[type?.name ?? ""];
  if (!change) throw new Error(`${table}.${column} is of the type ${type?.name}`);
  const where = `${keyOf(key)} = '${row}'`;
  const isRemoval = chance() < 0.1 || key.includes(column);
  const does = isRemoval ? `delete from ${table} t` : `update ${table} t set ${column} = ${change(column)}`;
  try {
    return (await owner.unsafe(`${does} where ${where}`)).count === 1;
  } catch (error) {
    // What a constraint refuses is no edit.
    if (/violates/.test(String(error))) return false;
    throw error;
  }
}

describe("the sealed record", () => {
  test("is sealed once, and verifies", async () => {
    const made = await sealHistory(db(), noon);
    expect(made).toBeGreaterThan(40 * 3 + 1_000 + 30 * 40);
    expect(await sealHistory(db(), noon)).toBe(0);
    expect(await verifyHistory(db())).toMatchObject({ rows: made, breaches: [] });
  });

  test("leaves rows for later that come after some still being written, and seals them all then", async () => {
    await parley.begin(async (sql) => {
      await sql`insert into source_moves (source_id, from_url, moved_at) values ('norland-briefings', 'https://first.example', now())`;
      await keepDocument(db(), { text: "One more line.", statements: [] });
      expect(await sealHistory(db(), noon, 0)).toBe(0);
    });
    expect(await sealHistory(db(), noon)).toBe(1 + 3);
    expect((await verifyHistory(db())).breaches).toEqual([]);
  });

  test("takes what Parley itself changes, and no other change of the same row, also where Parley changes it later", async () => {
    await parley`update developments set families = families + 1 where id in (48, 49)`;
    expect((await verifyHistory(db())).breaches).toEqual([]);
    await owner`update developments set summary = 'Nothing happened.' where id = 48`;
    const wasChanged = { row: "development 48", what: "it was changed after it was recorded" };
    expect((await verifyHistory(db())).breaches).toEqual([wasChanged]);
    await parley`update developments set families = families + 1 where id in (48, 49)`;
    await sealHistory(db(), noon);
    const behind = { row: "development 48", what: "it was changed behind the back of a later change" };
    expect((await verifyHistory(db())).breaches).toEqual([behind]);
  });

  test("takes what Parley decides about items and withdrawals, and nothing that another hand decides", async () => {
    const before = (await verifyHistory(db())).breaches;
    const waiting = await parley<{ id: string }[]>`
      insert into items (source_id, key, first_seen_at) values ('norland-briefings', 'first', now()), ('norland-briefings', 'second', now())
      returning id`;
    const [first = "", second = ""] = waiting.map(({ id }) => id);
    await parley`update items set outcome = 'failed', failure_code = 'http-gone', decided_at = now() where id = ${first}`;
    await parley`update documents set withdrawn_at = now() where id in (1, 2)`;
    await parley`update documents set withdrawn_at = null where id = 2`;
    await sealHistory(db(), noon);
    expect((await verifyHistory(db())).breaches).toEqual(before);
    await owner`update items set failure_code = 'http-busy' where id = ${first}`;
    await owner`update items set outcome = 'refused', decided_at = now() where id = ${second}`;
    await owner`update documents set withdrawn_at = null where id = 1`;
    const shown = (await verifyHistory(db())).breaches.filter(({ row }) => !before.some((one) => one.row === row));
    expect(shown).toEqual([
      { row: "document 1", what: "it, or its withdrawn_at, was removed" },
      { row: `item ${first}`, what: "it was changed after it was recorded" },
      { row: `item ${second}`, what: "it was put in later" },
    ]);
  });

  test("shows rows put in by another hand", async () => {
    const before = (await verifyHistory(db())).breaches;
    await owner`insert into meeting_points (meeting_id, topic_id, verdict, first_words) values (1, 'frontier.safety', 'only-first', 'never said')`;
    const shown = (await verifyHistory(db())).breaches;
    expect(shown).toHaveLength(before.length + 1);
    expect(shown).toContainEqual({ row: "meeting_point 1.frontier.safety", what: "it was put in later" });
  });

  test("shows every one of 1,000 edits behind its back, in all of its tables, and nothing else", {
    timeout: 120_000,
  }, async () => {
    await sealHistory(db(), noon);
    const before = new Set((await verifyHistory(db())).breaches.map(({ row }) => row));
    const chance = chanceFrom(1_000);
    await owner`set session_replication_role = replica`;
    const all = await targets();
    const rows = new Map<Target, string[]>();
    for (const target of all) {
      const { table, key, decided } = target;
      const counts = decided === null ? "true" : `${decided} is not null`;
      const found = await owner.unsafe(`select ${keyOf(key)} as row from ${table} t where ${counts} order by 1`);
      rows.set(
        target,
        found.map(({ row }) => String(row)).filter((row) => !before.has(`${nameOf(table)} ${row}`)),
      );
    }
    const notes = await owner<
      { id: string; noun: string; row: string }[]
    >`select id, noun, row_key as row from row_changes`;
    const rowOf = new Map(notes.map(({ id, noun, row }) => [`row_change ${id}`, `${nameOf(noun)} ${row}`]));
    const done = new Map<string, string>();
    while (done.size < 1_000) {
      const target = all[Math.floor(chance() * all.length)] as Target;
      const left = rows.get(target) ?? [];
      const row = left[Math.floor(chance() * left.length)];
      const name = `${nameOf(target.table)} ${row}`;
      // A row and its note are not edited both: removed together, the note alone is missed.
      const isFree =
        !done.has(name) && ![...done.keys()].some((other) => rowOf.get(other) === name || rowOf.get(name) === other);
      if (row === undefined || !isFree || !(await tamper(target, row, chance))) continue;
      left.splice(left.indexOf(row), 1);
      done.set(name, target.table);
    }
    const shown = (await verifyHistory(db())).breaches.map(({ row }) => row);
    expect([...done.keys()].filter((row) => !shown.includes(row))).toEqual([]);
    expect([...new Set(done.values())].sort()).toEqual([...new Set(all.map(({ table }) => table))].sort());
    // An edited note shows the row that it is of as well, and that which it now says it is of.
    const noted = await owner<
      { id: string; noun: string; row: string }[]
    >`select id, noun, row_key as row from row_changes`;
    const edited = noted
      .filter(({ id }) => done.has(`row_change ${id}`))
      .map(({ noun, row }) => `${nameOf(noun)} ${row}`);
    const ofNotes = [...done.keys()].flatMap((name) => rowOf.get(name) ?? []);
    const explained = new Set([...before, ...done.keys(), ...ofNotes, ...edited]);
    expect(shown.filter((row) => !explained.has(row))).toEqual([]);
  });

  test("shows tags that were changed, and seals that were touched", async () => {
    await owner`update statement_topics set score = score / 2 where statement_id = (select min(statement_id) from statement_topics)`;
    await owner`update history_seals set digests = overlay(digests placing 'ffff' from 1) where number = 1`;
    const { breaches } = await verifyHistory(db());
    expect(breaches).toContainEqual({ row: "seal 1", what: "it is not as it was written" });
  });

  test("has its changes noted by triggers that name the same columns as the check", async () => {
    const triggers = await owner<{ table: string; arguments: string }[]>`
      select c.relname as table, encode(t.tgargs, 'escape') as arguments from pg_trigger t join pg_class c on c.oid = t.tgrelid
      join pg_proc p on p.oid = t.tgfoid where p.proname in ('parley_note_rows', 'parley_note_decision') order by c.relname, t.tgname`;
    const expected = notedTables.flatMap(({ table, key, columns, decided }) => {
      const given = [key.join(","), columns.join(","), ...(decided === null ? [] : [decided])];
      return [1, 2, 3].map(() => ({ table, arguments: given.map((one) => `${one}\\000`).join("") }));
    });
    const byTable = (a: { table: string }, b: { table: string }) =>
      a.table < b.table ? -1 : a.table > b.table ? 1 : 0;
    expect([...triggers].sort(byTable)).toEqual([...expected].sort(byTable));
  });
});
