import { createHash } from "node:crypto";
import { storable } from "./storable.ts";

/** Bounds a key to what an index takes: one of over 500 characters is kept as its digest. */
export function boundedKey(key: string): string {
  const kept = storable(key);
  return kept.length <= 500 ? kept : `sha256:${createHash("sha256").update(kept).digest("hex")}`;
}
