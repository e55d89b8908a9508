import { and, desc, eq, sql } from "drizzle-orm";
import type { TextClass } from "../../domain/text-class.ts";
import type { Database } from "../client.ts";
import { actors } from "../schema/catalogue.ts";
import { classTexts, phraseUses } from "../schema/phrase-uses.ts";

/** How one side uses one stock phrase in one class of its texts. */
export type PhraseLife = {
  readonly phraseId: string;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly actorNameZh: string | null;
  readonly textClass: TextClass;
  readonly uses: number;
  /** Documents that use it. */
  readonly texts: number;
  /** Uses in words that are near the listed ones but not the same. */
  readonly changed: number;
  readonly firstUsed: Date | null;
  readonly lastUsed: Date | null;
  /** Texts of the same side and class that speak of AI and came after the last use without it. */
  readonly absentSince: number;
};

/** One place where a phrase is used. */
export type PhraseUseRow = typeof phraseUses.$inferSelect & {
  readonly actorName: string | null;
  readonly actorNameZh: string | null;
};

/** Lists the life of each phrase by side and class of text; the phrases used last come first. */
export async function phraseLives(db: Database, phraseId: string | null = null): Promise<readonly PhraseLife[]> {
  const rows = await db.execute<Record<string, string | number | null>>(sql`
    select u.phrase_id as "phraseId", u.actor_id as "actorId", a.name as "actorName", a.name_zh as "actorNameZh",
      u.text_class as "textClass", count(*)::int as uses, count(distinct u.document_id)::int as texts,
      count(*) filter (where u.wording is null)::int as changed,
      min(u.used_instant) as "firstUsed", max(u.used_instant) as "lastUsed",
      (select count(*)::int from ${classTexts} c where c.actor_id = u.actor_id and c.text_class = u.text_class and c.is_on_topic
        and c.published_instant > max(u.used_instant)) as "absentSince"
    from ${phraseUses} u left join ${actors} a on a.id = u.actor_id
    where ${phraseId === null ? sql`true` : sql`u.phrase_id = ${phraseId}`}
    group by u.phrase_id, u.actor_id, a.name, a.name_zh, u.text_class
    order by max(max(u.used_instant)) over (partition by u.phrase_id) desc nulls last, u.phrase_id, max(u.used_instant) desc nulls last`);
  const moment = (value: string | number | null | undefined) => (value ? new Date(value) : null);
  return rows.map((row) => ({
    ...(row as unknown as PhraseLife),
    firstUsed: moment(row.firstUsed),
    lastUsed: moment(row.lastUsed),
  }));
}

/** Lists the latest places where a phrase is used. */
export async function usesOfPhrase(db: Database, phraseId: string, most: number): Promise<readonly PhraseUseRow[]> {
  const rows = await db
    .select({ use: phraseUses, actorName: actors.name, actorNameZh: actors.nameZh })
    .from(phraseUses)
    .leftJoin(actors, eq(actors.id, phraseUses.actorId))
    .where(and(eq(phraseUses.phraseId, phraseId)))
    .orderBy(sql`${phraseUses.usedInstant} desc nulls last`, desc(phraseUses.id))
    .limit(most);
  return rows.map(({ use, ...names }) => ({ ...use, ...names }));
}
