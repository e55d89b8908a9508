import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { webhookSecret } from "../../support/rows.ts";

/** What came in, by webhook-id. */
export type Seen = { readonly bodies: Set<string>; calls: number; readonly firstAt: number };

/** A receiver that reads every call, verifies it with the official library, and drops a share of the connections instead of answering. */
export async function startDroppingReceiver(dropShare: number) {
  const seen = new Map<string, Seen>();
  const official = new Webhook(webhookSecret);
  let unverified = 0;
  let count = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("error", () => {});
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const headers = request.headers as Record<string, string>;
      try {
        official.verify(body, headers, { jsonParse: false });
      } catch {
        unverified += 1;
      }
      const id = headers["webhook-id"] ?? "";
      const known = seen.get(id) ?? { bodies: new Set<string>(), calls: 0, firstAt: Date.now() };
      known.bodies.add(createHash("sha256").update(body).digest("hex"));
      known.calls += 1;
      seen.set(id, known);
      count += 1;
      // Every fifth, so that the share is exact.
      if (count % Math.round(1 / dropShare) === 0) request.socket.destroy();
      else response.writeHead(204).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    seen,
    calls: () => count,
    unverified: () => unverified,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
