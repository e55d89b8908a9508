/** Cuts a text to so many UTF-16 units and marks the cut with …; never through a character, at a word where there is one near. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  // A cut through a character of two units leaves half of it.
  const cut = text.slice(0, most).replace(/[\ud800-\udbff]$/, "");
  const space = cut.lastIndexOf(" ");
  return `${(space > most * 0.8 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
