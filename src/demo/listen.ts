import type { RequestListener, Server } from "node:http";
import { createServer } from "node:http";
import { portFailure } from "../web/http/port.ts";

/** A server that is up on this machine's loopback address. */
export type Loopback = {
  /** `http://127.0.0.1:4780`, without a slash at its end. */
  readonly origin: string;
  /** Ends open connections and frees the port. */
  readonly close: () => Promise<void>;
};

/**
 * Starts an HTTP server that only this machine can reach.
 *
 * @param port - 0 takes any free port.
 * @throws {Failure} `in-use` when the port is taken, `bad-setting` when it cannot be used.
 */
export async function listenOnLoopback(port: number, listener: RequestListener): Promise<Loopback> {
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(portFailure(error, "127.0.0.1", port)));
    try {
      server.listen(port, "127.0.0.1", resolve);
    } catch (error) {
      reject(portFailure(error as NodeJS.ErrnoException, "127.0.0.1", port));
    }
  });
  return { origin: `http://127.0.0.1:${portOf(server)}`, close: () => closed(server) };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a listening TCP server has a port");
  return address.port;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve()); // its only error is that it was closed before, which is as wanted
    server.closeAllConnections();
  });
}
