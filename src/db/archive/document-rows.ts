import { eq, inArray, sql } from "drizzle-orm";
import type { KnownDate } from "../../domain/known-date.ts";
import { beginningOf } from "../beginning-of.ts";
import type { Database } from "../client.ts";
import { documents, versions } from "../schema/archive.ts";
import { sources } from "../schema/catalogue.ts";
import { statements } from "../schema/statements.ts";

/** How much of a text is brought with it, in characters: more than most have. */
const TEXT_BROUGHT = 200_000;

/** A document as it stands in a list, by the version that counts. */
export type DocumentListRow = {
  readonly id: number;
  readonly url: string | null;
  /** Where an imported one came from. */
  readonly origin: string | null;
  readonly source: { readonly id: string; readonly title: string; readonly titleZh: string | null } | null;
  readonly firstSeenAt: Date;
  readonly withdrawnAt: Date | null;
  readonly versionNumber: number;
  readonly title: string | null;
  readonly byline: string | null;
  readonly kind: string;
  readonly lang: string | null;
  readonly publishedAt: KnownDate | null;
  /** The first instant that `publishedAt` can mean. */
  readonly publishedInstant: Date | null;
  readonly statementCount: number;
  /** The first 200,000 characters of its text, to show places of it. */
  readonly text: string;
};

/** Brings documents with the beginning of their texts, in the order of the ids; unknown ids and those without a text are left out. */
export async function documentsByIds(db: Database, ids: readonly number[]): Promise<readonly DocumentListRow[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({
      ...{ id: documents.id, url: documents.url, origin: documents.origin },
      source: {
        ...{ id: sources.id, title: sources.title },
        titleZh: sql<string | null>`${sources.definition} ->> 'titleZh'`,
      },
      ...{ firstSeenAt: documents.firstSeenAt, withdrawnAt: documents.withdrawnAt, versionNumber: versions.number },
      ...{ title: versions.title, byline: versions.byline, kind: versions.kind, lang: versions.lang },
      ...{ publishedAt: versions.publishedAt, publishedInstant: versions.publishedInstant },
      statementCount: sql<number>`(select count(*)::int from ${statements} where ${statements.versionId} = ${versions.id})`,
      text: sql<string>`${beginningOf(versions.text, TEXT_BROUGHT)}`,
    })
    .from(documents)
    .innerJoin(versions, eq(versions.id, documents.currentVersionId))
    .leftJoin(sources, eq(sources.id, documents.sourceId))
    .where(inArray(documents.id, [...ids]));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
