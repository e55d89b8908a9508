import type { DocumentListRow } from "../db/archive/document-rows.ts";
import { documentName } from "../domain/document-name.ts";
import { excerptOf } from "../domain/query/passage.ts";
import type { Query } from "../domain/query/query.ts";
import type { Column } from "./output.ts";

/** Longest piece of a text that is shown, in UTF-16 units, about. */
const SHOWN = 300;

/** Gives a document that was found the shape that programs get: what it is, and the piece of its text that shows what was asked for. */
export function foundDocument(query: Query, { text, ...row }: DocumentListRow) {
  return {
    ...{ id: row.id, title: row.title, url: row.url, origin: row.origin, sourceId: row.source?.id ?? null },
    ...{ kind: row.kind, lang: row.lang, publishedAt: row.publishedAt, firstSeenAt: row.firstSeenAt.toISOString() },
    ...{ withdrawnAt: row.withdrawnAt?.toISOString() ?? null, version: row.versionNumber },
    ...{ statements: row.statementCount, ...excerptOf(query, { title: row.title, text }, SHOWN) },
  };
}

type Found = ReturnType<typeof foundDocument>;

/** How documents that were found are shown in a table. */
export const columnsOfFound: readonly Column<Found>[] = [
  { name: "published", value: ({ publishedAt }) => publishedAt?.value.slice(0, 10) ?? "", width: 12 },
  { name: "document", value: (row) => documentName(row), width: 40 },
  { name: "text", value: ({ excerpt }) => excerpt.text },
  { name: "source", value: ({ sourceId }) => sourceId, width: 26 },
  { name: "id", value: ({ id }) => id, width: 9 },
];
