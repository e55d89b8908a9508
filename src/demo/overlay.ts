import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Source } from "../catalogue/source.ts";
import { writeDemoOverlay } from "./catalogue.ts";

/**
 * Writes an overlay under which the demonstration's sources are watched and no other: the shipped ones are switched off,
 * so that nothing is fetched from outside.
 *
 * @param shipped - The sources of the shipped catalogue.
 */
export async function writeOnlyDemo(
  folder: string,
  origin: string,
  overlayDir: string,
  shipped: readonly Source[],
): Promise<void> {
  await writeDemoOverlay(folder, origin, overlayDir);
  await mkdir(join(overlayDir, "sources"), { recursive: true });
  const off = shipped.filter(({ enabled }) => enabled);
  const lines = off.map(
    ({ id }) => `- { id: ${id}, enabled: false, disabledBecause: the demonstration fetches nothing from outside }`,
  );
  await writeFile(join(overlayDir, "sources", "shipped.yaml"), `${lines.join("\n")}\n`);
}
