import { createHmac, randomBytes } from "node:crypto";
import { Failure } from "../domain/failure.ts";

const PREFIX = "whsec_";

/** Makes a signing secret of 32 random bytes, as Standard Webhooks 1.0.0 writes it: `whsec_` and base64. */
export function newSecret(): string {
  return PREFIX + randomBytes(32).toString("base64");
}

/**
 * Signs a webhook as Standard Webhooks 1.0.0 asks: HMAC-SHA256 over `id.timestamp.body`, `v1,` and base64.
 *
 * @param timestamp - When this attempt is made; signed in whole seconds.
 * @param secrets - All that are valid now; while a secret is being changed both sign, joined by a space.
 * @throws {Failure} `bad-input` when a secret is not base64 of 24 to 64 bytes.
 * @throws {RangeError} When there is no secret, or the id is not made of visible ASCII without a dot: the caller's mistake.
 */
export function signWebhook(webhook: {
  readonly id: string;
  readonly timestamp: Date;
  readonly body: string;
  readonly secrets: readonly string[];
}): string {
  const { id, timestamp, body, secrets } = webhook;
  if (secrets.length === 0) throw new RangeError("a webhook needs a secret to be signed with");
  // A dot inside the id would let two different messages have the same signed text.
  if (!/^[!-~]+$/.test(id) || id.includes(".")) throw new RangeError(`"${id}" cannot be the id of a webhook`);

  const signed = `${id}.${toSeconds(timestamp)}.${body}`;
  return secrets.map((secret) => `v1,${createHmac("sha256", keyOf(secret)).update(signed).digest("base64")}`).join(" ");
}

/** Gives an instant as the header `webhook-timestamp` carries it: whole seconds since 1970. */
export function toSeconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1_000);
}

function keyOf(secret: string): Buffer {
  const text = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret;
  const key = Buffer.from(text, "base64");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || key.length < 24 || key.length > 64) {
    throw new Failure("bad-input", "A webhook secret must be whsec_ and the base64 of 24 to 64 bytes; make a new one.");
  }
  return key;
}
