import { Marked, type TokenizerAndRendererExtension } from "marked";

/**
 * Takes `**words**` as bold wherever it stands.
 *
 * CommonMark §6.2 wants white space or punctuation on the right sides of the asterisks; the documents
 * were converted from HTML, where `<b>Name: </b>“Words` is ordinary, and so hold `**Name: **“Words`.
 * A literal asterisk is escaped in them, so a pair is never anything else.
 */
const boldAnywhere: TokenizerAndRendererExtension = {
  name: "bold-anywhere",
  level: "inline",
  start: (text) => {
    const at = text.indexOf("**");
    return at < 0 ? undefined : at;
  },
  tokenizer(text) {
    const match = /^\*\*(?!\*)([\s\S]*?[^\\*])\*\*(?!\*)/.exec(text);
    if (!match) return undefined;
    const words = match[1] ?? "";
    return { type: "strong", raw: match[0], text: words, tokens: this.lexer.inlineTokens(words) };
  },
};

const markdown = new Marked({ gfm: true }).use({ extensions: [boldAnywhere] });

/**
 * Renders Markdown of our own documents as HTML: CommonMark with GitHub's tables, bold as above.
 * HTML inside the Markdown is kept, so this is not for text from strangers.
 */
export function markdownToHtml(text: string): string {
  return markdown.parse(text, { async: false }).trim();
}
