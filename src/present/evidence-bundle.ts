import { createHash } from "node:crypto";
import { z } from "zod";
import { wordsAt } from "../domain/span.ts";

/** A named piece of a bundle, whatever JSON value it is. */
export type BundlePart = { readonly name: string; readonly value: unknown };

/** A place in a bundle that is not as it was written. */
export type BundleBreach = { readonly part: string; readonly what: string };

/** A whole text with the bytes it is said to be read from; what it was read with is told as it stands in the bundle. */
export type BundledText = {
  readonly name: string;
  readonly text: string;
  readonly readerVersion: unknown;
  readonly readAs: unknown;
  readonly capture: { readonly bytesBase64: string | null };
};

/**
 * What a check found. `emptied` names the captures whose bytes the archive no longer had; `texts` are those that are as they were
 * written, of bytes that are.
 */
export type BundleCheck = {
  readonly parts: number;
  readonly breaches: readonly BundleBreach[];
  readonly emptied: readonly string[];
  readonly texts: readonly BundledText[];
};

const FORMAT = "parley-evidence/1";
const id = z.number().int().positive();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What the check of each kind of part relies on; the rest of a part is told and not checked. */
const kinds = {
  development: z.looseObject({
    ...{ id, versionId: id, previousVersionId: id.nullable() },
    /** Names all evidence; bundles of earlier versions of Parley have none. */
    evidence: z.array(z.string()).optional(),
  }),
  /** The bytes of a fetch, with the hash the archive keeps; null where they were taken away. */
  capture: z.looseObject({ id, bytesBase64: z.string().nullable(), bodySha256: sha256 }),
  /** The text of a version, with the hash the archive keeps. */
  version: z.looseObject({ id, captureId: id, text: z.string(), textSha256: sha256 }),
  /** Words with the place they stand at in the text of a version, UTF-16 units. */
  evidence: z.looseObject({
    ...{ version: z.string(), words: z.string() },
    ...{ start: z.number().int().nonnegative(), end: z.number().int().nonnegative() },
  }),
  /** What two texts share and do not. */
  diff: z.looseObject({
    ...{ before: z.string(), after: z.string() },
    pieces: z.array(z.object({ kind: z.enum(["same", "added", "removed"]), text: z.string() })),
  }),
  delivery: z.looseObject({ id: z.union([z.string(), z.number()]) }),
};
type Kind = keyof typeof kinds;
type Value<K extends Kind> = z.infer<(typeof kinds)[K]>;
type Known = { readonly [K in Kind]: ReadonlyMap<string, Value<K>> };

const manifestLine = z.object({
  ...{ format: z.literal(FORMAT), madeAt: z.iso.datetime() },
  parts: z.array(z.object({ name: z.string(), sha256 })),
});

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

/**
 * Checks a bundle without archive or network: that it has the parts its development needs, each once and no other, and that hashes of
 * parts, bytes and texts, spans and words, differences and texts agree. It shows that the parts fit together, not who made them, nor
 * that the bytes give the texts: `texts` can be read again.
 *
 * @param file - Anything at all; what is no bundle has one breach.
 */
export function verifyBundle(file: string): BundleCheck {
  const broken = (part: string, what: string) => ({ parts: 0, breaches: [{ part, what }], emptied: [], texts: [] });
  if (!file.endsWith("\n")) return broken("end", "the file was cut off");
  const lines = file.slice(0, -1).split("\n");
  const manifest = manifestLine.safeParse(asWritten(lines[0] ?? "")).data;
  if (!manifest) return broken("manifest", `the first line is no ${FORMAT} manifest`);
  const read = readParts(manifest.parts, lines);
  const parts = manifest.parts.length;
  const faults = [...read.breaches, ...faultsOfParts(read.known)];
  const emptied = [...read.known.capture].flatMap(([name, { bytesBase64 }]) => (bytesBase64 === null ? [name] : []));
  return {
    ...{ parts, emptied, texts: wholeTexts(read.known, new Set(faults.map(({ part }) => part))) },
    breaches: [...faultsOfManifest(lines, parts), ...faults, ...faultsOfWhole(read.known, new Set(read.named))],
  };
}

function wholeTexts(known: Known, broken: ReadonlySet<string>): readonly BundledText[] {
  return [...known.version].flatMap(([name, { text, captureId, readerVersion, readAs }]) => {
    const capture = known.capture.get(`capture ${captureId}`);
    if (!capture || broken.has(name) || broken.has(`capture ${captureId}`)) return [];
    return [{ name, text, readerVersion, readAs, capture }];
  });
}

function faultsOfManifest(lines: readonly string[], parts: number): readonly BundleBreach[] {
  const sealed = lines.at(-1) === JSON.stringify({ manifestSha256: digest(lines[0] ?? "") });
  return [
    ...(sealed ? [] : [{ part: "manifest", what: "it does not have the hash in the last line" }]),
    ...(lines.length === parts + 2
      ? []
      : [{ part: "manifest", what: `it names ${parts} parts, the file has ${lines.length - 2}` }]),
  ];
}

