import type { CorrectionReason } from "../domain/alerted.ts";
import type { DigestDevelopmentLine, DigestSpeaker, DigestStatementLine } from "../domain/digest-line.ts";
import type { DigestPeriod } from "../domain/digest-time.ts";
import type { CoveredSource } from "./coverage-line.ts";
import type { DigestLanguage } from "./digest-words.ts";

/** Something that an earlier digest told and that does not hold any more. */
export type DigestCorrectionFacts = {
  readonly developmentId: number;
  readonly summary: string;
  readonly reason: CorrectionReason;
  /** The day of the digest that told of it. */
  readonly toldOn: string;
};

/** Everything a digest is made of. */
export type DigestFacts = {
  readonly period: DigestPeriod;
  readonly day: string;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly timeZone: string;
  readonly lang: DigestLanguage;
  readonly publicUrl: string;
  /** The gravest first. */
  readonly developments: readonly DigestDevelopmentLine[];
  /** Developments that are left out for want of room. */
  readonly more: number;
  readonly statements: readonly DigestStatementLine[];
  readonly corrections: readonly DigestCorrectionFacts[];
  readonly coverage: readonly CoveredSource[];
  /** What is wrong with Parley itself, in sentences. */
  readonly troubles: readonly string[];
  readonly intake: { readonly documents: number; readonly statements: number };
  /** The reader's own pages; null where the digest is only looked at. */
  readonly links: { readonly manage: string; readonly unsubscribe: string } | null;
};

/** Developments of one thread; one that belongs to none is a group of its own. */
export type DigestThread = {
  readonly state: string | null;
  readonly developments: readonly DigestDevelopmentLine[];
};

/** Groups developments by thread, the thread with the gravest first; inside it the gravest first. */
export function byThread(developments: readonly DigestDevelopmentLine[]): readonly DigestThread[] {
  const groups = new Map<string, DigestDevelopmentLine[]>();
  for (const one of developments) {
    const key = one.thread ? `thread ${one.thread.id}` : `alone ${one.id}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => ({ state: group[0]?.thread?.state ?? null, developments: group }));
}

/** What one speaker said. */
export type DigestVoice = {
  readonly speaker: DigestSpeaker | null;
  readonly statements: readonly DigestStatementLine[];
};

/** Groups statements by who speaks, in the order in which they come. */
export function byVoice(statements: readonly DigestStatementLine[]): readonly DigestVoice[] {
  const groups = new Map<string, DigestStatementLine[]>();
  for (const one of statements) {
    const key = one.speaker?.name ?? "";
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => ({ speaker: group[0]?.speaker ?? null, statements: group }));
}
