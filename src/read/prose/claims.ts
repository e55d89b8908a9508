import { contains, overlaps, type Span } from "../../domain/span.ts";
import { spansBetween } from "../../domain/spans-between.ts";
import type { Speaker, Statement } from "../../domain/statement.ts";
import { foldText } from "../statement/phrases.ts";
import type { Attribution } from "../statement/speaker.ts";
import { tagTopics } from "../statement/topic-tags.ts";
import { findMentions, type StatementView } from "../statement/view.ts";
import { introduced } from "../transcript/introduction.ts";
import { findQuotations } from "./quotation.ts";
import { isTag } from "./sentence.ts";
import { sentencesOf, tokenise } from "./tokens.ts";

const MOST_TOPICS = 3;
const SHORTEST_CLAIM = 6;
/** Words with which somebody judges or advises: without one a sentence may report as well as claim. */
const CLAIMS =
  /\b(?:should|must|ought to|had better|needs? to|have to|has to|cannot|can’t|can't|would be (?:wise|wrong|better)|it is (?:essential|important|necessary|vital|critical|imperative|crucial|clear|time|possible|unlikely|likely)|(?:best|only|first|right) (?:way|step|path|place)|in (?:the|their|both) (?:\p{L}+ )?interests?|i (?:believe|think|argue|hope)|we (?:believe|think|argue|need)|the (?:real|key|central) (?:question|problem|challenge|issue))\b/iu;

/**
 * Finds what the author of an op-ed, or whoever was interviewed, claims in their own voice: the sentences that judge or advise and are
 * credited to nobody else, nor `asked` by a journalist. "China and the US should …" is the author's there, never the states'.
 */
export function authorClaims(
  view: StatementView,
  said: readonly Statement[],
  asked: readonly Span[] = [],
): Statement[] {
  const voice = voiceOf(view);
  if (!voice) return [];
  const taken = [...asked, ...said.flatMap(({ content, cue }) => [...content, ...(cue ? [cue] : [])])];
  return view.paragraphs.flatMap((paragraph) => {
    if (paragraph.heading || paragraph.lang !== "en") return [];
    const quotations = findQuotations(view.text, paragraph);
    const tokens = tokenise(view.text, paragraph, quotations);
    return sentencesOf(tokens, quotations, isTag).flatMap((sentence) => {
      const span = { start: sentence.start, end: endOf(view.text, sentence) };
      const words = sentence.tokens.filter((token) => token.isWord).length;
      if (words < SHORTEST_CLAIM || !CLAIMS.test(view.text.slice(span.start, span.end))) return [];
      return taken.some((other) => overlaps(other, span)) ? [] : [claim(view, span, voice)];
    });
  });
}

function endOf(text: string, { start, end }: Span): number {
  return start + text.slice(start, end).replace(/[.!?…\s]+$/, "").length;
}

function claim(view: StatementView, span: Span, { speaker, actors }: Attribution): Statement {
  return {
    ...{
      kind: "indirect",
      act: "claim",
      polarity: "affirmed",
      content: [span],
      text: view.text.slice(span.start, span.end),
    },
    ...{ quotes: [], cue: null, speaker, actors, addressee: null, relayedBy: null, question: null },
    saidAt: view.article.publishedAt,
    topics: tagTopics(view.text, view.topicHits, [span], MOST_TOPICS),
    ...{ confidence: 0.55, rule: "author-claim", flags: ["author-claim"] },
    fidelity: view.article.kind === "op-ed" ? "verbatim-primary" : "paraphrase",
  };
}

/** Whose voice a document has: the byline of an op-ed, the person that the title or the opening of an interview names; null where it has none. */
function voiceOf(view: StatementView): Attribution | null {
  const { kind, byline, title } = view.article;
  if (kind === "op-ed" && byline) return named(view, byline, "byline");
  if (kind !== "interview") return null;
  return (title === null ? null : named(view, title, "page_title")) ?? interviewed(view);
}

/** Whoever the opening of an interview says was interviewed, known or not. */
function interviewed(view: StatementView): Attribution | null {
  const place = introduced(view.text);
  if (!place) return null;
  const actors = spansBetween(view.mentions, place.start, place.end).flatMap((mention) => {
    const [actor] = mention.actors;
    return actor?.type === "person" && contains(place, mention)
      ? [{ actorId: actor.id, method: mention.method, confidence: 0.9 }]
      : [];
  });
  const text = view.text.slice(place.start, place.end);
  return { speaker: { text, ...place, form: "name", via: "antecedent" }, actors };
}

/** An author nobody knows is still the author; an interview whose title names nobody we know has no voice of its own. */
function named(view: StatementView, words: string, via: Speaker["via"]): Attribution | null {
  const people = findMentions(view.lexicon, words, foldText(words), view.day).filter(
    ({ actors }) => actors[0]?.type === "person",
  );
  if (!people.length && via === "page_title") return null;
  const text = via === "byline" ? words : people.map(({ start, end }) => words.slice(start, end)).join(", ");
  const actors = people.flatMap(({ actors: [actor], method }) =>
    actor ? [{ actorId: actor.id, method, confidence: 0.9 }] : [],
  );
  return { speaker: { text, start: null, end: null, form: people.length > 1 ? "group" : "name", via }, actors };
}
