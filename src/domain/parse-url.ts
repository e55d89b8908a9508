/**
 * Parses an address; null for what is none.
 *
 * `URL.canParse` is not asked: that of Node 20 lets some texts pass that `new URL` then refuses (hosts with signs of Latin-1).
 *
 * @param base - Address that a relative one starts from.
 */
export function parseUrl(text: string, base?: string): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
