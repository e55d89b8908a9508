import { areOfOneThing, type Side } from "./stance-words.ts";

/** A stance as the record keeps it. */
export type KeptStance = {
  readonly id: number;
  readonly side: Side;
  readonly object: string;
  readonly instant: Date;
  readonly words: string;
};

/** So many days of an earlier stance, none of the other since the first of them, make it a record. */
const ENOUGH_DAYS = 3;

/** A stance against the record: the last statement of the earlier stance, and on how many days it was taken. */
export type Shift<T> = { readonly earlier: T; readonly days: number };

/**
 * Finds whether a stance differs from what its holder held of the same thing: on at least three days before it, with nothing of the
 * new stance among them or since; null otherwise.
 *
 * @param record - The holder's earlier stances on the topic, the latest first; of other things too.
 */
export function shiftOf<T extends KeptStance>(
  stance: Pick<KeptStance, "side" | "object" | "instant">,
  record: readonly T[],
): Shift<T> | null {
  // Most hold what they held: then nothing need be compared.
  if (record.filter(({ side }) => side !== stance.side).length < ENOUGH_DAYS) return null;
  const ofIt = record.filter(({ instant, object }) => instant < stance.instant && areOfOneThing(object, stance.object));
  const until = ofIt.findIndex(({ side }) => side === stance.side);
  const held = until < 0 ? ofIt : ofIt.slice(0, until);
  const days = new Set(held.map(({ instant }) => instant.toISOString().slice(0, 10))).size;
  const [earlier] = held;
  return earlier && days >= ENOUGH_DAYS ? { earlier, days } : null;
}
