import type { Actor } from "../../catalogue/actor.ts";
import type { Article, Language } from "../../domain/article.ts";
import type { Span } from "../../domain/span.ts";
import type { Fidelity } from "../../domain/statement.ts";
import type { ReadHints } from "../hints.ts";
import { settle } from "./ambiguity.ts";
import type { Lexicon, NameEntry } from "./lexicon.ts";
import { nationAbout, nationOfDateline } from "./nation.ts";
import { findPhrases, foldText, longestMatches, type PhraseMatch } from "./phrases.ts";
import { stateOf } from "./speaker-office.ts";
import { findTopicHits, type TopicHit } from "./topic-tags.ts";
import { isTranslation } from "./translated.ts";

/** A name of one or more actors at its place in the text; the first actor is the likeliest. */
export type Mention = Span & { readonly actors: readonly Actor[]; readonly method: NameEntry["method"] };

/** A paragraph without the white space around it. */
export type Paragraph = Span & { readonly lang: Language; readonly heading: boolean };

/** Everything about an article that the statement readers look up, found once. */
export type StatementView = {
  readonly article: Article;
  readonly hints: ReadHints;
  readonly lexicon: Lexicon;
  readonly text: string;
  readonly paragraphs: readonly Paragraph[];
  readonly mentions: readonly Mention[];
  readonly topicHits: readonly TopicHit[];
  /** The day the document speaks of "today", as precise as known; null where the document has no date. */
  readonly day: string | null;
  /** The state that the document comes from or is about, for names that many states have a body of; null where nothing tells it. */
  readonly origin: string | null;
  readonly fidelity: Fidelity;
};

/** Prepares an article for the statement readers. */
export function viewArticle(article: Article, hints: ReadHints, lexicon: Lexicon): StatementView {
  const { text } = article;
  const folded = foldText(text);
  const day = article.publishedAt?.value.slice(0, 10) ?? null;
  const origin = originOf(article, hints, lexicon);
  return {
    article,
    hints,
    lexicon,
    text,
    paragraphs: paragraphsOf(article),
    mentions: findMentions(lexicon, text, folded, day, origin),
    topicHits: findTopicHits(lexicon, text, folded),
    day,
    origin,
    fidelity: fidelityOf(text, hints),
  };
}

/** The state of the dateline, else of whoever published it, else the one that the text is about. */
function originOf({ text, url }: Article, { source }: ReadHints, lexicon: Lexicon): string | null {
  const published = source?.official ? stateOf(lexicon, source.actor) : source?.bloc === "China" ? "china" : null;
  const host = /^[a-z]+:\/\/([^/:?#]+)/i.exec(url ?? "")?.[1] ?? "";
  const addressed = /\.gov\.cn$/i.test(host) ? "china" : null;
  return (
    nationOfDateline(lexicon.nations, text) ??
    published ??
    addressed ??
    (/\p{Script=Han}/u.test(text) && languageOf(text) === "zh"
      ? "china"
      : nationAbout(lexicon.nations, text, "united-states"))
  );
}

/** What a translation quotes is nobody's own wording, whoever publishes it. */
function fidelityOf(text: string, hints: ReadHints): Fidelity {
  if (isTranslation(text)) return "translated";
  return hints.source?.official ? "verbatim-primary" : "verbatim-secondary";
}

/**
 * Finds the names of known actors in any text, the longest at each place, and settles by the catalogue's rules whom an ambiguous form
 * means.
 *
 * @param day - When the text is from; null where that is not known.
 * @param origin - The state it comes from or is about; undefined for a text that is only a name, where it is not asked for.
 */
export function findMentions(
  lexicon: Lexicon,
  text: string,
  folded: string,
  day: string | null = null,
  origin?: string | null,
): Mention[] {
  const groups = new Map<number, PhraseMatch<NameEntry>[]>();
  const found = findPhrases(lexicon.names, text, folded);
  const places = longestMatches(found.map(({ start, end }) => ({ start, end })));
  for (const match of found) groups.set(match.start, [...(groups.get(match.start) ?? []), match]);
  const mentions: Mention[] = [];
  const around = { lexicon, text, day, origin, mentions, named: new Map<string, string>() };
  for (const { start, end } of places) {
    const here = (groups.get(start) ?? []).filter((match) => match.end === end);
    const named = [...new Set(here.flatMap(({ value }) => value.actor ?? []))].sort((a, b) => rank(a) - rank(b));
    const method = here.some(({ value }) => value.method === "exact") ? "exact" : "alias";
    const actors = settle(around, { start, end }, named);
    if (actors.length) mentions.push({ start, end, actors, method });
  }
  return mentions;
}

/** One form may name a state and its government: the government is the one that speaks. */
const RANKS = ["person", "document", "group", "government-body"];

function rank(actor: Actor): number {
  const at = RANKS.indexOf(actor.type);
  return at < 0 ? RANKS.length : at;
}

/** Takes the article's blocks, or the lines of its text where it has none. */
function paragraphsOf(article: Article): Paragraph[] {
  const { text, blocks } = article;
  const raw = blocks.length ? blocks.map((b) => ({ ...b, heading: b.kind === "heading" })) : linesOf(text);
  return raw.flatMap((block) => {
    const span = trimSpan(text, block);
    return span ? [{ ...span, lang: languageOf(text.slice(span.start, span.end)), heading: block.heading }] : [];
  });
}

function linesOf(text: string): (Span & { heading: boolean })[] {
  return [...text.matchAll(/[^\n]+/g)].map((line) => ({
    start: line.index,
    end: line.index + line[0].length,
    heading: false,
  }));
}

/** Judges by the writing: a paragraph may be in another language than its page. */
export function languageOf(words: string): Language {
  const han = words.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han * 4 > words.length ? "zh" : "en";
}

const EDGE = /[\s\u00a0\u3000\u200b-\u200d\ufeff]/;

/** Takes white space, also wide and invisible, off both ends; null where nothing is left. */
export function trimSpan(text: string, span: Span): Span | null {
  let { start, end } = span;
  while (start < end && EDGE.test(text[start] ?? "")) start++;
  while (end > start && EDGE.test(text[end - 1] ?? "")) end--;
  return start < end ? { start, end } : null;
}
