import type { RequestListener } from "node:http";
import { BlockList, isIPv4, type Socket } from "node:net";
import ipaddr from "ipaddr.js";

/**
 * Addresses of this machine. They are not counted: whoever is here can do worse, and a proxy here brings the connections of everybody.
 */
export const LOOPBACK: readonly string[] = ["127.0.0.0/8", "::1"];

/** Connections that one address may have open: enough for an office behind one address, and few enough to leave room for others. */
export const MOST_OF_ONE_ADDRESS = 100;

/** How long one connection too many is kept to be told so, milliseconds. */
const REFUSAL_MS = 2_000;

const REFUSAL = JSON.stringify({
  ...{ type: "about:blank", title: "Too many connections", status: 503 },
  detail: "Too many connections from this address are open. Close some, or use them for several requests.",
});

/** How many connections an address has: those that are answered, and those that are being refused. */
type Count = { served: number; refused: number };

/** Keeps one address from taking all connections there are. */
export type ConnectionBound = {
  /** Counts a connection as long as it is open. */
  readonly come: (socket: Socket) => void;
  /** Answers 503 on connections that are too many, before anything is made. */
  readonly refusing: (answer: RequestListener) => RequestListener;
};

/**
 * Makes the bound. An IPv6 address counts with all of its /64, which one machine has to itself (RFC 6177).
 *
 * @param uncounted - Addresses and networks (`10.0.0.0/8`) whose connections are not counted: proxies bring those of everybody.
 * @param onRefused - Told of each refused connection.
 */
export function boundConnections(
  most: number,
  uncounted: readonly string[],
  onRefused: (address: string) => void,
): ConnectionBound {
  const counts = new Map<string, Count>();
  const refused = new WeakSet<Socket>();
  const exempt = networksOf(uncounted);
  const countUntilClosed = (socket: Socket, who: string, kind: keyof Count) => {
    const count = counts.get(who) ?? { served: 0, refused: 0 };
    counts.set(who, count);
    count[kind] += 1;
    socket.once("close", () => {
      count[kind] -= 1;
      if (count.served + count.refused === 0) counts.delete(who);
    });
  };
  return {
    come: (socket) => {
      // Behind a % stands through which of our interfaces it came.
      const address = socket.remoteAddress?.replace(/%.*$/, "");
      // It has left already.
      if (address === undefined) return void socket.destroy();
      if (exempt.check(address, isIPv4(address) ? "ipv4" : "ipv6")) return;
      const who = ownerOf(address);
      const { served, refused: refusals } = counts.get(who) ?? { served: 0, refused: 0 };
      if (served < most) return countUntilClosed(socket, who, "served");
      onRefused(who);
      if (refusals >= most) return void socket.destroy();
      countUntilClosed(socket, who, "refused");
      refused.add(socket);
      const hurry = setTimeout(() => socket.destroy(), REFUSAL_MS);
      socket.once("close", () => clearTimeout(hurry));
    },
    refusing: (answer) => (request, response) => {
      if (!refused.has(request.socket)) return answer(request, response);
      const headers = { "Content-Type": "application/problem+json; charset=utf-8", "Retry-After": "10" };
      response.writeHead(503, { ...headers, Connection: "close" }).end(REFUSAL);
    },
  };
}

function networksOf(entries: readonly string[]): BlockList {
  const networks = new BlockList();
  for (const entry of entries) {
    const [address = "", bits] = entry.split("/");
    const family = isIPv4(address) ? "ipv4" : "ipv6";
    if (bits === undefined) networks.addAddress(address, family);
    else networks.addSubnet(address, Number(bits), family);
  }
  return networks;
}

/** Names whose a connection is: an IPv4 address also where it is written as IPv6, of others the network of 64 bits. */
function ownerOf(address: string): string {
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  return ipaddr.fromByteArray([...parsed.toByteArray().slice(0, 8), 0, 0, 0, 0, 0, 0, 0, 0]).toString();
}
