import { createHash } from "node:crypto";
import type { LookupFunction } from "node:net";
import type { Agent } from "undici";
import { Failure } from "../domain/failure.ts";
import { parseUrl } from "../domain/parse-url.ts";
import { isListed, parseAllowList } from "./address-guard.ts";
import { freshForMs } from "./freshness.ts";
import { type GetAnswer, get, type Wire } from "./get.ts";
import { createGuardedAgent } from "./guarded-agent.ts";
import { createHostTurns, type HostTurns } from "./host-turns.ts";
import { ACCEPT_ENCODING } from "./read-body.ts";
import { readRetryAfter } from "./retry-after.ts";
import { createRobots, type Robots } from "./robots.ts";
import { robotsAllow } from "./robots-rules.ts";
import { safeUrl } from "./safe-url.ts";
import type { TimeBudget } from "./time-budget.ts";

/** A site that asks for a longer pause than this gets this one. */
const MAX_CRAWL_DELAY_MS = 30_000;

const ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8";

/** The limits of a fetcher. */
export type FetcherOptions = {
  /** Who we are; the part before `/` is also the name that robots.txt files may address. */
  readonly userAgent: string;
  /** `host:port` pairs that the address guard lets pass, and that may be asked over plain http. */
  readonly allowAddresses: readonly string[];
  /** Most time on the wire for one fetch with all its redirects; waiting for a host's turn is not counted. */
  readonly timeoutMs?: number;
  /** Most bytes of a body, counted after unpacking. */
  readonly maxBytes?: number;
  readonly maxRedirects?: number;
  /** Least pause between two requests to one host; a robots.txt may ask for more. */
  readonly perHostGapMs?: number;
  /** Turns shared with other processes; without it they hold inside this one. */
  readonly turns?: HostTurns;
  /** How names become addresses; the system's resolver unless a test says otherwise. */
  readonly lookup?: LookupFunction;
  /** Milliseconds since the epoch, for the age of robots.txt copies. */
  readonly now?: () => number;
};

/** One look at an address. */
export type FetchRequest = {
  readonly url: string;
  /** The validators of the last look, sent back byte for byte. */
  readonly etag?: string | null;
  readonly lastModified?: string | null;
  readonly accept?: string;
  /** The page that led here, for sites that answer nobody who comes from nowhere. */
  readonly referer?: string;
  /** Only then is anything asked over http; else http addresses are asked over https. */
  readonly plainHttp?: boolean;
  /** PEM certificates to trust besides Node's own, for sites that send an incomplete chain. */
  readonly extraCa?: string;
  readonly signal?: AbortSignal;
};

/** What came back: 2xx, or 304 with no bytes. */
export type FetchResult = {
  readonly status: number;
  /** The address as it was asked for. */
  readonly url: string;
  /** The address that answered. */
  readonly finalUrl: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  readonly redirects: readonly string[];
  /** Where the address has moved for good, or null. */
  readonly permanentRedirectTo: string | null;
  /** How long the answer says it may be kept, milliseconds; null where it does not say. */
  readonly freshForMs: number | null;
  /** Time on the wire, robots.txt included, waiting for turns not. */
  readonly elapsedMs: number;
};

/** Asks the outside world politely, and nothing inside the network at all. */
export type Fetcher = {
  /**
   * Gets a page, feed or file.
   *
   * @throws {Failure} `bad-input` (no address), `net-forbidden`, `net-unreachable`, `net-timeout`, `robots-refused`, `too-large`,
   *   `too-many-redirects`, `bad-encoding`, `http-gone` (404, 410), `http-refused` (401, 403), `http-busy` (429, 5xx),
   *   `http-unexpected` (any other status). When `signal` aborts, its reason.
   */
  readonly fetch: (request: FetchRequest) => Promise<FetchResult>;
  /** Closes the connections kept open. */
  readonly close: () => Promise<void>;
};

/**
 * Makes the one way into the network for reading.
 *
 * @throws {Failure} `bad-setting` when an entry of `allowAddresses` or the user agent is unusable.
 */
