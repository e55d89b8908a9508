import type { IncomingMessage, ServerResponse } from "node:http";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { Failure } from "../domain/failure.ts";
import { listenOnLoopback } from "./listen.ts";

/** A webhook whose signature was found good. */
export type Received = {
  /** `webhook-id`: the same whenever the same alert is sent again. */
  readonly id: string;
  /** `webhook-timestamp`: when the sender signed it. */
  readonly signedAt: Date;
  /** The body, byte for byte as it was signed. */
  readonly body: string;
  /** The body read as JSON. */
  readonly payload: unknown;
};

export type Receiver = {
  /** Where to send webhooks. */
  readonly url: string;
  /** What came in with a good signature, oldest first; grows while the receiver is up. */
  readonly received: readonly Received[];
  readonly close: () => Promise<void>;
};

const MAX_BYTES = 1_000_000;

/**
 * Starts a loopback receiver that believes a webhook only after the official Standard Webhooks library verified it
 * (https://www.standardwebhooks.com). It answers 204, or 401 for a bad signature, 400 for a body that is no JSON text.
 *
 * @param options.secret - `whsec_` and base64, as the endpoint has it.
 * @throws {Failure} `bad-setting` for a secret that the library refuses; `in-use` for a taken port.
 */
export async function startReceiver(options: { readonly secret: string; readonly port?: number }): Promise<Receiver> {
  const webhook = webhookWith(options.secret);
  const received: Received[] = [];

  const answer = async (request: IncomingMessage): Promise<number> => {
    if (request.url !== "/hook") return 404;
    if (request.method !== "POST") return 405;
    const bytes = await bytesOf(request);
    if (!bytes) return 413;
    const body = textOf(bytes);
    if (body === null) return 400;
    try {
      webhook.verify(body, headersOf(request), { jsonParse: false });
    } catch (error) {
      if (error instanceof WebhookVerificationError) return 401;
      throw error;
    }
    const payload = jsonOf(body);
    if (payload === undefined) return 400;
    const { "webhook-id": id = "", "webhook-timestamp": seconds = "" } = headersOf(request);
    received.push({ id, signedAt: new Date(Number.parseInt(seconds, 10) * 1000), body, payload });
    return 204;
  };

  const { origin, close } = await listenOnLoopback(options.port ?? 0, (request, response) => {
    answer(request).then(
      (status) => finish(response, status),
      () => finish(response, 500),
    );
  });
  return { url: `${origin}/hook`, received, close };
}

function webhookWith(secret: string): Webhook {
  try {
    return new Webhook(secret);
  } catch (error) {
    throw new Failure("bad-setting", "The webhook secret must be whsec_ and base64, not empty", { cause: error });
  }
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(" ") : value,
  ]);
  return Object.fromEntries(headers.filter(([, value]) => value !== undefined));
}

/** The whole body, or null when it is larger than a webhook may be. */
async function bytesOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** UTF-8 read strictly, so that no two bodies can be taken for one. */
function textOf(bytes: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function finish(response: ServerResponse, status: number): void {
  // The rest of a body that was too large is not read, so the connection cannot be used again.
  response.writeHead(status, status === 413 ? { connection: "close" } : {}).end();
}
