import type { Span } from "../span.ts";
import { type FieldName, fieldNamed, fieldNames } from "./field.ts";
import { nearestName, type QueryMistake } from "./mistake.ts";

/** A value of a filter with the place it stands at. */
export type PlacedValue = Span & { readonly text: string };

/** A piece of a question. */
export type Token = Span &
  (
    | { readonly is: "open" | "close" | "and" | "or" | "not" }
    | { readonly is: "near"; readonly within: number }
    | { readonly is: "word" | "phrase"; readonly words: string }
    | { readonly is: "filter"; readonly field: FieldName; readonly values: readonly PlacedValue[] }
  );

/** How far apart words near each other may stand where no number is given. */
const NEAR = 10;
const MOST_APART = 50;

const CLOSING: Readonly<Record<string, string>> = {
  ...{ '"': '"”＂', "“": '"”', "„": '"”', "＂": '＂"' },
  ...{ "「": "」", "『": "』", "«": "»" },
};

const WORD = /^[^\s()（）"“”„＂「『«]+/u;
const VALUE = /^[^\s()（）"“”„＂「『«,，]+/u;

/** Takes a question apart; mistakes stand at their place, and what they spoil gives no token. */
export function lexQuery(line: string): {
  readonly tokens: readonly Token[];
  readonly mistakes: readonly QueryMistake[];
} {
  const tokens: Token[] = [];
  const mistakes: QueryMistake[] = [];
  let at = 0;

  const wrong = (start: number, end: number, message: string, suggestion: string | null = null) => {
    mistakes.push({ start, end, message, suggestion });
  };
  /** Reads what stands between quotation marks; null where they are never closed. */
  const quotation = (): string | null => {
    const closing = CLOSING[line.charAt(at)] ?? "";
    const ends = [...closing].map((mark) => line.indexOf(mark, at + 1)).filter((end) => end !== -1);
    if (ends.length === 0) {
      const mark = closing.charAt(0);
      wrong(
        at,
        line.length,
        `This quotation mark is never closed; add ${mark} at the end of the phrase.`,
        `${line.slice(at)}${mark}`,
      );
      at = line.length;
      return null;
    }
    const end = Math.min(...ends);
    const words = line
      .slice(at + 1, end)
      .trim()
      .replaceAll(/\s+/g, " ");
    at = end + 1;
    return words;
  };
  const filter = (start: number, name: string) => {
    const values: PlacedValue[] = [];
    for (;;) {
      const from = at;
      const text = CLOSING[line.charAt(at)] ? quotation() : (VALUE.exec(line.slice(at))?.[0] ?? "");
      if (text === null) return;
      if (at === from) at += text.length;
      if (text !== "") values.push({ start: from, end: at, text });
      else if (at > from || /[,，]/.test(line.charAt(at)) || values.length > 0)
        wrong(
          Math.min(from, line.length - 1),
          Math.max(at, Math.min(from + 1, line.length)),
          `A value is missing here; write ${name}: and values joined by commas.`,
        );
      if (!/[,，]/.test(line.charAt(at)) || at >= line.length) break;
      at += 1;
    }
    const field = fieldNamed(name);
    const nearest = nearestName(name, fieldNames);
    if (field === null) {
      wrong(
        start,
        start + name.length + 1,
        `No filter is called ${name}; ${nearest ? `did you mean ${nearest}:? The` : "the"} filters are ${fieldNames.map((known) => `${known}:`).join(" ")}. To search for these words themselves, put them in quotation marks.`,
        nearest && `${nearest}:`,
      );
    } else if (values.length === 0) {
      if (mistakes.at(-1)?.end !== at || at === start)
        wrong(start, at, `Nothing follows ${name}: here; write its value right behind the colon, without a space.`);
    } else tokens.push({ is: "filter", field, values, start, end: at });
  };

  while (at < line.length) {
    const start = at;
    const here = line.charAt(at);
    if (/\s/u.test(here)) at += 1;
    else if (/[()（）]/.test(here)) {
      at += 1;
      tokens.push({ is: /[(（]/.test(here) ? "open" : "close", start, end: at });
    } else if (here === "-" && /^[^\s-]/u.test(line.slice(at + 1))) {
      at += 1;
      tokens.push({ is: "not", start, end: at });
    } else if (CLOSING[here]) {
      const words = quotation();
      if (words === null) continue;
      if (/[\p{L}\p{N}]/u.test(words)) tokens.push({ is: "phrase", words, start, end: at });
      else wrong(start, at, `${line.slice(start, at)} has no letter or digit to search for.`);
    } else {
      const name = /^[A-Za-z_]+(?=[:：](?!\/\/))/.exec(line.slice(at))?.[0];
      if (name !== undefined) {
        at += name.length + 1;
        filter(start, name);
        continue;
      }
      const word = WORD.exec(line.slice(at))?.[0] ?? here;
      at += word.length;
      const token = wordToken(word, start, at);
      if ("message" in token) mistakes.push(token);
      else tokens.push(token);
    }
  }
  return { tokens, mistakes };
}

function wordToken(word: string, start: number, end: number): Token | QueryMistake {
  if (word === "OR" || word === "|") return { is: "or", start, end };
  if (word === "AND") return { is: "and", start, end };
  if (word === "NOT") return { is: "not", start, end };
  const near = /^NEAR(?:\/(\d{1,9}))?$/.exec(word);
  if (near) {
    const within = near[1] === undefined ? NEAR : Number(near[1]);
    if (within >= 1 && within <= MOST_APART) return { is: "near", within, start, end };
    return { start, end, message: `NEAR/ takes a number from 1 to ${MOST_APART}.`, suggestion: `NEAR/${MOST_APART}` };
  }
  if (/[\p{L}\p{N}]/u.test(word)) return { is: "word", words: word, start, end };
  const nothing = word === "-" ? "Nothing follows this minus sign" : `"${word}" has no letter or digit to search for`;
  return { start, end, message: `${nothing}; leave it out, or put it into a phrase with words.`, suggestion: null };
}
