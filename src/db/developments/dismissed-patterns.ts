import { createHash } from "node:crypto";
import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Database } from "../client.ts";
import { dismissedPatterns } from "../schema/analyst-acts.ts";

/** Digests words by their letters and digits alone, so that another typesetting of a sentence is the same pattern. */
function patternDigest(words: string): string {
  const letters = words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  return createHash("sha256").update(letters).digest("hex");
}

/** A finding as far as an analyst's dismissal goes. */
export type FoundPattern = { readonly type: string; readonly words: readonly string[] };

/** Tells of each finding whether an analyst dismissed one of its type in the same words. */
export async function dismissedAmong(db: Database, found: readonly FoundPattern[]): Promise<readonly boolean[]> {
  const digests = found.map(({ words }) => words.map(patternDigest));
  if (digests.flat().length === 0) return found.map(() => false);
  const rows = await db
    .select({ type: dismissedPatterns.type, words: dismissedPatterns.wordsSha256 })
    .from(dismissedPatterns)
    .where(and(inArray(dismissedPatterns.wordsSha256, digests.flat()), isNull(dismissedPatterns.liftedAt)));
  const dismissed = new Set(rows.map(({ type, words }) => `${type} ${words}`));
  return found.map(({ type }, index) => (digests[index] ?? []).some((digest) => dismissed.has(`${type} ${digest}`)));
}

/** Remembers the words of a dismissed finding. */
export async function rememberDismissal(
  db: Database,
  { actId, type, words }: { readonly actId: number; readonly type: string; readonly words: readonly string[] },
): Promise<void> {
  const rows = [...new Set(words.map(patternDigest))].map((wordsSha256) => ({ actId, type, wordsSha256 }));
  if (rows.length > 0) await db.insert(dismissedPatterns).values(rows).onConflictDoNothing();
}

/** Takes the dismissal of words back. */
export async function liftDismissal(
  db: Database,
  { type, words, at }: { readonly type: string; readonly words: readonly string[]; readonly at: Date },
): Promise<void> {
  if (words.length === 0) return;
  await db
    .update(dismissedPatterns)
    .set({ liftedAt: at })
    .where(
      and(
        inArray(dismissedPatterns.wordsSha256, words.map(patternDigest)),
        eq(dismissedPatterns.type, type),
        isNull(dismissedPatterns.liftedAt),
      ),
    );
}
