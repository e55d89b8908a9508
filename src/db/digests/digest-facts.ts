import { and, asc, desc, eq, gte, inArray, isNull, lt, notInArray, sql } from "drizzle-orm";
import { isWorthQuoting, tellingQuote } from "../../detect/happening/telling-quote.ts";
import type { KnownDate } from "../../domain/known-date.ts";
import { BLIND, LATE_MS, MISSED } from "../../domain/source-state.ts";
import { GAP, type Span, showingGaps } from "../../domain/span.ts";
import type { Speaker } from "../../domain/statement.ts";
import type { Database } from "../client.ts";
import { documents, versions } from "../schema/archive.ts";
import { actors, sources, topics } from "../schema/catalogue.ts";
import { incidents } from "../schema/operation.ts";
import { statementActors, statements, statementTopics } from "../schema/statements.ts";

/** A source as the coverage line names it. */
export type SourceCoverage = {
  readonly id: string;
  readonly title: string;
  /** Polls in the period that reached it. */
  readonly reached: number;
  /** Polls in the period that failed. */
  readonly failed: number;
  /** Why the last poll failed, or why its silence says nothing although it answered; null where nothing is wrong. */
  readonly lastFailure: string | null;
  /** The code of that failure. */
  readonly lastFailureCode: string | null;
};

/** Tells for each source that is watched whether it was reached in a period. */
export async function coverageOf(db: Database, start: Date, end: Date): Promise<readonly SourceCoverage[]> {
  // Spelt out: drizzle leaves the table out of a column where a query has only one, and `polls` has an `id` too.
  const within = sql`p.source_id = sources.id and p.finished_at >= ${start.toISOString()} and p.finished_at < ${end.toISOString()}`;
  return (
    db
      .select({
        id: sources.id,
        title: sources.title,
        reached: sql<number>`(select count(*)::int from polls p where ${within} and p.outcome <> 'failed')`,
        failed: sql<number>`(select count(*)::int from polls p where ${within} and p.outcome = 'failed')`,
        lastFailure: sql<string | null>`coalesce(
          (select case when p.outcome = 'failed' then p.message end from polls p where ${within} order by p.finished_at desc, p.id desc limit 1),
          ${blindness(start, end)})`,
        lastFailureCode: sql<
          string | null
        >`(select case when p.outcome = 'failed' then p.failure_code end from polls p where ${within} order by p.finished_at desc, p.id desc limit 1)`,
      })
      .from(sources)
      // A list that is gone for good is not polled any more, and is missed all the same.
      .where(
        and(sources.enabled, isNull(sources.retiredAt), sql`jsonb_typeof(${sources.definition}->'list') = 'object'`),
      )
      .orderBy(asc(sources.id))
  );
}

/**
 * Says why the silence of a source that answers says nothing all the same: it should have been polled and was not, its list is empty where
 * it never was, or entries passed unseen in the period. Null where nothing is wrong.
 */
function blindness(start: Date, end: Date) {
  const lateBefore = new Date(end.getTime() - LATE_MS).toISOString();
  return sql`case when sources.next_poll_at < ${lateBefore}::timestamptz
      then 'It was due at ' || to_char(sources.next_poll_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC and was not polled.'
    else (select i.message from incidents i where i.source_id = sources.id and i.code in ${BLIND}
      and (i.closed_at is null or (i.code = ${MISSED} and i.closed_at > ${start.toISOString()}::timestamptz))
      order by i.opened_at desc limit 1) end`;
}

/** Lists what is wrong with Parley itself now, so that news may lie unread in it. */
export async function ownTroubles(db: Database): Promise<readonly string[]> {
  const rows = await db
    .select({ message: incidents.message })
    .from(incidents)
    .where(and(isNull(incidents.closedAt), isNull(incidents.sourceId)))
    .orderBy(asc(incidents.openedAt));
  return rows.map(({ message }) => message);
}

/** A statement as the digest quotes it. */
export type DigestStatement = {
  readonly id: number;
  /** The sentence that shows what the statement is about, exactly as it stands, with … where something was left out. */
  readonly words: string;
  readonly lang: string | null;
  readonly speaker: Speaker | null;
  readonly saidAt: KnownDate | null;
  readonly documentTitle: string | null;
  readonly sourceTitle: string | null;
  readonly actorNames: readonly string[];
  readonly topicIds: readonly string[];
  /** When its document first came in. */
  readonly firstSeenAt: Date;
};

const LONGEST_QUOTE = 400;
const MOST_OF_A_DOCUMENT = 3;
/** Rows looked at for each one that is shown: some are stage business, and a long briefing has many. */
const LOOKED_AT = 20;

