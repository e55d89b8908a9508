import { sealHistory } from "../db/history.ts";
import { settleIncidents, type Trouble, takePulse } from "../db/incidents.ts";
import { countStatementTallies } from "../db/tallies.ts";
import type { Run } from "./context.ts";

/** Rows younger than this are sealed the next time: one that commits late among sealed ones would look put in. */
const SEAL_AFTER_MS = 10 * 60_000;

/**
 * Judges from Postgres whether everything runs: opens an incident for what does not, closes those that are over.
 * The queue's own word is not asked: a queue that is stuck says that it runs. The tallies that pages show are brought up to date
 * too, and the record is sealed.
 */
export const watch: Run<"watch"> = async (_data, { db, now, log }) => {
  const pulse = await takePulse(db, now());
  const troubles: Trouble[] = [
    ...pulse.failing.map(({ id, title, failuresInRow, message }) => ({
      ...{ sourceId: id, code: "source-failing" },
      message: `${title} failed ${failuresInRow} times in a row. ${message ?? ""}`.trim(),
    })),
    ...pulse.overdue.map(({ id, title, nextPollAt }) => ({
      ...{ sourceId: id, code: "source-overdue" },
      message: `${title} was due at ${nextPollAt.toISOString()} and was not polled. Is a poll worker running?`,
    })),
    ...Object.entries(pulse.stuck).map(([stage, count]) => ({
      ...{ sourceId: null, code: `stage-stuck-${stage}` },
      message: `${count} rows have waited for the ${stage} worker for over ten minutes. Is it running?`,
    })),
  ];
  const { opened, closed } = await settleIncidents(db, troubles, now());
  await countStatementTallies(db, now());
  await sealHistory(db, new Date(now().getTime() - SEAL_AFTER_MS), now());
  if (opened > 0) log.warn({ troubles: troubles.map(({ message }) => message) }, "something is wrong");
  return { open: troubles.length, opened, closed };
};
