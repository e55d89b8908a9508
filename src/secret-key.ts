import { createHash, randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Config } from "./config.ts";
import { keepSecret } from "./db/embedded-files.ts";

/** Reads the key that seals webhook secrets: from the settings, else from a file that is made on first use. */
export async function readSecretKey(config: Config): Promise<Uint8Array> {
  if (config.PARLEY_SECRET_KEY) return Buffer.from(config.PARLEY_SECRET_KEY, "base64");
  const folder = resolve(config.PARLEY_DATA);
  await mkdir(folder, { recursive: true });
  return Buffer.from(await keepSecret(join(folder, "secret-key"), () => randomBytes(32).toString("base64")), "base64");
}

/** Names a key without giving it away: the first 16 hex digits of its SHA-256. */
export function keyFingerprint(key: Uint8Array): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 16);
}
