import type { Logger } from "pino";
import { Failure } from "./domain/failure.ts";

const REVIVE_EVERY_MS = 2_000;

/**
 * Starts the embedded server again when its process is gone (killed by hand, or by a machine out of memory) and takes the lock
 * of the one monitor again, which went with it. Where another has it by then, this one has to leave.
 */
export function keepAlive(
  revive: () => Promise<boolean>,
  keepLock: () => Promise<void>,
  log: Logger,
  onLost: (failure: Failure) => void,
): () => Promise<void> {
  let busy: Promise<unknown> = Promise.resolve();
  const look = async () => {
    try {
      if (await revive()) log.warn("Postgres was gone and was started again");
      await keepLock();
    } catch (error) {
      const taken = error instanceof Failure && error.code === "in-use";
      if (!taken) return log.error({ err: error }, "Postgres is gone and could not be reached again yet");
      clearInterval(timer);
      onLost(error);
    }
  };
  const timer = setInterval(() => {
    busy = busy.then(look);
  }, REVIVE_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await busy;
  };
}
