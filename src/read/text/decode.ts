import { isAscii, isUtf8 } from "node:buffer";
import { gunzipSync } from "node:zlib";
import { getEncoding } from "encoding-sniffer";
import iconv from "iconv-lite";
import type { Fetched } from "../../domain/fetched.ts";
import type { Problem } from "../../domain/problem.ts";
import type { ReadHints } from "../hints.ts";
import { detectCharset } from "./detect-charset.ts";
import { decodeIso2022, iso2022Of } from "./iso-2022.ts";
import { repaired } from "./mojibake.ts";

/** Text of some bytes, and the character encoding they were read in (lower case). */
export type Decoded = { readonly text: string; readonly encoding: string; readonly problems: readonly Problem[] };

/** Bytes at the start of a page in which a declaration is looked for; publishers put long comments before theirs. */
const DECLARATION_BYTES = 4096;

/** So many multi-byte characters of valid UTF-8 are no chance. */
const ENOUGH = 4;

/** Half of a surrogate pair, or a pair: a quick test before the slow one. */
const ANY_SURROGATE = /[\ud800-\udfff]/;

/** A gzip file may unpack into so many bytes. */
const MOST_UNPACKED_BYTES = 20_000_000;

/**
 * Turns bytes into text: byte order mark, then HTTP header, then XML declaration or `<meta>`, then the catalogue, then detection.
 *
 * A declaration is believed only where it can be true: bytes that are valid UTF-8 with at least four
 * multi-byte characters are UTF-8 whatever is declared (two may be GBK by chance), and bytes that are not
 * are never read as UTF-8. GB2312 and GBK are read as their superset GB18030, ISO-8859-1 as windows-1252,
 * as browsers do (WHATWG Encoding). What the publisher encoded twice is read as meant. NUL and lone surrogates, which no database takes, become nothing and U+FFFD.
 */
export function decode(fetched: Fetched, hints?: Pick<ReadHints, "source">): Decoded {
  const { text, encoding, problems } = decodeAsIs(fetched, hints);
  const { text: meant, doubled } = repaired(text);
  const twice = {
    code: "double-encoded",
    message: "The publisher encoded some characters twice (â€™ for ’); they are read as meant.",
  };
  return { text: meant, encoding, problems: doubled ? [...problems, twice] : problems };
}

/** Does what `decode` does, but leaves the publisher's own slips in: for plain texts, which are kept unchanged. */
export function decodeAsIs(fetched: Fetched, hints?: Pick<ReadHints, "source">): Decoded {
  const bytes = unpacked(Buffer.from(fetched.bytes.buffer, fetched.bytes.byteOffset, fetched.bytes.byteLength));
  const marked = encodingOfMark(bytes);
  if (marked) return decoded(bytes, marked, []);

  const multiByteCount = countMultiByte(bytes);
  const header = labelIn(fetched.headers["content-type"]);
  const declared = [header, declarationIn(bytes), knownLabel(hints?.source?.charset)].filter((label) => label !== null);

  if (multiByteCount === 0) {
    const shifting = iso2022Of(bytes);
    if (shifting) return decoded(bytes, shifting, []);
    const wide = declared.find((label) => /^(?:utf-(?:16|32|7)|ibm|cp037)/.test(label));
    return decoded(bytes, wide ?? declared[0] ?? (isTextXml(fetched) ? "us-ascii" : "utf-8"), []);
  }
  if (multiByteCount !== null && (multiByteCount >= ENOUGH || declared.length === 0 || declared[0] === "utf-8")) {
    return decoded(bytes, "utf-8", contradiction(declared[0], "utf-8"));
  }
  const fitting = declared.find((label) => label !== "utf-8" && fits(bytes, label));
  const encoding = fitting ?? detectCharset(bytes);
  return decoded(bytes, encoding, contradiction(declared[0], encoding));
}

/** Unpacks a file that is gzip itself (sitemaps are); bytes that do not unpack, or into too much, stay as they are. */
function unpacked(bytes: Buffer): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED_BYTES });
  } catch {
    return bytes;
  }
}

