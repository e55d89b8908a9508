import { Buffer } from "node:buffer";
import type { LookupFunction } from "node:net";
import type { Dispatcher } from "undici";
import { Failure } from "../domain/failure.ts";
import { parseUrl } from "../domain/parse-url.ts";
import { type AllowList, isListed, parseAllowList, reasonToRefuse } from "./address-guard.ts";
import { brokenConnection } from "./broken-connection.ts";
import { createGuardedAgent } from "./guarded-agent.ts";
import { readRetryAfter } from "./retry-after.ts";
import { safeOrigin } from "./safe-url.ts";
import { withinBudget } from "./time-budget.ts";
import { signWebhook, toSeconds } from "./webhook-signature.ts";

/** So much of an endpoint's answer is kept. */
const MAX_ANSWER_BYTES = 1_024;

/** The status says whether it arrived; for the rest of the answer nobody waits longer than this. */
const MAX_ANSWER_MS = 2_000;

/** One attempt to deliver. */
export type Webhook = {
  readonly url: string;
  /** The same at every attempt: receivers drop what they have seen. */
  readonly id: string;
  /** JSON; the same bytes at every attempt. */
  readonly body: string;
  /** All that are valid now. */
  readonly secrets: readonly string[];
  /** When this attempt is made. */
  readonly now: Date;
  readonly timeoutMs?: number;
  /** `host:port` pairs that the address guard lets pass, and that may be plain http. */
  readonly allowAddresses: readonly string[];
  /** Who posts, and whom to write to. */
  readonly userAgent: string;
  /** How names become addresses; the system's resolver unless a test says otherwise. */
  readonly lookup?: LookupFunction;
  /** Is shown what went over the wire, also when the attempt fails. */
  readonly onExchange?: (exchange: WebhookExchange) => void;
};

/** Headers of one attempt, for the log: names in lower case. The body is the delivery's. */
export type WebhookExchange = {
  readonly request: Readonly<Record<string, string>>;
  /** Null where nothing was answered. */
  readonly response: Readonly<Record<string, string>> | null;
};

/** Headers of an answer that help to find out what went wrong; cookies and the like are nobody's business. */
const TELLING_HEADERS = ["content-type", "content-length", "date", "location", "retry-after", "server", "via"];

/** An endpoint that accepted. */
export type WebhookResult = {
  /** 200 to 299. */
  readonly status: number;
  /** The first 1,024 bytes of what it said, as text. */
  readonly answer: string;
  readonly elapsedMs: number;
};

/**
 * Delivers one signed webhook (Standard Webhooks 1.0.0). Redirects are not followed: the spec counts them as failures.
 *
 * @throws {Failure} `webhook-refused` (any answer but 2xx, or one with too many headers; `retryAfterMs` where the endpoint named a time), `webhook-gone` (410: it
 *   asks us to stop), `net-forbidden`, `net-unreachable`, `net-timeout`, `bad-input` (no usable address or secret).
 */
export async function sendWebhook(webhook: Webhook): Promise<WebhookResult> {
  const { id, body, secrets, now, timeoutMs = 15_000, allowAddresses } = webhook;
  const allowed = parseAllowList(allowAddresses);
  const url = readWebhookUrl(webhook.url, allowed, "net-forbidden");
  const where = safeOrigin(url);
  const headers = {
    "content-type": "application/json",
    "user-agent": webhook.userAgent,
    "accept-encoding": "identity",
    "webhook-id": id,
    "webhook-timestamp": String(toSeconds(now)),
    "webhook-signature": signWebhook({ id, timestamp: now, body, secrets }),
  };

  webhook.onExchange?.({ request: headers, response: null });

  const agent = createGuardedAgent({ allowed, connectTimeoutMs: timeoutMs, lookup: webhook.lookup });
  const budget = { leftMs: timeoutMs };
  try {
    const { status, answer, retryAfter } = await withinBudget(budget, where, undefined, async (signal) => {
      const path = url.pathname + url.search;
      const response = await agent.request({ origin: url.origin, path, method: "POST", headers, body, signal });
      const retryAfter = [response.headers["retry-after"]].flat()[0];
      webhook.onExchange?.({ request: headers, response: tellingHeaders(response.headers) });
      return { status: response.statusCode, retryAfter, answer: await startOf(response.body) };
    });
    if (status >= 200 && status < 300) return { status, answer, elapsedMs: Math.round(timeoutMs - budget.leftMs) };
    throw refusal(where, status, answer, readRetryAfter(retryAfter, now));
  } catch (error) {
    throw error instanceof Failure ? error : ofAnEndpoint(brokenConnection(error, where));
  } finally {
    await agent.destroy();
  }
}

/**
 * Checks an address before it is stored as a webhook's: https, port 443 or 80, no name or number of the inside network.
 * What its name resolves to is judged at each delivery.
 *
 * @throws {Failure} `bad-input` that says what is wrong with it.
 */
export function checkWebhookUrl(url: string, allowAddresses: readonly string[]): void {
  readWebhookUrl(url, parseAllowList(allowAddresses), "bad-input");
}

function readWebhookUrl(text: string, allowed: AllowList, code: "bad-input" | "net-forbidden"): URL {
  const url = parseUrl(text);
  if (!url) throw new Failure("bad-input", "The webhook address is no address: write it with https:// in front.");
  const reason = reasonAgainst(url, allowed);
  if (reason) throw new Failure(code, `${safeOrigin(url)} cannot receive webhooks: ${reason}.`);
  return url;
}

function reasonAgainst(url: URL, allowed: AllowList): string | null {
  if (url.username !== "" || url.password !== "") return "it carries a user name or password";
  const refused = reasonToRefuse(url, allowed);
  if (refused) return refused;
  return url.protocol === "https:" || isListed(url, allowed) ? null : "it must start with https://";
}

/** An answer with more headers than we take is a refusal like any other: its receiver may be mended by the next attempt. */
function ofAnEndpoint(failure: Failure): Failure {
  return failure.code === "too-large" ? new Failure("webhook-refused", failure.message, { cause: failure }) : failure;
}

function refusal(where: string, status: number, answer: string, retryAfterMs: number | null): Failure {
  if (status === 410) {
    const message = `${where} answered 410: it asks us to send no more. The endpoint is to be switched off.`;
    return new Failure("webhook-gone", message, { httpStatus: status });
  }
  const redirected = status >= 300 && status < 400 ? ", and webhooks follow no redirects: correct its address" : "";
  const said = answer.trim() === "" ? "" : ` It said: ${answer.trim().slice(0, 200)}`;
  return new Failure("webhook-refused", `${where} answered ${status}${redirected}.${said}`, {
    httpStatus: status,
    retryAfterMs,
  });
}

function tellingHeaders(headers: Dispatcher.ResponseData["headers"]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    TELLING_HEADERS.flatMap((name) => {
      const value = [headers[name]]
        .flat()
        .join(", ")
        .slice(0, 500)
        .replace(/[\p{Cc}\p{Cs}]+/gu, " ");
      return value === "" ? [] : [[name, value]];
    }),
  );
}

/** Reads the start of an answer; what does not come, or breaks off, is left out. */
async function startOf(body: Dispatcher.ResponseData["body"]): Promise<string> {
  body.on("error", () => {});
  const timer = setTimeout(() => body.destroy(), MAX_ANSWER_MS);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length >= MAX_ANSWER_BYTES) break;
    }
  } catch {
    // The status is known; an answer cut short changes nothing.
  } finally {
    clearTimeout(timer);
    body.destroy();
  }
  const text = Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES).toString("utf8");
  return text.replace(/[\p{Cc}\p{Cs}]+/gu, " ");
}
