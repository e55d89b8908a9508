import type { DocumentKind } from "../../domain/article.ts";
import type { ReadHints } from "../hints.ts";
import { textAt } from "../text/json-value.ts";
import { metaOf, type PageFacts } from "./facts.ts";

/** How titles of each kind read; the first that matches decides. */
const BY_TITLE: readonly (readonly [DocumentKind, RegExp])[] = [
  [
    "transcript",
    /press (?:conference|briefing)|daily briefing|noon briefing|\btranscript\b|press gaggle|press availability|例行记者会|新闻发布会|答记者问|记者会|吹风会|实录/i,
  ],
  ["transcript", /spokesperson\s.{2,60}[’'`]s remarks/i],
  ["interview", /\binterview\b|专访|\bQ\s?&\s?A\b/i],
  [
    "release",
    /^(?:readout|fact sheet|joint statement|press release|press statement|statement (?:by|from|of)|media note)|\breadout of\b|发言人.{0,20}(?:谈话|声明)|联合声明|公告|通知$/i,
  ],
  ["op-ed", /^(?:opinion|commentary|op-ed|editorial|analysis)\s*[|:：]|社论|评论员|钟声/i],
];

/** What the path of an address says. */
const BY_ADDRESS: readonly (readonly [DocumentKind, RegExp])[] = [
  [
    "transcript",
    /\/(?:transcripts?|press-briefings?|briefings?\/department-press|lxjzh|pressconference|fyrbt\/lxjzh|jzhsl)[/_-]/i,
  ],
  ["op-ed", /\/(?:opinions?|op-?eds?|commentary|commentisfree|editorials?|columnists?)\//i],
  ["interview", /\/interviews?\//i],
  [
    "release",
    /\/(?:press-?releases?|releases|news-releases?|briefings-statements|presidential-actions|fact-sheets|readouts?|statements-releases)\//i,
  ],
  ["report", /\/(?:reports?|research|publications?|papers?|working-papers?|policy-briefs?)\//i],
];

/** Tells what sort of text a page is: the catalogue's word, else what its title, address and sections say, else news. */
export function documentKind(input: {
  readonly title: string | null;
  readonly url: string;
  readonly facts: PageFacts | null;
  readonly hints: ReadHints;
}): DocumentKind {
  const document = input.hints.source?.document;
  if (document?.kind) return document.kind;
  const byTitle = BY_TITLE.find(([, pattern]) => input.title && pattern.test(input.title))?.[0];
  if (document && document.layout !== "general" && byTitle === undefined)
    return document.layout === "white-house" ? "release" : "transcript";
  if (byTitle) return byTitle;
  const path = input.url.replace(/^[a-z]+:\/\/[^/]*/i, "");
  const byAddress = BY_ADDRESS.find(([, pattern]) => pattern.test(path))?.[0];
  if (byAddress) return byAddress;
  const { facts } = input;
  const types = facts?.jsonLd.map((thing) => textAt(thing, "@type") ?? "") ?? [];
  if (types.includes("OpinionNewsArticle")) return "op-ed";
  if (types.includes("Report")) return "report";
  const section = facts ? (metaOf(facts, ["article:section", "section"]) ?? "") : "";
  if (/^(?:opinion|op-ed|commentary|editorial|评论)/i.test(section)) return "op-ed";
  return /^https?:\/\/[^/]+\.(?:gov|mil|gov\.[a-z]{2})(?:[:/]|$)/i.test(input.url) ? "release" : "news";
}
