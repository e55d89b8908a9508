/** Keeps one slow endpoint from taking the places of all others: each has a few lanes, and what finds none waits for its turn. */
export type Lanes = {
  /** Takes a lane of an endpoint; false when all are taken: then the delivery is remembered. */
  readonly enter: (endpointId: number, deliveryId: string, lanes: number) => boolean;
  /** Gives a lane back; gives the delivery whose turn it is, null when none waits. */
  readonly leave: (endpointId: number) => string | null;
};

/** Deliveries that one endpoint's queue remembers; those beyond it are found by `reconcile`. */
const MOST_WAITING = 10_000;

/** Makes the lanes of one process. */
export function createLanes(): Lanes {
  const taken = new Map<number, number>();
  const waiting = new Map<number, Set<string>>();
  return {
    enter: (endpointId, deliveryId, lanes) => {
      const now = taken.get(endpointId) ?? 0;
      if (now < lanes) {
        taken.set(endpointId, now + 1);
        waiting.get(endpointId)?.delete(deliveryId);
        return true;
      }
      const queue = waiting.get(endpointId) ?? new Set();
      if (queue.size < MOST_WAITING) queue.add(deliveryId);
      waiting.set(endpointId, queue);
      return false;
    },
    leave: (endpointId) => {
      const left = (taken.get(endpointId) ?? 1) - 1;
      if (left === 0) taken.delete(endpointId);
      else taken.set(endpointId, left);
      const queue = waiting.get(endpointId);
      const [next] = queue ?? [];
      if (next !== undefined) queue?.delete(next);
      if (queue?.size === 0) waiting.delete(endpointId);
      return next ?? null;
    },
  };
}