export function createFetcher(options: FetcherOptions): Fetcher {
  const {
    userAgent,
    timeoutMs = 20_000,
    maxBytes = 10 * 1024 * 1024,
    maxRedirects = 5,
    perHostGapMs = 1_000,
  } = options;
  const now = options.now ?? Date.now;
  if (!/^[\x20-\x7e]+$/.test(userAgent)) {
    throw new Failure("bad-setting", `The user agent "${userAgent}" cannot be sent: use plain ASCII on one line.`);
  }
  const allowed = parseAllowList(options.allowAddresses);
  const turns = options.turns ?? createHostTurns();
  const circuits = new Map<string, Circuit>();

  /** Trust belongs to a connection, so each set of extra certificates has connections, and a memory of robots.txt, of its own. */
  function circuitFor(extraCa: string | undefined): Circuit {
    const key = extraCa ? createHash("sha256").update(extraCa).digest("hex") : "";
    const known = circuits.get(key);
    if (known) return known;
    const agent = createGuardedAgent({ allowed, connectTimeoutMs: timeoutMs, extraCa, lookup: options.lookup });
    const wire = { agent, allowed, turns };
    const circuit = { agent, wire, robots: createRobots(wire, userAgent, perHostGapMs, now) };
    circuits.set(key, circuit);
    return circuit;
  }

  async function look(request: FetchRequest, url: URL, budget: TimeBudget): Promise<GetAnswer> {
    const { wire, robots } = circuitFor(request.extraCa);
    return get(wire, {
      url,
      headers: {
        "user-agent": userAgent,
        accept: request.accept ?? ACCEPT,
        "accept-encoding": ACCEPT_ENCODING,
        ...(request.referer && /^[\x21-\x7e]+$/.test(request.referer) ? { referer: request.referer } : {}),
        ...readValidators(request),
      },
      plainHttp: request.plainHttp ?? false,
      maxBytes,
      whenTooLong: "fail",
      maxRedirects,
      budget,
      signal: request.signal,
      beforeEach: async (next) => {
        const rules = await orAbort(robots.rulesFor(next, budget), request.signal);
        if (!robotsAllow(rules, next.pathname + next.search)) {
          const message = `${safeUrl(next)} was not fetched: the site's robots.txt asks us not to.`;
          throw new Failure("robots-refused", message);
        }
        return Math.max(perHostGapMs, Math.min(rules.crawlDelayMs ?? 0, MAX_CRAWL_DELAY_MS));
      },
    });
  }

  return {
    fetch: async (request) => {
      const url = addressOf(request.url);
      const budget: TimeBudget = { leftMs: timeoutMs };
      const answer = await look(request, url, budget).catch((error: unknown) => {
        const raised = url.protocol === "http:" && !request.plainHttp && !isListed(url, allowed);
        throw raised ? sayHttps(error) : error;
      });
      checkStatus(answer, Object.keys(readValidators(request)).length > 0, new Date(now()));
      return {
        status: answer.status,
        url: request.url,
        finalUrl: answer.url.href,
        headers: answer.headers,
        bytes: answer.bytes,
        redirects: answer.redirects,
        permanentRedirectTo: answer.permanentRedirectTo,
        freshForMs: freshForMs(answer.headers, new Date(now())),
        elapsedMs: Math.round(timeoutMs - budget.leftMs),
      };
    },
    close: async () => {
      await Promise.all([...circuits.values()].map(({ agent }) => agent.close()));
    },
  };
}

type Circuit = { readonly agent: Agent; readonly wire: Wire; readonly robots: Robots };

function addressOf(text: string): URL {
  const url = parseUrl(text);
  if (!url) throw new Failure("bad-input", `"${safeUrl(text)}" is no address: write it with https:// in front.`);
  return url;
}

/** A validator that no header can carry is left out: then the whole answer comes again, which is never wrong. */
function readValidators({ etag, lastModified }: FetchRequest): Record<string, string> {
  const sendable = (value: string | null | undefined) => !!value && /^[\t\x20-\x7e\x80-\xff]+$/.test(value);
  return {
    ...(sendable(etag) ? { "if-none-match": etag as string } : {}),
    ...(sendable(lastModified) ? { "if-modified-since": lastModified as string } : {}),
  };
}

function checkStatus({ status, url, headers }: GetAnswer, conditional: boolean, now: Date): void {
  if (status >= 200 && status < 300) return;
  if (status === 304 && conditional) return;

  const where = safeUrl(url);
  const httpStatus = status;
  if (status === 404 || status === 410) {
    throw new Failure("http-gone", `${where} answered ${status}: it is not there any more. Check the address.`, {
      httpStatus,
    });
  }
  if (status === 401 || status === 403) {
    const challenged = headers["cf-mitigated"] === "challenge" ? " with a page that only browsers get past" : "";
    throw new Failure("http-refused", `${where} answered ${status}${challenged}: it does not let us in.`, {
      httpStatus,
    });
  }
  if (status === 429 || status >= 500) {
    const retryAfterMs = readRetryAfter(headers["retry-after"], now);
    throw new Failure("http-busy", `${where} answered ${status}; it is asked again later.`, {
      httpStatus,
      retryAfterMs,
    });
  }
  throw new Failure("http-unexpected", `${where} answered ${status}, which is neither a page nor a known refusal.`, {
    httpStatus,
  });
}

/** Tells people who wrote http that https was tried. */
function sayHttps(error: unknown): unknown {
  if (!(error instanceof Failure) || error.code !== "net-unreachable") return error;
  const message = `${error.message} Only https is asked unless plainHttp is set for the source.`;
  return new Failure(error.code, message, { cause: error });
}

/** Waits for work that others share and that therefore goes on when one caller gives up. */
async function orAbort<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  signal.throwIfAborted();
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
