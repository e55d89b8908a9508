import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { takeIn } from "../../src/commands/inputs.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parley-inputs-"));
  for (const name of ["b.pdf", "a.html", "c.docx", "a.html.meta.json", "d.eml"])
    await writeFile(join(folder, name), "{}");
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("a folder gives its pages, mails and PDF files in the order of their names, and no other files", async () => {
  const names: string[] = [];
  for await (const { path } of takeIn([folder], {})) names.push(basename(path));
  expect(names).toEqual(["a.html", "b.pdf", "d.eml"]);
});

test("what is not there is given as a failure that names it, and the others are taken in all the same", async () => {
  const taken: [string, string | null][] = [];
  for await (const { path, failure } of takeIn([join(folder, "gone"), join(folder, "b.pdf")], {}))
    taken.push([basename(path), failure?.message ?? null]);
  expect(taken).toEqual([
    ["gone", `${join(folder, "gone")}: there is no such file or folder.`],
    ["b.pdf", null],
  ]);
});
