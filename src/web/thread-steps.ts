import type { Database } from "../db/client.ts";
import { type DevelopmentRow, developmentsByIds } from "../db/developments/development-list.ts";
import type { ThreadRow } from "../db/developments/thread-list.ts";

/** Brings the developments of threads by their ids. */
export async function developmentsOf(
  db: Database,
  threads: readonly ThreadRow[],
): Promise<ReadonlyMap<number, DevelopmentRow>> {
  const ids = threads.flatMap(({ steps }) => steps.map(({ developmentId }) => developmentId));
  return new Map((await developmentsByIds(db, ids)).map((row) => [row.id, row]));
}

/** Puts the steps of a thread in the order in which things happened, as far as that is known. */
export function stepsOf(thread: ThreadRow, developments: ReadonlyMap<number, DevelopmentRow>) {
  return thread.steps
    .flatMap((step) => {
      const development = developments.get(step.developmentId);
      return development && development.dismissedAt === null ? [{ ...step, development }] : [];
    })
    .sort((a, b) => momentOf(a.development) - momentOf(b.development) || a.developmentId - b.developmentId);
}

function momentOf({ eventInstant, detectedAt }: DevelopmentRow): number {
  return (eventInstant ?? detectedAt).getTime();
}
