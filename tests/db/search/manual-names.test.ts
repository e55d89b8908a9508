import { beforeAll, expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/load.ts";
import { saveCatalogue } from "../../../src/db/collection/catalogue.ts";
import { unknownNames } from "../../../src/db/search/query-names.ts";
import { readQuestion } from "../../../src/domain/query/ask.ts";
import { fieldNames, fieldOf } from "../../../src/domain/query/field.ts";
import { questionExamples, sourceClasses } from "../../../src/domain/query/manual.ts";
import { shippedDir } from "../../catalogue/catalogue-dir.ts";
import { useDatabase } from "../../support/database.ts";
import { noon } from "../../support/moments.ts";

const db = useDatabase();
const catalogue = loadCatalogue({ shippedDir, overlayDir: null });
beforeAll(() => saveCatalogue(db(), catalogue, noon));

const examples = [
  ...questionExamples.map(([question]) => question),
  ...fieldNames.map((name) => fieldOf(name).example),
];

test.each(examples)("the catalogue that ships knows every name in %s, an example of the manual", async (example) => {
  const { mentions, mistakes } = readQuestion({ q: example });
  expect([...mistakes, ...(await unknownNames(db(), mentions))]).toEqual([]);
});

test("the manual lists every class that a source of the catalogue has", () => {
  expect([...new Set(catalogue.sources.map((source) => source.class))].toSorted()).toEqual([...sourceClasses]);
});
