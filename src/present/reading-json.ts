import type { Article } from "../domain/article.ts";
import type { Development } from "../domain/development.ts";
import type { FeedReading } from "../domain/feed-reading.ts";
import type { KnownDate } from "../domain/known-date.ts";
import type { Problem } from "../domain/problem.ts";
import type { Statement } from "../domain/statement.ts";

/** Writes what was read from a page as `parley read --json` prints it; the shape is documented in docs/command-line.md. */
export function documentJson(
  path: string,
  { article, statements }: { readonly article: Article; readonly statements: readonly Statement[] },
  developments: readonly Development[],
) {
  const { url, title, byline, kind, lang, publishedAt, updatedAt, text, problems } = article;
  return {
    path,
    document: {
      url,
      title,
      byline,
      kind,
      lang,
      publishedAt: dateJson(publishedAt),
      updatedAt: dateJson(updatedAt),
      text,
    },
    statements: statements.map(statementJson),
    developments: developments.map(({ key: _key, eventDate, ...rest }) => ({
      ...rest,
      eventDate: dateJson(eventDate),
    })),
    problems,
  };
}

function statementJson({ actors, saidAt, ...rest }: Statement) {
  return { ...rest, actorIds: actors.map(({ actorId }) => actorId), saidAt: dateJson(saidAt) };
}

/** Writes what was read from a feed as `parley feed --json` prints it. */
export function feedJson(path: string, { format, encoding, feed, items, problems }: FeedReading) {
  return {
    path,
    format,
    encoding,
    feed: { ...feed, updatedAt: dateJson(feed.updatedAt) },
    items: items.map(({ publishedAt, updatedAt, ...rest }) => ({
      ...rest,
      publishedAt: dateJson(publishedAt),
      updatedAt: dateJson(updatedAt),
    })),
    problems: problems.map(problemJson),
  };
}

function dateJson(date: KnownDate | null): KnownDate | null {
  return date && { value: date.value, precision: date.precision, basis: date.basis, raw: date.raw };
}

function problemJson({ code, message, line }: Problem) {
  return { code, message, line: line ?? null };
}
