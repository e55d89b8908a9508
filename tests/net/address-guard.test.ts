import { readFileSync } from "node:fs";
import { isIPv4, type LookupFunction } from "node:net";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isPublicAddress, parseAllowList, reasonToRefuse } from "../../src/net/address-guard.ts";
import { createGuardedAgent, publicOnly } from "../../src/net/guarded-agent.ts";
import { corpus } from "./support/corpora.ts";
import { fetcherFor } from "./support/fetchers.ts";
import { countConnections, serve } from "./support/loopback.ts";

const nothing = parseAllowList([]);

/** Ways to write an address inside the network; each is tried with a port where somebody listens. */
const INSIDE = [
  "127.0.0.1",
  "127.1",
  "127.0.1",
  "2130706433",
  "0x7f000001",
  "0x7f.1",
  "0177.0.0.1",
  "017700000001",
  "127.0.0.1.",
  "127.255.255.254",
  "127。0。0。1",
  "①②⑦.⓪.⓪.①",
  "%31%32%37.0.0.1",
  "0",
  "0.0.0.0",
  "localhost",
  "LOCALHOST.",
  "a.localhost",
  "ip6-localhost",
  "[::1]",
  "[::]",
  "[0:0:0:0:0:0:0:1]",
  "[::ffff:7f00:1]",
  "[::ffff:127.0.0.1]",
  "[::127.0.0.1]",
  "[64:ff9b::7f00:1]",
  "[64:ff9b:1::7f00:1]",
  "[2002:7f00:1::]",
  "[2001:0:7f00:1::]",
  "[fe80::1]",
  "[fc00::1]",
  "[fec0::1]",
  "[ff02::1]",
  "10.0.0.1",
  "172.16.0.1",
  "192.168.1.1",
  "100.64.0.1",
  "169.254.169.254",
  "168.63.129.16",
  "192.0.0.192",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "printer",
  "printer.local",
  "metadata.google.internal",
];

describe("an address inside the network", () => {
  test.each(INSIDE)("%s is refused by its spelling, on every port that is ever dialled", (host) => {
    for (const [scheme, port] of [
      ["http", ""],
      ["https", ""],
      ["http", ":443"],
      ["https", ":80"],
    ]) {
      expect(reasonToRefuse(new URL(`${scheme}://${host}${port}/`), nothing)).not.toBeNull();
    }
  });

  test("opens no TCP connection, asked for directly, by redirect or behind robots.txt", async () => {
    const inside = await countConnections();
    const hosts = [...INSIDE.slice(0, 23), "[::1]"];
    const server = await serve((request, response) =>
      response
        .writeHead(302, { Location: Buffer.from(decodeURIComponent(request.url?.slice(1) ?? "")).toString("latin1") })
        .end(),
    );
    const liar = await serve(
      (_request, response) => response.end(),
      (_request, response) => response.writeHead(301, { Location: `http://127.0.0.1:${inside.port}/` }).end(),
    );
    const fetcher = fetcherFor([server, liar]);
    for (const host of hosts) {
      const url = `http://${host}:${inside.port}/`;
      await expect(fetcher.fetch({ url, plainHttp: true })).rejects.toMatchObject({
        code: "net-forbidden",
        remedy: "park",
      });
      const redirected = fetcher.fetch({ url: `${server.url}/${encodeURIComponent(url)}`, plainHttp: true });
      await expect(redirected).rejects.toMatchObject({ code: "net-forbidden" });
    }
    await expect(fetcher.fetch({ url: liar.url })).rejects.toMatchObject({ code: "net-forbidden" });
    expect(inside.seen()).toBe(0);
  });

  test("is refused by the connector itself, even if nobody asked before", async () => {
    const inside = await countConnections();
    const agent = createGuardedAgent({ allowed: nothing, connectTimeoutMs: 1_000 });
    for (const origin of [`http://127.0.0.1:${inside.port}`, `https://[::1]:${inside.port}`, "http://127.0.0.1"]) {
      await expect(agent.request({ origin, path: "/", method: "GET" })).rejects.toMatchObject({
        code: "net-forbidden",
      });
    }
    expect(inside.seen()).toBe(0);
    await agent.close();
  });

  test("is not reached through the proxy settings of the environment", async () => {
    const inside = await countConnections();
    process.env.HTTP_PROXY = process.env.http_proxy = `http://127.0.0.1:${inside.port}`;
    try {
      const server = await serve((_request, response) => response.end("direct"));
      const result = await fetcherFor([server]).fetch({ url: server.url });
      expect(Buffer.from(result.bytes).toString()).toBe("direct");
    } finally {
      delete process.env.HTTP_PROXY;
      delete process.env.http_proxy;
    }
    expect(inside.seen()).toBe(0);
  });
});