/**
 * Lists statements whose document first came in a period: those on the topics of the talks (see catalogue/topics.yaml) first, by how strongly they carry
 * their topic, then the surest and longest; no questions, no stage business, nothing imported, and at most three of one document.
 *
 * @param newest - Chooses from the newest so many documents only: a page must not weigh all of a day on which a great many come in.
 */
export async function newStatementsIn(
  db: Database,
  start: Date,
  end: Date,
  most: number,
  newest: number | null = null,
): Promise<readonly DigestStatement[]> {
  const carried = db
    .select({
      onTalks: sql`max(st.score) filter (where st.topic_id in (select t.id from ${topics} t where t.of_the_talks))`.as(
        "on_talks",
      ),
      score: sql`max(st.score)`.as("best_score"),
    })
    .from(sql`${statementTopics} st`)
    .where(sql`st.statement_id = ${statements.id}`)
    .as("carried");
  const inPeriod = and(gte(documents.firstSeenAt, start), lt(documents.firstSeenAt, end), isNull(documents.origin));
  const chosenDocuments =
    newest === null
      ? inPeriod
      : inArray(
          documents.id,
          db
            .select({ id: documents.id })
            .from(documents)
            .where(inPeriod)
            // As the index has it.
            .orderBy(sql`${documents.firstSeenAt} desc nulls last`)
            .limit(newest),
        );
  const rows = await db
    .select({
      ...{
        id: statements.id,
        words: statements.words,
        content: statements.content,
        lang: statements.lang,
        speaker: statements.speaker,
        saidAt: statements.saidAt,
        firstSeenAt: documents.firstSeenAt,
      },
      ...{ documentId: versions.documentId, documentTitle: versions.title, sourceTitle: sources.title },
      actorNames: sql<
        string[]
      >`coalesce((select array_agg(a.name order by sa.confidence desc, a.id) from ${statementActors} sa join ${actors} a on a.id = sa.actor_id where sa.statement_id = ${statements.id}), '{}')`,
      tags: sql<
        readonly { readonly id: string; readonly evidence: readonly Span[] }[]
      >`(select jsonb_agg(jsonb_build_object('id', st.topic_id, 'evidence', st.evidence) order by st.score desc, st.topic_id) from ${statementTopics} st where st.statement_id = ${statements.id})`,
    })
    .from(statements)
    .innerJoin(versions, eq(versions.id, statements.versionId))
    .innerJoin(documents, eq(documents.currentVersionId, versions.id))
    .innerJoinLateral(carried, sql`${carried.score} is not null`)
    .leftJoin(sources, eq(sources.id, documents.sourceId))
    .where(
      and(chosenDocuments, eq(statements.polarity, "affirmed"), notInArray(statements.act, ["question", "no_comment"])),
    )
    .orderBy(
      sql`${carried.onTalks} desc nulls last`,
      sql`${carried.score} desc`,
      desc(statements.confidence),
      sql`length(${statements.words}) desc`,
      asc(statements.id),
    )
    .limit(most * LOOKED_AT);
  const taken = new Map<number, number>();
  const chosen = rows.filter(({ words, documentId }) => {
    if (!isWorthQuoting(words)) return false;
    const count = (taken.get(documentId) ?? 0) + 1;
    taken.set(documentId, count);
    return count <= MOST_OF_A_DOCUMENT;
  });
  return chosen.slice(0, most).map(({ content, tags: found, documentId: _, words, ...row }) => {
    const marks = found.flatMap(({ evidence }) => evidence).map((span) => insideWords(span, content));
    const shown = showingGaps(words, content);
    return { ...row, words: tellingQuote(shown, marks, LONGEST_QUOTE), topicIds: found.map(({ id }) => id) };
  });
}

/** Moves a span of the version's text to where it lies in the words as they are shown, with their gaps. */
function insideWords(span: Span, content: readonly Span[]): Span {
  let before = 0;
  for (const { start, end } of content) {
    if (span.start < end) {
      const from = before + Math.max(0, span.start - start);
      return { start: from, end: from + span.end - span.start };
    }
    before += end - start + GAP.length;
  }
  return { start: before, end: before };
}

/** Counts what came in during a period; what was imported is history, not news. */
export async function intakeOf(
  db: Database,
  start: Date,
  end: Date,
): Promise<{ readonly documents: number; readonly statements: number }> {
  const [row] = await db
    .select({
      documents: sql<number>`count(distinct ${documents.id})::int`,
      statements: sql<number>`count(${statements.id})::int`,
    })
    .from(documents)
    .leftJoin(statements, eq(statements.versionId, documents.currentVersionId))
    .where(and(gte(documents.firstSeenAt, start), lt(documents.firstSeenAt, end), isNull(documents.origin)));
  return row ?? { documents: 0, statements: 0 };
}
