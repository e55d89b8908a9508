import type { AlertStatement, CorrectionReason } from "../domain/alerted.ts";
import type { KnownDate } from "../domain/known-date.ts";

/** A development as alerts tell it. */
export type AlertDevelopment = {
  readonly id: number;
  readonly type: string;
  readonly typeName: { readonly label: string };
  readonly severity: number;
  readonly status: string;
  readonly summary: string;
  readonly hedge: string | null;
  readonly eventDate: KnownDate | null;
  readonly detectedAt: Date;
  readonly actors: readonly { readonly id: string; readonly name: string }[];
  readonly topics: readonly string[];
  readonly evidence: readonly {
    readonly words: string;
    readonly statementId: number | null;
    readonly documentId: number;
    readonly title: string | null;
    /** Title of the source; null for what was imported. */
    readonly source: string | null;
    readonly publishedAt: KnownDate | null;
  }[];
};

/** What an alert tells. */
export type AlertNews =
  | { readonly kind: "development"; readonly late: boolean; readonly development: AlertDevelopment }
  | { readonly kind: "statements"; readonly late: boolean; readonly statements: readonly AlertStatement[] }
  /** What waited while the rule was to keep still, together. */
  | {
      readonly kind: "batch";
      readonly developments: readonly (AlertDevelopment & { readonly late: boolean })[];
      readonly statements: readonly AlertStatement[];
    }
  | {
      readonly kind: "correction";
      readonly development: AlertDevelopment;
      readonly reason: CorrectionReason;
      /** The delivery that told of it first, and when. */
      readonly corrects: { readonly deliveryId: string; readonly at: Date };
    }
  | { readonly kind: "test"; readonly endpoint: string };

/** An alert to be written: its news, the rule that asked for it, and when. */
export type AlertMatter = {
  /** Null for a test, which no rule asked for. */
  readonly rule: string | null;
  readonly news: AlertNews;
  readonly publicUrl: string;
  readonly at: Date;
};
