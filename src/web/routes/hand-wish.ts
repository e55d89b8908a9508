import { z } from "zod";
import type { Database } from "../../db/client.ts";
import {
  type ActOutcome,
  confirmByHand,
  dismissByHand,
  type Hand,
  splitByHand,
  weighByHand,
} from "../../db/developments/analyst-acts.ts";

const printable = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^\P{Cc}*$/u, "expected no control characters");

/** Who decides something by hand, and why: what every act is kept with. */
export const handFields = {
  by: printable(100).min(1, "expected the name of whoever decides this"),
  reason: printable(1_000).nullable().default(null),
};

const number = z.coerce.number().int().min(1).max(999_999_999_999_999);

/** What an analyst may do to a development, and to a thread; the same acts as those of the command line. */
export const DEVELOPMENT_ACTS = ["confirm", "dismiss", "severity", "split"] as const;
/** One of them. */
export type DevelopmentAct = (typeof DEVELOPMENT_ACTS)[number];

/** Reads what a form says of an act on a development; a severity belongs to that act alone. */
export const handForm = z.object({ ...handFields, severity: z.coerce.number().int().min(1).max(5).optional() });

/** Reads what a form says of laying a thread into another. */
export const mergeForm = z.object({ ...handFields, into: number });

/**
 * Does to a development what an analyst decided, and keeps who did it.
 *
 * @throws {Failure} `bad-input` when there is no such development, no severity from 1 to 5, or it stands alone in its thread.
 */
export function actByHand(
  db: Database,
  { act, id, severity }: { readonly act: DevelopmentAct; readonly id: number; readonly severity?: number | undefined },
  hand: Hand,
): Promise<ActOutcome> {
  switch (act) {
    case "confirm":
      return confirmByHand(db, id, hand);
    case "dismiss":
      return dismissByHand(db, id, hand);
    case "severity":
      return weighByHand(db, id, severity ?? Number.NaN, hand);
    case "split":
      return splitByHand(db, id, hand);
  }
}
