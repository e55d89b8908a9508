import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { demoFolder } from "./demo-folder.ts";

let origin = "";
let files: string[] = [];

beforeAll(async () => {
  origin = await readFile(join(demoFolder, "ORIGIN.md"), "utf8");
  const found = await readdir(demoFolder, { recursive: true, withFileTypes: true });
  files = found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(demoFolder.length + 1))
    .filter((file) => file !== "ORIGIN.md");
});

describe("the files of the demonstration", () => {
  test("are all named in ORIGIN.md, and no other is", () => {
    const named = [...origin.matchAll(/^- `([\w/.-]+)`/gm)].map((match) => match[1]);
    expect(named.toSorted()).toEqual(files.toSorted());
  });

  test("stay below 1 MB each and 5 MB in all", async () => {
    const sizes = await Promise.all(files.map(async (file) => (await stat(join(demoFolder, file))).size));
    expect(Math.max(...sizes)).toBeLessThan(1_000_000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(5_000_000);
  });

  test("are the recorded bytes where they are real documents", async () => {
    const sums = [...origin.matchAll(/^- `(white-house\/[^`]+)`\n\s+SHA-256 `([0-9a-f]{64})`/gm)];
    expect(sums.map((match) => match[1]).toSorted()).toEqual(
      files.filter((file) => file.startsWith("white-house/")).toSorted(),
    );
    for (const [, file = "", sum] of sums) {
      const bytes = await readFile(join(demoFolder, file));
      expect([file, createHash("sha256").update(bytes).digest("hex")]).toEqual([file, sum]);
    }
  });

  test("say in their first lines and titles that they are invented where they are", async () => {
    for (const file of files.filter((name) => name.endsWith(".html"))) {
      const html = await readFile(join(demoFolder, file), "utf8");
      expect([file, /<title>[^<]*(invented|虚构)/.test(html)]).toEqual([file, true]);
      expect([file, /class="site-banner">[^<]*(invented|虚构)/.test(html)]).toEqual([file, true]);
    }
  });
});
