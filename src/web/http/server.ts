import { createServer, type RequestListener, type ServerOptions } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";
import { boundConnections, LOOPBACK, MOST_OF_ONE_ADDRESS } from "./connection-bound.ts";
import { oneAfterOther } from "./one-after-other.ts";
import { portFailure } from "./port.ts";
import { endStuck, LONGEST_STUCK_MS } from "./stuck-answers.ts";

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
 * How long a connection stays open for the next question. Longer than people look at a page and than proxies keep theirs (60 seconds
 * in most): what is sent on a connection that is being closed is lost, and Node would close after 5 seconds.
 */
const KEEP_ALIVE_MS = 75_000;

/**
 * Listens for requests.
 *
 * @param port - 0 takes any free port.
 * @param stuckMs - After how long an answer is ended whose reader takes nothing of it.
 * @param mostOfOne - Connections that one address may have open, unless it is among `uncounted`.
 * @param onRefused - Told of each connection that was one too many, and whose it was.
 * @throws {Failure} `in-use` when another process holds the port; `bad-setting` when the host cannot be listened on.
 */
export async function startWeb({
  app,
  host = "127.0.0.1",
  port,
  stuckMs = LONGEST_STUCK_MS,
  mostOfOne = MOST_OF_ONE_ADDRESS,
  uncounted = LOOPBACK,
  onRefused = () => {},
}: {
  readonly app: Pick<Hono, "fetch">;
  readonly host?: string;
  readonly port: number;
  readonly stuckMs?: number;
  readonly mostOfOne?: number;
  readonly uncounted?: readonly string[];
  readonly onRefused?: (address: string) => void;
}): Promise<RunningWeb> {
  const bound = boundConnections(mostOfOne, uncounted, onRefused);
  const server = createAdaptorServer({
    fetch: (request, env) => app.fetch(request, env),
    createServer: ((says: ServerOptions, answer: RequestListener) =>
      createServer(says, bound.refusing(oneAfterOther(endStuck(answer, stuckMs))))) as typeof createServer,
    serverOptions: {
      ...{ requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS },
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
  });
  server.on("connection", bound.come);
  await new Promise<void>((listening, fail) => {
    server.once("error", (error: NodeJS.ErrnoException) => fail(portFailure(error, host, port)));
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
