import * as zlib from "node:zlib";
import { brotliCompressSync, createGzip, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fetcherFor } from "./support/fetchers.ts";
import { serve, serveRaw } from "./support/loopback.ts";

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("utf8");

/** 200 MB of zeros, packed. */
async function packZeros(): Promise<Buffer> {
  const gzip = createGzip();
  const chunks: Buffer[] = [];
  gzip.on("data", (chunk: Buffer) => chunks.push(chunk));
  const megabyte = Buffer.alloc(1024 * 1024);
  for (let i = 0; i < 200; i++) {
    if (!gzip.write(megabyte)) await new Promise((resolve) => gzip.once("drain", resolve));
  }
  gzip.end();
  await new Promise((resolve) => gzip.once("end", resolve));
  return Buffer.concat(chunks);
}

describe("an answer", () => {
  test("comes with its bytes, address and headers in lower case", async () => {
    const server = await serve((_request, response) =>
      response.writeHead(200, { "Content-Type": "text/plain", ETag: '"a"', "X-Two": ["1", "2"] }).end("hello"),
    );
    const result = await fetcherFor([server]).fetch({ url: `${server.url}/page?x=1#part` });
    expect(result).toMatchObject({
      status: 200,
      url: `${server.url}/page?x=1#part`,
      finalUrl: `${server.url}/page?x=1`,
    });
    expect(result.headers).toMatchObject({ "content-type": "text/plain", etag: '"a"', "x-two": "1, 2" });
    expect(text(result.bytes)).toBe("hello");
    expect(result.redirects).toEqual([]);
    expect(result.permanentRedirectTo).toBeNull();
  });

  test.each([
    [404, "http-gone"],
    [410, "http-gone"],
    [401, "http-refused"],
    [403, "http-refused"],
    [429, "http-busy"],
    [500, "http-busy"],
    [503, "http-busy"],
    [304, "http-unexpected"],
    [400, "http-unexpected"],
    [418, "http-unexpected"],
    [301, "http-unexpected"],
  ])("with status %i is the failure %s", async (status, code) => {
    const server = await serve((_request, response) => response.writeHead(status).end());
    const wanted = fetcherFor([server]).fetch({ url: `${server.url}/a` });
    await expect(wanted).rejects.toMatchObject({ name: "Failure", code, httpStatus: status });
  });

  test.each([
    ["120", 120_000],
    ["99999999999", 7 * 86_400_000],
    ["soon", null],
    ["-5", null],
  ])("that is busy and says Retry-After: %s asks us to wait %s ms", async (header, retryAfterMs) => {
    const server = await serve((_request, response) => response.writeHead(429, { "Retry-After": header }).end());
    const wanted = fetcherFor([server]).fetch({ url: server.url });
    await expect(wanted).rejects.toMatchObject({ code: "http-busy", retryAfterMs });
  });
});

describe("validators", () => {
  test.each([['"abc"'], ['W/"a, b; c"'], ["no-quotes at all"], ['"é\u00ff"'], ['""']])(
    "%s goes back byte for byte, and 304 is a result without bytes",
    async (etag) => {
      const seen: (string | undefined)[] = [];
      const server = await serve((request, response) => {
        seen.push(request.headers["if-none-match"], request.headers["if-modified-since"]);
        if (request.headers["if-none-match"]) response.writeHead(304).end();
        else response.writeHead(200, { ETag: etag, "Last-Modified": "Tue, 03 Mar 2026 01:02:03 GMT" }).end("x");
      });
      const fetcher = fetcherFor([server]);
      const first = await fetcher.fetch({ url: server.url });
      expect(first.headers.etag).toBe(etag);
      const again = await fetcher.fetch({
        url: server.url,
        etag: first.headers.etag,
        lastModified: first.headers["last-modified"],
      });
      expect(again).toMatchObject({ status: 304, bytes: new Uint8Array() });
      expect(seen).toEqual([undefined, undefined, etag, "Tue, 03 Mar 2026 01:02:03 GMT"]);
    },
  );

  test("that no header can carry are left out", async () => {
    const server = await serve((request, response) => response.end(request.headers["if-none-match"] ?? "none"));
    const result = await fetcherFor([server]).fetch({ url: server.url, etag: '"a"\r\nX-Evil: 1', lastModified: null });
    expect(text(result.bytes)).toBe("none");
  });
});

