import type { Filter, Phrase, Query, Word } from "./query.ts";

/** Writes a question as `parseQuery` reads it: parsing the result gives the same question again. */
export function printQuery(query: Query): string {
  switch (query.is) {
    case "everything":
      return "";
    case "and":
      return query.parts.map((part) => (part.is === "or" ? `(${printQuery(part)})` : printQuery(part))).join(" ");
    case "or":
      return query.parts.map(printQuery).join(" OR ");
    case "not":
      return printNot(query.part);
    case "near":
      return `${printQuery(query.left)} NEAR/${query.within} ${printQuery(query.right)}`;
    case "filter":
      return printFilter(query);
    default:
      return printWords(query);
  }
}

function printNot(part: Query): string {
  if (part.is === "and" || part.is === "or" || part.is === "near") return `-(${printQuery(part)})`;
  const begins = part.is === "not" || (part.is === "word" && part.words.startsWith("-"));
  return begins ? `NOT ${printQuery(part)}` : `-${printQuery(part)}`;
}

function printWords({ is, words }: Word | Phrase): string {
  return is === "word" ? words : quote(words);
}

function printFilter({ field, values }: Filter): string {
  return `${field}:${values.map((value) => (/[\s()（）"“”„＂「『«,，]/u.test(value) ? quote(value) : value)).join(",")}`;
}

/** Puts words into quotation marks that they do not contain. */
function quote(words: string): string {
  const pairs = [
    ['"', '"', /["”＂]/],
    ["「", "」", /」/],
    ["『", "』", /』/],
    ["«", "»", /»/],
    ["“", "”", /["”]/],
    ["＂", "＂", /[＂"]/],
  ] as const;
  const [open, close] = pairs.find(([, , closing]) => !closing.test(words)) ?? pairs[0];
  return `${open}${words}${close}`;
}
