/** Anything written like a mail address, the way mail servers quote them: in angle brackets, quotation marks or bare. */
const MAIL_ADDRESS = /[^\s<>()[\]"'`,;:@]+@([\p{L}\p{N}][\p{L}\p{N}.-]*)/gu;

/**
 * Masks every mail address in what a mail server said, and the name in front of the `@` of those to whom it was about to send, in
 * whatever case: such sentences are stored, shown and logged.
 *
 * @param known - Addresses whose names may stand there alone ("user jane.doe unknown").
 * @example
 * withoutMailAddresses("550 <Jane.Doe@example.org>: no jane.doe here", ["jane.doe@example.org"]); // "550 <J…@example.org>: no j… here"
 */
export function withoutMailAddresses(text: string, known: readonly string[]): string {
  const masked = text.replace(MAIL_ADDRESS, (address, host: string) => `${initial(address)}…@${host}`);
  return known.reduce(withoutName, masked);
}

function withoutName(text: string, address: string): string {
  const at = address.lastIndexOf("@");
  if (at < 1) return text;
  const name = address.slice(0, at).replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  // Where only its first letter stands already, nothing is left to hide.
  const alone = new RegExp(`(?<![\\p{L}\\p{N}])${name}(?![\\p{L}\\p{N}…])`, "giu");
  return text.replace(alone, (found) => `${initial(found)}…`);
}

function initial(text: string): string {
  return [...text][0] ?? "";
}
