import { describe, expect, test } from "vitest";
import { createHostTurns, turnKey } from "../../src/net/host-turns.ts";
import { fetcherFor } from "./support/fetchers.ts";
import { serve } from "./support/loopback.ts";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("turns", () => {
  test("come one at a time, first come first served", async () => {
    const turns = createHostTurns();
    const order: string[] = [];
    const visit = async (name: string) => {
      const end = await turns.take("a.example", 0);
      order.push(`${name} in`);
      await pause(5);
      order.push(`${name} out`);
      end();
    };
    await Promise.all(["1", "2", "3"].map(visit));
    expect(order).toEqual(["1 in", "1 out", "2 in", "2 out", "3 in", "3 out"]);
  });

  test("of a caller who gave up go to the next, and ending twice gives none away", async () => {
    const turns = createHostTurns();
    const endFirst = await turns.take("a.example", 0);
    const stop = new AbortController();
    const second = turns.take("a.example", 0, stop.signal);
    const third = turns.take("a.example", 0);
    stop.abort(new Error("enough"));
    await expect(second).rejects.toThrow("enough");
    endFirst();
    endFirst();
    const endThird = await third;
    let fourthIn = false;
    const fourth = turns.take("a.example", 0).then((end) => {
      fourthIn = true;
      end();
    });
    endFirst();
    await pause(5);
    expect(fourthIn).toBe(false);
    endThird();
    await fourth;
  });

  test("are shared by http and https of a name, and not by other ports", () => {
    expect(turnKey(new URL("http://a.example/"))).toBe(turnKey(new URL("https://a.example./x")));
    expect(turnKey(new URL("http://a.example:8080/"))).not.toBe(turnKey(new URL("http://a.example/")));
  });
});

test("two requests to one host keep their pause, redirects and robots.txt included", async () => {
  const arrivals: number[] = [];
  const note = () => arrivals.push(performance.now());
  const server = await serve(
    (request, response) => {
      note();
      if (request.url === "/a") response.writeHead(302, { Location: "/b" }).end();
      else response.end();
    },
    (_request, response) => {
      note();
      response.writeHead(404).end();
    },
  );
  const fetcher = fetcherFor([server], { perHostGapMs: 150 });
  await Promise.all([fetcher.fetch({ url: `${server.url}/a` }), fetcher.fetch({ url: `${server.url}/c` })]);
  expect(arrivals).toHaveLength(4);
  const gaps = arrivals.slice(1).map((at, i) => at - (arrivals[i] ?? 0));
  for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(149);
});

test("a slow host does not hold up others, and sees one connection at a time", async () => {
  let open = 0;
  let most = 0;
  const slow = await serve((_request, response) => {
    most = Math.max(most, ++open);
    setTimeout(() => {
      open--;
      response.end();
    }, 100);
  });
  const quick = await serve((_request, response) => response.end());
  const fetcher = fetcherFor([slow, quick]);
  const startedAt = performance.now();
  const waiting = Promise.all(Array.from({ length: 6 }, () => fetcher.fetch({ url: slow.url })));
  for (let i = 0; i < 10; i++) await fetcher.fetch({ url: quick.url });
  expect(performance.now() - startedAt).toBeLessThan(400);
  await waiting;
  expect(performance.now() - startedAt).toBeGreaterThan(590);
  expect(most).toBe(1);
});

test("waiting for a turn does not use up the time of a fetch", async () => {
  const server = await serve((_request, response) => void setTimeout(() => response.end(), 200));
  const fetcher = fetcherFor([server], { timeoutMs: 600 });
  const results = await Promise.all(Array.from({ length: 5 }, () => fetcher.fetch({ url: server.url })));
  for (const { elapsedMs } of results) expect(elapsedMs).toBeLessThan(600);
});

test("connections are kept open for the next request", async () => {
  const ports = new Set<number | undefined>();
  const server = await serve((request, response) => {
    ports.add(request.socket.remotePort);
    response.writeHead(request.url === "/304" ? 304 : 200).end(request.url === "/304" ? undefined : "x");
  });
  const fetcher = fetcherFor([server]);
  for (const path of ["/1", "/304", "/2", "/3"]) await fetcher.fetch({ url: server.url + path, etag: '"a"' });
  expect(ports.size).toBe(1);
});
