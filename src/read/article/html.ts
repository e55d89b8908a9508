import type { Article } from "../../domain/article.ts";
import type { Problem } from "../../domain/problem.ts";
import { zoneOfAddress } from "../date/zone.ts";
import type { ReadHints } from "../hints.ts";
import { parseHtml } from "../text/dom.ts";
import { hasMore } from "../text/has-more.ts";
import { nestingOf } from "../text/nesting.ts";
import { isBlockPage } from "./block-page.ts";
import { joinBlocks } from "./blocks.ts";
import { bodyBlocks } from "./body.ts";
import { withoutBoilerplate } from "./boilerplate.ts";
import { pageByline, pagePublisher } from "./byline.ts";
import { pageDates } from "./date.ts";
import { pageFactsOf } from "./facts.ts";
import { documentKind } from "./kind.ts";
import { pageLanguage } from "./language.ts";
import { pageTitle } from "./title.ts";

/** Elements inside elements: real pages have 20 to 60; parsers take a minute for 100,000. */
const DEEPEST = 512;

/** Characters and tags of one page; real pages have up to 20,000 tags, and 80,000 take a second and 100 MB. */
const LONGEST = 5_000_000;
const MOST_TAGS = 80_000;

/** Reads an article from an HTML page. What is too deep or too large to be parsed safely has no text and a problem. */
export function htmlArticle(html: string, url: string, hints: ReadHints, found: readonly Problem[]): Article {
  const problems: Problem[] = [...found];
  const refused = refusal(html);
  const dom = parseHtml(refused ? "" : html);
  if (refused) problems.push(refused);
  const facts = pageFactsOf(dom);
  const publisher = pagePublisher(facts);
  const document = hints.source?.document;
  const title = pageTitle(dom, facts, document?.title ?? [], publisher) ?? hints.title;
  const zone = hints.source?.timeZone ?? zoneOfAddress(url);
  const dates = pageDates({
    html: refused ? "" : html,
    dom,
    facts,
    url,
    title,
    selectors: document?.date ?? [],
    zone,
    hint: hints.published,
  });
  const byline = pageByline(dom, facts);
  const kind = documentKind({ title, url, facts, hints });
  const { text, blocks } = joinBlocks(
    withoutBoilerplate(bodyBlocks(dom, facts, hints.source, byline, problems), title),
  );
  if (!refused && isBlockPage({ titles: [title, facts.windowTitle], text, url })) {
    problems.push({
      code: "block-page",
      message: `${url} answers with an error or check page (“${title ?? text.slice(0, 60)}”), not with an article; try again later.`,
    });
  } else if (!text && !refused) {
    problems.push({
      code: "no-text",
      message: `No article text was found at ${url}; if it has one, name its element in the source's document.body.`,
    });
  }
  return {
    url,
    title,
    byline,
    publisher,
    kind,
    lang: pageLanguage(hints.lang, facts.lang, text),
    ...dates,
    text,
    blocks,
    problems,
  };
}

function refusal(html: string): Problem | null {
  if (html.length > LONGEST)
    return { code: "too-large", message: `The page has ${html.length} characters; more than ${LONGEST} are not read.` };
  if (nestingOf(html, DEEPEST, "html") > DEEPEST)
    return { code: "too-deep", message: `The page has elements nested more than ${DEEPEST} deep; it was not read.` };
  if (hasMore("<", html, MOST_TAGS))
    return { code: "too-large", message: `The page has more than ${MOST_TAGS} tags; it was not read.` };
  return null;
}
