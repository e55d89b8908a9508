import { Buffer } from "node:buffer";
import { pipeline as pipe, Readable, type Transform } from "node:stream";
import * as zlib from "node:zlib";
import { Failure } from "../domain/failure.ts";

const MAX_ENCODINGS = 5;

/** Absent before Node 22.15. */
const createZstd = (zlib as { createZstdDecompress?: () => Transform }).createZstdDecompress;

/** What we ask for: no coding that this Node cannot unpack. */
export const ACCEPT_ENCODING = createZstd ? "gzip, deflate, br, zstd" : "gzip, deflate, br";

/** What servers write into Content-Encoding although nothing is packed: nothing, or a charset. */
const NOT_PACKED = /^(|identity|none|binary|7bit|8bit|utf-?8|iso-8859-\d+|gbk|gb2312|gb18030|big5|us-ascii)$/;

type Bytes = AsyncIterable<Uint8Array>;

/** Which side broke, so that a cut connection is not mistaken for bad packing. */
type Course = { tooLong: boolean; connection: unknown; packing: Error | null };

/**
 * Reads a response body, unpacks it and counts its bytes.
 *
 * The limit holds before and after each unpacking, so that neither a bomb nor a bomb inside a bomb is ever held in memory.
 *
 * @param contentEncoding - The header's value: codings in the order they were applied (RFC 9110 §8.4).
 * @param options.whenTooLong - `fail`, or `cut`: keep the first `maxBytes` bytes.
 * @throws {Failure} `too-large`, or `bad-encoding` where the bytes do not unpack. Errors of the connection pass through.
 */
export async function readBody(
  body: Bytes,
  contentEncoding: string | undefined,
  options: { readonly maxBytes: number; readonly whenTooLong: "fail" | "cut"; readonly where: string },
): Promise<Uint8Array> {
  const { maxBytes, where } = options;
  const codings = readCodings(contentEncoding, where);
  const course: Course = { tooLong: false, connection: null, packing: null };

  let bytes = counted(body, maxBytes, course, true);
  for (const coding of codings) bytes = counted(unpacked(bytes, coding, course), maxBytes, course, false);

  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of bytes) chunks.push(chunk);
  } catch (error) {
    if (course.connection) throw course.connection;
    if (course.tooLong && options.whenTooLong === "fail") {
      throw new Failure("too-large", `${where} is longer than ${maxBytes} bytes; the rest was not read.`);
    }
    if (!course.tooLong && course.packing) {
      throw new Failure("bad-encoding", `${where} does not unpack as ${contentEncoding}: ${course.packing.message}.`);
    }
    if (!course.tooLong) throw error;
  }
  return Buffer.concat(chunks).subarray(0, maxBytes);
}

/** The codings to undo, last applied first. */
function readCodings(contentEncoding: string | undefined, where: string): string[] {
  const named = (contentEncoding ?? "").toLowerCase().split(",");
  const codings = named.map((coding) => coding.trim()).filter((coding) => !NOT_PACKED.test(coding));
  if (codings.length > MAX_ENCODINGS) {
    throw new Failure(
      "bad-encoding",
      `${where} is packed ${codings.length} times; we unpack ${MAX_ENCODINGS} at most.`,
    );
  }
  const unknown = codings.find((coding) => !Object.hasOwn(UNPACKERS, coding));
  if (unknown) throw new Failure("bad-encoding", `${where} is packed with "${unknown}", which we did not ask for.`);
  return codings.reverse();
}

async function* counted(
  source: Bytes,
  maxBytes: number,
  course: Course,
  isConnection: boolean,
): AsyncGenerator<Uint8Array> {
  let length = 0;
  try {
    for await (const chunk of source) {
      length += chunk.length;
      yield chunk;
      if (length > maxBytes) break;
    }
  } catch (error) {
    if (isConnection) course.connection ??= error;
    throw error;
  }
  if (length > maxBytes) {
    course.tooLong = true;
    throw new Error("too long");
  }
}

async function* unpacked(source: Bytes, coding: string, course: Course): AsyncGenerator<Uint8Array> {
  const input = source[Symbol.asyncIterator]();
  const first = await input.next();
  // A body without bytes (304, HEAD, 204) is not a broken archive.
  if (first.done) return;

  const unpacker = UNPACKERS[coding]?.(first.value);
  if (!unpacker) throw new Error(`no unpacker for ${coding}`);
  unpacker.once("error", (error) => {
    course.packing ??= error;
  });
  pipe(Readable.from(startingWith(first.value, input)), unpacker, () => {
    // The reader of `unpacker` sees the error; here it needs no second handling.
  });
  yield* unpacker as Bytes;
}

async function* startingWith(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* { [Symbol.asyncIterator]: () => rest } as Bytes;
}

const UNPACKERS: Readonly<Record<string, (start: Uint8Array) => Transform>> = {
  gzip: () => zlib.createGunzip(),
  "x-gzip": () => zlib.createGunzip(),
  // "deflate" means the zlib format, but many servers send the bare stream: the first byte tells (RFC 1950 §2.2).
  deflate: (start) => (((start[0] ?? 0) & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw()),
  br: () => zlib.createBrotliDecompress(),
  ...(createZstd ? { zstd: createZstd } : {}),
};
