import { fileURLToPath } from "node:url";

/** The folder of the package itself, whether run from src/ or dist/. */
const root = new URL("../", import.meta.url);

/** Finds a file or folder that is shipped with Parley: `drizzle`, `catalogue`, `demo/…`. */
export function shipped(path: string): string {
  return fileURLToPath(new URL(path, root));
}
