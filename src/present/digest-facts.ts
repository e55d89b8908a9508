import type { DigestPeriod } from "../domain/digest-time.ts";
import type { KnownDate } from "../domain/known-date.ts";
import type { CoveredSource } from "./coverage-line.ts";
import type { DigestLanguage } from "./digest-words.ts";

/** Who said the words, and in what office on that day. */
export type SpeakerFacts = {
  readonly name: string;
  readonly nameZh: string | null;
  readonly office: { readonly role: string; readonly body: string | null; readonly bodyZh: string | null } | null;
};

type SourceName = { readonly title: string; readonly titleZh: string | null };

/** Where quoted words stand. */
export type PlaceFacts = {
  readonly documentId: number;
  readonly documentTitle: string | null;
  readonly versionNumber: number;
  readonly source: SourceName | null;
};

/** A development as the digest tells it. */
export type DigestDevelopmentFacts = {
  readonly id: number;
  readonly type: string;
  readonly typeName: { readonly label: string; readonly labelZh: string | null };
  readonly severity: number;
  readonly summary: string;
  readonly hedge: string | null;
  readonly eventDate: KnownDate | null;
  readonly late: boolean;
  readonly edited: boolean;
  readonly conflict: boolean;
  readonly thread: { readonly id: number; readonly state: string | null } | null;
  readonly quote:
    | (PlaceFacts & {
        readonly words: string;
        readonly lang: string | null;
        readonly speaker: SpeakerFacts | null;
        /** The fragment that marks the words on the document's page. */
        readonly mark: string;
      })
    | null;
};

/** A statement as the digest quotes it. */
export type DigestStatementFacts = PlaceFacts & {
  readonly id: number;
  readonly words: string;
  readonly lang: string | null;
  readonly speaker: SpeakerFacts | null;
  readonly saidAt: KnownDate | null;
  readonly reported: boolean;
  readonly late: boolean;
};

/** Something that an earlier digest told and that does not hold any more. */
export type DigestCorrectionFacts = {
  readonly developmentId: number;
  readonly summary: string;
  readonly reason: "withdrawn" | "dismissed" | "background" | "reattributed";
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
  readonly developments: readonly DigestDevelopmentFacts[];
  /** Developments that are left out for want of room. */
  readonly more: number;
  readonly statements: readonly DigestStatementFacts[];
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
  readonly developments: readonly DigestDevelopmentFacts[];
};

/** Groups developments by thread, the thread with the gravest first; inside it the gravest first. */
export function byThread(developments: readonly DigestDevelopmentFacts[]): readonly DigestThread[] {
  const groups = new Map<string, DigestDevelopmentFacts[]>();
  for (const one of developments) {
    const key = one.thread ? `thread ${one.thread.id}` : `alone ${one.id}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => ({ state: group[0]?.thread?.state ?? null, developments: group }));
}

/** What one speaker said. */
export type DigestVoice = {
  readonly speaker: SpeakerFacts | null;
  readonly statements: readonly DigestStatementFacts[];
};

/** Groups statements by who speaks, in the order in which they come. */
export function byVoice(statements: readonly DigestStatementFacts[]): readonly DigestVoice[] {
  const groups = new Map<string, DigestStatementFacts[]>();
  for (const one of statements) {
    const key = one.speaker?.name ?? "";
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => ({ speaker: group[0]?.speaker ?? null, statements: group }));
}
