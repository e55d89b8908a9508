/** Words of four letters and more in lower case, and pairs of hanzi. */
export function contentWords(words: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [word] of words.toLowerCase().matchAll(/[\p{Script=Latin}\d]{4,}/gu)) found.add(word);
  for (const [run] of words.matchAll(/\p{Script=Han}+/gu))
    for (let at = 0; at + 1 < run.length; at += 1) found.add(run.slice(at, at + 2));
  return found;
}
