import { rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { z } from "zod";
import { isAlive, readText } from "./db/postgres/embedded-files.ts";

const noteSchema = z.object({ pid: z.number(), url: z.string() });

/** The process that serves the pages of a data folder, and where. */
export type RunningWebNote = z.infer<typeof noteSchema>;

/**
 * Notes in the data folder that this process serves its pages.
 *
 * @returns Takes the note away.
 */
export async function noteRunningWeb(dataFolder: string, url: string): Promise<() => Promise<void>> {
  const path = placeOf(dataFolder);
  await writeFile(path, JSON.stringify({ pid: process.pid, url }));
  return () => rm(path, { force: true });
}

/** Finds who serves the pages of a data folder; null when nobody does, also where a killed process left its note. */
export async function runningWeb(dataFolder: string): Promise<RunningWebNote | null> {
  const text = await readText(placeOf(dataFolder)).catch(() => null);
  if (text === null) return null;
  const note = noteSchema.safeParse(jsonOf(text));
  return note.success && isAlive(note.data.pid) ? note.data : null;
}

function placeOf(dataFolder: string): string {
  return join(resolve(dataFolder), "running-web.json");
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
