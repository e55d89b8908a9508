import { beforeAll, expect, test } from "vitest";
import { documentFacets } from "../../../src/db/search/document-facets.ts";
import { indexDocuments } from "../../../src/db/search/document-index.ts";
import { searchAndCountStatements, statementFacets } from "../../../src/db/search/statement-facets.ts";
import { useDatabase } from "../../support/database.ts";
import { buildStatement } from "../../support/readings.ts";
import { questionOf } from "../../support/search-oracle.ts";
import { keepCatalogue, keepDocument } from "../../web/archive.ts";

const db = useDatabase();
const HERONS = 1_010;
const FIRST = "Heron number 0: so the heron flew.";

beforeAll(async () => {
  await keepCatalogue(db());
  const lines = Array.from({ length: HERONS }, (_, number) => `The heron number ${number} flew.`);
  lines[0] = FIRST;
  const text = lines.join("\n");
  const { documentId } = await keepDocument(db(), {
    text,
    statements: lines.map((line) => buildStatement(text, line)),
  });
  await indexDocuments(db(), [documentId]);
});

test("what the index finds by itself is counted to 2,000, what must be looked up to 1,000", async () => {
  expect(await statementFacets(db(), questionOf("heron"))).toMatchObject({ of: HERONS, complete: true });
  const phrase = await statementFacets(db(), questionOf('"heron number"'));
  expect(phrase).toMatchObject({ of: 1_000, complete: false });
  expect(phrase.by.kind).toMatchObject([{ id: "direct", count: 1_000 }]);
  expect(await documentFacets(db(), questionOf('"heron number"'))).toMatchObject({ of: 1, complete: true });
});

test("where few of many meet a question, looking them up ends, and the page is full all the same", async () => {
  const query = questionOf('"heron flew"');
  const wanted = { limit: 1, after: null, order: "newest", counted: 2 } as const;
  const { page, counts } = await searchAndCountStatements(db(), query, wanted);
  expect(page.rows.map(({ words }) => words)).toEqual([FIRST]);
  expect(counts).toMatchObject({ of: 0, complete: false });
});
