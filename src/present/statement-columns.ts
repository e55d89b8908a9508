import { type Span, showingGaps } from "../domain/span.ts";
import type { FilledColumn } from "./filled-column.ts";

/** What is taken away of a statement. */
type TakenStatement = {
  readonly key: string | null;
  readonly id: number;
  readonly saidAt: { readonly value: string } | null;
  readonly speaker: { readonly text: string } | null;
  readonly actors: readonly { readonly id: string; readonly bloc: string }[];
  readonly words: string;
  readonly content: readonly Span[];
  readonly lang: string | null;
  readonly kind: string;
  readonly act: string;
  readonly fidelity: string;
  readonly confidence: number;
  readonly topics: readonly { readonly id: string }[];
  readonly document: {
    readonly id: number;
    readonly title: string | null;
    readonly url: string | null;
    readonly source: { readonly id: string } | null;
  };
  readonly polarity: string;
};

/** The columns of statements that are taken away, by `parley export` and from the pages alike; docs/api.md says what each is. */
export const statementColumns: readonly FilledColumn<TakenStatement>[] = [
  ["key", ({ key }) => key],
  ["id", ({ id }) => id, "bigint"],
  ["said", ({ saidAt }) => saidAt?.value ?? null],
  ["speaker", ({ speaker }) => speaker?.text ?? null],
  ["actors", ({ actors }) => actors.map(({ id }) => id), "text[]"],
  ["sides", ({ actors }) => [...new Set(actors.map(({ bloc }) => bloc))], "text[]"],
  ["words", ({ words, content }) => showingGaps(words, content)],
  ["lang", ({ lang }) => lang],
  ["kind", ({ kind }) => kind],
  ["act", ({ act }) => act],
  ["fidelity", ({ fidelity }) => fidelity],
  ["confidence", ({ confidence }) => confidence, "real"],
  ["topics", ({ topics }) => topics.map(({ id }) => id), "text[]"],
  ["source", ({ document }) => document.source?.id ?? null],
  ["document", ({ document }) => document.id, "bigint"],
  ["title", ({ document }) => document.title],
  ["url", ({ document }) => document.url],
  ["polarity", ({ polarity }) => polarity],
];
