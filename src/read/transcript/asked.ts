import type { Span } from "../../domain/span.ts";
import type { StatementView } from "../statement/view.ts";
import { readLabel } from "./label.ts";

/** Words that end in a question. */
export const ASKS = /[?？][”"’」』)）\s]*$/;
/** Through the sentences in a row that end in a question mark. */
const QUESTION = /^[^?？]*[?？][”"’」』)）]*(?:\s*[^?？。.!！\n]*[?？][”"’」』)）]*)*/u;

/**
 * Finds what journalists ask in running text, each from the start of its paragraph: paragraphs in bold that end in a question, and the words after 记者问： or "Q:".
 * The premise of a question is nobody's statement.
 */
export function askedSpans(view: StatementView): readonly Span[] {
  const bold = view.article.blocks.flatMap((block) => block.bold);
  return view.paragraphs.flatMap((paragraph): Span[] => {
    const words = view.text.slice(paragraph.start, paragraph.end);
    const isBold = bold.some(({ start, end }) => start <= paragraph.start + 1 && end >= paragraph.end - 2);
    if (isBold && ASKS.test(words)) return [paragraph];
    const label = readLabel(view.text, paragraph, () => false);
    // "Reuters: …" alone may as well tell where a report comes from.
    if (label?.role !== "questioner" || (label.outlet !== null && !/记者|问/.test(label.name))) return [];
    const asked = QUESTION.exec(words)?.[0].length ?? words.length;
    return [{ start: paragraph.start, end: paragraph.start + asked }];
  });
}
