import type { FilledColumn } from "./filled-column.ts";

/** What is taken away of a development; of its evidence how much there is, and the first piece. */
type TakenDevelopment = {
  readonly id: number;
  readonly detectedAt: Date;
  readonly type: string;
  readonly severity: number;
  readonly status: string;
  readonly certainty: string;
  readonly hedge: string | null;
  readonly hold: string | null;
  readonly dismissedAt: Date | null;
  readonly eventDate: { readonly value: string } | null;
  readonly summary: string;
  readonly actors: readonly { readonly id: string }[];
  readonly topics: readonly { readonly id: string }[];
  readonly families: number;
  readonly evidence: readonly {
    readonly words: string;
    readonly documentId: number;
    readonly documentTitle: string | null;
    readonly url: string | null;
    readonly source: { readonly id: string } | null;
  }[];
};

/** The columns of developments that are taken away, by `parley developments` and from the pages alike; docs/api.md says what each is. */
export const developmentColumns: readonly FilledColumn<TakenDevelopment>[] = [
  ["id", ({ id }) => id, "bigint"],
  ["found", ({ detectedAt }) => detectedAt.toISOString(), "timestamp with time zone"],
  ["type", ({ type }) => type],
  ["severity", ({ severity }) => severity, "integer"],
  ["status", ({ status }) => status],
  ["certainty", ({ certainty }) => certainty],
  ["hedge", ({ hedge }) => hedge],
  ["hold", ({ hold }) => hold],
  ["dismissed", ({ dismissedAt }) => dismissedAt?.toISOString() ?? null, "timestamp with time zone"],
  ["event", ({ eventDate }) => eventDate?.value ?? null],
  ["summary", ({ summary }) => summary],
  ["actors", ({ actors }) => actors.map(({ id }) => id), "text[]"],
  ["topics", ({ topics }) => topics.map(({ id }) => id), "text[]"],
  ["families", ({ families }) => families, "integer"],
  ["evidence", ({ evidence }) => evidence.length, "integer"],
  ["words", ({ evidence: [first] }) => first?.words ?? null],
  ["source", ({ evidence: [first] }) => first?.source?.id ?? null],
  ["document", ({ evidence: [first] }) => first?.documentId ?? null, "bigint"],
  ["title", ({ evidence: [first] }) => first?.documentTitle ?? null],
  ["url", ({ evidence: [first] }) => first?.url ?? null],
];
