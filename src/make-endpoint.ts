import { z } from "zod";
import { type Endpoint, saveEndpoint } from "./db/alerts/endpoints.ts";
import type { Database } from "./db/client.ts";
import { rotateSealedSecret, saveSealedEndpoint } from "./db/postgres/installation.ts";
import { Failure } from "./domain/failure.ts";
import { EXPECTED_NAME, GIVEN_NAME } from "./domain/given-name.ts";
import { seal } from "./net/secret-box.ts";
import { checkWebhookUrl } from "./net/webhook.ts";
import { newSecret } from "./net/webhook-signature.ts";
import { keyFingerprint } from "./secret-key.ts";

/** In whose words an endpoint takes alerts. */
export const endpointFormats = ["parley", "slack", "teams", "discord"] as const satisfies readonly Endpoint["format"][];

/** An endpoint as somebody wants it. */
export type EndpointWish = {
  readonly name: string;
  /** A webhook's URL or a mail address. */
  readonly address: string;
  readonly format: Endpoint["format"];
  /** Mail address that is written to when it is switched off because it fails; null for none. */
  readonly owner: string | null;
};

/** What making an endpoint needs beside the wish. */
export type EndpointTools = {
  readonly db: Database;
  /** 32 bytes that seal webhook secrets. */
  readonly secretKey: Uint8Array;
  readonly allowAddresses: readonly string[];
  readonly now: Date;
  /** Whether the key that sealed the other secrets is lost: then their endpoints are switched off. */
  readonly newKey?: boolean;
};

/**
 * Makes an endpoint, or changes the one of this name.
 *
 * @returns Its id, and the secret of a webhook, which is kept sealed and never shown again; null for mail.
 * @throws {Failure} `bad-input` when the name is none or the address cannot take alerts; `bad-setting` when another key sealed the secrets that stand here.
 */
export async function makeEndpoint(
  { name, address, format, owner }: EndpointWish,
  { db, secretKey, allowAddresses, now, newKey = false }: EndpointTools,
): Promise<{ readonly id: number; readonly secret: string | null }> {
  if (!GIVEN_NAME.test(name)) throw new Failure("bad-input", `${JSON.stringify(name)} is no name: ${EXPECTED_NAME}.`);
  if (/\p{Cc}/u.test(address)) throw new Failure("bad-input", "The address has a control character in it.");
  if (z.email().safeParse(address).success) {
    if (format !== "parley") throw new Failure("bad-input", `${format}: a mail address takes mails only.`);
    return { id: await saveEndpoint(db, { kind: "mail", name, address, secret: null, owner }, now), secret: null };
  }
  if (!/^https?:\/\//i.test(address))
    throw new Failure("bad-input", `${address}: expected an https address or a mail address.`);
  checkWebhookUrl(address, allowAddresses);
  const secret = newSecret();
  const id = await saveSealedEndpoint(
    db,
    { name, address, secret: seal(secretKey, secret), format, owner },
    { fingerprint: keyFingerprint(secretKey), newKey },
    now,
  );
  return { id, secret };
}

/**
 * Gives a webhook a new secret; the one before signs too until a moment.
 *
 * @returns The new secret, never shown again; null when there is no webhook of this name.
 * @throws {Failure} `bad-setting` when another key sealed the secrets that stand here.
 */
export async function rotateEndpoint(
  name: string,
  previousUntil: Date,
  { db, secretKey }: Pick<EndpointTools, "db" | "secretKey">,
): Promise<string | null> {
  const secret = newSecret();
  const found = await rotateSealedSecret(db, name, seal(secretKey, secret), keyFingerprint(secretKey), previousUntil);
  return found ? secret : null;
}