function decoded(bytes: Buffer, encoding: string, problems: readonly Problem[]): Decoded {
  const raw = encoding === "utf-8" ? bytes.toString("utf8") : textOf(bytes, encoding);
  const marked = raw.startsWith("\ufeff") ? raw.slice(1) : raw;
  const bare = marked.includes("\0") ? marked.replaceAll("\0", "") : marked;
  const text = ANY_SURROGATE.test(bare) ? bare.replace(/\p{Surrogate}/gu, "\ufffd") : bare;
  return { text, encoding, problems };
}

function textOf(bytes: Buffer, encoding: string): string {
  return encoding.startsWith("iso-2022-") ? decodeIso2022(bytes) : iconv.decode(bytes, encoding);
}

function encodingOfMark(bytes: Buffer): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes[2] === 0 && bytes[3] === 0 ? "utf-32le" : "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  if (bytes.length < 4) return null;
  switch (bytes.readUInt32BE(0)) {
    case 0x0000feff:
    case 0x0000003c:
      return "utf-32be";
    case 0x3c000000:
      return "utf-32le";
    case 0x003c003f:
      return "utf-16be";
    case 0x3c003f00:
      return "utf-16le";
    case 0x4c6fa794:
      return knownLabel("cp037");
  }
  return null;
}

/** Counts the multi-byte characters of valid UTF-8 (no further than enough), or gives null where the bytes are none. A cut last character is forgiven. */
function countMultiByte(bytes: Buffer): number | null {
  const whole = bytes.subarray(0, endOfLastCharacter(bytes));
  if (isAscii(whole)) return 0;
  if (!isUtf8(whole)) return null;
  let count = 0;
  for (let at = 0; at < whole.length && count < ENOUGH; at++) if ((whole[at] ?? 0) >= 0xc2) count++;
  return count;
}

function endOfLastCharacter(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** XML sent as text without a charset is ASCII (RFC 3023 §3.1), which matters for its name alone. */
function isTextXml({ headers }: Fetched): boolean {
  return /^text\/(?:[\w.+-]+\+)?xml\s*(?:;|$)/i.test(headers["content-type"] ?? "");
}

function labelIn(contentType: string | undefined): string | null {
  return knownLabel(/charset\s*=\s*["']?([^"';\s]+)/i.exec(contentType ?? "")?.[1]);
}

function declarationIn(bytes: Buffer): string | null {
  const start = bytes.toString("latin1", 0, 400);
  const declared = /^\s*<\?xml[^>]{0,300}?encoding\s*=\s*["']([^"']+)["']/i.exec(start)?.[1];
  if (declared) return knownLabel(declared);
  const none = "x-user-defined";
  const label = getEncoding(bytes, { maxBytes: DECLARATION_BYTES, defaultEncoding: none });
  return label === none ? null : knownLabel(label);
}

/** Gives our name for an encoding label, or null for one we cannot read. */
function knownLabel(label: string | null | undefined): string | null {
  const name = label?.trim().toLowerCase() ?? "";
  if (/^utf-?8$|^us-ascii$|^ascii$/.test(name)) return name.includes("ascii") ? "us-ascii" : "utf-8";
  if (/^(?:gb[\d_-]*|gbk|x-gbk|csgb2312|hz-gb-2312|gb18030|gb_2312-80|chinese)$/.test(name)) return "gb18030";
  if (/^(?:iso[-_]?8859-1|latin-?1|l1|cp1252)$/.test(name)) return "windows-1252";
  return name && iconv.encodingExists(name) ? name : null;
}

function fits(bytes: Buffer, label: string): boolean {
  return !iconv.decode(bytes, label).includes("\ufffd");
}

function contradiction(declared: string | undefined, used: string): Problem[] {
  if (!declared || declared === used || (declared === "us-ascii" && used === "utf-8")) return [];
  return [
    { code: "wrong-charset", message: `The bytes are declared as ${declared}, but read as ${used}, which fits them.` },
  ];
}
