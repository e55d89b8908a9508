import type { Span } from "../../domain/span.ts";

/** A sentence of a text; `paragraph` counts from 0, `question` marks what a journalist asks in a transcript. */
export type Sentence = Span & { readonly paragraph: number; readonly question: boolean };

const ABBREVIATION =
  /(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Sen|Rep|Gov|Jr|Sr|St|No|vs|Inc|Corp|Ltd|Co|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|U\.S|U\.K|U\.N|E\.U|D\.C|P\.R\.C|a\.m|p\.m|e\.g|i\.e|[A-Z])|(?:^|\s)(?:MR|MS|MRS|DR))\.$/;
const END = /[.!?。！？]+["'”’」』）)\]]*(?=\s|$|[\p{Script=Han}“「『])|[。！？!?…]+["'”’」』）)]*/gu;

/** How a transcript marks what is asked. */
const ASKED =
  /^\s*(?:\*\*)?(?:Q(?:UESTION)?(?:\s{2,}|\s*[:：])|Question\s*[:：]|问\s*[:：]|[\p{Script=Han}A-Za-z\s《》“”]{0,16}(?:记者|社|电视台|时报|日报)\s*[:：])/u;
/** How a transcript marks who answers. */
const ANSWERED =
  /^\s*(?:\*\*)?(?:(?:MR|MS|MRS|DR|THE|SENIOR)?\.?\s?[A-Z][A-Z .'’-]{2,40}[:：]|A\s*[:：]|答\s*[:：]|[\p{Script=Han}]{2,8}\s*[:：]|[A-Z][a-z]+(?:\s[A-Z][a-z]+){0,3}\s*:)/u;

/**
 * Cuts a text into sentences, English and Chinese.
 *
 * A line break ends a sentence, except in texts whose lines are broken at a fixed width, where only an empty line does.
 */
export function splitSentences(text: string): readonly Sentence[] {
  const found: Sentence[] = [];
  let asked = false;
  paragraphs(text).forEach((block, paragraph) => {
    const words = text.slice(block.start, block.end);
    if (ASKED.test(words)) asked = true;
    else if (ANSWERED.test(words)) asked = false;
    let start = 0;
    for (const match of words.matchAll(END)) {
      const end = match.index + match[0].length;
      if (match[0].startsWith(".") && ABBREVIATION.test(words.slice(start, match.index + 1)) && !beginsAnew(words, end))
        continue;
      push(start, end);
      start = end;
    }
    push(start, words.length);

    function push(from: number, to: number): void {
      const piece = words.slice(from, to);
      const lead = piece.length - piece.trimStart().length;
      const trimmed = piece.trim();
      if (!/[\p{L}\p{N}]/u.test(trimmed)) return;
      const begin = block.start + from + lead;
      const question = asked || /[?？]["'”’」』）)]*$/.test(trimmed);
      found.push({ start: begin, end: begin + trimmed.length, paragraph, question });
    }
  });
  return found;
}

/** "in the U.S. The" ends a sentence although `U.S.` is an abbreviation. */
function beginsAnew(words: string, end: number): boolean {
  return (
    /(?:U\.S|U\.K|U\.N|E\.U|D\.C|P\.R\.C|Jr|Sr|Inc|Ltd|Corp|a\.m|p\.m)\.["'”’)]*$/.test(words.slice(0, end)) &&
    /^\s+(?:The|In|On|At|It|He|She|They|We|But|And|This|That|For|I|His|Her|Both)\b/.test(words.slice(end))
  );
}

function paragraphs(text: string): readonly Span[] {
  const separator = hasFixedWidth(text) ? /\n[^\S\n]*\n\s*/g : /\n+/g;
  const found: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(separator)) {
    found.push({ start, end: match.index });
    start = match.index + match[0].length;
  }
  found.push({ start, end: text.length });
  return found;
}

/** Lines that stop at 50 to 100 characters in the middle of a sentence show a text broken at a fixed width. */
function hasFixedWidth(text: string): boolean {
  const lines = text.split("\n");
  let broken = 0;
  let whole = 0;
  lines.forEach((line, index) => {
    if (!line.trim()) return;
    const next = lines[index + 1] ?? "";
    if (line.length > 100) whole++;
    else if (line.length >= 50 && next.trim() && !/[.!?:。！？：]["'”’)]*\s*$/.test(line)) broken++;
  });
  return broken >= 2 && broken > whole * 2;
}
