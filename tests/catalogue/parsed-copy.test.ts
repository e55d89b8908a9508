import { expect, test } from "vitest";
import { readCatalogueFolder } from "../../src/catalogue/catalogue-folder.ts";
import { layEntries } from "../../src/catalogue/layers.ts";
import { textDigest } from "../../src/catalogue/parsed-copy.ts";
import { shippedDir } from "./catalogue-dir.ts";

const { files } = readCatalogueFolder(shippedDir);

test("what the build parsed stands for a file whose text is the same", () => {
  const copy = { [textDigest("- id: small-yard\n")]: [{ id: "from-the-copy" }] };
  const lay = (text: string) => layEntries([[{ file: "phrases.yaml", section: "phrases", text }]], copy).entries;
  expect(lay("- id: small-yard\n").map(({ id }) => id)).toEqual(["from-the-copy"]);
});

test("a file that was changed by one character is parsed again", () => {
  const copy = { [textDigest("- id: small-yard\n")]: [{ id: "from-the-copy" }] };
  const lay = (text: string) => layEntries([[{ file: "phrases.yaml", section: "phrases", text }]], copy).entries;
  expect(lay("- id: small-yards\n").map(({ id }) => id)).toEqual(["small-yards"]);
});

test("no entry of the shipped files stands twice or without id", () => {
  expect(layEntries([files]).mistakes).toEqual([]);
});
