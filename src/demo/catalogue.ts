import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type Actor, actorSchema } from "../catalogue/actor.ts";
import { type Source, sourceSchema } from "../catalogue/source.ts";
import { Failure } from "../domain/failure.ts";
import { parseDemoYaml, readDemoFile } from "./demo-file.ts";

/** Stands in demo/catalogue/ for the server, whose port is known only when it runs. */
const PLACEHOLDER = "http://demo.invalid";

const FILES = ["sources/demo.yaml", "actors.yaml"] as const;

/**
 * Reads the demonstration's sources and actors, its addresses set to the running server.
 *
 * @param folder - The demo folder.
 * @param origin - `http://127.0.0.1:4780`, without a slash at its end.
 * @throws {Failure} `bad-catalogue` that names file, key and fault; `bad-input` for a missing file.
 */
export async function demoCatalogue(
  folder: string,
  origin: string,
): Promise<{ readonly sources: readonly Source[]; readonly actors: readonly Actor[] }> {
  const [sources, actors] = await Promise.all(FILES.map((file) => readWithOrigin(folder, file, origin)));
  return {
    sources: checked(z.array(sourceSchema), sources, FILES[0]),
    actors: checked(z.array(actorSchema), actors, FILES[1]),
  };
}

/**
 * Writes the demonstration's catalogue files as an overlay folder, its addresses set to the running server.
 *
 * @param folder - The demo folder.
 * @param overlayDir - Where to write; made when it is absent.
 */
export async function writeDemoOverlay(folder: string, origin: string, overlayDir: string): Promise<void> {
  await mkdir(join(overlayDir, "sources"), { recursive: true });
  for (const file of FILES) await writeFile(join(overlayDir, file), await readWithOrigin(folder, file, origin));
}

async function readWithOrigin(folder: string, file: string, origin: string): Promise<string> {
  return (await readDemoFile(folder, `catalogue/${file}`)).replaceAll(`${PLACEHOLDER}/`, `${origin}/`);
}

function checked<T>(schema: z.ZodType<T>, text: string | undefined, file: string): T {
  const result = schema.safeParse(parseDemoYaml(text ?? "", `demo/catalogue/${file}`));
  if (!result.success) throw new Failure("bad-catalogue", `demo/catalogue/${file}: ${z.prettifyError(result.error)}`);
  return result.data;
}
