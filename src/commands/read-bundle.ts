import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { type Source, sourceSchema } from "../catalogue/source.ts";
import type { StoredCapture } from "../db/archive/captures.ts";
import type { EvidenceVersion } from "../db/history/evidence.ts";
import { storable } from "../db/storable.ts";
import type { Fetched } from "../domain/fetched.ts";
import type { BundleBreach, BundledText } from "../present/evidence-bundle.ts";
import { readArticle } from "../read/article/article.ts";
import { opened } from "../read/container/open.ts";
import { READER_VERSION } from "../read/version.ts";

const date = z.object({
  ...{ value: z.string(), precision: z.enum(["minute", "day", "month", "year"]) },
  ...{ basis: z.string(), raw: z.string() },
});

/** What a text was read with beside its bytes, address and headers. */
const readAsSchema = z.strictObject({
  source: sourceSchema.nullable(),
  published: date.nullable(),
  title: z.string().nullable(),
});

/** What a text was read with beside its bytes, address and headers: as the reader is given it. */
export type ReadAs = z.infer<typeof readAsSchema>;

const answerSchema = z.object({ finalUrl: z.string(), headers: z.record(z.string(), z.string()) });

/** What came of reading the texts of a bundle again. `notes` says of each that was not compared why, and what to know of those that were. */
export type TextCheck = {
  readonly compared: number;
  readonly breaches: readonly BundleBreach[];
  readonly notes: readonly BundleBreach[];
};

/**
 * Finds what a version can be read again with, by trying it: a bundle says only what gives its text.
 *
 * @param stored - The capture the version was read from, with its bytes.
 * @returns Null where another reader read it, or the entry of its source is no longer the one it was read with.
 */
export async function readAsOf(version: EvidenceVersion, stored: StoredCapture): Promise<ReadAs | null> {
  if (version.readerVersion !== READER_VERSION) return null;
  const { source, published, title } = stored;
  const readAs = readAsSchema.safeParse({ source: source && withoutOwnNotes(source), published, title }).data;
  return readAs && (await textOf(stored.fetched, readAs)) === version.text ? readAs : null;
}

/**
 * Reads the texts of a bundle again out of its bytes, those that this reader read, and compares them.
 *
 * @param sources - The catalogue of whoever checks: a bundle read with selectors of its own may have left out what it likes.
 */
export async function compareTexts(texts: readonly BundledText[], sources: readonly Source[]): Promise<TextCheck> {
  const breaches: BundleBreach[] = [];
  const notes: BundleBreach[] = [];
  let compared = 0;
  for (const text of texts) {
    const input = inputOf(text);
    if (typeof input === "string") {
      notes.push({ part: text.name, what: `${input}: not compared with its bytes` });
      continue;
    }
    compared += 1;
    const { source } = input.readAs;
    if (source && !isReadAlike(source, sources))
      notes.push({ part: text.name, what: `read with an entry of source ${source.id} that is not your catalogue's` });
    if ((await textOf(input.fetched, input.readAs)) !== text.text)
      breaches.push({ part: text.name, what: `its text is not what reader ${READER_VERSION} reads from its bytes` });
  }
  return { compared, breaches, notes };
}

/** Tells whether a catalogue has the entry, as far as it decides what is read: selectors, charset, zone. */
function isReadAlike(source: Source, sources: readonly Source[]): boolean {
  const read = ({ document, charset, timeZone }: Source) => ({ document, charset, timeZone });
  return sources.some((own) => own.id === source.id && isDeepStrictEqual(read(own), read(source)));
}

/** Gives what a text can be read again from, or why it cannot. */
function inputOf({ readerVersion, readAs, capture }: BundledText) {
  if (readerVersion !== READER_VERSION) return `read by reader ${String(readerVersion)}; this is ${READER_VERSION}`;
  if (capture.bytesBase64 === null) return "its bytes were taken away";
  if (readAs === undefined || readAs === null) return "the bundle does not say what it was read with";
  const as = readAsSchema.safeParse(readAs).data;
  const answer = answerSchema.safeParse(capture).data;
  if (!as || !answer) return "what it was read with is not written as this Parley writes it";
  const fetched = { bytes: Buffer.from(capture.bytesBase64, "base64"), url: answer.finalUrl, headers: answer.headers };
  return { fetched, readAs: as };
}

async function textOf(fetched: Fetched, readAs: ReadAs): Promise<string> {
  return storable(readArticle(await opened(fetched), { ...readAs, lang: null }).text);
}

/** A bundle is given away: an address that is asked may carry a key, and notes are the operator's own. */
function withoutOwnNotes({ extraCa: _, disabledBecause: __, ...source }: Source): Source {
  return { ...source, list: null, enabled: false, evidence: ["left out of the bundle"], notes: [] };
}
