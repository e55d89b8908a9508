import { constants } from "node:fs";
import { open, realpath, rename, rm, stat } from "node:fs/promises";

/**
 * Writes a file beside its place, as `<path>.part`, and moves it there whole: one that broke off must not pass for one. What stood
 * under the other name is taken away first, so that nobody's link is followed and nobody's open file is written to.
 *
 * What is no file, as a pipe or `/dev/stdout`, is written to directly. Where `path` is a link, the file it leads to is replaced.
 *
 * @param write - Writes to the path that it is given; what it throws is thrown on, and nothing is left behind.
 * @param mode - Who may read the file, less what the umask takes.
 */
export async function writeWhole(
  path: string,
  write: (partial: string) => Promise<void>,
  { mode = 0o666 }: { readonly mode?: number } = {},
): Promise<void> {
  const there = await stat(path).catch(() => null);
  if (there && !there.isFile()) return write(path);
  const target = there ? await realpath(path) : path;
  const partial = `${target}.part`;
  await rm(partial, { force: true });
  // Windows knows no O_NOFOLLOW; O_EXCL follows no link either.
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
  await (await open(partial, flags, mode)).close();
  try {
    await write(partial);
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
