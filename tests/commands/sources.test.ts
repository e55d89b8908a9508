import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type Loopback, serve } from "../net/support/loopback.ts";
import { briefing, page, rss } from "../support/pages.ts";
import { runParley } from "./run-parley.ts";

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "parley-sources-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** A site with a front page, a feed and an article; other paths answer 404. */
async function site(
  front: (url: string) => string,
  extra: Record<string, (url: string) => string> = {},
): Promise<Loopback> {
  const server: Loopback = await serve((request, response) => {
    const answer = { "/": front, ...extra }[request.url ?? ""];
    if (answer) response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(answer(server.url));
    else response.writeHead(404).end();
  });
  return server;
}

const feedOf = (url: string) =>
  rss([
    { key: "1", url: `${url}/articles/first-round`, title: "The first round of the talks is over" },
    { key: "2", url: `${url}/articles/second-round`, title: "The second round of the talks will be in June" },
  ]);

const settings = ({ host }: Loopback, catalogue?: string) => ({
  PARLEY_ALLOW_ADDRESSES: host,
  PARLEY_HOST_GAP_MS: "0",
  PARLEY_DATA: join(home, "data"),
  ...(catalogue ? { PARLEY_CATALOGUE: catalogue } : {}),
});

describe("parley sources add", () => {
  test("finds the feed that a page declares, writes it with its publisher, and parley sources check shows what it yields", async () => {
    const server = await site(() => '<link rel="alternate" type="application/rss+xml" href="/rss">', {
      "/rss": feedOf,
      "/articles/first-round": () => page(briefing),
    });
    const environment = settings(server, join(home, "declared"));
    const added = await runParley(
      ["sources", "add", server.url, "--id", "norland-news", "--every", "30m"],
      environment,
    );
    expect(added.err).toContain("parley sources check norland-news");
    expect(added.code).toBe(0);
    const [entry] = parse(await readFile(join(home, "declared/sources/added.yaml"), "utf8"));
    expect(entry).toMatchObject({
      ...{ id: "norland-news", title: "Norland", actor: "norland", class: "press", official: false, languages: ["en"] },
      ...{ poll: { every: "30m" }, list: { kind: "feed", url: `${server.url}/rss` }, plainHttp: true },
    });
    const checked = await runParley(["sources", "check", "norland-news", "--save", join(home, "saved")], environment);
    expect(checked.out).toContain("2 entries");
    expect(checked.out).toMatch(/[1-9]\d* statements/);
    expect(checked.code).toBe(0);
    expect(JSON.parse(await readFile(join(home, "saved/page.html.meta.json"), "utf8"))).toMatchObject({
      url: `${server.url}/articles/first-round`,
    });
    const again = await runParley(["sources", "add", server.url], environment);
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining("is watched already, as norland-news") });
    const listed = await runParley(["sources", "--find", "norland-news", "--format", "json"], environment);
    expect(JSON.parse(listed.out)).toMatchObject({ id: "norland-news", kind: "feed", state: "on" });
    const shown = await runParley(["sources", "show", "norland-news"], environment);
    expect(shown.out).toContain(`url: ${server.url}/rss`);
  });

  test("tries usual places, and takes a page of links as a listing where there is no feed", async () => {
    const links = [1, 2, 3, 4, 5, 6]
      .map((n) => `<li><a href="/briefings/2026/round-${n}-of-the-talks">Round ${n} of the talks on models</a></li>`)
      .join("");
    const usual = await site(() => "<p>Nothing</p>", { "/feed/": feedOf });
    const found = await runParley(["sources", "add", usual.url, "--dry-run"], settings(usual));
    expect(found.out).toMatch(/1\. feed +http\S+\/feed\/\n.*at a usual place/);
    const listing = await site(() => `<title>Briefings</title><ul>${links}</ul>`);
    const suggested = await runParley(["sources", "add", listing.url, "--dry-run"], settings(listing));
    expect(parse(suggested.out.slice(suggested.out.indexOf("- id:")))[0]).toMatchObject({
      list: { kind: "page", articlePath: "/briefings/\\d{4}/[^/]+$" },
    });
  });

  test("says so where nothing is found, and what is wrong with what it is given", async () => {
    const bare = await site(() => "<p>Nothing</p>");
    expect(await runParley(["sources", "add", bare.url, "--dry-run"], settings(bare))).toMatchObject({
      ...{ code: 1, out: expect.stringContaining("Nothing on") },
    });
    const server = await site(() => feedOf("https://norland.example"));
    for (const [args, says] of [
      [["no-address"], "is no address"],
      [[server.url, "--actor", "nobody", "--dry-run"], "the catalogue has no such actor"],
      [[server.url], "Set PARLEY_CATALOGUE"],
    ] as const) {
      const { code, err } = await runParley(["sources", "add", ...args], settings(server));
      expect([code > 0, err]).toEqual([true, expect.stringContaining(says)]);
    }
  });
});

test("a source that fails is told so by parley sources check", async () => {
  const server = await site(() => "x");
  const folder = join(home, "failing");
  await runParley(["sources", "import", await opml(`${server.url}/rss`)], settings(server, folder));
  const { code, out } = await runParley(
    ["sources", "check", "127-0-0-1-norland", "--save", join(home, "none")],
    settings(server, folder),
  );
  expect([code, out]).toEqual([1, expect.stringContaining("http-gone")]);
  expect(existsSync(join(home, "none"))).toBe(false);
});

test("subscriptions go in and out as OPML; what is watched already is passed over", async () => {
  const server = await site(() => "x");
  const environment = settings(server, join(home, "opml"));
  const file = await opml("https://feeds.norland.example/rss");
  const first = await runParley(["sources", "import", file], environment);
  expect(first.err).toContain("1 of 1 feeds are new");
  const second = await runParley(["sources", "import", file], environment);
  expect(second.err).toContain("0 of 1 feeds are new");
  const { out } = await runParley(["sources", "export", "--opml"], environment);
  expect(out).toContain('xmlUrl="https://feeds.norland.example/rss"');
});

async function opml(url: string): Promise<string> {
  const file = join(home, `list-${Math.abs(url.length)}.opml`);
  await writeFile(file, `<opml version="2.0"><body><outline text="Norland" xmlUrl="${url}"/></body></opml>`);
  return file;
}