describe("packed bytes", () => {
  test.each([
    ["gzip", gzipSync("page")],
    ["x-gzip", gzipSync("page")],
    ["br", brotliCompressSync("page")],
    ["deflate", deflateSync("page")],
    ["deflate", deflateRawSync("page")],
    ["gzip, br", brotliCompressSync(gzipSync("page"))],
    ["identity", Buffer.from("page")],
    ["UTF-8", Buffer.from("page")],
  ])("as %s are unpacked", async (encoding, body) => {
    const server = await serve((_request, response) =>
      response.writeHead(200, { "Content-Encoding": encoding }).end(body),
    );
    const result = await fetcherFor([server]).fetch({ url: server.url });
    expect(text(result.bytes)).toBe("page");
  });

  test.runIf("zstdCompressSync" in zlib)("as zstd are unpacked where this Node can", async () => {
    const pack = (zlib as unknown as { zstdCompressSync: (text: string) => Buffer }).zstdCompressSync;
    const server = await serve((request, response) => {
      expect(request.headers["accept-encoding"]).toContain("zstd");
      response.writeHead(200, { "Content-Encoding": "zstd" }).end(pack("page"));
    });
    expect(text((await fetcherFor([server]).fetch({ url: server.url })).bytes)).toBe("page");
  });

  test("may be none at all", async () => {
    const server = await serve((_request, response) => response.writeHead(200, { "Content-Encoding": "gzip" }).end());
    expect((await fetcherFor([server]).fetch({ url: server.url })).bytes).toHaveLength(0);
  });

  test.each([
    ["that are not packed", "gzip", Buffer.from("plain text")],
    ["that break off", "gzip", gzipSync("page ".repeat(1_000)).subarray(0, 30)],
    ["with a damaged middle", "br", Buffer.concat([brotliCompressSync("page").subarray(0, 3), Buffer.alloc(40, 255)])],
    ["in a coding nobody asked for", "compress", Buffer.from("x")],
    ["in a coding that is none", "constructor", Buffer.from("x")],
    ["packed six times", "gzip, gzip, gzip, gzip, gzip, gzip", Buffer.from("x")],
  ])("%s are a failure", async (_title, encoding, body) => {
    const server = await serve((_request, response) =>
      response.writeHead(200, { "Content-Encoding": encoding }).end(body),
    );
    await expect(fetcherFor([server]).fetch({ url: server.url })).rejects.toMatchObject({ code: "bad-encoding" });
  });

  test("a bomb of 200 MB is cut at the limit, alone and inside another", async () => {
    const bomb = await packZeros();
    const bodies: Record<string, [string, Buffer]> = {
      "/once": ["gzip", bomb],
      "/twice": ["gzip, gzip", gzipSync(bomb)],
    };
    const server = await serve((request, response) => {
      const [encoding, body] = bodies[request.url ?? ""] ?? ["", bomb];
      response.writeHead(200, { "Content-Encoding": encoding }).end(body);
    });
    const fetcher = fetcherFor([server], { maxBytes: 5 * 1024 * 1024 });
    const before = process.memoryUsage().rss;
    for (const path of Object.keys(bodies)) {
      await expect(fetcher.fetch({ url: server.url + path })).rejects.toMatchObject({ code: "too-large" });
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
  });

  test("many thousand empty archives in one are cut too, although they unpack to nothing", async () => {
    const many = gzipSync(Buffer.concat(Array(300_000).fill(gzipSync(""))));
    const server = await serve((_request, response) =>
      response.writeHead(200, { "Content-Encoding": "gzip, gzip" }).end(many),
    );
    const fetcher = fetcherFor([server], { maxBytes: 1024 * 1024 });
    await expect(fetcher.fetch({ url: server.url })).rejects.toMatchObject({ code: "too-large" });
  });
});

describe("limits", () => {
  test.each([
    ["body", "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"],
    ["headers", "HTTP/1.1 200 OK\r\nX-Slow: "],
  ])("a %s that drips ends when the time is over", async (_title, start) => {
    const server = await serveRaw((socket) => {
      socket.write(start);
      const drip = setInterval(() => socket.write("x"), 300);
      socket.on("close", () => clearInterval(drip));
    });
    const startedAt = performance.now();
    const wanted = fetcherFor([server], { timeoutMs: 1_500 }).fetch({ url: server.url });
    await expect(wanted).rejects.toMatchObject({ code: "net-timeout", remedy: "retry" });
    expect(performance.now() - startedAt).toBeLessThan(2_500);
  });

  test("a server that accepts and says nothing ends when the time is over", async () => {
    const server = await serveRaw(() => {});
    const wanted = fetcherFor([server], { timeoutMs: 500 }).fetch({ url: server.url });
    await expect(wanted).rejects.toMatchObject({ code: "net-timeout" });
  });

  test("a body of exactly the limit is taken, one byte more is not", async () => {
    const server = await serve((request, response) => response.end("x".repeat(Number(request.url?.slice(1)))));
    const fetcher = fetcherFor([server], { maxBytes: 1_000 });
    expect((await fetcher.fetch({ url: `${server.url}/1000` })).bytes).toHaveLength(1_000);
    await expect(fetcher.fetch({ url: `${server.url}/1001` })).rejects.toMatchObject({ code: "too-large" });
  });

  test("a body without end is cut at the limit", async () => {
    const server = await serve((_request, response) => {
      response.on("drain", () => response.write(Buffer.alloc(65_536)));
      response.write(Buffer.alloc(65_536));
      response.write(Buffer.alloc(65_536));
    });
    await expect(fetcherFor([server]).fetch({ url: server.url })).rejects.toMatchObject({ code: "too-large" });
  });

  test("a flood of headers is refused", async () => {
    const server = await serveRaw((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      const flood = setInterval(() => socket.write(`X-${Math.floor(performance.now())}: ${"y".repeat(20_000)}\r\n`), 5);
      socket.on("close", () => clearInterval(flood));
    });
    await expect(fetcherFor([server]).fetch({ url: server.url })).rejects.toMatchObject({ code: "too-large" });
  });

  test.each([
    ["shorter than announced", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"],
    ["cut in the middle of a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nshort"],
    ["no HTTP", "SSH-2.0-OpenSSH_9.0\r\n"],
    ["nothing at all", ""],
  ])("an answer that is %s is a broken connection, never half a page", async (_title, answer) => {
    const server = await serveRaw((socket) => socket.end(answer));
    const wanted = fetcherFor([server]).fetch({ url: server.url });
    await expect(wanted).rejects.toMatchObject({ code: "net-unreachable", remedy: "retry" });
  });

  test("a caller can give up at any time", async () => {
    const server = await serveRaw(() => {});
    const stop = new AbortController();
    const wanted = fetcherFor([server]).fetch({ url: server.url, signal: stop.signal });
    setTimeout(() => stop.abort(new Error("enough")), 50);
    await expect(wanted).rejects.toThrow("enough");
  });

  test("where nobody listens the failure names the address, without its password", async () => {
    const server = await serve(() => {});
    const fetcher = fetcherFor([server], { allowAddresses: ["127.0.0.1:1"] });
    await expect(fetcher.fetch({ url: "http://127.0.0.1:1/x" })).rejects.toMatchObject({
      code: "net-unreachable",
      message: expect.stringContaining("127.0.0.1:1"),
    });
    await expect(fetcher.fetch({ url: "https://me:hunter2@example.com/" })).rejects.toMatchObject({
      code: "net-forbidden",
      message: expect.not.stringContaining("hunter2"),
    });
    await expect(fetcher.fetch({ url: "no address" })).rejects.toMatchObject({ code: "bad-input" });
  });
});

describe("redirects", () => {
  test("are followed and listed, and a permanent move is told", async () => {
    const server = await serve((request, response) => {
      const next: Record<string, [number, string]> = {
        "/a": [301, "/b"],
        "/b": [308, "./c?x=1"],
        "/c?x=1": [302, "/新闻"],
      };
      const [status, location] = next[request.url ?? ""] ?? [200, ""];
      response
        .writeHead(status, location ? { Location: Buffer.from(location).toString("latin1") } : {})
        .end(request.url);
    });
    const result = await fetcherFor([server]).fetch({ url: `${server.url}/a` });
    expect(result.redirects).toEqual(["/b", "/c?x=1", "/%E6%96%B0%E9%97%BB"].map((path) => server.url + path));
    expect(result.permanentRedirectTo).toBe(`${server.url}/c?x=1`);
    expect(result.finalUrl).toBe(`${server.url}/%E6%96%B0%E9%97%BB`);
  });

  test("a passing redirect is no move", async () => {
    const server = await serve((request, response) => {
      if (request.url === "/a") response.writeHead(302, { Location: "/b" }).end();
      else if (request.url === "/b") response.writeHead(301, { Location: "/c" }).end();
      else response.end();
    });
    expect((await fetcherFor([server]).fetch({ url: `${server.url}/a` })).permanentRedirectTo).toBeNull();
  });

  test("without end are given up after five", async () => {
    let asked = 0;
    const server = await serve((_request, response) => response.writeHead(302, { Location: `/${++asked}` }).end());
    await expect(fetcherFor([server]).fetch({ url: server.url })).rejects.toMatchObject({ code: "too-many-redirects" });
    expect(asked).toBe(6);
  });

  test.each(["http://", "gopher://127.0.0.1/", "file:///etc/passwd", "https://me:secret@example.com/"])(
    "to %s are refused",
    async (location) => {
      const server = await serve((_request, response) => response.writeHead(302, { Location: location }).end());
      const wanted = fetcherFor([server]).fetch({ url: server.url });
      await expect(wanted).rejects.toMatchObject({
        code: location === "http://" ? "http-unexpected" : "net-forbidden",
      });
    },
  );
});

test("a connection kept open that the server has closed meanwhile is replaced without a failure", async () => {
  let answered = 0;
  const server = await serveRaw((socket) => {
    // Answers once per connection, then closes when the next request arrives.
    if (answered++ % 2 === 1) return void socket.destroy();
    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
  });
  const fetcher = fetcherFor([server]);
  for (let i = 0; i < 3; i++) expect((await fetcher.fetch({ url: server.url })).status).toBe(200);
});

test("whatever is taken for an address, the answer is a failure with a code and no raw error", async () => {
  const fetcher = fetcherFor([], {
    lookup: (_host, _options, callback) => callback(Object.assign(new Error("unknown"), { code: "ENOTFOUND" }), []),
  });
  const addresses = fc.oneof(
    fc.string(),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.string().map((text) => `https://${text}`),
    fc.tuple(fc.domain(), fc.nat(70_000)).map(([host, port]) => `http://${host}:${port}/`),
  );
  await fc.assert(
    fc.asyncProperty(addresses, fc.boolean(), async (url, plainHttp) => {
      await expect(fetcher.fetch({ url, plainHttp })).rejects.toMatchObject({
        name: "Failure",
        code: expect.stringMatching(/^(bad-input|net-forbidden|net-unreachable)$/),
      });
    }),
    { numRuns: 300 },
  );
});
