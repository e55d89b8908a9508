import { createReadStream } from "node:fs";
import { asyncBufferFromFile, parquetMetadataAsync } from "hyparquet";

const LINE_FEED = 10;
const QUOTE = 34;

/**
 * Counts the rows of a file as `openTableFile` writes it, by the ending of its name: of NDJSON its lines, of CSV its records
 * (RFC 4180: a line break between quotes ends none) without the head, of Parquet what its footer says.
 *
 * @returns Null where the file is none of these, or broke off in a row.
 */
export async function countRows(path: string): Promise<number | null> {
  if (path.endsWith(".ndjson")) return countLines(path, false);
  if (path.endsWith(".csv")) {
    const lines = await countLines(path, true);
    return lines === null || lines === 0 ? null : lines - 1;
  }
  return path.endsWith(".parquet") ? countParquet(path) : null;
}

/** @param quoted - Whether line breaks between quotes belong to a cell; a doubled quote opens what it closed. */
async function countLines(path: string, quoted: boolean): Promise<number | null> {
  let lines = 0;
  let isInside = false;
  let last = LINE_FEED;
  for await (const bytes of createReadStream(path) as AsyncIterable<Buffer>) {
    for (const byte of bytes) {
      if (quoted && byte === QUOTE) isInside = !isInside;
      else if (byte === LINE_FEED && !isInside) lines += 1;
    }
    last = bytes.at(-1) ?? last;
  }
  return isInside || last !== LINE_FEED ? null : lines;
}

async function countParquet(path: string): Promise<number | null> {
  // What is no Parquet at all is told by an error, of many kinds.
  const metadata = await asyncBufferFromFile(path)
    .then((file) => parquetMetadataAsync(file))
    .catch(() => null);
  return metadata && Number(metadata.num_rows);
}
