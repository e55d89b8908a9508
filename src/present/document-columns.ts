import { excerptOf } from "../domain/query/passage.ts";
import type { Query } from "../domain/query/query.ts";
import type { FilledColumn } from "./filled-column.ts";

/** Longest piece of a text that is taken away, in UTF-16 units, about. */
const EXCERPT = 300;

/** Adds to a document that was found the piece of its text that shows what was asked for, in one line. */
export function withExcerpt<Row extends { readonly title: string | null; readonly text: string }>(
  query: Query,
  { text, ...row }: Row,
) {
  return {
    ...row,
    excerpt: excerptOf(query, { title: row.title, text }, EXCERPT).excerpt.text.replaceAll(/\s+/g, " ").trim(),
  };
}

/** What is taken away of a document that was found, with the piece of its text that shows what was asked for. */
type TakenDocument = {
  readonly id: number;
  readonly publishedAt: { readonly value: string } | null;
  readonly title: string | null;
  readonly byline: string | null;
  readonly source: { readonly id: string } | null;
  readonly kind: string;
  readonly lang: string | null;
  readonly url: string | null;
  readonly origin: string | null;
  readonly versionNumber: number;
  readonly statementCount: number;
  readonly firstSeenAt: Date;
  readonly withdrawnAt: Date | null;
  readonly excerpt: string;
};

/** The columns of documents that are taken away, by `parley search --documents` and from the pages alike; docs/api.md says what each is. */
export const documentColumns: readonly FilledColumn<TakenDocument>[] = [
  ["id", ({ id }) => id, "bigint"],
  ["published", ({ publishedAt }) => publishedAt?.value ?? null],
  ["title", ({ title }) => title],
  ["byline", ({ byline }) => byline],
  ["source", ({ source }) => source?.id ?? null],
  ["kind", ({ kind }) => kind],
  ["lang", ({ lang }) => lang],
  ["url", ({ url }) => url],
  ["origin", ({ origin }) => origin],
  ["version", ({ versionNumber }) => versionNumber, "integer"],
  ["statements", ({ statementCount }) => statementCount, "integer"],
  ["first_seen", ({ firstSeenAt }) => firstSeenAt.toISOString(), "timestamp with time zone"],
  ["withdrawn", ({ withdrawnAt }) => withdrawnAt?.toISOString() ?? null, "timestamp with time zone"],
  ["excerpt", ({ excerpt }) => excerpt],
];
