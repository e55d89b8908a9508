import { X509Certificate } from "node:crypto";
import { lookup as systemLookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import { Agent, buildConnector } from "undici";
import { Failure } from "../domain/failure.ts";
import { type AllowList, forbidden, isListed, isPublicAddress, reasonToRefuse } from "./address-guard.ts";

/** How long one of several addresses of a host may take before the next is tried; Node's 250 ms is too short for far hosts. */
const ONE_ADDRESS_MS = 2_000;

/** Response headers beyond this many bytes end the request. */
const MAX_HEADER_BYTES = 64 * 1024;

/** What decides where connections of an agent may go. */
export type GuardedAgentOptions = {
  readonly allowed: AllowList;
  /** Longest time for one connection, in milliseconds. */
  readonly connectTimeoutMs: number;
  /** PEM certificates that are trusted besides Node's own. */
  readonly extraCa?: string;
  /** How names become addresses; the system's resolver unless a test says otherwise. */
  readonly lookup?: LookupFunction;
};

/**
 * Makes the HTTP agent that opens no connection into the inside network, however the address is spelled.
 *
 * An address that stands in the URL is judged before the connector sees it, because Node never looks up what is already an
 * address. A name is judged by its answers inside the one lookup whose result is dialled, so that a second answer
 * (DNS rebinding) never comes into play. No proxy setting of the environment is read.
 * One connection per origin; it is kept open for the next request.
 *
 * @throws {Failure} `bad-setting` when `extraCa` is no certificate.
 */
export function createGuardedAgent(options: GuardedAgentOptions): Agent {
  const lookup = options.lookup ?? (systemLookup as LookupFunction);
  const shared = {
    timeout: options.connectTimeoutMs,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ONE_ADDRESS_MS,
    ...(options.extraCa ? { secureContext: trusting(options.extraCa) } : {}),
  };
  // buildConnector reads `lookup` once, when it is built: hence two connectors and not one with a choice inside.
  const guarded = buildConnector({ ...shared, lookup: publicOnly(lookup) } as buildConnector.BuildOptions);
  const listed = buildConnector({ ...shared, lookup } as buildConnector.BuildOptions);

  const agent = new Agent({
    connections: 1,
    pipelining: 1,
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (target, callback) => {
      const reason = reasonToRefuse(target, options.allowed);
      if (reason) return callback(forbidden(`${target.protocol}//${target.hostname}`, reason), null);
      return (isListed(target, options.allowed) ? listed : guarded)(target, callback);
    },
  });
  // Each request in flight listens for its own connection (get.ts); there is no leak to warn of.
  return agent.setMaxListeners(0);
}

function trusting(extraCa: string): SecureContext {
  try {
    // createSecureContext passes over what it cannot read.
    new X509Certificate(extraCa);
    return createSecureContext({ ca: [...rootCertificates, extraCa] });
  } catch (cause) {
    throw new Failure("bad-setting", "The extra CA is not a certificate in PEM form.", { cause });
  }
}

/** Leaves only the public addresses among the answers of a lookup; a name with none is refused. */
export function publicOnly(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found, family) => {
      if (error) return callback(error, [], 0);
      const answers = Array.isArray(found) ? found : [{ address: found, family: family ?? 4 }];
      const open = answers.filter((answer) => isPublicAddress(answer.address));
      const first = open[0];
      if (!first) {
        const addresses = answers.map((answer) => answer.address).join(", ");
        return callback(forbidden(hostname, `it resolves to no public address (${addresses || "no answer"})`), [], 0);
      }
      return options.all ? callback(null, open) : callback(null, first.address, first.family);
    });
  };
}
