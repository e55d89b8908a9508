import type { Actor } from "../../catalogue/actor.ts";
import type { Phrase } from "../../catalogue/phrase.ts";
import { dayOf } from "../../domain/known-date.ts";
import type { Span } from "../../domain/span.ts";
import type { TextClass } from "../../domain/text-class.ts";
import { finderOf } from "../developments.ts";
import type { DetectArticle } from "../input.ts";
import { plainWords } from "../words/plain-words.ts";
import { findSides, isOfficial, stateOf } from "../words/states.ts";
import { namesAi } from "../words/topic-words.ts";
import { findPhraseUses, type PhraseUse } from "./phrase-uses.ts";
import { type ReadoutFacts, readReadout } from "./readout.ts";
import { findStances, type Stance, type StanceStatement } from "./stances.ts";
import { textClassOf } from "./text-class.ts";

/** What is looked at to keep the records of one document. */
export type RecordInput = {
  readonly article: DetectArticle;
  readonly official: boolean;
  readonly sourceActorId: string | null;
  readonly statements: readonly StanceStatement[];
  readonly actors: readonly Actor[];
  readonly phrases: readonly Phrase[];
  /** Finds the topic leaves that a span of the text is about. */
  readonly topicsOf: (span: Span) => readonly string[];
};

/** What one document adds to the records: to compare it with its like is the caller's part. */
export type Records = {
  readonly textClass: TextClass;
  /** The state or body that publishes it; null where that is not known. */
  readonly side: string | null;
  readonly isOnTopic: boolean;
  readonly phraseUses: readonly PhraseUse[];
  /** Phrases that this side uses, in this language: only these can be missing from it. */
  readonly expectedPhraseIds: readonly string[];
  readonly readout: ReadoutFacts | null;
  /** Speakers who spoke for a state or international body at the document's date. */
  readonly officialActorIds: readonly string[];
  readonly stances: readonly Stance[];
};

/** Reads out of one document what first times, stock phrases, paired readouts and stances are kept by. */
export function readRecords(input: RecordInput): Records {
  const { article, official, sourceActorId, statements, actors, phrases } = input;
  const sides = findSides(actors);
  const day = dayOf(article.publishedAt);
  const byId = new Map(actors.map((actor) => [actor.id, actor]));
  const side = sourceActorId === null ? null : stateOf(sourceActorId, byId, day);
  const isOnTopic = namesAi(plainWords(article.text));
  const readout =
    official && isOnTopic && sides
      ? readReadout(article, side, { finder: finderOf(actors, sides), sides }, input.topicsOf)
      : null;
  const sideName = side === sides?.us ? "US" : side === sides?.china ? "China" : null;
  const lang = article.lang;
  const speakers = new Set(statements.flatMap((statement) => statement.actors.map(({ actorId }) => actorId)));
  return {
    ...{ side, isOnTopic, readout },
    textClass: textClassOf(article, official, readout?.kind ?? null),
    phraseUses: findPhraseUses(article.text, phrases),
    expectedPhraseIds: phrases
      .filter((phrase) => sideName !== null && (phrase.side === sideName || phrase.side === "both"))
      .filter(({ variants }) => lang !== null && variants[lang].length > 0)
      .map(({ id }) => id),
    stances: isOnTopic && sides ? findStances(article.text, statements, finderOf(actors, sides), official) : [],
    officialActorIds: [...speakers].filter((id) => isOfficial(id, byId, day)),
  };
}
