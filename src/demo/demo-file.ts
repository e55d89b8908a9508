import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { Failure } from "../domain/failure.ts";

/**
 * Reads a text file of the demo folder.
 *
 * @param name - Path inside the folder, for messages too.
 * @throws {Failure} `bad-input` when it cannot be read.
 */
export async function readDemoFile(folder: string, name: string): Promise<string> {
  try {
    return await readFile(join(folder, name), "utf8");
  } catch (error) {
    throw new Failure("bad-input", `demo/${name} cannot be read in ${folder}: restore it from the package`, {
      cause: error,
    });
  }
}

/**
 * Reads YAML, dates and times as text.
 *
 * @param name - Of the file, for messages.
 * @throws {Failure} `bad-input` when the text is no YAML.
 */
export function parseDemoYaml(text: string, name: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new Failure("bad-input", `${name}: not YAML, ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}
