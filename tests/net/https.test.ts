import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { fetcherFor } from "./support/fetchers.ts";
import { serve } from "./support/loopback.ts";

let folder = "";
let key = "";
let certificate = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-tls-"));
  const names = ["-subj", "/CN=secure.example", "-addext", "subjectAltName=DNS:secure.example"];
  const files = ["-keyout", join(folder, "key.pem"), "-out", join(folder, "certificate.pem")];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...names, ...files], {
    stdio: "ignore",
  });
  key = readFileSync(join(folder, "key.pem"), "utf8");
  certificate = readFileSync(join(folder, "certificate.pem"), "utf8");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts an https server that says it is secure.example, and a fetcher that finds it there. */
async function serveSecurely() {
  const server = createServer({ key, cert: certificate }, (_request, response) => response.end("secure"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const fetcher = fetcherFor([], {
    allowAddresses: [`secure.example:${port}`],
    lookup: (_host, _options, callback) => callback(null, [{ address: "127.0.0.1", family: 4 }]),
  });
  return { fetcher, url: `https://secure.example:${port}/`, port };
}

test("a certificate nobody vouches for is refused, and the failure says what is wrong", async () => {
  const { fetcher, url } = await serveSecurely();
  await expect(fetcher.fetch({ url })).rejects.toMatchObject({
    code: "net-unreachable",
    message: expect.stringContaining("certificate"),
  });
});

test("extra CA is trusted for the requests that name it and for no others", async () => {
  const { fetcher, url } = await serveSecurely();
  const result = await fetcher.fetch({ url, extraCa: certificate });
  expect(Buffer.from(result.bytes).toString()).toBe("secure");
  await expect(fetcher.fetch({ url })).rejects.toMatchObject({ code: "net-unreachable" });
});

test("extra CA does not make a certificate good for another name", async () => {
  const { port } = await serveSecurely();
  const fetcher = fetcherFor([], { allowAddresses: [`127.0.0.1:${port}`] });
  await expect(fetcher.fetch({ url: `https://127.0.0.1:${port}/`, extraCa: certificate })).rejects.toMatchObject({
    code: "net-unreachable",
    message: expect.stringContaining("another name"),
  });
});

test("extra CA that is no certificate is a bad setting", async () => {
  await expect(fetcherFor([]).fetch({ url: "https://example.com/", extraCa: "nonsense" })).rejects.toMatchObject({
    code: "bad-setting",
  });
});

test("http is asked over https unless plain http is allowed, in redirects too", async () => {
  const asked: string[] = [];
  const lookup: Parameters<typeof fetcherFor>[1] = {
    lookup: (host, _options, callback) => {
      asked.push(host);
      callback(Object.assign(new Error("unknown"), { code: "ENOTFOUND" }), []);
    },
  };
  const server = await serve((_request, response) =>
    response.writeHead(302, { Location: "http://example.org/" }).end(),
  );
  const fetcher = fetcherFor([server], lookup);
  const raised = { code: "net-unreachable", message: expect.stringContaining("https://example.org/robots.txt") };
  await expect(fetcher.fetch({ url: "http://example.org/" })).rejects.toMatchObject({
    code: "net-unreachable",
    message: expect.stringMatching(/https:\/\/example\.org\/robots\.txt.*plainHttp/),
  });
  await expect(fetcher.fetch({ url: server.url })).rejects.toMatchObject(raised);
  const plain = { code: "net-unreachable", message: expect.stringContaining("http://example.org/robots.txt") };
  await expect(fetcher.fetch({ url: "http://example.org/", plainHttp: true })).rejects.toMatchObject(plain);
  expect(asked).toEqual(["example.org", "example.org", "example.org"]);
});
