import { readdir, readFile } from "node:fs/promises";

/** Processor time used, in seconds over all cores; null where /proc is not to be had. */
export type CpuSeconds = number | null;

/** Clock ticks of /proc per second: 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Finds the processor time of a process with all its threads. */
export async function cpuOf(pid: number): Promise<CpuSeconds> {
  const stat = await statOf(pid);
  return stat && stat.own / TICKS_PER_SECOND;
}

/** Finds the processor time of a process's main thread alone: the loop that all jobs pass through. */
export async function cpuOfMainThread(pid: number): Promise<CpuSeconds> {
  const stat = await statOf(`${pid}/task/${pid}`);
  return stat && stat.own / TICKS_PER_SECOND;
}

/** Finds the processor time of a process and its children, those that ended included: for Postgres, its server process. */
export async function cpuOfFamily(pid: number): Promise<CpuSeconds> {
  const parent = await statOf(pid);
  if (!parent) return null;
  let ticks = parent.own + parent.ofEndedChildren;
  for (const name of await readdir("/proc")) {
    const stat = /^\d+$/.test(name) ? await statOf(Number(name)) : null;
    if (stat?.parentPid === pid) ticks += stat.own;
  }
  return ticks / TICKS_PER_SECOND;
}

/** Fields 4 and 14 to 17 of proc(5) stat; counted from behind the name, which may hold blanks. */
async function statOf(pid: number | string) {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (!stat) return null;
  const fields = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15);
  return { parentPid: fields[1] ?? 0, own: user + system, ofEndedChildren: childUser + childSystem };
}
