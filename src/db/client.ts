import type { ExtractTablesWithRelations } from "drizzle-orm";
import type { PgDatabase } from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { Failure } from "../domain/failure.ts";

/** A connection pool or an open transaction: what every verb of db/ takes first. */
export type Database = PgDatabase<
  PostgresJsQueryResultHKT,
  Record<string, never>,
  ExtractTablesWithRelations<Record<string, never>>
>;

/** An open pool and how to close it. */
export type DatabaseHandle = {
  readonly db: Database;
  /** Ends the connections, waiting at most five seconds for queries under way. */
  readonly close: () => Promise<void>;
};

/**
 * Opens a pool of connections; nothing is dialled before the first query.
 *
 * @param longestQueryMs - After which Postgres stops a query, locks waited for included; see `isQueryStopped`. Null lets it run to its end.
 * @param name - Shown in `pg_stat_activity`; begins with `parley`, by which the last one out of an embedded server is known.
 */
export function openDatabase(
  url: string,
  {
    name = "parley",
    maxConnections = 10,
    longestQueryMs = null,
  }: { readonly name?: string; readonly maxConnections?: number; readonly longestQueryMs?: number | null } = {},
): DatabaseHandle {
  const client = postgres(url, {
    max: maxConnections,
    onnotice: () => {},
    // A user called parley would else find the views of the schema of that name before our tables.
    connection: {
      ...{ application_name: name, search_path: "public" },
      ...(longestQueryMs === null ? {} : { statement_timeout: longestQueryMs }),
    },
    connect_timeout: 10,
  });
  return {
    db: drizzle(preparing(client), { casing: "snake_case" }),
    close: () => client.end({ timeout: 5 }),
  };
}

/** Longer statements are inserts of many rows, each a little different: keeping them prepared would only fill memory. */
const LONGEST_PREPARED = 4_000;

/**
 * Lets a client keep the statements that drizzle sends prepared. Drizzle sends all with `unsafe`, which the client would describe
 * anew each time: two round trips instead of one.
 */
function preparing<Client extends Pick<postgres.Sql, "unsafe">>(client: Client): Client {
  const { unsafe } = client;
  // Last, because drizzle itself says `prepare: false` with each statement.
  const prepared: typeof unsafe = (text, parameters, options) =>
    unsafe(text, parameters, { ...options, prepare: (parameters?.length ?? 0) > 0 && text.length <= LONGEST_PREPARED });
  const wrapped = Object.assign(client, { unsafe: prepared });
  for (const name of ["begin", "savepoint"] as const) {
    const open = (wrapped as Partial<Record<typeof name, (...given: unknown[]) => unknown>>)[name];
    if (!open) continue;
    const reopened = (...given: unknown[]) => {
      const work = given.pop() as (inner: Client) => Promise<unknown>;
      return surviving<Client>(
        (inner) => work(preparing(inner)),
        (guarded) => open(...given, guarded) as Promise<unknown>,
      );
    };
    Object.assign(wrapped, { [name]: reopened });
  }
  return wrapped;
}

/**
 * Keeps a transaction whose connection is lost from writing to it: postgres.js 3.4 (its issues 1154 and 1208) would throw where
 * nobody can catch it, and the process would end. Its own `rollback` after a loss is such a write, so work that fails for want of
 * the connection never ends for it; the whole transaction fails by the word that the connection is closed.
 */
function surviving<Client extends Pick<postgres.Sql, "unsafe">>(
  work: (inner: Client) => Promise<unknown>,
  open: (guarded: (inner: Client) => Promise<unknown>) => Promise<unknown>,
): Promise<unknown> {
  let lost: unknown = null;
  const whole = open(async (inner) => {
    const { unsafe } = inner;
    const careful: typeof unsafe = (...given) => {
      if (lost !== null) throw lost;
      return unsafe(...given);
    };
    try {
      return await work(Object.assign(inner, { unsafe: careful }));
    } catch (error) {
      if (lost === null && !isConnectionLost(error)) throw error;
      return new Promise(() => {});
    }
  });
  whole.catch((error) => {
    lost = error;
  });
  return whole;
}

/**
 * Makes sure that the server answers and is new enough.
 *
 * @returns Its version, e.g. `18.4`.
 * @throws {Failure} `database-unreachable` or `bad-setting`, without the password.
 */
export async function checkDatabase(url: string): Promise<string> {
  const client = postgres(url, {
    max: 1,
    connect_timeout: 5,
    onnotice: () => {},
    connection: { application_name: "parley check" },
  });
  try {
    const rows =
      await client`select current_setting('server_version') as version, current_setting('server_version_num')::int as number`;
    const row = rows[0] as { version: string; number: number };
    if (row.number < 140_000) {
      throw new Failure(
        "bad-setting",
        `Postgres at ${place(url)} is version ${row.version}; Parley needs 14 or newer.`,
      );
    }
    return row.version.split(" ")[0] ?? row.version;
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(
      "database-unreachable",
      `Postgres at ${place(url)} does not answer (${reason(error)}). Start it, or correct DATABASE_URL, or unset it to use Parley's own.`,
      { cause: error },
    );
  } finally {
    await client.end({ timeout: 1 });
  }
}

/** Tells whether an error means that the database could not be reached, rather than that a query was wrong. */
export function isDatabaseDown(error: unknown): boolean {
  // 53xxx: out of disk, memory or connections.
  return isConnectionLost(error) || (reachedCode(error)?.startsWith("53") ?? false);
}

/** Tells whether an error means that Postgres stopped a query because it took too long (57014). */
export function isQueryStopped(error: unknown): boolean {
  return reachedCode(error) === "57014";
}

/** Tells whether an error means that the connection is gone, or about to go. */
function isConnectionLost(error: unknown): boolean {
  const code = reachedCode(error);
  if (code === null) return false;
  return (
    [
      "ECONNREFUSED",
      "ECONNRESET",
      "ENOTFOUND",
      "EPIPE",
      "CONNECTION_CLOSED",
      "CONNECTION_ENDED",
      "CONNECTION_DESTROYED",
      "CONNECT_TIMEOUT",
    ].includes(code) ||
    // 57P01–57P03: shutting down, crashed, starting up.
    code.startsWith("57P0")
  );
}

function reachedCode(error: unknown): string | null {
  return codeOf(error) ?? codeOf((error as { cause?: unknown } | null)?.cause);
}

function codeOf(error: unknown): string | null {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === "string" ? code : null;
}

function place(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || 5432}${pathname}`;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message || (codeOf(error) ?? error.name) : String(error);
}
