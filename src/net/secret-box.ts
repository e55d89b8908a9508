import { Buffer } from "node:buffer";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { Failure } from "../domain/failure.ts";

const CIPHER = "aes-256-gcm";
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

/**
 * Seals a secret for the database: AES-256-GCM (NIST SP 800-38D) with a random nonce, so that equal secrets look different.
 * The bytes are a version byte, nonce, tag and ciphertext.
 *
 * @param key - 32 bytes.
 * @throws {Failure} `bad-setting` when the key has another length.
 */
export function seal(key: Uint8Array, plain: string): Uint8Array {
  checkKey(key);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), sealed]);
}

/**
 * Opens what `seal` made.
 *
 * @throws {Failure} `bad-setting` when the key is not the one it was sealed with, or the bytes were changed or cut.
 */
export function open(key: Uint8Array, sealed: Uint8Array): string {
  checkKey(key);
  if (sealed.length < HEAD_BYTES || sealed[0] !== VERSION) throw wrongKey();
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(1, 1 + NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEAD_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(HEAD_BYTES)), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw wrongKey(cause);
  }
}

function checkKey(key: Uint8Array): void {
  if (key.length !== 32) throw new Failure("bad-setting", `The key for secrets must have 32 bytes, not ${key.length}.`);
}

function wrongKey(cause?: unknown): Failure {
  return new Failure(
    "bad-setting",
    "A stored secret does not open: it was sealed with another key, or damaged. Set the key it was sealed with, or make a new secret.",
    { cause },
  );
}
