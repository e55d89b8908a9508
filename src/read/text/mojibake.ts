import { isUtf8 } from "node:buffer";
import iconv from "iconv-lite";

/** What UTF-8 looks like once it was read as windows-1252 and written again: `â€™`, `Ã©`. No language writes these. */
const TRACE = /â€|Ã[\u0080-\u00bf]|Â[\u00a0-\u00bf]/;

/** Runs of characters that can be such bytes. */
const RUN =
  /[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122]{2,}/g;

/** C1 control characters, which stand where a windows-1252 byte was declared as Latin 1 (`\u0092` for ’). */
const CONTROL = /[\u0080-\u009f]/g;

/**
 * Repairs text that its publisher encoded twice, and windows-1252 punctuation left as control characters.
 * A run is changed only where its bytes are valid UTF-8, so that right text never is.
 *
 * @returns The text, and whether a double encoding was undone.
 */
export function repaired(text: string): { readonly text: string; readonly doubled: boolean } {
  let doubled = false;
  let whole = text;
  if (TRACE.test(whole)) {
    whole = whole.replace(RUN, (run) => {
      const bytes = Buffer.from(Array.from(run, byteOf));
      if (!isUtf8(bytes)) return run;
      doubled = true;
      return bytes.toString("utf8");
    });
  }
  return {
    text: whole.replace(CONTROL, (control) => iconv.decode(Buffer.from([control.charCodeAt(0)]), "windows-1252")),
    doubled,
  };
}

/** Bytes of the characters beyond Latin 1, once they were looked up. */
const BYTES = new Map<string, number>();

/** The windows-1252 byte of a character; the five bytes it leaves undefined stand for themselves. */
function byteOf(character: string): number {
  const code = character.charCodeAt(0);
  if (code <= 0xff) return code;
  const byte = BYTES.get(character) ?? iconv.encode(character, "windows-1252")[0] ?? 0x3f;
  BYTES.set(character, byte);
  return byte;
}
