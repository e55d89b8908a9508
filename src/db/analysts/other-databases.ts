import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { quoted } from "../postgres/backup.ts";
import { ANALYSTS } from "./analysts.ts";

/**
 * Names the databases of the server, this one left out, that everybody may connect to, and so every analyst: Postgres opens each new
 * database to all. There a role made for reading can make temporary tables and large objects. Empty where there is no analyst.
 */
export async function databasesOpenToAnalysts(db: Database): Promise<readonly string[]> {
  const rows = await db.execute<{ name: string }>(sql`
    select d.datname as name from pg_database d
    where d.datallowconn and d.datname <> current_database()
      and exists (select from aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
        where a.grantee = 0 and a.privilege_type = 'CONNECT')
      and exists (select from pg_auth_members m join pg_roles r on r.oid = m.roleid where r.rolname = ${ANALYSTS})
    order by 1`);
  return rows.map(({ name }) => name);
}

/** Writes what closes a database to analysts, for its owner or an administrator to run. Who else needs it must be granted it by name. */
export function closingStatement(name: string): string {
  return `revoke connect, temporary on database ${quoted(name)} from public;`;
}

/**
 * Closes every other database of a server that is Parley's own, and ends the sessions that analysts have there. The owners keep theirs.
 *
 * @returns Which were closed.
 */
export async function closeOtherDatabases(db: Database): Promise<readonly string[]> {
  if ((await databasesOpenToAnalysts(db)).length === 0) return [];
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('parley analysts'))`);
    const open = await databasesOpenToAnalysts(tx);
    for (const name of open) await tx.execute(sql.raw(closingStatement(name)));
    await tx.execute(sql`
      select pg_terminate_backend(a.pid) from pg_stat_activity a
      join pg_roles r on r.rolname = a.usename
      where a.datname <> current_database() and not r.rolsuper
        and pg_has_role(r.oid, (select oid from pg_roles where rolname = ${ANALYSTS}), 'member')`);
    return open;
  });
}
