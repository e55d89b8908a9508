import { expect, test } from "vitest";
import { columnsThatFit } from "../../src/commands/output.ts";

const column = (name: string, width?: number) => ({ name, value: () => name, ...(width ? { width } : {}) });
const found = [
  column("said", 12),
  column("speaker", 26),
  column("words"),
  column("topics", 30),
  column("document", 36),
];

test.each([
  [80, ["said", "speaker", "words"]],
  [120, ["said", "speaker", "words", "topics"]],
  [160, ["said", "speaker", "words", "topics", "document"]],
  [40, ["said", "words"]],
])("a table %i characters wide leaves the words room to be read", (total, expected) => {
  expect(columnsThatFit(found, total).map(({ name }) => name)).toEqual(expected);
});

test("a table whose columns all have their widths keeps them", () => {
  const columns = [column("id", 10), column("name", 50)];
  expect(columnsThatFit(columns, 20)).toEqual(columns);
});
