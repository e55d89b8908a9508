import { pastOfRule } from "../../db/alerts/rule-past.ts";
import type { Database } from "../../db/client.ts";
import type { PastOfRule } from "../../domain/backtest.ts";
import type { RuleAbout } from "../../domain/rule.ts";
import { createLine, type Line } from "../http/line.ts";

/** How long one try looks at the past, in ms; what it has seen by then is what it tells of. */
const LONGEST_MS = 5_000;
/** Tries that may wait behind that of the same token. */
const MOST_WAITING = 8;

/**
 * Tries a rule on the past; `too-many` where the asker has enough tries waiting, null where they have left.
 *
 * @param asker - Whose turn it takes; see `askerOf`.
 */
export type TryRule = (
  asker: string,
  rule: { readonly query: string; readonly about: RuleAbout },
  period: { readonly since: Date; readonly until: Date },
  left: AbortSignal,
) => Promise<PastOfRule | "too-many" | null>;

/** Makes what tries rules: those of one asker one after the other, because each goes through thousands of statements. */
export function createTrials(db: Database): TryRule {
  const lines = new Map<string, { readonly line: Line; users: number }>();
  const inLine = async <T>(asker: string, work: (line: Line) => Promise<T>): Promise<T> => {
    const own = lines.get(asker) ?? { line: createLine(1), users: 0 };
    lines.set(asker, own);
    own.users += 1;
    try {
      return await work(own.line);
    } finally {
      own.users -= 1;
      if (own.users === 0) lines.delete(asker);
    }
  };
  return (asker, rule, period, left) =>
    inLine(asker, async (line) => {
      if (line.waiting() >= MOST_WAITING) return "too-many";
      const end = await line.turn(left);
      if (end === null) return null;
      try {
        return await pastOfRule(db, rule, period, AbortSignal.any([left, AbortSignal.timeout(LONGEST_MS)]));
      } finally {
        end();
      }
    });
}
