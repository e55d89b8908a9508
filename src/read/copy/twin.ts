import type { Article } from "../../domain/article.ts";
import { dayOf } from "../../domain/known-date.ts";
import type { Statement } from "../../domain/statement.ts";
import { dateIn } from "../date/written-date.ts";
import type { TwinFacts } from "./kinship.ts";

/** Gathers what is compared of two documents in two languages. */
export function twinFacts(
  article: Pick<Article, "title" | "text" | "lang" | "kind" | "publishedAt">,
  statements: readonly Pick<Statement, "actors" | "topics">[],
): TwinFacts {
  const counts = new Map<string, number>();
  for (const { actors } of statements)
    for (const { actorId } of actors) counts.set(actorId, (counts.get(actorId) ?? 0) + 1);
  const actorIds = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1));
  const main = actorIds[0];
  return {
    lang: article.lang,
    kind: article.kind,
    text: article.text,
    day: dayOf(dateIn(article.title, { basis: "title" })) ?? dayOf(article.publishedAt),
    actorIds,
    turns: statements.filter(({ actors }) => actors.some(({ actorId }) => actorId === main)).length,
    topics: [...new Set(statements.flatMap(({ topics }) => topics.map(({ id }) => id)))],
  };
}
