import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { Failure } from "../../domain/failure.ts";
import type { Database } from "../client.ts";

/** The role whose members may read the views of the schema `parley`, and nothing else. */
export const ANALYSTS = "parley_analysts";

/** Longest question of an analyst, seconds. */
export const ANALYST_SECONDS = 5;
const MOST_CONNECTIONS = 3;

/**
 * Makes a role that can read the views and do nothing else, or gives the one of this name a new password.
 *
 * What the role may not do is refused by Postgres itself: it owns nothing, may make no table, not even a temporary one, and holds at
 * most three connections. Postgres lets everybody lift their own time limit, so `cutAnalysts` ends what runs longer.
 *
 * @returns The password, which is kept nowhere.
 * @throws {Failure} `bad-input` for a name that is none; `bad-setting` when our own role may not make roles.
 */
export async function grantAnalyst(db: Database, name: string): Promise<string> {
  if (!/^[a-z][a-z0-9_]{0,39}$/.test(name)) {
    throw new Failure(
      "bad-input",
      `grant-analyst ${name}: expected a name of a-z, 0-9 and _ that begins with a letter.`,
    );
  }
  const role = sql.identifier(`analyst_${name}`);
  const all = sql.identifier(ANALYSTS);
  const password = randomBytes(24).toString("base64url");
  try {
    await db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext('parley analysts'))`);
      const has = async (wanted: string) =>
        (await tx.execute(sql`select 1 from pg_roles where rolname = ${wanted}`)).length > 0;
      if (!(await has(ANALYSTS))) await tx.execute(sql`create role ${all} nologin`);
      if (!(await has(`analyst_${name}`))) await tx.execute(sql`create role ${role} login in role ${all}`);
      await tx.execute(sql`alter role ${role} with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls
        connection limit ${sql.raw(String(MOST_CONNECTIONS))} password ${sql.raw(`'${password}'`)}`);
      const settings = {
        ...{ statement_timeout: `${ANALYST_SECONDS}s`, idle_in_transaction_session_timeout: "10s", lock_timeout: "1s" },
        ...{
          default_transaction_read_only: "on",
          search_path: "parley",
          work_mem: "32MB",
          idle_session_timeout: "30min",
        },
      };
      for (const [setting, value] of Object.entries(settings)) {
        await tx.execute(sql`alter role ${role} set ${sql.identifier(setting)} = ${sql.raw(`'${value}'`)}`);
      }
      await fence(tx, role);
    });
  } catch (error) {
    const code = (error as { cause?: { code?: string } }).cause?.code;
    if (code !== "42501") throw error;
    throw new Failure(
      "bad-setting",
      "The role in DATABASE_URL may not make roles. Let an administrator of that Postgres give it CREATEROLE, or run this command as one.",
      { cause: error },
    );
  }
  return password;
}

/**
 * Takes from everybody what would let an analyst write, lock, loop or fill the disk, and lets analysts read the views. The owner of the
 * archive keeps all of it: it need not be the administrator who grants.
 */
async function fence(tx: Database, role: ReturnType<typeof sql.identifier>): Promise<void> {
  const all = sql.identifier(ANALYSTS);
  const [row] = await tx.execute<{ name: string; superuser: boolean }>(
    sql`select current_database() as name, (select rolsuper from pg_roles where rolname = current_user) as superuser`,
  );
  const database = sql.identifier(row?.name ?? "");
  await tx.execute(sql`revoke temporary, create on database ${database} from public`);
  await tx.execute(sql`revoke create on schema public from public`);
  await tx.execute(sql`grant connect on database ${database} to ${all}`);
  await tx.execute(sql`grant usage on schema parley to ${all}`);
  await tx.execute(sql`grant select on all tables in schema parley to ${all}`);
  if (!row?.superuser) return;
  // These need an administrator: disk for sorting, locks that our own processes wait for, large objects, settings and commands by the back door.
  await tx.execute(sql`alter role ${role} set temp_file_limit = '256MB'`);
  await tx.execute(sql`do $$ declare f regprocedure; keeper name := (select tableowner from pg_tables where schemaname = 'public' and tablename = 'statements'); begin
    for f in select oid::regprocedure from pg_proc where pronamespace = 'pg_catalog'::regnamespace
      and (proname like 'pg\\_advisory%' or proname like 'pg\\_try\\_advisory%' or proname ~ '^lo_(creat|create|from_bytea|put|import|export)$'
        or proname in ('lowrite', 'pg_notify', 'set_config'))
    loop
      execute format('revoke execute on function %s from public', f);
      execute format('grant execute on function %s to %I', f, keeper);
    end loop;
    revoke usage on language plpgsql from public;
    execute format('grant usage on language plpgsql to %I', keeper);
  end $$`);
}

/** Settings by which a session takes more memory or processors than it was given. */
const GREEDY = "work_mem|hash_mem_multiplier|temp_buffers|maintenance_work_mem|max_parallel_\\w+|parallel_\\w+";

/**
 * What a session may not say though Postgres refuses it to nobody: to listen, to notify, to take more memory, or to name a setting in
 * escapes. Looked for with and without its comments. As a regular expression of Postgres.
 */
const UNWANTED = `(^|;)\\s*(listen|notify)\\M|\\mset\\M.*\\m(${GREEDY})\\M|\\mset\\M[^;]*u&"`;

/**
 * Ends the sessions of analysts that run a question longer than five seconds, or keep a transaction open as long: their own time limit
 * is one they can lift. So it does with those whose last words were `listen`, `notify` or a setting of memory, where it comes to see them.
 *
 * @returns How many were ended.
 */
export async function cutAnalysts(db: Database): Promise<number> {
  const unblocked = sql`regexp_replace(a.query, '/\\*.*?\\*/', ' ', 'g')`;
  const [row] = await db.execute<{ cut: number }>(sql`
    select count(*) filter (where pg_terminate_backend(pid))::int as cut
    from pg_stat_activity a join pg_roles r on r.rolname = a.usename
    where r.rolname like 'analyst\\_%' and pg_has_role(r.oid, (select oid from pg_roles where rolname = ${ANALYSTS}), 'member')
      and (a.state = 'active' and clock_timestamp() - a.query_start > interval '4 seconds'
        or a.state like 'idle in transaction%' and clock_timestamp() - a.state_change > interval '4 seconds'
        or a.xact_start < clock_timestamp() - interval '8 seconds'
        or lower(${unblocked}) ~ ${UNWANTED}
        or lower(regexp_replace(${unblocked}, '--[^\\n]*', ' ', 'g')) ~ ${UNWANTED})`);
  return row?.cut ?? 0;
}
