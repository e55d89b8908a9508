import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { ANALYST_SECONDS, cutAnalysts, grantAnalyst } from "../../../src/db/analysts/analysts.ts";
import { makeViews } from "../../../src/db/analysts/make-views.ts";
import { views } from "../../../src/db/analysts/views.ts";
import { workedQueries } from "../../../src/db/analysts/worked-queries.ts";
import { useDatabase } from "../../support/database.ts";
import { keepCatalogue, keepWords } from "../../web/archive.ts";

const db = useDatabase();
const name = `tester_${process.pid}`;
let analyst: postgres.Sql;
let watchdog: NodeJS.Timeout;

beforeAll(async () => {
  await keepCatalogue(db());
  await keepWords(db(), "We will keep the hotline open.", { day: "2026-05-19" });
  await makeViews(db());
  await makeViews(db());
  const password = await grantAnalyst(db(), name);
  const url = new URL(db.url());
  url.username = `analyst_${name}`;
  url.password = password;
  analyst = postgres(url.href, { max: 2, onnotice: () => {}, prepare: false });
  watchdog = setInterval(() => void cutAnalysts(db()).catch(() => 0), 500);
});

afterAll(async () => {
  clearInterval(watchdog);
  await analyst?.end({ timeout: 1 });
  await db().execute(sql`drop owned by ${sql.identifier(`analyst_${name}`)}`);
  await db().execute(sql`drop role ${sql.identifier(`analyst_${name}`)}`);
});

test("no view shows analysts who reads digests, what they watch, where alerts go or what signs them", async () => {
  const rows = await db().execute<{ name: string }>(
    sql`select distinct table_name as name from information_schema.view_table_usage where view_schema = 'parley'`,
  );
  const read = rows.map(({ name }) => name);
  expect(read).toContain("statements");
  for (const table of ["subscribers", "digests", "digest_developments", "letters", "endpoints", "deliveries", "tokens"])
    expect(read).not.toContain(table);
});

test("the data dictionary names every column of every view, with its type", async () => {
  const columns = await db().execute<{ view: string; column: string; type: string }>(sql`
    select c.relname as view, a.attname as "column", format_type(a.atttypid, a.atttypmod) as type
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'parley'::regnamespace and a.attnum > 0 order by c.relname, a.attnum`);
  const written = views.flatMap((view) => view.columns.map(([column, type]) => ({ view: view.name, column, type })));
  const byView = (a: { view: string }, b: { view: string }) => (a.view < b.view ? -1 : a.view > b.view ? 1 : 0);
  expect([...columns]).toEqual([...written].sort(byView));
});

describe("an analyst", () => {
  test.each(workedQueries)("can ask: $asks", async ({ sql: text }) => {
    await expect(analyst.unsafe(text)).resolves.toBeDefined();
  });

  test("reads the statements with their lasting names", async () => {
    const [row] = await analyst`select words, actor_ids, sides, statement_key from parley.statements`;
    expect(row).toMatchObject({ words: "We will keep the hotline open.", actor_ids: ["norland"], sides: ["North"] });
    expect(row?.statement_key).toMatch(/^[0-9a-f]{32}$/);
  });

  const hostile = [
    "insert into public.statements select * from public.statements",
    "update parley.statements set words = 'x'",
    "delete from parley.sources",
    "truncate public.statements",
    "drop view parley.statements",
    "create table public.mine (a int)",
    "create temporary table mine (a int)",
    "set default_transaction_read_only = off; update public.actors set name = 'x'",
    "select * from public.tokens",
    "select * from public.endpoints",
    "select * from public.subscribers",
    "select lo_create(0)",
    "select pg_advisory_lock(1346458188)",
    "copy parley.statements to program 'cat'",
    "copy parley.statements to '/tmp/out.csv'",
    "select pg_read_file('/etc/passwd')",
    "set role postgres",
    "alter role current_user superuser",
    "select pg_terminate_backend(pid) from pg_stat_activity where usename <> current_user",
    "set statement_timeout = 0; select pg_sleep(60)",
    "set statement_timeout = 0; select count(*) from generate_series(1, 100000000) a, generate_series(1, 100000) b",
    "set statement_timeout = 0; with recursive r as (select 1 n union all select n + 1 from r) select max(n) from r",
    "set work_mem = '1GB'; set statement_timeout = 0; select count(*) from (select a from generate_series(1, 500000000) a order by md5(a::text)) s",
    "do $$ begin lock table parley.statements in access exclusive mode; end $$",
  ];
  test.each(hostile)("that asks for %s is refused or cut", { timeout: 20_000 }, async (text) => {
    const started = performance.now();
    await expect(analyst.unsafe(text)).rejects.toThrow();
    expect(performance.now() - started).toBeLessThan((ANALYST_SECONDS + 5) * 1_000);
    await vi.waitFor(() => analyst`select 1 as one`, { timeout: 5_000 });
  });
});

test("a name that is none is refused", async () => {
  await expect(grantAnalyst(db(), "Robert'); drop")).rejects.toMatchObject({ code: "bad-input" });
});
