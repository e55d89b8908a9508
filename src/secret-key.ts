import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Config } from "./config.ts";
import { makeDataFolder } from "./data-folder.ts";
import { keepSecret } from "./db/postgres/embedded-files.ts";

/** Reads the key that seals webhook secrets: from the settings, else from a file that is made on first use. */
export async function readSecretKey(config: Config): Promise<Uint8Array> {
  if (config.PARLEY_SECRET_KEY) return Buffer.from(config.PARLEY_SECRET_KEY, "base64");
  const folder = await makeDataFolder(config.PARLEY_DATA);
  return Buffer.from(await keepSecret(join(folder, "secret-key"), () => randomBytes(32).toString("base64")), "base64");
}

/** Names a key without giving it away: the first 16 hex digits of its SHA-256. */
export function keyFingerprint(key: Uint8Array): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 16);
}
