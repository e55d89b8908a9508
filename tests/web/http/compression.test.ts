import { gunzipSync } from "node:zlib";
import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { compression, takesGzip } from "../../../src/web/http/compression.ts";

const long = "Both sides agreed to talk. ".repeat(200);

/** Gives an answer of so much text to whoever takes these codings. */
function answer(text: string, accepts: string | null, headers: Record<string, string> = {}) {
  const app = new Hono();
  app.use(compression());
  app.get("/", (c) => c.body(text, 200, { "Content-Type": "text/html; charset=UTF-8", ...headers }));
  return app.request("/", accepts === null ? {} : { headers: { "Accept-Encoding": accepts } });
}

describe("an answer of some length", () => {
  test("is compressed for whoever takes gzip", async () => {
    const response = await answer(long, "br, gzip", { Vary: "Accept-Language" });
    expect(response.headers.get("Content-Encoding")).toBe("gzip");
    expect(response.headers.get("Vary")).toBe("Accept-Language, Accept-Encoding");
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([gunzipSync(bytes).toString(), response.headers.get("Content-Length")]).toEqual([long, `${bytes.length}`]);
  });

  test("is another representation under the same tag", async () => {
    expect((await answer(long, "gzip", { ETag: '"one"' })).headers.get("ETag")).toBe('W/"one"');
    expect((await answer(long, null, { ETag: '"one"' })).headers.get("ETag")).toBe('"one"');
  });

  test.each([null, "identity", "br"])("is sent as it is where %s is taken", async (accepts) => {
    const response = await answer(long, accepts);
    expect([response.headers.get("Content-Encoding"), await response.text()]).toEqual([null, long]);
    expect(response.headers.get("Vary")).toBe("Accept-Encoding");
  });

  test("that is very long is compressed as it streams by", async () => {
    const response = await answer(long.repeat(200), "gzip");
    expect(response.headers.get("Content-Encoding")).toBe("gzip");
    expect(gunzipSync(Buffer.from(await response.arrayBuffer())).toString()).toBe(long.repeat(200));
  });
});

test("a short answer is sent as it is, also to whoever takes gzip", async () => {
  const response = await answer("short", "gzip");
  expect([response.headers.get("Content-Encoding"), await response.text()]).toEqual([null, "short"]);
});

test.each([
  ["gzip", true],
  ["deflate, gzip;q=0.5", true],
  ["*", true],
  ["", false],
  ["gzip;q=0", false],
  ["gzip; q=0.000", false],
  ["x-gzip-like", false],
])("Accept-Encoding “%s” takes gzip: %s", (accepts, takes) => {
  expect(takesGzip(accepts)).toBe(takes);
});
