import type { Database } from "../db/client.ts";

/**
 * Remembers what was asked of a database for a while, so that who reloads a page does not have whole tables counted each time. A
 * question that fails is asked anew.
 *
 * @returns Asks, or gives what was answered at most `forMs` before `now`.
 */
export function rememberedFor<Answer>(
  forMs: number,
  ask: (db: Database) => Promise<Answer>,
): (db: Database, now: Date) => Promise<Answer> {
  const answers = new WeakMap<Database, { readonly askedAt: number; readonly answer: Promise<Answer> }>();
  return (db, now) => {
    const known = answers.get(db);
    const age = known ? now.getTime() - known.askedAt : Number.POSITIVE_INFINITY;
    if (known && age >= 0 && age <= forMs) return known.answer;
    const answer = ask(db);
    answers.set(db, { askedAt: now.getTime(), answer });
    answer.catch(() => answers.delete(db));
    return answer;
  };
}
