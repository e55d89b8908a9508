import type { KnownDate } from "../../src/domain/known-date.ts";
import { htmlText } from "../../src/read/text/html-text.ts";

/** Puts every run of white space and invisible marks to one space. */
export function squeezed(text: unknown): string {
  return String(text ?? "")
    .normalize("NFC")
    .replace(/[\s\u200b-\u200d\ufeff]+/gu, " ")
    .trim();
}

/** Tells whether two texts say the same, one of them perhaps with its markup. */
export function sameText(got: string | null | undefined, want: string): boolean {
  const forms = (text: string) => [text, htmlText(text) ?? ""].map((form) => squeezed(form).replace(/\s/g, ""));
  const wanted = new Set(forms(want));
  return forms(got ?? "").some((form) => wanted.has(form));
}

/** Tells whether two addresses are one, one of them perhaps relative. */
export function sameAddress(got: string | null | undefined, want: string): boolean {
  const bare = (address: string) =>
    squeezed(address)
      .replace(/^\.*\//, "")
      .replace(/\/$/, "");
  return !!got && (squeezed(got) === squeezed(want) || bare(got).endsWith(bare(want)));
}

/** Tells whether a date is the wanted one: as it was written, the same instant, or the numbers of a UTC date. */
export function sameDate(got: KnownDate | null | undefined, want: unknown): boolean {
  if (!got) return false;
  const instant = instantOf(got.value);
  if (Array.isArray(want)) {
    const [year, month, day, ...time] = want as readonly number[];
    return instant === Date.UTC(year ?? 0, (month ?? 1) - 1, day, ...time.slice(0, 3));
  }
  const text = String(want);
  return squeezed(got.raw) === squeezed(text) || instant === instantOf(text);
}

/** Tells whether two names are of one person; one of them may carry the address. */
export function sameName(got: string | null | undefined, want: string): boolean {
  const [a, b] = [squeezed(got).toLowerCase(), squeezed(want).toLowerCase()];
  return a === b || (a.length > 1 && (b.includes(a) || a.includes(b)));
}

/** Tells whether two labels name one encoding (WHATWG Encoding). */
export function sameEncoding(got: string, want: string): boolean {
  const name = (label: string) => {
    try {
      return new TextDecoder(label).encoding;
    } catch {
      return label.toLowerCase();
    }
  };
  return name(got) === name(want);
}

/** A time without a zone counts as UTC, as the suites have it. */
function instantOf(text: string): number {
  return Date.parse(/^\d{4}-\d\d-\d\dT[\d:.]+$/.test(text) ? `${text}Z` : text);
}
