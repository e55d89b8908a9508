import { createHash } from "node:crypto";
import { wordsAt } from "../domain/span.ts";

/** A named piece of a bundle, whatever JSON value it is. */
export type BundlePart = { readonly name: string; readonly value: unknown };

/** A place in a bundle that is not as it was written. */
export type BundleBreach = { readonly part: string; readonly what: string };

/** The text of a version, with the hash the archive keeps. */
export type VersionPart = { readonly text: string; readonly textSha256: string };
/** The bytes of a fetch, with the hash the archive keeps. */
export type CapturePart = { readonly bytesBase64: string; readonly bodySha256: string };
/** Words with the place they stand at in the text of a version. */
export type EvidencePart = {
  readonly version: string;
  readonly start: number;
  readonly end: number;
  readonly words: string;
};
/** What two texts share and do not. */
export type DiffPart = {
  readonly before: string;
  readonly after: string;
  readonly pieces: readonly { readonly kind: string; readonly text: string }[];
};

const FORMAT = "parley-evidence/1";

/**
 * Writes a bundle that checks itself: one JSON value a line. The first line names the parts with the SHA-256 of their lines, then each
 * part stands on a line of its own, and the last line is the SHA-256 of the first. Nothing but this file is needed to check it.
 */
export function writeBundle(parts: readonly BundlePart[], madeAt: Date): string {
  const lines = parts.map(({ value }) => JSON.stringify(value));
  const manifest = JSON.stringify({
    ...{ format: FORMAT, madeAt: madeAt.toISOString() },
    parts: parts.map(({ name }, index) => ({ name, sha256: digest(lines[index] ?? "") })),
  });
  return `${[manifest, ...lines, JSON.stringify({ manifestSha256: digest(manifest) })].join("\n")}\n`;
}

/** Checks a bundle without archive or network: hashes of its parts, of bytes and texts, spans against words, and differences against texts. */
export function verifyBundle(file: string): { readonly parts: number; readonly breaches: readonly BundleBreach[] } {
  const broken = (part: string, what: string) => ({ parts: 0, breaches: [{ part, what }] });
  if (!file.endsWith("\n")) return broken("end", "the file was cut off");
  const lines = file.slice(0, -1).split("\n");
  const manifest = manifestOf(lines[0] ?? "");
  if (!manifest) return broken("manifest", `the first line is no ${FORMAT} manifest`);
  const breaches: BundleBreach[] = [];
  if (lines.at(-1) !== JSON.stringify({ manifestSha256: digest(lines[0] ?? "") })) {
    breaches.push({ part: "manifest", what: "it does not have the hash in the last line" });
  }
  if (lines.length !== manifest.parts.length + 2) {
    breaches.push({
      part: "manifest",
      what: `it names ${manifest.parts.length} parts, the file has ${lines.length - 2}`,
    });
  }
  const values = new Map<string, unknown>();
  for (const [index, { name, sha256 }] of manifest.parts.entries()) {
    const line = lines[index + 1] ?? "";
    if (digest(line) !== sha256) breaches.push({ part: name, what: "it does not have its hash" });
    else values.set(name, JSON.parse(line));
  }
  for (const [name, value] of values) {
    const what = faultOf(name, value, values);
    if (what) breaches.push({ part: name, what });
  }
  return { parts: manifest.parts.length, breaches };
}

function faultOf(name: string, value: unknown, all: ReadonlyMap<string, unknown>): string | null {
  const textOf = (version: string) => (all.get(version) as VersionPart | undefined)?.text ?? null;
  if (name.startsWith("capture ")) {
    const { bytesBase64, bodySha256 } = value as CapturePart;
    return digest(Buffer.from(bytesBase64, "base64")) === bodySha256 ? null : "its bytes do not have their hash";
  }
  if (name.startsWith("version ")) {
    const { text, textSha256 } = value as VersionPart;
    return digest(text) === textSha256 ? null : "its text does not have its hash";
  }
  if (name.startsWith("evidence ")) {
    const { version, start, end, words } = value as EvidencePart;
    const text = textOf(version);
    if (text === null) return `${version} is not in the bundle, or broken`;
    return wordsAt(text, { start, end }) === words ? null : "its span does not cut out its words";
  }
  if (name.startsWith("diff ")) {
    const { before, after, pieces } = value as DiffPart;
    const join = (without: string) => pieces.flatMap(({ kind, text }) => (kind === without ? [] : [text])).join("");
    const same = join("added") === textOf(before) && join("removed") === textOf(after);
    return same ? null : "its pieces do not make the two texts";
  }
  return null;
}

function manifestOf(
  line: string,
): { readonly parts: readonly { readonly name: string; readonly sha256: string }[] } | null {
  try {
    const value = JSON.parse(line) as { format?: unknown; parts?: unknown };
    if (value.format !== FORMAT || !Array.isArray(value.parts)) return null;
    const parts = value.parts as { name?: unknown; sha256?: unknown }[];
    const named = parts.every((part) => typeof part?.name === "string" && typeof part.sha256 === "string");
    return named ? { parts: parts as { name: string; sha256: string }[] } : null;
  } catch {
    return null;
  }
}

function digest(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