describe("a name", () => {
  const answering =
    (...addresses: string[]): LookupFunction =>
    (_host, _options, callback) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
      );

  const ask = (lookup: LookupFunction, all: boolean) =>
    new Promise<unknown>((resolve, reject) => {
      publicOnly(lookup)("example.com", { all }, (error, address) => (error ? reject(error) : resolve(address)));
    });

  test("that resolves to public and inside addresses is dialled at the public ones alone", async () => {
    const mixed = answering("127.0.0.1", "8.8.8.8", "::1", "fe80::1%eth0", "2606:4700::1111", "not an address");
    expect(await ask(mixed, true)).toEqual([
      { address: "8.8.8.8", family: 4 },
      { address: "2606:4700::1111", family: 6 },
    ]);
    expect(await ask(mixed, false)).toBe("8.8.8.8");
  });

  test.each([[["127.0.0.1"]], [["::ffff:10.0.0.1", "100.64.0.1"]], [[]]])(
    "that resolves to %j alone is refused",
    async (addresses) => {
      await expect(ask(answering(...addresses), true)).rejects.toMatchObject({ code: "net-forbidden" });
      const fetcher = fetcherFor([], { lookup: answering(...addresses) });
      await expect(fetcher.fetch({ url: "https://example.com/" })).rejects.toMatchObject({ code: "net-forbidden" });
    },
  );

  test("is looked up once per connection, so that a second answer never counts", async () => {
    let asked = 0;
    const server = await serve((_request, response) => response.end("ok"));
    const lookup: LookupFunction = (_host, _options, callback) => {
      asked++;
      callback(null, [{ address: asked === 1 ? "127.0.0.1" : "10.0.0.1", family: 4 }]);
    };
    const fetcher = fetcherFor([], { allowAddresses: [`rebinding.example:${server.port}`], lookup });
    await fetcher.fetch({ url: `http://rebinding.example:${server.port}/` });
    expect(asked).toBe(1);
  });

  test("that nobody knows is unreachable, not forbidden", async () => {
    const lookup: LookupFunction = (_host, _options, callback) =>
      callback(Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" }), []);
    const wanted = fetcherFor([], { lookup }).fetch({ url: "https://example.com/" });
    await expect(wanted).rejects.toMatchObject({
      code: "net-unreachable",
      message: expect.stringContaining("not known"),
    });
  });
});

describe("the allow-list", () => {
  test("opens the host and port it names and nothing beside them", () => {
    const allowed = parseAllowList(["127.0.0.1:8080", "[::1]:9000", "Intranet.Example:8443", "10.0.0.5:80"]);
    const refused = (url: string) => reasonToRefuse(new URL(url), allowed) !== null;
    expect(refused("http://127.1:8080/")).toBe(false);
    expect(refused("http://[::1]:9000/")).toBe(false);
    expect(refused("https://intranet.example.:8443/")).toBe(false);
    expect(refused("http://10.0.0.5/")).toBe(false);
    expect(refused("https://10.0.0.5/")).toBe(true);
    expect(refused("http://127.0.0.1:8081/")).toBe(true);
    expect(refused("http://127.0.0.2:8080/")).toBe(true);
    expect(refused("http://localhost:8080/")).toBe(true);
    expect(refused("ftp://127.0.0.1:8080/")).toBe(true);
  });

  test.each(["127.0.0.1", "http://127.0.0.1:80", "a b:80", "host:", "host:123456", "user@host:80", ""])(
    "refuses the entry %j with a word on how to write it",
    (entry) => {
      expect(() => parseAllowList([entry])).toThrow(expect.objectContaining({ code: "bad-setting" }));
    },
  );
});

