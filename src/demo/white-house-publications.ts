import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { load } from "cheerio";
import { Failure } from "../domain/failure.ts";
import { readDemoFile } from "./demo-file.ts";
import { type MarkdownDocument, readMarkdownDocument } from "./markdown-document.ts";
import { markdownToHtml } from "./markdown-html.ts";
import { renderMarkdownPage } from "./markdown-page.ts";
import type { PageState, Publication } from "./publication.ts";

const SOURCE_ID = "demo-white-house";
const SUMMARY_WORDS = 55; // as WordPress cuts its excerpts

/**
 * Reads the recorded White House documents of demo/white-house/ as pages to publish.
 * `NAME.before.md` and `NAME.after.md` are two states of one page.
 *
 * @param folder - The demo folder.
 * @throws {Failure} `bad-input` for a missing folder or a document without proper front matter.
 */
export async function whiteHousePublications(folder: string): Promise<readonly Publication[]> {
  const names = await documentNames(join(folder, "white-house"));
  const documentNamed = async (name: string) =>
    readMarkdownDocument(await readDemoFile(folder, `white-house/${name}`), `demo/white-house/${name}`);

  return Promise.all(
    names
      .filter((name) => !name.endsWith(".after.md"))
      .map(async (name) => {
        const after = name.replace(/\.before\.md$/, ".after.md");
        const revised = after !== name && names.includes(after) ? await documentNamed(after) : null;
        return publicationOf(await documentNamed(name), revised);
      }),
  );
}

async function documentNames(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith(".md"));
  } catch (error) {
    throw new Failure("bad-input", `${folder} cannot be read: restore it from the package`, { cause: error });
  }
}

function publicationOf(document: MarkdownDocument, revised: MarkdownDocument | null): Publication {
  const content = markdownToHtml(document.body);
  return {
    sourceId: SOURCE_ID,
    path: `/white-house${new URL(document.originalUrl).pathname}`,
    title: document.title,
    publishedAt: document.publishedAt,
    summary: summaryOf(content),
    feedContent: content,
    page: stateOf(document),
    revised: revised && stateOf(revised),
  };
}

function stateOf(document: MarkdownDocument): PageState {
  return { html: renderMarkdownPage(document), modifiedAt: document.modifiedAt ?? document.publishedAt };
}

/** The first words of the text, as a feed shows them. */
function summaryOf(html: string): string {
  const words = load(html).text().trim().split(/\s+/);
  return words.length > SUMMARY_WORDS ? `${words.slice(0, SUMMARY_WORDS).join(" ")} […]` : words.join(" ");
}
