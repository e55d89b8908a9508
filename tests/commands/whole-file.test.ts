import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeWhole } from "../../src/commands/whole-file.ts";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "parley-whole-"));
  file = join(folder, "backup");
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const secret = (partial: string) => writeFile(partial, "secret");

describe("a file that is written whole", () => {
  test("stands under its name only when it is done, and what stood there stays until then", async () => {
    await writeFile(file, "before");
    await writeWhole(file, async (partial) => {
      await writeFile(partial, "half");
      expect(await readFile(file, "utf8")).toBe("before");
    });
    expect(await readFile(file, "utf8")).toBe("half");
    expect(await readdir(folder)).toEqual(["backup"]);
  });

  test("leaves what stood there, and nothing else, when it breaks off", async () => {
    await writeFile(file, "before");
    const broken = writeWhole(file, async (partial) => {
      await writeFile(partial, "half");
      throw new Error("no room");
    });
    await expect(broken).rejects.toThrow("no room");
    expect(await readFile(file, "utf8")).toBe("before");
    expect(await readdir(folder)).toEqual(["backup"]);
  });

  test("is nobody else's to read, though somebody made the unfinished one before, open to all", async () => {
    await writeFile(`${file}.part`, "");
    await chmod(`${file}.part`, 0o666);
    await writeWhole(file, secret, { mode: 0o600 });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test("follows no link that somebody put in its way", async () => {
    const victim = join(folder, "victim");
    await writeFile(victim, "untouched");
    await symlink(victim, `${file}.part`);
    await writeWhole(file, secret, { mode: 0o600 });
    expect(await readFile(victim, "utf8")).toBe("untouched");
    expect(await readFile(file, "utf8")).toBe("secret");
  });

  test("replaces the file that a link of this name leads to", async () => {
    const real = join(folder, "real");
    await writeFile(real, "before");
    await symlink(real, file);
    await writeWhole(file, secret);
    expect(await readFile(real, "utf8")).toBe("secret");
  });

  test("goes straight to what is no file", async () => {
    await writeWhole("/dev/null", async (path) => {
      expect(path).toBe("/dev/null");
      await writeFile(path, "secret");
    });
  });
});
