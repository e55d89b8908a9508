import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** Finds a folder of the conformance suites that are not part of the project; null, with a notice, where they are absent. */
export function corpus(name: string): string | null {
  const folder = resolve(process.env.PARLEY_CORPORA ?? "../shared/data", name);
  if (existsSync(folder)) return folder;
  console.warn(`${name} is not here; set PARLEY_CORPORA to the folder that holds it to run its cases`);
  return null;
}
