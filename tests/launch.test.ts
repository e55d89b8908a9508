import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { shipped } from "../src/paths.ts";

const run = promisify(execFile);

/** The first line of the command: how Node is to be started for it. */
async function firstLine(): Promise<string> {
  const source = await readFile(shipped("dist/cli.js"), "utf8");
  return source.slice(0, source.indexOf("\n"));
}

test("the command's first line starts this Node with flags that it knows", async () => {
  const [, settings, flags] =
    /^#!\/usr\/bin\/env -S ((?:\w+=\w+ )*)node((?: --[\w-]+(?:=\w+)?)*)$/.exec(await firstLine()) ?? [];
  const env = Object.fromEntries(
    (settings ?? "")
      .trim()
      .split(" ")
      .map((setting) => setting.split("=")),
  );
  const { stdout } = await run(
    process.execPath,
    [...(flags ?? "").trim().split(" "), shipped("dist/cli.js"), "--version"],
    {
      env: { ...process.env, ...env },
    },
  );
  expect(stdout).toMatch(/^\d+\.\d+\.\d+/);
  expect(env).toEqual({ MALLOC_ARENA_MAX: "2", MALLOC_TRIM_THRESHOLD_: "131072" });
  // Linux reads no more of a first line.
  expect((await firstLine()).length).toBeLessThanOrEqual(127);
});

test("npm's scripts and the image start the command itself, so that its first line counts", async () => {
  const { scripts } = JSON.parse(await readFile(shipped("package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  for (const name of ["start", "demo", "parley"]) expect(scripts[name]).toMatch(/&& dist\/cli\.js/);
  expect(scripts.build).toContain("chmod +x dist/cli.js");
  expect(await readFile(shipped("Dockerfile"), "utf8")).toContain('ENTRYPOINT ["dist/cli.js"]');
});
