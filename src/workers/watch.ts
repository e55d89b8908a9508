import { type Pulse, settleIncidents, type Trouble, takePulse } from "../db/collection/incidents.ts";
import { sealHistory } from "../db/history/history.ts";
import { countStatementTallies } from "../db/search/tallies.ts";
import { MISSED } from "../domain/source-state.ts";
import { troubleLines } from "../present/trouble-lines.ts";
import type { Run } from "./context.ts";

/**
 * Judges from Postgres whether everything runs: opens an incident for what does not, closes those that are over.
 * The queue's own word is not asked: a queue that is stuck says that it runs. The tallies that pages show are brought up to date
 * too, and the record is sealed.
 */
export const watch: Run<"watch"> = async (_data, { db, now, log }) => {
  const pulse = await takePulse(db, now());
  const troubles = troublesOf(pulse);
  const { opened, closed } = await settleIncidents(db, troubles, now());
  await countStatementTallies(db, now());
  await sealHistory(db, now());
  if (opened.length > 0)
    log.warn(
      { opened: opened.length, open: troubles.length, troubles: troubleLines(opened) },
      "something is wrong; parley doctor lists all of it",
    );
  return { open: troubles.length, opened: opened.length, closed };
};

/** Failures by which a site keeps us out, or a page stands in for the list: nothing passes by itself. */
const BLOCKED = new Set(["http-refused", "page-blocked", "robots-refused"]);

/** What has no worker of its own, and whose it is. */
const WORKER_OF: Readonly<Record<string, string>> = { link: "reconcile", record: "reconcile" };

function troublesOf({ failing, gone, overdue, empty, missed, quiet, stuck }: Pulse): readonly Trouble[] {
  return [
    ...failing.map(({ id, title, failuresInRow, code, message }) => ({
      ...{ sourceId: id, code: BLOCKED.has(code ?? "") ? "source-blocked" : "source-failing" },
      message: `${title} had failed ${failuresInRow} times in a row when this was noted. ${message ?? ""}`.trim(),
    })),
    ...gone.map(({ id, title }) => ({
      ...{ sourceId: id, code: "source-gone" },
      message: `${title} answered 410: its list is gone for good and is not polled any more. Give it another address in the catalogue, or switch it off.`,
    })),
    ...overdue.map(({ id, title, nextPollAt }) => ({
      ...{ sourceId: id, code: "source-overdue" },
      message: `${title} was due at ${nextPollAt.toISOString()} and was not polled. Is a poll worker running?`,
    })),
    ...empty.map(({ id, title, listKind }) => ({
      ...{ sourceId: id, code: listKind === "page" || listKind === "json" ? "source-layout-changed" : "source-empty" },
      message: `${title} published in the last four weeks, but its last two lists had no entry. See what it yields now: parley sources check ${id}`,
    })),
    ...missed.map(({ id, title, message }) => ({ sourceId: id, code: MISSED, message: `${title}: ${message}` })),
    ...quiet.map(({ id, title, since }) => ({
      ...{ sourceId: id, code: "source-quiet" },
      message: `${title} has told nothing new since ${since.toISOString()}, over twice its longest pause of four weeks.`,
    })),
    ...Object.entries(stuck).map(([stage, count]) => ({
      ...{ sourceId: null, code: `stage-stuck-${stage}` },
      message: `${count} rows have waited for the ${WORKER_OF[stage] ?? stage} worker${stage in WORKER_OF ? ` to ${stage} them` : ""} for over ten minutes. Is it running?`,
    })),
  ];
}
