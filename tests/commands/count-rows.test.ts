import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countRows } from "../../src/commands/count-rows.ts";
import { openTableFile, tableFormats } from "../../src/commands/table-file.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parley-rows-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(tableFormats)("the rows of a file in %s are counted, whatever stands in its cells", async (format) => {
  const words = fc.array(
    fc.oneof(fc.constantFrom('"', "\n", '\n"\n', "\r\n", ",", '""', "a,b", "\uFEFF", "", "外交部"), fc.string()),
    { maxLength: 5 },
  );
  const rows = fc.array(fc.record({ words: words.map((parts) => parts.join("")), note: fc.option(fc.string()) }), {
    maxLength: 20,
  });
  await fc.assert(
    fc.asyncProperty(rows, async (all) => {
      const path = join(folder, `table.${format}`);
      const file = await openTableFile(path, format, [
        ["words", "text"],
        ["note", "text"],
      ]);
      await file.write(all);
      await file.close();
      expect(await countRows(path)).toBe(all.length);
    }),
    { numRuns: 60 },
  );
});

test.each([
  ["a.ndjson", '{"a":1}\n{"a":'],
  ["a.csv", ""],
  ["a.csv", 'a,b\n"1,2\n'],
  ["a.parquet", "PAR1 and nothing else"],
  ["a.parquet", ""],
  ["a.txt", "a\n"],
])("%s holding %j is no file of rows", async (name, text) => {
  await writeFile(join(folder, name), text);
  expect(await countRows(join(folder, name))).toBeNull();
});
