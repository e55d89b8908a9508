import { randomInt } from "node:crypto";
import postgres from "postgres";

/** The class of the advisory locks by which processes show that they live; the number spells "PLND". */
const CLASS = 0x504c4e44;
/** A loan ends by itself after this long; longer than any request with the pause before it. */
const LONGEST_LOAN = "90 seconds";
/** While a server has been up for less than this, processes that still live may not have shown it yet; longer than a request takes. */
const SETTLING_MS = 30_000;

/** Hosts lent among all processes that share one archive. */
export type SharedLoans = {
  /** Asks for a host: milliseconds since the last request to it ended (null where none is known), or null when another has it. */
  readonly ask: (host: string) => Promise<{ readonly idleMs: number | null } | null>;
  readonly giveBack: (host: string) => Promise<void>;
  /** Leaves: what is lent to this process is free for the others. */
  readonly close: () => Promise<void>;
};

/**
 * Opens the loans of hosts that stand in `host_turns`, with a connection of their own.
 *
 * A process shows by an advisory lock of that connection that it lives, so that what a killed one had is free at once, and not
 * when its time is over. The pause counts by the server's clock, for machines differ.
 */
export function openHostLoans(url: string, { settlingMs = SETTLING_MS } = {}): SharedLoans {
  const me = randomInt(1, 2 ** 31 - 1);
  const client = postgres(url, {
    max: 1,
    onnotice: () => {},
    connect_timeout: 10,
    // A lost commit costs at most one pause, after a crash of the server; waiting for the disk would cost every request.
    connection: { application_name: "parley host loans", synchronous_commit: "off", search_path: "public" },
  });
  return {
    ask: async (host) => {
      const [row] = await client<{ idleMs: number | null }[]>`
        insert into host_turns as turn (host, holder, held_until)
        select ${host}, ${me}::integer, clock_timestamp() + ${LONGEST_LOAN}::interval
        from pg_try_advisory_lock_shared(${CLASS}::integer, ${me}::integer)
        on conflict (host) do update set
          -- Who was killed may have been asking until this moment.
          ended_at = case when turn.holder is null then turn.ended_at else clock_timestamp() end,
          holder = excluded.holder, held_until = excluded.held_until
        where turn.holder is null or turn.holder = excluded.holder or turn.held_until < clock_timestamp()
          or (clock_timestamp() - pg_postmaster_start_time() > ${`${settlingMs} milliseconds`}::interval and not exists (
            select 1 from pg_locks where locktype = 'advisory' and granted
              and database = (select oid from pg_database where datname = current_database())
              and classid = ${CLASS}::bigint and objid = turn.holder::bigint))
        returning (extract(epoch from clock_timestamp() - ended_at) * 1000)::float8 as "idleMs"`;
      return row ? { idleMs: row.idleMs } : null;
    },
    giveBack: async (host) => {
      await client`update host_turns set holder = null, held_until = null, ended_at = clock_timestamp()
        where host = ${host} and holder = ${me}::integer`;
    },
    close: () => client.end({ timeout: 5 }),
  };
}
