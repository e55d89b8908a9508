import type { RequestListener } from "node:http";
import { describe, expect, test } from "vitest";
import { fetcherFor } from "./support/fetchers.ts";
import { serve } from "./support/loopback.ts";

const page: RequestListener = (_request, response) => response.end("page");
const DENY = "User-agent: *\nDisallow: /private";

describe("a site whose robots.txt", () => {
  test.each([
    ["answers 200 and forbids", 200, DENY, "robots-refused"],
    ["answers 404", 404, DENY, null],
    ["answers 401", 401, DENY, null],
    ["answers 403", 403, DENY, null],
    ["answers 410", 410, DENY, null],
    ["answers 429", 429, DENY, null],
    ["answers 500", 500, "", "robots-refused"],
    ["answers 503", 503, "", "robots-refused"],
    ["is empty", 200, "", null],
  ])("%s", async (_title, status, body, code) => {
    let visits = 0;
    const server = await serve(
      (_request, response) => {
        visits++;
        response.end("page");
      },
      (_request, response) => response.writeHead(status).end(body),
    );
    const wanted = fetcherFor([server]).fetch({ url: `${server.url}/private/x` });
    if (code === null) expect((await wanted).status).toBe(200);
    else await expect(wanted).rejects.toMatchObject({ code });
    expect(visits).toBe(code === null ? 1 : 0);
  });

  test("sends on is followed, and without end has no rules", async () => {
    const rules = await serve((_request, response) => response.end(DENY));
    const moved = await serve(page, (_request, response) =>
      response.writeHead(301, { Location: `${rules.url}/r` }).end(),
    );
    const endless = await serve(page, (_request, response) =>
      response.writeHead(302, { Location: "/robots.txt" }).end(),
    );
    const fetcher = fetcherFor([rules, moved, endless]);
    await expect(fetcher.fetch({ url: `${moved.url}/private` })).rejects.toMatchObject({ code: "robots-refused" });
    expect((await fetcher.fetch({ url: `${endless.url}/private` })).status).toBe(200);
  });

  test("is longer than 500 KiB is read as far as that", async () => {
    const long = `${DENY}\n${"# filler\n".repeat(60_000)}Disallow: /late\n`;
    const server = await serve(page, (_request, response) => response.end(long));
    const fetcher = fetcherFor([server]);
    await expect(fetcher.fetch({ url: `${server.url}/private` })).rejects.toMatchObject({ code: "robots-refused" });
    expect((await fetcher.fetch({ url: `${server.url}/late` })).status).toBe(200);
  });

  test("cannot be reached is not fetched from at all", async () => {
    let visits = 0;
    const server = await serve(
      (_request, response) => {
        visits++;
        response.end();
      },
      (request) => request.socket.destroy(),
    );
    await expect(fetcherFor([server]).fetch({ url: server.url })).rejects.toMatchObject({
      code: "net-unreachable",
      remedy: "retry",
    });
    expect(visits).toBe(0);
  });

  test("forbids where a redirect leads stops the redirect", async () => {
    const target = await serve(page, (_request, response) => response.end(DENY));
    const server = await serve((_request, response) =>
      response.writeHead(302, { Location: `${target.url}/private` }).end(),
    );
    await expect(fetcherFor([server, target]).fetch({ url: server.url })).rejects.toMatchObject({
      code: "robots-refused",
    });
  });

  test("asks for a longer pause gets it", async () => {
    const server = await serve(page, (_request, response) => response.end("User-agent: *\nCrawl-delay: 0.3"));
    const fetcher = fetcherFor([server]);
    const startedAt = performance.now();
    await fetcher.fetch({ url: server.url });
    await fetcher.fetch({ url: server.url });
    expect(performance.now() - startedAt).toBeGreaterThan(590);
  });
});

describe("a copy of robots.txt", () => {
  const HOUR_MS = 3_600_000;

  test("is kept for a day, and asked for once however many want it", async () => {
    let asked = 0;
    let now = 1_800_000_000_000;
    const server = await serve(page, (_request, response) => {
      asked++;
      response.end(DENY);
    });
    const fetcher = fetcherFor([server], { now: () => now });
    await Promise.all(Array.from({ length: 5 }, () => fetcher.fetch({ url: server.url })));
    now += 23 * HOUR_MS;
    await fetcher.fetch({ url: server.url });
    expect(asked).toBe(1);
    now += 2 * HOUR_MS;
    await fetcher.fetch({ url: server.url });
    expect(asked).toBe(2);
  });

  test("holds on while the site cannot give a new one", async () => {
    let asked = 0;
    let now = 1_800_000_000_000;
    const server = await serve(page, (_request, response) => response.writeHead(asked++ === 0 ? 200 : 503).end(DENY));
    const fetcher = fetcherFor([server], { now: () => now });
    await fetcher.fetch({ url: server.url });
    now += 25 * HOUR_MS;
    expect((await fetcher.fetch({ url: server.url })).status).toBe(200);
    await expect(fetcher.fetch({ url: `${server.url}/private` })).rejects.toMatchObject({ code: "robots-refused" });
    expect(asked).toBe(2);
  });

  test("that could not be had is asked for again after five minutes", async () => {
    let asked = 0;
    let now = 1_800_000_000_000;
    const server = await serve(page, (_request, response) => response.writeHead(asked++ === 0 ? 503 : 404).end());
    const fetcher = fetcherFor([server], { now: () => now });
    for (let i = 0; i < 3; i++) {
      const wanted = fetcher.fetch({ url: server.url });
      await expect(wanted).rejects.toMatchObject({ code: "robots-refused", httpStatus: 503, retryAfterMs: 300_000 });
    }
    now += 6 * 60_000;
    expect((await fetcher.fetch({ url: server.url })).status).toBe(200);
    expect(asked).toBe(2);
  });
});

test("a robots.txt that drips counts against the time of the fetch", async () => {
  const server = await serve(page, (_request, response) => void response.write("User-agent: *\n"));
  const startedAt = performance.now();
  await expect(fetcherFor([server], { timeoutMs: 700 }).fetch({ url: server.url })).rejects.toMatchObject({
    code: "net-timeout",
  });
  expect(performance.now() - startedAt).toBeLessThan(1_700);
});

test("one caller who gives up does not take the rules from the others", async () => {
  const server = await serve(page, (_request, response) => void setTimeout(() => response.end(DENY), 200));
  const fetcher = fetcherFor([server]);
  const stop = new AbortController();
  const first = fetcher.fetch({ url: server.url, signal: stop.signal });
  const second = fetcher.fetch({ url: server.url });
  setTimeout(() => stop.abort(new Error("enough")), 50);
  await expect(first).rejects.toThrow("enough");
  expect((await second).status).toBe(200);
});
