import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";
import { Failure } from "../domain/failure.ts";

/** A web server that listens. */
export type RunningWeb = {
  readonly url: string;
  /** Stops taking requests, waits for those under way, at most five seconds. */
  readonly close: () => Promise<void>;
};

/** Milliseconds that a client may take to send a request. */
const REQUEST_TIMEOUT_MS = 15_000;
const CLOSE_TIMEOUT_MS = 5_000;

/**
 * Listens for requests.
 *
 * @param port - 0 takes any free port.
 * @throws {Failure} `in-use` when another process holds the port; `bad-setting` when the host cannot be listened on.
 */
export async function startWeb({
  app,
  host = "127.0.0.1",
  port,
}: {
  readonly app: Pick<Hono, "fetch">;
  readonly host?: string;
  readonly port: number;
}): Promise<RunningWeb> {
  const server = createAdaptorServer({
    fetch: (request, env) => app.fetch(request, env),
    serverOptions: { requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS },
  });
  await new Promise<void>((listening, fail) => {
    server.once("error", (error: NodeJS.ErrnoException) => fail(explain(error, host, port)));
    server.listen(port, host, listening);
  });
  const { port: given } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${given}`,
    close: () =>
      new Promise((closed) => {
        const hurry = setTimeout(() => {
          if ("closeAllConnections" in server) server.closeAllConnections();
        }, CLOSE_TIMEOUT_MS);
        server.close(() => {
          clearTimeout(hurry);
          closed();
        });
        if ("closeIdleConnections" in server) server.closeIdleConnections();
      }),
  };
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Failure {
  if (error.code === "EADDRINUSE") {
    return new Failure(
      "in-use",
      `Port ${port} on ${host} is in use. Stop the other program, or choose another port with PARLEY_PORT.`,
      { cause: error },
    );
  }
  if (error.code === "EACCES") {
    return new Failure("bad-setting", `Port ${port} on ${host} is not allowed for this user; choose one above 1023.`, {
      cause: error,
    });
  }
  return new Failure("bad-setting", `Cannot listen on ${host}:${port} (${error.code ?? error.message}).`, {
    cause: error,
  });
}
