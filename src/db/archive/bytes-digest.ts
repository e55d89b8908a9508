import { createHash } from "node:crypto";

/** Digests bytes as captures are addressed: SHA-256, hex. */
export function bytesDigest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
