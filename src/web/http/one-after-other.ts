import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Requests that may wait on one connection behind the one being answered. Browsers send none ahead; programs that do send a few. */
const MOST_WAITING = 16;

/** What came on one connection and is not answered yet. */
type Connection = { isAnswering: boolean; waiting: (readonly [IncomingMessage, ServerResponse])[] };

/**
 * Answers the requests of one connection one after the other: a client may send several ahead (RFC 9112, 9.3.2), and Node would have
 * ten thousand of them made at once. What waits on a connection that closes is not made, and a connection on which more wait than
 * anybody needs is closed.
 */
export function oneAfterOther(answer: RequestListener): RequestListener {
  const connections = new WeakMap<Socket, Connection>();
  const connectionOf = (socket: Socket) => {
    const known = connections.get(socket);
    if (known) return known;
    const connection: Connection = { isAnswering: false, waiting: [] };
    connections.set(socket, connection);
    return connection;
  };
  const answerNext = (connection: Connection) => {
    if (connection.waiting[0]?.[0].socket.destroyed) connection.waiting = [];
    const next = connection.waiting.shift();
    connection.isAnswering = next !== undefined;
    if (!next) return;
    const [request, response] = next;
    response.once("close", () => answerNext(connection));
    answer(request, response);
  };
  return (request, response) => {
    // What was received before the connection was closed is still parsed after.
    if (request.socket.destroyed) return;
    const connection = connectionOf(request.socket);
    connection.waiting.push([request, response]);
    if (!connection.isAnswering) return answerNext(connection);
    if (connection.waiting.length > MOST_WAITING) request.socket.destroy();
  };
}
