import type { WorkerContext } from "./context.ts";

/** Tells, after so many subjects of a chore, whether the rest had better wait. */
export type GivesWay = (done: number) => boolean;

/** Of what can wait, so many are done in each run whatever else there is to do, so that it never stands still. */
const FEW = 20;

/**
 * Has chores give way to pages: to those that wait for a reading thread here, and to those that another process has left unread. Both want the
 * same processors, and a page may tell of something that nobody knows yet.
 */
export function givesWayTo(unreadPages: number, { reader }: Pick<WorkerContext, "reader">): GivesWay {
  return (done) => done >= FEW && (unreadPages > 0 || reader.isBusy());
}