/** Takes the parts by their kinds, those that are none left out and named. */
function readParts(parts: readonly { readonly name: string; readonly sha256: string }[], lines: readonly string[]) {
  const known = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, new Map()])) as unknown as {
    [K in Kind]: Map<string, Value<K>>;
  };
  const named: string[] = [];
  const breaches: BundleBreach[] = [];
  for (const [index, part] of parts.entries()) {
    const line = lines[index + 1] ?? "";
    const kind = kindOf(part.name);
    const value = kind && kinds[kind].safeParse(asWritten(line));
    if (digest(line) !== part.sha256) breaches.push({ part: part.name, what: "it does not have its hash" });
    else if (!kind) breaches.push({ part: part.name, what: "a bundle has no such part" });
    else if (named.includes(part.name)) breaches.push({ part: part.name, what: "it is there twice" });
    else if (!value?.success) breaches.push({ part: part.name, what: "it is not written as Parley writes it" });
    else (known[kind] as Map<string, unknown>).set(part.name, value.data);
    named.push(part.name);
  }
  return { known: known as Known, named, breaches };
}

function kindOf(name: string): Kind | null {
  const found =
    /^(?:(development|capture|version|evidence) [1-9]\d{0,14}|(diff) [1-9]\d{0,14} [1-9]\d{0,14}|(delivery) [\w-]{1,64})$/.exec(
      name,
    );
  return ((found?.[1] ?? found?.[2] ?? found?.[3]) as Kind | undefined) ?? null;
}

/** Looks at each part, and at those it names. */
function faultsOfParts(known: Known): readonly BundleBreach[] {
  const faults = <K extends Kind>(kind: K, faultOf: (value: Value<K>, name: string) => string | null) =>
    [...known[kind]].flatMap(([part, value]) => {
      const what = faultOf(value as Value<K>, part);
      return what === null ? [] : [{ part, what }];
    });
  const numbered = (kind: Kind) =>
    faults(kind, ({ id: own }, name) => (name === `${kind} ${own}` ? null : `its number is ${String(own)}`));
  return [
    ...(["development", "capture", "version", "delivery"] as const).flatMap(numbered),
    ...faults("capture", faultOfCapture),
    ...faults("version", ({ text, textSha256 }) =>
      digest(text) === textSha256 ? null : "its text does not have its hash",
    ),
    ...faults("evidence", (evidence) => faultOfEvidence(evidence, known)),
    ...faults("diff", (diff, name) => faultOfDiff(diff, name, known)),
  ];
}

function faultOfCapture({ bytesBase64, bodySha256 }: Value<"capture">): string | null {
  if (bytesBase64 === null) return null;
  const bytes = Buffer.from(bytesBase64, "base64");
  return bytes.toString("base64") === bytesBase64 && digest(bytes) === bodySha256
    ? null
    : "its bytes do not have their hash";
}

function faultOfEvidence({ version, start, end, words }: Value<"evidence">, known: Known): string | null {
  const text = known.version.get(version)?.text;
  if (text === undefined) return `${version} is not in the bundle, or broken`;
  if (start > end || end > text.length) return `its span does not stand in ${version}`;
  return wordsAt(text, { start, end }) === words ? null : "its span does not cut out its words";
}

function faultOfDiff({ before, after, pieces }: Value<"diff">, name: string, known: Known): string | null {
  if (name !== `diff ${before.replace("version ", "")} ${after.replace("version ", "")}`)
    return `it is of ${before} and ${after}`;
  const join = (without: string) => pieces.flatMap(({ kind, text }) => (kind === without ? [] : [text])).join("");
  const same = join("added") === known.version.get(before)?.text && join("removed") === known.version.get(after)?.text;
  return same ? null : "its pieces do not make the two texts";
}

/** Compares the parts that are there with those that the development needs. What is there and broken is not named a second time. */
function faultsOfWhole(known: Known, named: ReadonlySet<string>): readonly BundleBreach[] {
  const [development, another] = known.development.values();
  const there = [...named].filter((name) => kindOf(name) === "development");
  if (there.length === 0) return [{ part: "development", what: "it is not in the bundle" }];
  if (another) return [{ part: "development", what: "there is more than one" }];
  if (!development) return [];
  const needed = partsNeeded(development, known);
  return [
    ...needed.filter((name) => !named.has(name)).map((part) => ({ part, what: "it is not in the bundle" })),
    ...[...named]
      .filter((name) => ["capture", "version", "diff"].includes(kindOf(name) ?? "") && !needed.includes(name))
      .map((part) => ({ part, what: "nothing in the bundle rests on it" })),
    ...[...known.evidence.keys()]
      .filter((name) => development.evidence && !development.evidence.includes(name))
      .map((part) => ({ part, what: "the development does not name it" })),
  ];
}

function partsNeeded({ versionId, previousVersionId, evidence }: Value<"development">, known: Known): string[] {
  const versions = new Set([`version ${versionId}`, ...[...known.evidence.values()].map(({ version }) => version)]);
  if (previousVersionId !== null) versions.add(`version ${previousVersionId}`);
  const captures = [...versions].flatMap((name) => {
    const version = known.version.get(name);
    return version ? [`capture ${version.captureId}`] : [];
  });
  const diff = previousVersionId === null ? [] : [`diff ${previousVersionId} ${versionId}`];
  return [...new Set([...versions, ...captures, ...diff, ...(evidence ?? [])])];
}

/** The value of a line that is written as `JSON.stringify` writes it, so that no name stands in it twice; undefined for any other. */
function asWritten(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line);
    return JSON.stringify(value) === line ? value : undefined;
  } catch {
    return undefined;
  }
}

function digest(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
