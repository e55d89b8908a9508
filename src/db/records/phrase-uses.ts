import { and, eq, sql } from "drizzle-orm";
import type { Records } from "../../detect/record/records.ts";
import type { TextClass } from "../../domain/text-class.ts";
import type { Database } from "../client.ts";
import { classTexts, phraseUses } from "../schema/phrase-uses.ts";

/** A document as far as stock phrases go. */
export type PhraseText = {
  readonly documentId: number;
  readonly versionId: number;
  readonly text: string;
  readonly lang: string | null;
  readonly publishedInstant: Date | null;
};

/** What a text says, or does not say any more, by a stock phrase. */
export type PhraseNews = {
  readonly phraseId: string;
  readonly actorId: string;
  readonly textClass: TextClass;
  readonly change: "first" | "changed" | "absent";
  /** For `absent`: texts in a row without it. */
  readonly streak: number;
  /** Texts of the side and class that were searched. */
  readonly searched: number;
  readonly words: string;
  readonly place: { readonly start: number; readonly end: number } | null;
  /** What tells this change from another of the same kind. */
  readonly mark: string;
};

/** So many texts of a class in a row without a phrase that was usual there are told. */
const ABSENT_TIMES = 3;
/** A phrase is usual in a class of texts when it was used in so many of them. */
const USUAL = 2;

/** Tells whether a text is of a class in which phrases are counted. */
export function countsForPhrases({ side, textClass }: Pick<Records, "side" | "textClass">): boolean {
  return side !== null && textClass !== "other";
}

/**
 * Keeps where a text uses stock phrases, and finds what that changes inside its class: a first use, a changed wording, or the third
 * text in a row without a phrase that this side used there before. Texts of nobody official, undated texts, and texts in which AI
 * does not come up, count in no streak.
 */
export async function keepPhraseUses(db: Database, text: PhraseText, records: Records): Promise<readonly PhraseNews[]> {
  const { documentId, versionId, publishedInstant, lang } = text;
  const { side, textClass, isOnTopic, phraseUses: uses } = records;
  if (side === null || !countsForPhrases(records)) return [];
  const row = { versionId, actorId: side, textClass, isOnTopic, publishedInstant, lang };
  await db
    .insert(classTexts)
    .values({ documentId, ...row })
    .onConflictDoUpdate({ target: classTexts.documentId, set: row });
  if (uses.length > 0)
    await db
      .insert(phraseUses)
      .values(
        uses.map(({ phraseId, start, end, wording, lang: language }) => ({
          ...{ phraseId, actorId: side, textClass, documentId, versionId, wording, lang: language },
          ...{ spanStart: start, spanEnd: end, words: text.text.slice(start, end), usedInstant: publishedInstant },
        })),
      )
      .onConflictDoNothing();
  const about = { actorId: side, textClass };
  const found: Omit<PhraseNews, "searched">[] = [];
  const used = new Map(uses.map((use) => [use.phraseId, use]));
  const elsewhere = await usesElsewhere(db, {
    ...about,
    phraseIds: [...used.keys()],
    documentId,
    before: null,
    lang: null,
  });
  for (const [phraseId, use] of used) {
    const others = elsewhere.get(phraseId);
    const words = text.text.slice(use.start, use.end);
    const place = { start: use.start, end: use.end };
    const one = { phraseId, ...about, streak: 0, words, place };
    if (!others) found.push({ ...one, change: "first", mark: "" });
    else if (use.wording === null && others.listed > 0)
      found.push({ ...one, change: "changed", mark: words.toLowerCase().replace(/\s+/g, " ") });
  }
  const absent = records.expectedPhraseIds.filter((phraseId) => !used.has(phraseId));
  if (isOnTopic && publishedInstant !== null && lang !== null)
    found.push(...(await newlyAbsent(db, { ...about, phraseIds: absent, documentId, before: publishedInstant, lang })));
  if (found.length === 0) return [];
  const searched = await textsOf(db, about, documentId);
  return found.map((one) => ({ ...one, searched }));
}

/** Finds the phrases that were usual, and that a text is now the third in a row without. */
async function newlyAbsent(
  db: Database,
  asked: Asked & { readonly before: Date; readonly lang: string },
): Promise<readonly Omit<PhraseNews, "searched">[]> {
  const { actorId, textClass, before: to, lang } = asked;
  const found: Omit<PhraseNews, "searched">[] = [];
  for (const [phraseId, before] of await usesElsewhere(db, asked)) {
    if (before.count < USUAL || before.last === null) continue;
    const streak = await streakSince(db, { actorId, textClass, lang, from: before.last, to });
    if (streak !== ABSENT_TIMES) continue;
    found.push({
      ...{ phraseId, actorId, textClass, change: "absent", streak, words: before.words, place: null },
      mark: before.last.toISOString(),
    });
  }
  return found;
}

type Place = { readonly actorId: string; readonly textClass: TextClass };

async function textsOf(db: Database, { actorId, textClass }: Place, documentId: number): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(classTexts)
    .where(
      and(
        eq(classTexts.actorId, actorId),
        eq(classTexts.textClass, textClass),
        sql`${classTexts.documentId} <> ${documentId}`,
      ),
    );
  return row?.count ?? 0;
}

type Asked = Place & {
  readonly phraseIds: readonly string[];
  readonly documentId: number;
  readonly before: Date | null;
  readonly lang: string | null;
};

/** What a side has used a phrase for in other documents of one class. */
type Uses = { readonly count: number; readonly listed: number; readonly last: Date | null; readonly words: string };

/** Counts the uses of phrases in other documents; a phrase that was never used there is left out. */
async function usesElsewhere(db: Database, asked: Asked): Promise<ReadonlyMap<string, Uses>> {
  if (asked.phraseIds.length === 0) return new Map();
  const before = asked.before?.toISOString() ?? null;
  const rows = await db.execute<{ id: string; count: number; listed: number; last: string | null; words: string }>(sql`
    select u.phrase_id as id, count(distinct u.document_id)::int as count,
      count(distinct u.document_id) filter (where u.wording is not null)::int as listed,
      to_char(max(u.used_instant) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as last,
      (array_agg(u.words order by u.used_instant desc nulls last))[1] as words
    from phrase_uses u join documents d on d.id = u.document_id and d.current_version_id = u.version_id
    where u.phrase_id in (select jsonb_array_elements_text(${JSON.stringify(asked.phraseIds)}::text::jsonb))
      and u.actor_id = ${asked.actorId} and u.text_class = ${asked.textClass} and u.document_id <> ${asked.documentId}
      and (${asked.lang}::text is null or u.lang = ${asked.lang})
      and (${before}::timestamptz is null or u.used_instant < ${before}::timestamptz)
    group by u.phrase_id order by u.phrase_id`);
  return new Map(rows.map(({ id, last, ...uses }) => [id, { ...uses, last: last ? new Date(last) : null }]));
}

async function streakSince(
  db: Database,
  { actorId, textClass, lang, from, to }: Place & { readonly lang: string; readonly from: Date; readonly to: Date },
): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(classTexts)
    .where(
      and(
        ...[eq(classTexts.actorId, actorId), eq(classTexts.textClass, textClass), eq(classTexts.lang, lang)],
        eq(classTexts.isOnTopic, true),
        sql`${classTexts.publishedInstant} > ${from.toISOString()}::timestamptz`,
        sql`${classTexts.publishedInstant} <= ${to.toISOString()}::timestamptz`,
      ),
    );
  return row?.count ?? 0;
}
