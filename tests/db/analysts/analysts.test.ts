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
  const rows = await db().execute<{ name: string; column: string }>(sql`
    select distinct table_name as name, column_name as "column" from information_schema.view_column_usage where view_schema = 'parley'`);
  const read = (table: string) => rows.filter(({ name }) => name === table).map(({ column }) => column);
  expect(read("statements")).toContain("words");
  for (const table of ["subscribers", "digest_developments", "letters", "tokens"]) expect(read(table)).toEqual([]);
  expect(read("endpoints").sort()).toEqual(["id", "kind"]);
  for (const column of ["subscriber_id", "subject", "html", "plain", "message", "message_id", "is_personal", "day"])
    expect(read("digests")).not.toContain(column);
  for (const column of ["request", "response", "message"]) expect(read("delivery_attempts")).not.toContain(column);
});

/** Made from others and made anew at will, or of no meaning but to Parley; with who is told what, and what opens doors. */
const UNSEEN = [
  ...["change_clock", "changes", "class_texts", "development_index", "development_types", "digest_developments"],
  ...["dismissed_patterns", "document_families", "document_index", "fingerprints", "history_seals", "host_turns"],
  ...["incidents", "installation", "letters", "parley_migrations", "places", "row_changes", "rule_endpoints"],
  ...[
    "search_state",
    "sketch_hashes",
    "source_moves",
    "stage_failures",
    "stance_shift_corrections",
    "statement_repeats",
    "statement_tallies",
  ],
  ...["subscribers", "tallied_versions", "tally_mark", "tokens", "version_sketches"],
];

test("every table of the record has a view, but for those that are made from others or say whom is told", async () => {
  const rows = await db().execute<{ name: string }>(sql`
    select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and not exists (select from information_schema.view_table_usage u where u.view_schema = 'parley' and u.table_name = c.relname)
    order by 1`);
  expect(rows.map(({ name }) => name)).toEqual(UNSEEN);
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
    "do $$ begin for i in 1..1000000 loop execute 'notify parley'; end loop; end $$",
    "select set_config('work_mem', '2GB', false)",
    "update pg_settings set setting = '2GB' where name = 'work_mem'",
    "set temp_file_limit = -1",
    "select pg_notify('parley', 'x')",
    "do $$ begin lock table parley.statements in access exclusive mode; end $$",
  ];
  test.each(hostile)("that asks for %s is refused or cut", { timeout: 20_000 }, async (text) => {
    const started = performance.now();
    await expect(analyst.unsafe(text)).rejects.toThrow();
    expect(performance.now() - started).toBeLessThan((ANALYST_SECONDS + 5) * 1_000);
    await vi.waitFor(() => analyst`select 1 as one`, { timeout: 5_000 });
  });
});

describe("the session of an analyst", () => {
  test.each([
    "listen parley",
    "notify parley, 'x'",
    "/* in passing */ Notify parley",
    "select 1; -- and then\n listen parley",
    "set work_mem = '2GB'",
    "set session hash_mem_multiplier = 100",
    `set U&"\\0077ork_mem" = '2GB'`,
  ])("that says %s is ended", { timeout: 20_000 }, async (text) => {
    const { host, port, database, user, pass } = analyst.options;
    const one = postgres({
      host: host[0],
      port: port[0],
      database,
      user,
      password: pass ?? "",
      max: 1,
      prepare: false,
    });
    try {
      const [mine] = await one`select pg_backend_pid() as pid`;
      await one.unsafe(text).catch(() => {});
      const there = () => db().execute(sql`select 1 from pg_stat_activity where pid = ${Number(mine?.pid)}::integer`);
      await vi.waitFor(async () => expect(await there()).toHaveLength(0), { timeout: 5_000, interval: 100 });
    } finally {
      await one.end({ timeout: 1 });
    }
  });

  test("that sets what is its own business, or asks about such words, goes on", async () => {
    await analyst.begin(async (asks) => {
      const [before] = await asks`select pg_backend_pid() as pid`;
      await asks`set local extra_float_digits = 3`;
      await asks`select setting from pg_settings where name = 'work_mem' and 'listen; to notify' <> ''`;
      await cutAnalysts(db());
      expect(await asks`select pg_backend_pid() as pid`).toEqual([before]);
    });
  });
});

test("the owner of the archive can do what is taken from everybody", async () => {
  await expect(
    db().execute(sql`do $$ begin perform set_config('work_mem', '64MB', true); end $$`),
  ).resolves.toBeDefined();
});

test("a name that is none is refused", async () => {
  await expect(grantAnalyst(db(), "Robert'); drop")).rejects.toMatchObject({ code: "bad-input" });
});
