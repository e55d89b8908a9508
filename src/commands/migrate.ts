import { withArchive } from "./context.ts";
import { say } from "./output.ts";

/** Brings the tables up to date; opening the archive does it. */
export async function migrateCommand(): Promise<void> {
  await withArchive(async () => say("The tables are up to date."));
}
