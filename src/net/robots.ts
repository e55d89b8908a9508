import { Failure } from "../domain/failure.ts";
import { type GetAnswer, get, type Wire } from "./get.ts";
import { ACCEPT_ENCODING } from "./read-body.ts";
import { readRetryAfter } from "./retry-after.ts";
import { NO_RULES, productToken, type RobotsRules, readRobots } from "./robots-rules.ts";
import type { TimeBudget } from "./time-budget.ts";

const DAY_MS = 24 * 3_600_000;

/** After a robots.txt that could not be served, the site is asked again this much later. */
const REFUSED_MS = 5 * 60_000;

/** RFC 9309 §2.5: at least this much is read; what comes after is cut. */
const MAX_BYTES = 500 * 1024;

const MAX_REDIRECTS = 5;

/** So many sites are remembered; the one that was asked for first makes room. */
const MAX_SITES = 1_000;

/** The rules of the sites we visit, each asked for once a day. */
export type Robots = {
  /**
   * Gives the rules for an address, from memory or from its site.
   *
   * @throws {Failure} `robots-refused` with `retryAfterMs` while the site's robots.txt answers 5xx (RFC 9309 §2.3.1.4: then nothing
   *   may be fetched); the network's own failure where the site cannot be reached at all.
   */
  readonly rulesFor: (url: URL, budget: TimeBudget) => Promise<RobotsRules>;
};

type Known = { readonly readAt: number; readonly rules: RobotsRules | null; readonly refusal: Failure | null };

/**
 * Makes the memory of robots.txt files (RFC 9309).
 *
 * 4xx and more than five redirects mean that a site has no rules. A copy is kept 24 hours, and longer only while its
 * site cannot be reached.
 *
 * @param now - Milliseconds since the epoch.
 */
export function createRobots(wire: Wire, userAgent: string, gapMs: number, now: () => number): Robots {
  const known = new Map<string, Known>();
  const asked = new Map<string, Promise<RobotsRules>>();
  const token = productToken(userAgent);

  async function ask(url: URL, budget: TimeBudget): Promise<RobotsRules> {
    const before = known.get(url.origin);
    try {
      const rules = await fetchRules(wire, url, { userAgent, token, gapMs, budget, now });
      remember(url.origin, { readAt: now(), rules, refusal: null });
      return rules;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const refused = error.code === "robots-refused";
      if (before?.rules && (refused || error.remedy === "retry")) {
        remember(url.origin, { ...before, readAt: now() - DAY_MS + REFUSED_MS });
        return before.rules;
      }
      if (refused) remember(url.origin, { readAt: now(), rules: null, refusal: error });
      throw error;
    }
  }

  function remember(origin: string, entry: Known): void {
    known.delete(origin);
    known.set(origin, entry);
    const oldest = known.keys().next();
    if (known.size > MAX_SITES && !oldest.done) known.delete(oldest.value);
  }

  return {
    rulesFor: async (url, budget) => {
      const entry = known.get(url.origin);
      const ageMs = entry ? now() - entry.readAt : Number.POSITIVE_INFINITY;
      if (entry?.rules && ageMs < DAY_MS) return entry.rules;
      if (entry?.refusal && ageMs < REFUSED_MS) throw entry.refusal;

      const running = asked.get(url.origin);
      if (running) return running;
      const asking = ask(url, budget).finally(() => asked.delete(url.origin));
      asked.set(url.origin, asking);
      return asking;
    },
  };
}

type Asking = {
  readonly userAgent: string;
  readonly token: string;
  readonly gapMs: number;
  readonly budget: TimeBudget;
  readonly now: () => number;
};

async function fetchRules(wire: Wire, url: URL, asking: Asking): Promise<RobotsRules> {
  const address = new URL("/robots.txt", url.origin);
  const answer = await get(wire, {
    url: address,
    headers: { "user-agent": asking.userAgent, accept: "text/plain, */*;q=0.5", "accept-encoding": ACCEPT_ENCODING },
    // The page's own scheme was settled before; its robots.txt lies beside it.
    plainHttp: url.protocol === "http:",
    maxBytes: MAX_BYTES,
    whenTooLong: "cut",
    maxRedirects: MAX_REDIRECTS,
    budget: asking.budget,
    signal: undefined,
    beforeEach: async () => asking.gapMs,
  }).catch((error: unknown) => {
    if (error instanceof Failure && NO_FILE.has(error.code)) return null;
    throw error;
  });

  if (!answer || answer.status < 200 || (answer.status >= 300 && answer.status < 500)) return NO_RULES;
  if (answer.status >= 500) throw refusal(address, answer, asking.now());
  return readRobots(answer.bytes, asking.token);
}

/** Answers that RFC 9309 §2.3.1.2 and §2.3.1.3 treat as "there is no robots.txt". */
const NO_FILE: ReadonlySet<string> = new Set(["too-many-redirects", "http-unexpected"]);

function refusal(address: URL, { status, headers }: GetAnswer, now: number): Failure {
  const asksMs = readRetryAfter(headers["retry-after"], new Date(now)) ?? 0;
  return new Failure(
    "robots-refused",
    `${address.href} answered ${status}, and while a site cannot give its rules nothing of it is fetched; it is asked again later.`,
    { httpStatus: status, retryAfterMs: Math.max(asksMs, REFUSED_MS) },
  );
}
