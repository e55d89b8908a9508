import type { OpenAPIHono, z } from "@hono/zod-openapi";
import type { DocumentListRow } from "../../db/archive/document-rows.ts";
import { documentFacets } from "../../db/search/document-facets.ts";
import { searchDocuments } from "../../db/search/document-search.ts";
import { excerptOf } from "../../domain/query/passage.ts";
import type { Query } from "../../domain/query/query.ts";
import { readCursor, understandQuestion } from "../search.ts";
import type { Parts } from "./archive-api.ts";
import { documentFacetsRoute, documentsRoute, type foundDocumentShape } from "./document-routes.ts";

/** Longest piece of a text that is shown of a document, in UTF-16 units, about. */
const SHOWN = 400;

/** Adds the search over documents. Before what finds one by its number, for which `facets` would be a wrong one. */
export function addDocumentApi(api: OpenAPIHono, { db, baseOf, badRequest }: Omit<Parts, "notFound">): void {
  api.openapi(documentsRoute, async (c) => {
    const { limit, cursor: word, order, ...parameters } = c.req.valid("query");
    const cursor = readCursor(word);
    const { query, mistakes } = await understandQuestion(db, parameters);
    const all = [...mistakes, ...cursor.mistakes];
    if (all.length > 0) return badRequest(c, all);
    const { rows, next } = await searchDocuments(db, query, { limit, after: cursor.after, order });
    return c.json({ items: rows.map((row) => foundDocumentJson(query, row, baseOf(c))), next }, 200);
  });

  api.openapi(documentFacetsRoute, async (c) => {
    const { query, mistakes } = await understandQuestion(db, c.req.valid("query"));
    if (mistakes.length > 0) return badRequest(c, mistakes);
    const { of, complete, by } = await documentFacets(db, query);
    const lists = Object.fromEntries(Object.entries(by).map(([name, values]) => [name, [...values]]));
    return c.json({ of, complete, by: lists }, 200);
  });
}

function foundDocumentJson(query: Query, row: DocumentListRow, base: string): z.infer<typeof foundDocumentShape> {
  const { titleHighlights, excerpt } = excerptOf(query, row, SHOWN);
  return {
    ...{ id: row.id, title: row.title, titleHighlights: [...titleHighlights], url: row.url, origin: row.origin },
    ...{ source: row.source, byline: row.byline, kind: row.kind, lang: row.lang, publishedAt: row.publishedAt },
    firstSeenAt: row.firstSeenAt.toISOString(),
    withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
    ...{ version: row.versionNumber, statements: row.statementCount },
    excerpt: { ...excerpt, highlights: [...excerpt.highlights] },
    links: { html: `${base}/documents/${row.id}`, self: `${base}/api/v1/documents/${row.id}` },
  };
}
