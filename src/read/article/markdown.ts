import { createRequire } from "node:module";
import type { Article } from "../../domain/article.ts";
import type { Problem } from "../../domain/problem.ts";
import { dateIn } from "../date/written-date.ts";
import type { ReadHints } from "../hints.ts";
import { parseHtml } from "../text/dom.ts";
import { hasMore } from "../text/has-more.ts";
import { nestingOf } from "../text/nesting.ts";
import { oneLine } from "../text/plain-text.ts";
import { joinBlocks, type LooseBlock, looseBlocksOf } from "./blocks.ts";
import { withoutBoilerplate } from "./boilerplate.ts";
import { documentKind } from "./kind.ts";
import { pageLanguage } from "./language.ts";
import { markdownHtml } from "./markdown-html.ts";

/** Loaded when the first text has front matter: hardly any of those that threads read has. */
const load = createRequire(import.meta.url);

const DEEPEST = 256;

/** Characters of one document; a book has a million. */
const LONGEST = 1_500_000;

/** Tags of the page it makes, counted as those of HTML pages are. */
const MOST_TAGS = 80_000;

/** Characters of front matter; real ones have hundreds, and a parser of YAML takes seconds for a megabyte. */
const LONGEST_FRONT = 50_000;

/**
 * Reads a Markdown document. The front matter between `---` lines is metadata and never text. Marks, link targets and
 * HTML tags are not text either; the lines of a hard-wrapped paragraph are one block, joined with a space.
 */
export function markdownArticle(source: string, fileUrl: string, hints: ReadHints, found: readonly Problem[]): Article {
  const problems: Problem[] = [...found];
  const [, front, body = source] =
    /^\s*---[^\S\n]*\r?\n([\s\S]*?)\r?\n---[^\S\n]*(?:\r?\n([\s\S]*))?$/.exec(source) ?? [];
  const meta = front === undefined ? {} : frontMatter(front, problems);
  const word = (...names: readonly string[]) =>
    names.map((name) => oneLine(meta[name])).find((value) => value !== null) ?? null;
  const blocks = blocksOf(body, problems);
  const heading = blocks[0]?.kind === "heading" ? blocks[0].text : null;
  const title = word("title", "headline") ?? heading ?? hints.title;
  const url = word("url", "source_url", "link", "canonical_url") ?? fileUrl;
  const zone = hints.source?.timeZone ?? null;
  const date = (...names: readonly string[]) =>
    names.map((name) => dateIn(meta[name], { basis: "meta", zone })).find((value) => value !== null) ?? null;
  const { text, blocks: placed } = joinBlocks(withoutBoilerplate(blocks, title));
  if (!text) problems.push({ code: "no-text", message: `${fileUrl} holds no text.` });
  return {
    url,
    title,
    byline: word("author", "authors", "byline"),
    publisher: word("publisher", "site", "source", "site_name"),
    kind: documentKind({ title, url, facts: null, hints }),
    lang: pageLanguage(hints.lang, word("lang", "language"), text),
    publishedAt:
      date("published_time", "published", "publishedAt", "date_published", "pubdate", "date") ?? hints.published,
    updatedAt: date("modified_time", "updated", "updatedAt", "modified", "lastmod"),
    text,
    blocks: placed,
    problems,
  };
}

function blocksOf(body: string, problems: Problem[]): LooseBlock[] {
  if (body.length > LONGEST) {
    const message = `The document has ${body.length} characters; more than ${LONGEST} are not read.`;
    problems.push({ code: "too-large", message });
    return [];
  }
  const html = markdownHtml(body);
  if (nestingOf(html, DEEPEST, "html") > DEEPEST) {
    problems.push({
      code: "too-deep",
      message: `The document has elements nested more than ${DEEPEST} deep; it was not read.`,
    });
    return [];
  }
  if (hasMore("<", html, MOST_TAGS)) {
    problems.push({
      code: "too-large",
      message: `The document makes more than ${MOST_TAGS} tags of headings, items and paragraphs; it was not read.`,
    });
    return [];
  }
  return looseBlocksOf(parseHtml(html).root().toArray());
}

/** Reads front matter as flat text fields; YAML that does not parse or is too long is a problem and costs only the metadata. */
function frontMatter(source: string, problems: Problem[]): Record<string, string> {
  if (source.length > LONGEST_FRONT) {
    const message = `The lines between --- have ${source.length} characters; of more than ${LONGEST_FRONT}, title and dates are not read.`;
    problems.push({ code: "bad-front-matter", message });
    return {};
  }
  try {
    const { parse } = load("yaml") as typeof import("yaml");
    const value: unknown = parse(source, { schema: "failsafe", maxAliasCount: 10, uniqueKeys: false });
    if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
    const flat = (entry: unknown) =>
      Array.isArray(entry) ? entry.filter((part) => typeof part === "string").join(", ") : entry;
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, entry]) => {
        const text = flat(entry);
        return typeof text === "string" ? [[name, text]] : [];
      }),
    );
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n")[0] : "";
    problems.push({
      code: "bad-front-matter",
      message: `The lines between --- are no YAML (${why}); title and dates in them were not read.`,
    });
    return {};
  }
}
