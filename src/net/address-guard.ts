import ipaddr from "ipaddr.js";
import { Failure } from "../domain/failure.ts";
import { parseUrl } from "../domain/parse-url.ts";
import { safeUrl } from "./safe-url.ts";

/** The `host:port` pairs that may be dialled although the guard would refuse them, in one canonical spelling. */
export type AllowList = ReadonlySet<string>;

/** Names that never mean a public host (RFC 6761, RFC 6762 and its appendix G, RFC 8375, ICANN's reserved `internal`). */
const INSIDE_NAMES = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa)$/;

/** Addresses that are routed like public ones but answer only inside a cloud: Azure's host service. */
const INSIDE_ADDRESSES: ReadonlySet<string> = new Set(["168.63.129.16"]);

/**
 * Reads the operator's `host:port` entries, the only way past the guard.
 *
 * An entry holds for the host as it is spelled in an address: `127.0.0.1:8080` does not open a name that resolves to 127.0.0.1.
 *
 * @throws {Failure} `bad-setting` when an entry is not `host:port`.
 * @example
 * parseAllowList(["127.0.0.1:8080", "[::1]:8080", "intranet.example:443"]);
 */
export function parseAllowList(entries: readonly string[]): AllowList {
  return new Set(entries.map(parseEntry));
}

function parseEntry(entry: string): string {
  const match = /^([^/@?#\s]+):(\d{1,5})$/.exec(entry);
  const url = match && parseUrl(`http://${entry}`);
  if (!match || !url) {
    throw new Failure("bad-setting", `"${entry}" is not an allowed address: write host:port, e.g. 127.0.0.1:8080.`);
  }
  return `${canonicalHost(url.hostname)}:${Number(match[2])}`;
}

/** Tells whether an operator has allowed this host and port by name. */
export function isListed(url: Dial, allowed: AllowList): boolean {
  return allowed.has(`${canonicalHost(url.hostname)}:${portOf(url)}`);
}

/** The parts of an address that decide where a connection goes; a `URL` has them. */
export type Dial = { readonly protocol: string; readonly hostname: string; readonly port: string };

/**
 * Tells why an address must not be dialled, or null where it may be.
 *
 * Only http and https, only ports 80 and 443, no name that means the inside, and of IP addresses only public unicast.
 * Names are judged again by what they resolve to (see guarded-agent.ts); here no name is looked up.
 */
export function reasonToRefuse(url: Dial, allowed: AllowList): string | null {
  if (url.protocol !== "http:" && url.protocol !== "https:")
    return `${url.protocol} is not dialled, only http and https`;
  if (isListed(url, allowed)) return null;
  const port = portOf(url);
  if (port !== 80 && port !== 443) return `port ${port} is not dialled, only 80 and 443`;
  const host = canonicalHost(url.hostname);
  if (host === "") return "it names no host";
  if (ipaddr.isValid(host)) return isPublicAddress(host) ? null : `${host} is not a public address (${rangeOf(host)})`;
  if (INSIDE_NAMES.test(host) || !host.includes(".")) return `${host} is a name of the inside network`;
  return null;
}

/**
 * Refuses an address that must not be dialled.
 *
 * @throws {Failure} `net-forbidden`.
 */
export function checkDial(url: URL, allowed: AllowList): void {
  const reason = reasonToRefuse(url, allowed);
  if (reason) throw forbidden(safeUrl(url), reason);
}

/** Makes the failure of an address that is never dialled. */
export function forbidden(where: string, reason: string): Failure {
  return new Failure(
    "net-forbidden",
    `${where} was not dialled: ${reason}. If it must be, add its host:port to PARLEY_ALLOW_ADDRESSES.`,
  );
}

/** Tells whether an IP address, in any spelling, is one that belongs to the public internet: unicast in the IANA registries. */
export function isPublicAddress(address: string): boolean {
  // A resolver may answer with an IPv4 address that is written as IPv6 (::ffff:a.b.c.d): the address counts, not its spelling.
  if (ipaddr.isValid(address) && INSIDE_ADDRESSES.has(ipaddr.process(address).toString())) return false;
  return rangeOf(address) === "unicast";
}

function rangeOf(address: string): string {
  if (!ipaddr.isValid(address)) return "unreadable";
  const parsed = ipaddr.process(address);
  // Only 2000::/3 has been given out; ipaddr.js calls every other unnamed range unicast.
  const first = parsed.toByteArray()[0] ?? 0;
  if (parsed.kind() === "ipv6" && parsed.range() === "unicast" && first >> 5 !== 1) return "unassigned";
  return parsed.range();
}

/** Lower case, without brackets and the root's dot; one spelling per IP address. */
function canonicalHost(hostname: string): string {
  const bare = hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");
  return ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : bare;
}

function portOf(url: Dial): number {
  return url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
}
