import type { Database } from "../db/client.ts";
import { countStatementTallies } from "../db/search/tallies.ts";
import type { View } from "./view.ts";

/** New versions that a page may wait for before it shows its counts; more are left to the regular count. */
const MOST_ON_SIGHT = 200;

/** Brings the counts that a page is about to show up to date, where that takes no longer than a glance. */
export async function freshenTallies(db: Database, view: View): Promise<void> {
  await view.recall("fresh tallies", () => countStatementTallies(db, view.now, MOST_ON_SIGHT));
}
