import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { demoCatalogue, writeDemoOverlay } from "../../src/demo/catalogue.ts";
import { demoFolder } from "./demo-folder.ts";

const origin = "http://127.0.0.1:4999";

test("every demonstration source is watched at the running server, over plain http", async () => {
  const { sources } = await demoCatalogue(demoFolder, origin);
  expect(sources.map(({ list }) => list && new URL(list.url).origin)).toEqual(sources.map(() => origin));
  expect(sources.every(({ plainHttp, enabled }) => plainHttp && enabled)).toBe(true);
});

test("every demonstration actor and source is marked as the demonstration's, and as invented unless it is the White House", async () => {
  const { sources, actors } = await demoCatalogue(demoFolder, origin);
  for (const { id } of [...sources, ...actors]) expect(id).toMatch(/^demo-/);
  for (const { id, title } of sources) expect(title).toMatch(id === "demo-white-house" ? /recorded/ : /invented/);
  for (const { evidence } of actors) expect(evidence[0]?.basis).toContain("invented");
});

test("actors of the demonstration belong to one another", async () => {
  const { sources, actors } = await demoCatalogue(demoFolder, origin);
  const ids = new Set<string | null>(["white-house", null, ...actors.map(({ id }) => id)]);
  for (const { parent, offices } of actors) {
    for (const id of [parent, ...offices.map(({ body }) => body)]) expect(ids).toContain(id);
  }
  for (const { actor } of sources) expect(ids).toContain(actor);
});

test("the overlay folder holds the same files with the running server's address", async () => {
  const folder = await mkdtemp(join(tmpdir(), "parley-demo-"));
  try {
    await writeDemoOverlay(demoFolder, origin, folder);
    const sources = await readFile(join(folder, "sources", "demo.yaml"), "utf8");
    expect(sources).toContain(`${origin}/white-house/feed/`);
    expect(sources).not.toContain("http://demo.invalid/");
    expect(await readFile(join(folder, "actors.yaml"), "utf8")).toContain("demo-lan-qiao");
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("a demo folder that lacks its catalogue is refused with the name of what is missing", async () => {
  await expect(demoCatalogue(join(demoFolder, "absent"), origin)).rejects.toMatchObject({
    code: "bad-input",
    message: expect.stringContaining("demo/catalogue/"),
  });
});
