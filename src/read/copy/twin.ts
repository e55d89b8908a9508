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
    day: eventDay(article),
    actorIds,
    turns: statements.filter(({ actors }) => actors.some(({ actorId }) => actorId === main)).length,
    topics: [...new Set(statements.flatMap(({ topics }) => topics.map(({ id }) => id)))],
  };
}

/** Gives the day of the event a document is about: of its title where that has one, else of its publication; null when unknown. */
export function eventDay({ title, publishedAt }: Pick<Article, "title" | "publishedAt">): string | null {
  return dayOf(dateIn(title, { basis: "title" })) ?? dayOf(publishedAt);
}
