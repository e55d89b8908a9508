import { access, constants, mkdir, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { Failure } from "./domain/failure.ts";

/**
 * Makes the folder that `PARLEY_DATA` names, where it is not there.
 *
 * @returns Its absolute path.
 * @throws {Failure} `bad-setting` when it is no folder, or cannot be made or written to.
 */
export async function makeDataFolder(named: string): Promise<string> {
  const folder = resolve(named);
  const found = await stat(folder).catch(() => null);
  if (found && !found.isDirectory()) {
    throw new Failure("bad-setting", `${folder} is a file, no folder. Choose another with PARLEY_DATA.`);
  }
  await mkdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(
      "bad-setting",
      `${folder} cannot be made (${error.code ?? error.message}). Choose another with PARLEY_DATA.`,
      { cause: error },
    );
  });
  await access(folder, constants.W_OK | constants.X_OK).catch((error) => {
    throw new Failure(
      "bad-setting",
      `${folder} cannot be written to. Give this user the right, or choose another with PARLEY_DATA.`,
      { cause: error },
    );
  });
  return folder;
}
