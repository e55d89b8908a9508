import { oneLine } from "./plain-text.ts";

/** Says in a few words what some text looks like, for the message that it is not what was expected. */
export function lookOf(text: string): string {
  const start = text.slice(0, 20_000).trimStart();
  if (start === "") return "an empty answer";
  if (start.startsWith("%PDF")) return "a PDF file";
  if (/^[[{]/.test(start)) return "JSON of another shape";
  const root = start.startsWith("<") ? (/<([A-Za-z][\w:.-]{0,60})/.exec(start)?.[1] ?? null) : null;
  if (/^<!doctype html/i.test(start) || /^(?:html|head|body|title|div|p|script|meta)$/i.test(root ?? "")) {
    const title = oneLine(/<title[^>]*>([^<]{0,300})/i.exec(start)?.[1]);
    return title ? `a web page with the title “${title}”` : "a web page";
  }
  return root ? `XML with the root element ${root}` : "plain text";
}
