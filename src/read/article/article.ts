import type { Article } from "../../domain/article.ts";
import type { Problem } from "../../domain/problem.ts";
import { mediumOf } from "../container/medium.ts";
import type { Opened } from "../container/opened.ts";
import type { ReadHints } from "../hints.ts";
import { decode, decodeAsIs } from "../text/decode.ts";
import { htmlArticle } from "./html.ts";
import { mailArticle } from "./mail.ts";
import { markdownArticle } from "./markdown.ts";
import { pdfArticle } from "./pdf.ts";
import { textArticle } from "./text.ts";

/**
 * Reads the text of one publication and the facts its page gives: HTML, plain text, Markdown, a PDF or a mail.
 *
 * PDFs and mails must have been opened (`container/open.ts`), which takes a library that cannot be waited for here.
 * Never throws for what the bytes hold. What cannot be read has text "" and a problem that says why:
 * `unsupported-media` (images, Office files), `bad-pdf`, `locked-pdf`, `bad-mail`, `too-deep`, `too-large`, `no-text`, `block-page`.
 */
export function readArticle(fetched: Opened, hints: ReadHints): Article {
  const medium = mediumOf(fetched);
  const { inside } = fetched;
  if (medium === "other" || ((medium === "pdf" || medium === "mail") && inside?.kind !== medium)) {
    const message = `${fetched.url} is no text that Parley reads; use its web page or a text copy instead.`;
    return textless(fetched, hints, { code: "unsupported-media", message });
  }
  if (inside?.kind === "mail") return mailArticle(inside, fetched.url, hints);
  if (inside?.kind === "pdf") return pdfArticle(inside, fetched.url, hints);
  const { text, problems } = medium === "text" ? decodeAsIs(fetched, hints) : decode(fetched, hints);
  try {
    switch (medium) {
      case "text":
        return textArticle(text, fetched.url, hints, problems);
      case "markdown":
        return markdownArticle(text, fetched.url, hints, problems);
      default:
        return htmlArticle(text, fetched.url, hints, problems);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = `${fetched.url} is built too deep for our parsers (${error.message}); it was not read.`;
    return textless(fetched, hints, { code: "too-deep", message });
  }
}

function textless({ url }: Opened, hints: ReadHints, problem: Problem): Article {
  return { ...textArticle("", url, hints, []), problems: [problem] };
}
