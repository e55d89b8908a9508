import type { KnownDate } from "./known-date.ts";

/** Who said the words, and in what office on that day. */
export type DigestSpeaker = {
  readonly name: string;
  readonly nameZh: string | null;
  readonly office: {
    readonly role: string;
    readonly roleZh: string | null;
    readonly body: string | null;
    readonly bodyZh: string | null;
  } | null;
};

type SourceName = { readonly title: string; readonly titleZh: string | null };

/** Where quoted words stand. */
type DigestPlace = {
  readonly documentId: number;
  readonly documentTitle: string | null;
  readonly versionNumber: number;
  readonly source: SourceName | null;
};

/** A development as the digest tells it. */
export type DigestDevelopmentLine = {
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
    | (DigestPlace & {
        readonly words: string;
        readonly lang: string | null;
        readonly speaker: DigestSpeaker | null;
        /** The fragment that marks the words on the document's page. */
        readonly mark: string;
      })
    | null;
};

/** A statement as the digest quotes it. */
export type DigestStatementLine = DigestPlace & {
  readonly id: number;
  readonly words: string;
  readonly lang: string | null;
  readonly speaker: DigestSpeaker | null;
  readonly saidAt: KnownDate | null;
  readonly reported: boolean;
  readonly late: boolean;
};
