import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A server on loopback for one test. `host` is the `host:port` to put on the allow-list. */
export type Loopback = { readonly url: string; readonly host: string; readonly port: number };

/** Starts an HTTP server that answers with `listener`; robots.txt answers 404 unless `robots` says otherwise. */
export function serve(listener: RequestListener, robots?: RequestListener): Promise<Loopback> {
  const answerRobots: RequestListener = robots ?? ((_request, response) => response.writeHead(404).end());
  return listen(
    createServer({ keepAliveTimeout: 5_000 }, (request, response) =>
      (request.url === "/robots.txt" ? answerRobots : listener)(request, response),
    ),
    "127.0.0.1",
  );
}

/** Starts a TCP server that says whatever it likes. */
export function serveRaw(onSocket: (socket: Socket, requestLine: string) => void): Promise<Loopback> {
  return listen(
    createTcpServer((socket) => {
      socket.on("error", () => {});
      socket.on("data", (chunk) => {
        const requestLine = chunk.toString("latin1").split("\r\n")[0] ?? "";
        if (requestLine.includes("/robots.txt")) socket.write("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n");
        else onSocket(socket, requestLine);
      });
    }),
    "127.0.0.1",
  );
}

/** Counts the TCP connections that are opened to it. */
export async function countConnections(): Promise<Loopback & { readonly seen: () => number }> {
  let seen = 0;
  const server = createTcpServer((socket) => {
    seen++;
    socket.on("error", () => {});
    socket.end("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret");
  });
  return { ...(await listen(server, undefined)), seen: () => seen };
}

async function listen(server: Server, address: string | undefined): Promise<Loopback> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  const port = await listenOnNewPort(server, address);
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { url: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}`, port };
}

/** The ports this file's tests had so far. */
const portsHad = new Set<number>();

/** Listens on a free port that no earlier test of the file had: the same address again would be a document, or a host, already known. */
async function listenOnNewPort(server: Server, address: string | undefined): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const { port } = server.address() as AddressInfo;
  if (!portsHad.has(port)) {
    portsHad.add(port);
    return port;
  }
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return listenOnNewPort(server, address);
}
