import { Buffer } from "node:buffer";
import type { Dispatcher } from "undici";
import { Failure } from "../domain/failure.ts";
import { parseUrl } from "../domain/parse-url.ts";
import { type AllowList, checkDial, isListed } from "./address-guard.ts";
import { brokenConnection } from "./broken-connection.ts";
import { type HostTurns, turnKey } from "./host-turns.ts";
import { readBody } from "./read-body.ts";
import { safeUrl } from "./safe-url.ts";
import { type TimeBudget, withinBudget } from "./time-budget.ts";

/** Everything a GET needs that stays the same from one to the next. */
export type Wire = {
  readonly agent: Dispatcher;
  readonly allowed: AllowList;
  readonly turns: HostTurns;
};

/** One GET with its limits. */
export type GetRequest = {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Without it an http address is asked over https, so that nothing travels in plain; allow-listed addresses excepted. */
  readonly plainHttp: boolean;
  readonly maxBytes: number;
  readonly whenTooLong: "fail" | "cut";
  readonly maxRedirects: number;
  readonly budget: TimeBudget;
  readonly signal: AbortSignal | undefined;
  /** Asked before each address is dialled, redirects included: may throw, and gives the host's pause in milliseconds. */
  readonly beforeEach: (url: URL) => Promise<number>;
};

/** What a GET met, whatever the status. Bytes are read for 2xx alone. */
export type GetAnswer = {
  readonly status: number;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  /** The addresses we were sent on to, in order. */
  readonly redirects: readonly string[];
  /** Where the leading permanent redirects (301, 308) end, or null when the first was not permanent. */
  readonly permanentRedirectTo: string | null;
};

type Hop = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly bytes: Uint8Array };

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Of a body nobody reads, so much is worth keeping the connection open for. */
const MAX_DUMP_BYTES = 64 * 1024;
const MAX_DUMP_MS = 500;

/**
 * Gets one address and follows its redirects, each judged by the guard again before it is dialled.
 *
 * @throws {Failure} `net-forbidden`, `net-unreachable`, `net-timeout`, `too-large`, `bad-encoding`, `too-many-redirects`,
 *   `http-unexpected` (a redirect that leads nowhere).
 */
export async function get(wire: Wire, request: GetRequest): Promise<GetAnswer> {
  const redirects: string[] = [];
  let permanentRedirectTo: string | null = null;
  let onlyPermanent = true;
  let url = toDial(request.url, request, wire);

  for (;;) {
    checkDial(url, wire.allowed);
    const gapMs = await request.beforeEach(url);
    const hop = await takeTurn(wire, request, url, gapMs);
    if (!REDIRECTS.has(hop.status)) return { ...hop, url, redirects, permanentRedirectTo };

    const next = redirectTarget(hop, url);
    if (redirects.length >= request.maxRedirects) {
      throw new Failure(
        "too-many-redirects",
        `${safeUrl(request.url)} sends on more than ${request.maxRedirects} times, last to ${safeUrl(next)}.`,
      );
    }
    redirects.push(next.href);
    onlyPermanent &&= hop.status === 301 || hop.status === 308;
    if (onlyPermanent) permanentRedirectTo = next.href;
    url = toDial(next, request, wire);
  }
}

async function takeTurn(wire: Wire, request: GetRequest, url: URL, gapMs: number): Promise<Hop> {
  const endTurn = await wire.turns.take(turnKey(url), gapMs, request.signal);
  try {
    const where = safeUrl(url);
    return await withinBudget(request.budget, where, request.signal, (signal) => ask(wire, request, url, signal));
  } finally {
    endTurn();
  }
}

async function ask(wire: Wire, request: GetRequest, url: URL, signal: AbortSignal): Promise<Hop> {
  const where = safeUrl(url);
  try {
    const answer = await send(wire.agent, url, request.headers, signal);
    const headers = toSingleStrings(answer.headers);
    const ok = answer.statusCode >= 200 && answer.statusCode < 300;
    if (!ok) {
      await putAside(answer.body);
      return { status: answer.statusCode, headers, bytes: new Uint8Array() };
    }
    return { status: answer.statusCode, headers, bytes: await take(answer.body, headers, request, where) };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw brokenConnection(error, where);
  }
}

async function take(
  body: Dispatcher.ResponseData["body"],
  headers: Readonly<Record<string, string>>,
  { maxBytes, whenTooLong }: GetRequest,
  where: string,
): Promise<Uint8Array> {
  // Whoever leaves a body half read must expect its abort error, which nobody else would hear.
  body.on("error", () => {});
  try {
    if (whenTooLong === "fail" && Number(headers["content-length"]) > maxBytes) {
      throw new Failure("too-large", `${where} announces ${headers["content-length"]} bytes; we take ${maxBytes}.`);
    }
    return await readBody(body, headers["content-encoding"], { maxBytes, whenTooLong, where });
  } finally {
    if (!body.readableEnded) body.destroy();
  }
}

/** Lets a body go that nobody reads; a short one is read to its end, so that the connection can serve the next request. */
async function putAside(body: Dispatcher.ResponseData["body"]): Promise<void> {
  body.on("error", () => {});
  const timer = setTimeout(() => body.destroy(), MAX_DUMP_MS);
  await body.dump({ limit: MAX_DUMP_BYTES }).catch(() => {});
  clearTimeout(timer);
}

/** Sends the request, and once more when a connection kept open from before turns out to be closed (RFC 9110 §9.2.2, §9.3.1 of RFC 9112). */
async function send(
  agent: Dispatcher,
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  const request: Dispatcher.RequestOptions = {
    origin: url.origin,
    path: url.pathname + url.search,
    method: "GET",
    headers: { ...headers },
    signal,
  };
  let opened = false;
  const notice = (origin: URL) => {
    opened ||= origin.origin === url.origin;
  };
  agent.on("connect", notice);
  try {
    return await agent.request(request);
  } catch (error) {
    const reused = !opened && isBroken(error);
    if (!reused || signal.aborted) throw error;
    return await agent.request(request);
  } finally {
    agent.off("connect", notice);
  }
}

function isBroken(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^(UND_ERR_SOCKET|ECONNRESET|EPIPE)$/.test(String(error.code));
}

function redirectTarget(hop: Hop, from: URL): URL {
  // Location is bytes; sites that leave their Chinese paths unescaped mean UTF-8.
  const location = Buffer.from(hop.headers.location ?? "", "latin1")
    .toString("utf8")
    .trim();
  const target = location === "" ? null : parseUrl(location, from.href);
  if (!target) {
    const problem = location === "" ? "without saying where" : "to something that is no address";
    throw new Failure("http-unexpected", `${safeUrl(from)} answered ${hop.status}: it sends on ${problem}.`, {
      httpStatus: hop.status,
    });
  }
  return target;
}

function toDial(url: URL, request: GetRequest, wire: Wire): URL {
  const target = new URL(url.href);
  target.hash = "";
  if (target.username !== "" || target.password !== "") {
    throw new Failure("net-forbidden", `${safeUrl(url)} carries a user name or password, which we never send.`);
  }
  if (target.protocol === "http:" && !request.plainHttp && !isListed(target, wire.allowed)) target.protocol = "https:";
  return target;
}

/** Header names in lower case; a name that came several times has its values joined by a comma (RFC 9110 §5.3). */
function toSingleStrings(headers: Dispatcher.ResponseData["headers"]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
}
