import postgres from "postgres";
import { Failure } from "../domain/failure.ts";

/** The lock of the one monitor that may run on an embedded server; the numbers spell "PARL" and "RUNS". */
const LOCK = [0x5041524c, 0x52554e53] as const;

/**
 * Makes sure that no other monitor runs on this embedded server. The lock belongs to a connection, so a killed process
 * leaves none behind.
 *
 * @param folder - Named in the message.
 * @returns What lets the lock go.
 * @throws {Failure} `in-use`, naming the process that runs.
 */
export async function holdRunnerLock(url: string, folder: string): Promise<() => Promise<void>> {
  const client = postgres(url, {
    max: 1,
    onnotice: () => {},
    idle_timeout: 0,
    connection: { application_name: `parley runner ${process.pid}` },
  });
  const [row] = await client<{ held: boolean }[]>`select pg_try_advisory_lock(${LOCK[0]}, ${LOCK[1]}) as held`;
  if (row?.held) return () => client.end({ timeout: 1 });
  const [holder] = await client<{ name: string }[]>`
    select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
    where l.locktype = 'advisory' and l.granted and l.classid = ${LOCK[0]} and l.objid = ${LOCK[1]}`;
  await client.end({ timeout: 1 });
  const pid = holder?.name.split(" ").at(-1) ?? "unknown";
  throw new Failure(
    "in-use",
    `Another Parley (process ${pid}) runs on the data in ${folder}. Stop it, or give this one its own folder with PARLEY_DATA, or let both use one server with DATABASE_URL.`,
  );
}
