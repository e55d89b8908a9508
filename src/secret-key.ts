import { randomBytes } from "node:crypto";
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
