/** One thing to look for in the words of statements. */
export type SearchTerm = {
  readonly words: string;
  /** The words stand together, in this form. */
  readonly phrase: boolean;
  /** The words must not occur. */
  readonly excluded: boolean;
};

/** A search line taken apart. */
export type SplitSearch = {
  readonly terms: readonly SearchTerm[];
  readonly filters: readonly { readonly filter: string; readonly value: string }[];
  readonly mistakes: readonly string[];
};

/** Longest search line taken, in characters. */
const MAX_LENGTH = 500;
const MAX_TERMS = 20;

const CLOSING: Readonly<Record<string, string>> = { '"': '"', "“": "”", "”": "”", "„": "”", "「": "」", "『": "』" };

/**
 * Takes a search line apart into words, phrases, exclusions and `filter:value` pairs.
 *
 * @param known - Names of the filters; any other `name:` is a mistake, so that a typing error is never searched for.
 */
export function splitSearch(line: string, known: readonly string[]): SplitSearch {
  const terms: SearchTerm[] = [];
  const filters: { filter: string; value: string }[] = [];
  const mistakes: string[] = [];
  const result = { terms, filters, mistakes };
  if (line.length > MAX_LENGTH) {
    mistakes.push(`The search is ${line.length} characters long; at most ${MAX_LENGTH} are taken.`);
    return result;
  }
  if (/\p{Cc}/u.test(line.replaceAll(/[\t\r\n]/g, " "))) {
    mistakes.push("The search contains a control character; remove it.");
    return result;
  }

  let at = 0;
  while (at < line.length) {
    if (/\s/u.test(line.charAt(at))) {
      at += 1;
      continue;
    }
    const start = at;
    const excluded = line.charAt(at) === "-";
    if (excluded) at += 1;
    const name = /^[A-Za-z]+(?=[:：](?!\/\/))/.exec(line.slice(at))?.[0].toLowerCase() ?? null;
    if (name !== null) at += name.length + 1;

    const opening = line.charAt(at);
    const closing = CLOSING[opening];
    let value: string;
    if (closing) {
      const end = endOfPhrase(line, at + 1, closing);
      if (end === -1) {
        mistakes.push(
          `The quotation mark at character ${at + 1} is never closed; add ${closing} at the end of the phrase.`,
        );
        return result;
      }
      value = line.slice(at + 1, end).trim();
      at = end + 1;
    } else {
      value = /^\S*/u.exec(line.slice(at))?.[0] ?? "";
      at += value.length;
    }

    if (value === "") mistakes.push(`Nothing follows ${line.slice(start, at)} at character ${start + 1}.`);
    else if (name !== null && !known.includes(name)) {
      mistakes.push(
        `No filter is called ${name}; the filters are ${known.map((filter) => `${filter}:`).join(" ")}. To search for these words themselves, put them in quotation marks.`,
      );
    } else if (name !== null && excluded) {
      mistakes.push(`-${name}: cannot exclude; only words and phrases can be excluded with "-".`);
    } else if (name !== null) filters.push({ filter: name, value });
    else if (!/[\p{L}\p{N}]/u.test(value)) mistakes.push(`"${value}" has no letter or digit to search for.`);
    else terms.push({ words: value, phrase: closing !== undefined, excluded });
  }
  if (terms.length > MAX_TERMS) mistakes.push(`The search has ${terms.length} words; at most ${MAX_TERMS} are taken.`);
  return result;
}

/** Finds the closing mark; a phrase opened with a curly mark may be closed with a straight one and the other way round. */
function endOfPhrase(line: string, from: number, closing: string): number {
  const marks = closing === "”" || closing === '"' ? ['"', "”"] : [closing];
  const ends = marks.map((mark) => line.indexOf(mark, from)).filter((end) => end !== -1);
  return ends.length === 0 ? -1 : Math.min(...ends);
}