test.each([
  "https://example.com/",
  "http://example.com:80/",
  "https://8.8.8.8/",
  "https://[2606:4700::1111]/",
  "https://example.com.:443/",
])("the public address %s may be dialled", (url) => expect(reasonToRefuse(new URL(url), nothing)).toBeNull());

test.each([
  "https://example.com:8443/",
  "http://example.com:22/",
  "ftp://example.com/",
  "file:///etc/passwd",
  "gopher://example.com/",
])("%s is never dialled, wherever it leads", (url) => expect(reasonToRefuse(new URL(url), nothing)).not.toBeNull());

test("no text is taken for a public address that is not one", () => {
  fc.assert(fc.property(fc.string(), (text) => !isPublicAddress(text) || /^[\d.]+$|:/.test(text)));
  fc.assert(fc.property(fc.ipV4(), (ip) => !/^(10|127|0)\./.test(ip) || !isPublicAddress(ip)));
  fc.assert(fc.property(fc.ipV4(), (ip) => isPublicAddress(`::ffff:${ip}`) === isPublicAddress(ip)));
});

test("an IPv4 address that is refused is refused in every spelling of it as an IPv6 address", () => {
  const refused = INSIDE.filter((host) => isIPv4(host) && !isPublicAddress(host));
  expect(refused).toContain("168.63.129.16");
  fc.assert(
    fc.property(fc.constantFrom(...refused), fc.nat(5), (ip, way) => {
      const [a = 0, b = 0, c = 0, d = 0] = ip.split(".").map(Number);
      const words = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
      const spelled = [
        `::ffff:${ip}`,
        `::FFFF:${ip}`,
        `::ffff:${words}`,
        `0:0:0:0:0:ffff:${words}`,
        `0000:0000:0000:0000:0000:ffff:${ip}`,
        ip,
      ][way];
      expect(isPublicAddress(spelled ?? "")).toBe(false);
    }),
  );
});

describe("the collected payloads of attackers", () => {
  const folder = corpus("ssrf-payloads");

  test.runIf(folder)("are all refused before a socket opens", async () => {
    const lines = readFileSync(join(folder ?? "", "expected.dev.jsonl"), "utf8")
      .trim()
      .split("\n");
    const payloads = lines.map((line) => JSON.parse(line) as { url: string; expected: string });
    const refuse = payloads.filter((payload) => payload.expected === "refuse");
    let lookups = 0;
    const lookup: LookupFunction = (_host, _options, callback) => {
      lookups++;
      callback(null, [{ address: "127.0.0.1", family: 4 }]);
    };
    const fetcher = fetcherFor([], { lookup, timeoutMs: 1_000 });
    for (const { url } of refuse) {
      const error: unknown = await fetcher.fetch({ url, plainHttp: true }).catch((caught: unknown) => caught);
      expect([url, (error as { code?: string }).code]).toEqual([
        url,
        expect.stringMatching(/^(net-forbidden|bad-input)$/),
      ]);
    }
    console.log(`payloads: ${refuse.length} of ${refuse.length} refused, ${lookups} of them only after a lookup`);
  });

  test.runIf(folder)("open no connection to somebody who listens inside, those in doubt included", async () => {
    const inside = await countConnections();
    const lookup: LookupFunction = (_host, _options, callback) => callback(null, [{ address: "127.0.0.1", family: 4 }]);
    const fetcher = fetcherFor([], { lookup, timeoutMs: 1_000 });
    const agent = createGuardedAgent({ allowed: nothing, connectTimeoutMs: 1_000, lookup });
    const lines = readFileSync(join(folder ?? "", "expected.dev.jsonl"), "utf8")
      .trim()
      .split("\n");
    for (const { url } of lines.map((line) => JSON.parse(line) as { url: string })) {
      await fetcher.fetch({ url, plainHttp: true }).catch(() => null);
      if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) continue;
      // At the port where somebody listens, and past all that looks at addresses before the connector does.
      const there = Object.assign(new URL(url), { port: String(inside.port) });
      await fetcher.fetch({ url: there.href, plainHttp: true }).catch(() => null);
      await agent.request({ origin: there.origin, path: "/", method: "GET" }).catch(() => null);
    }
    await agent.close();
    expect(inside.seen()).toBe(0);
  });
});
