import postgres from "postgres";
import { Failure } from "../../domain/failure.ts";

/** The lock of the one monitor that may run on an embedded server; the numbers spell "PARL" and "RUNS". */
const LOCK = [0x5041524c, 0x52554e53] as const;

/** The right to be the one monitor on an embedded server. */
export type RunnerLock = {
  /**
   * Takes the lock again where it went with its connection: the server was killed and started again.
   *
   * @throws {Failure} `in-use` when another monitor has taken it meanwhile.
   */
  readonly keep: () => Promise<void>;
  readonly release: () => Promise<void>;
};

/**
 * Makes sure that no other monitor runs on this embedded server. The lock belongs to a connection, so a killed process
 * leaves none behind.
 *
 * @param folder - Named in the message.
 * @throws {Failure} `in-use`, naming the process that runs.
 */
export async function holdRunnerLock(url: string, folder: string): Promise<RunnerLock> {
  let client = connect(url);
  const release = () => client.end({ timeout: 1 });
  const keep = async () => {
    const held = await answerOf(isHeld(client)).catch(() => {
      // The connection died, and a query sent at that moment may never be answered: a new one asks again.
      void client.end({ timeout: 0 }).catch(() => {});
      client = connect(url);
      return answerOf(isHeld(client));
    });
    if (!held) throw await inUse(client, folder);
  };
  try {
    await keep();
  } catch (error) {
    await release();
    throw error;
  }
  return { keep, release };
}

/** Longest that the server may take to answer, milliseconds. */
const LONGEST_ANSWER_MS = 5_000;

function answerOf<T>(query: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error("Postgres did not answer")), LONGEST_ANSWER_MS);
  });
  return Promise.race([query, late]).finally(() => clearTimeout(timer));
}

function connect(url: string): postgres.Sql {
  return postgres(url, {
    max: 1,
    onnotice: () => {},
    idle_timeout: 0,
    // A lock that moved to a new connection by itself would be lost unseen.
    max_lifetime: null,
    connect_timeout: 5,
    connection: { application_name: `parley runner ${process.pid}` },
  });
}

/** Tells whether this connection holds the lock, taking it where it is free. */
async function isHeld(client: postgres.Sql): Promise<boolean> {
  // Taken a second time by its holder it would have to be let go twice; so it is only taken where it is not held.
  const [row] = await client<{ held: boolean }[]>`
    select case
      when exists (
        select 1 from pg_locks
        where locktype = 'advisory' and granted and pid = pg_backend_pid()
          and database = (select oid from pg_database where datname = current_database())
          and classid = ${LOCK[0]} and objid = ${LOCK[1]}
      ) then true
      else pg_try_advisory_lock(${LOCK[0]}, ${LOCK[1]})
    end as held`;
  return row?.held ?? false;
}

async function inUse(client: postgres.Sql, folder: string): Promise<Failure> {
  const [holder] = await client<{ name: string }[]>`
    select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
    where l.locktype = 'advisory' and l.granted and l.classid = ${LOCK[0]} and l.objid = ${LOCK[1]}`;
  const pid = holder?.name.split(" ").at(-1) ?? "unknown";
  return new Failure(
    "in-use",
    `Another Parley (process ${pid}) runs on the data in ${folder}. Stop it, or give this one its own folder with PARLEY_DATA, or let both use one server with DATABASE_URL.`,
  );
}
