import type { Fetched } from "../../domain/fetched.ts";
import type { Problem } from "../../domain/problem.ts";
import { oneLine } from "../text/plain-text.ts";
import type { OpenedPdf, PdfPage } from "./opened.ts";
import { type PdfItem, pdfLines } from "./pdf-lines.ts";

/** Reports and white papers have up to 300 pages; the first of a longer one are read. */
const MOST_PAGES = 400;
const LONGEST_BYTES = 40_000_000;
const MOST_ITEMS = 400_000;

/**
 * Reads the lines of a PDF's pages with PDF.js (in the build of unpdf, which needs no browser).
 * What cannot be read is a problem: `bad-pdf`, `locked-pdf`, `too-large`; a file of pictures alone has no lines.
 */
export async function openPdf({ bytes, url }: Fetched): Promise<OpenedPdf> {
  if (bytes.byteLength > LONGEST_BYTES)
    return failed(
      "too-large",
      `${url} has ${bytes.byteLength} bytes; PDF files of more than ${LONGEST_BYTES} are not read.`,
    );
  const { getDocumentProxy } = await import("unpdf");
  try {
    // PDF.js takes the bytes for itself, so it gets its own.
    const pdf = await getDocumentProxy(Uint8Array.from(bytes), {
      ...{ verbosity: 0, isEvalSupported: false, disableFontFace: true, useSystemFonts: false, stopAtErrors: false },
    });
    try {
      return await pagesOf(pdf, url);
    } finally {
      await pdf.destroy();
    }
  } catch (error) {
    const { name = "", message = "" } = error as { name?: string; message?: string };
    return name === "PasswordException"
      ? failed("locked-pdf", `${url} is a PDF file that opens with a password alone; use a copy without one.`)
      : failed(
          "bad-pdf",
          `${url} is a PDF file that cannot be read (${message || name}); open and save it anew, or use its web page.`,
        );
  }
}

type Pdf = Awaited<ReturnType<typeof import("unpdf").getDocumentProxy>>;

async function pagesOf(pdf: Pdf, url: string): Promise<OpenedPdf> {
  const problems: Problem[] = [];
  const pages: PdfPage[] = [];
  let items = 0;
  for (let number = 1; number <= pdf.numPages; number++) {
    if (number > MOST_PAGES || items > MOST_ITEMS) {
      const message = `${url} has ${pdf.numPages} pages, of which the first ${number - 1} were read.`;
      problems.push({ code: "too-large", message });
      break;
    }
    try {
      const page = await pdf.getPage(number);
      const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
      const content = await page.getTextContent();
      items += content.items.length;
      const lines = pdfLines(content.items as unknown as readonly PdfItem[]);
      pages.push({ number, width: right - left, height: top - bottom, lines });
      page.cleanup();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      problems.push({
        code: "bad-page",
        message: `Page ${number} of ${url} cannot be read (${why}); the others were.`,
      });
    }
  }
  return { kind: "pdf", pages, ...(await saysOfItself(pdf)), problems };
}

/** Titles that programs write by themselves. */
const NO_TITLE =
  /^(?:untitled|microsoft (?:word|powerpoint|excel)\b.*|.*\.(?:docx?|pptx?|xlsx?|indd|pdf|qxd|pages|html?)|document\d*|print|layout \d+|slide \d+)$/i;

async function saysOfItself(pdf: Pdf): Promise<{ title: string | null; author: string | null }> {
  const { info } = await pdf.getMetadata().catch(() => ({ info: {} }));
  const { Title, Author } = info as { Title?: unknown; Author?: unknown };
  const title = typeof Title === "string" ? oneLine(Title) : null;
  const author = typeof Author === "string" ? oneLine(Author) : null;
  return {
    title: title && !NO_TITLE.test(title) ? title : null,
    author: author && author.length < 150 ? author : null,
  };
}

function failed(code: string, message: string): OpenedPdf {
  return { kind: "pdf", pages: [], title: null, author: null, problems: [{ code, message }] };
}
