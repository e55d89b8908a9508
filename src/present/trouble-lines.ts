/** Most messages of one kind that a line of the log holds. */
const MOST_OF_A_KIND = 3;

/**
 * Sums up what is wrong in as many sentences as somebody reads: of each kind the first few, then how many more there are.
 *
 * @param troubles - `code` is the kind.
 * @returns Sentences in the order in which their kinds first stand.
 */
export function troubleLines(
  troubles: readonly { readonly code: string; readonly message: string }[],
): readonly string[] {
  const codes = [...new Set(troubles.map(({ code }) => code))];
  return codes.flatMap((code) => {
    const ofKind = troubles.filter((trouble) => trouble.code === code);
    const shown = ofKind.slice(0, MOST_OF_A_KIND).map(({ message }) => message);
    const more = ofKind.length - shown.length;
    return more > 0 ? [...shown, `And ${more} more of ${code}.`] : shown;
  });
}
