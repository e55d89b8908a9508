import type { DemoEvent, Stage } from "./stage.ts";

/** When the clock does what: steps are counted from 1, null is never. */
export type StageTimes = {
  readonly everyMs: number;
  /** The step that releases the last page. */
  readonly lastRelease: number;
  readonly editAtStep: number | null;
  readonly takeDownAtStep: number | null;
};

/**
 * Moves the stage on at equal steps: each releases a page, one edits, one takes a source down. It stops after the last.
 *
 * @returns Stops the clock early.
 */
export function startStageClock(stage: Stage, times: StageTimes, onEvent: (event: DemoEvent) => void): () => void {
  const { everyMs, lastRelease, editAtStep, takeDownAtStep } = times;
  const lastStep = Math.max(lastRelease, editAtStep ?? 0, takeDownAtStep ?? 0);
  let step = 0;
  const timer = setInterval(() => {
    step += 1;
    stage.release();
    if (step === editAtStep) stage.editNow();
    if (step === takeDownAtStep) stage.takeDown();
    if (step < lastStep) return;
    clearInterval(timer);
    onEvent({ kind: "finished" });
  }, everyMs);
  return () => clearInterval(timer);
}
