import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** Entries of catalogue files as plain data, by the digest of the file's text. */
export type ParsedCopy = Readonly<Record<string, readonly Record<string, unknown>[]>>;

/** Lies beside the compiled code; `npm run build` writes it. */
const COPY = new URL("../parsed-catalogue.json", import.meta.url);

/**
 * Reads the copy of the shipped catalogue that the build parsed, because parsing its YAML takes most of a command's start.
 * A copy can never be out of date: a file is looked up by its text, and any change to it means that it is parsed again.
 * Empty where there is no copy or it cannot be read.
 */
export function readParsedCopy(): ParsedCopy {
  try {
    return JSON.parse(readFileSync(COPY, "utf8")) as ParsedCopy;
  } catch {
    return {};
  }
}

/** Where `readParsedCopy` looks. */
export function parsedCopyPath(): URL {
  return COPY;
}

/** Names a file by its text, in a `ParsedCopy`. */
export function textDigest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
