import iconv from "iconv-lite";

const [LINE_FEED, SHIFT_OUT, SHIFT_IN, ESCAPE] = [0x0a, 0x0e, 0x0f, 0x1b] as const;

/** What stands after an escape sign, the eight-bit encoding with the same characters, and whether it waits for a shift out. */
const DESIGNATIONS: readonly (readonly [sequence: string, encoding: string | null, waits: boolean])[] = [
  ["$B", "euc-jp", false],
  ["$@", "euc-jp", false],
  ["$A", "gb18030", false],
  ["$)A", "gb18030", true],
  ["$)C", "euc-kr", true],
  ["(B", null, false],
  // JIS X 0201 differs from ASCII in two signs.
  ["(J", null, false],
];

/**
 * Names the ISO 2022 encoding that seven-bit bytes are written in (RFC 1468, 1557, 1922); null for any other bytes.
 * Its escape sequences stand in nothing else, so that no declaration is needed.
 */
export function iso2022Of(bytes: Buffer): "iso-2022-jp" | "iso-2022-cn" | "iso-2022-kr" | null {
  const designates = (sequence: string) => bytes.includes(Buffer.from([ESCAPE, ...Buffer.from(sequence)]));
  if (!bytes.includes(ESCAPE)) return null;
  if (designates("$B") || designates("$@")) return "iso-2022-jp";
  if (designates("$)C")) return "iso-2022-kr";
  return designates("$)A") || designates("$)G") ? "iso-2022-cn" : null;
}

/** Decodes ISO-2022-JP, -KR and -CN. Of the latter's character sets only GB 2312 is known; others become U+FFFD. */
export function decodeIso2022(bytes: Buffer): string {
  let encoding: string | null = null;
  let shifted = false;
  let text = "";
  let from = 0;
  const take = (end: number) => {
    if (end > from) text += shifted ? wide(bytes.subarray(from, end), encoding) : bytes.toString("latin1", from, end);
  };
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte !== ESCAPE && byte !== SHIFT_OUT && byte !== SHIFT_IN && byte !== LINE_FEED) continue;
    take(at);
    from = at + 1;
    if (byte === LINE_FEED) {
      // A line's end ends every shift.
      shifted = false;
      from = at;
    } else if (byte !== ESCAPE) shifted = byte === SHIFT_OUT;
    else {
      const next = bytes.toString("latin1", at + 1, at + 4);
      const [sequence, named, waits] = DESIGNATIONS.find(([start]) => next.startsWith(start)) ?? [
        /^[$(][^A-Za-z@]?[A-Za-z@]/.exec(next)?.[0] ?? "",
        null,
        true,
      ];
      encoding = named;
      shifted = !waits && named !== null;
      from += sequence.length;
      at += sequence.length;
    }
  }
  take(bytes.length);
  return text;
}

function wide(bytes: Buffer, encoding: string | null): string {
  if (encoding === null) return "\ufffd".repeat(Math.ceil(bytes.length / 2));
  return iconv.decode(Buffer.from(bytes.map((byte) => (byte > 0x20 && byte < 0x7f ? byte | 0x80 : byte))), encoding);
}
