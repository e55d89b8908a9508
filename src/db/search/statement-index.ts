import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { eachTerm } from "../../domain/query/terms.ts";
import type { Statement } from "../../domain/statement.ts";
import type { Database } from "../client.ts";

/** Raise when `termsOf` or the tags change: the index is then made anew at the next start. */
export const TERMS_VERSION = 5;

/** What of a statement is looked for by tags. */
type Tagged = Pick<Statement, "text" | "kind" | "act" | "fidelity"> & {
  readonly lang: string | null;
  readonly saidInstant: string | null;
  readonly actorIds: readonly string[];
  readonly topicIds: readonly string[];
};

/** Tags begin with a mark that no term has. Days, months and years are tags, so that the index alone can narrow a search to them. */
export const tag = {
  actor: (id: string) => `=a:${id}`,
  topic: (id: string) => `=t:${id}`,
  kind: (kind: string) => `=k:${kind}`,
  act: (act: string) => `=x:${act}`,
  fidelity: (fidelity: string) => `=f:${fidelity}`,
  lang: (lang: string) => `=l:${lang}`,
  source: (id: string) => `=s:${id}`,
  /** The side of a speaker, as the catalogue says; when it says another, the index is made anew at the next start. */
  side: (side: string) => `=b:${side.toLowerCase()}`,
  /** A UTC day, month or year: `2026-05-19`, `2026-05`, `2026`. */
  time: (start: string) => `=d:${start}`,
  undated: "=d:none",
  /** A text so long that Postgres keeps neither every place nor every term. */
  placesLost: "=p:lost",
  /** A text that has one term so often that Postgres does not keep every place of this one. */
  placesOfTermLost: (term: string) => `=o:${term}`,
} as const;

/** Postgres keeps no higher position than this in a tsvector, and no more positions of one term (its manual, 12.11, Limitations). */
const LAST_POSITION = 16_383;
const MOST_POSITIONS = 255;

/**
 * A tsvector holds 1 MB of terms and positions. Positions under 16,384 come to 65 kB at most (a Chinese character has two), tags to less;
 * each term has its length, at most one byte to align it, and the count and the first of its positions.
 */
const MOST_VECTOR_BYTES = 900_000;
const BYTES_PER_TERM = 5;

/** Writes the terms and tags of a statement as a tsvector; source and sides are added in SQL, where they are known. */
export function statementTerms(statement: Tagged): string {
  const day = statement.saidInstant?.slice(0, 10);
  const times = day ? [day, day.slice(0, 7)].map(tag.time) : [tag.undated];
  const others = [tag.act(statement.act), tag.fidelity(statement.fidelity), ...times];
  return `${termVectorOf(statement.text)} ${[...countedTags(statement), ...others].map(quoteTerm).join(" ")}`;
}

/** Lists the tags that hits are counted by; source and sides are added in SQL, where they are known. */
export function countedTags(statement: Omit<Tagged, "text">): readonly string[] {
  return [
    ...new Set([
      ...[...statement.actorIds.map(tag.actor), ...statement.topicIds.map(tag.topic), tag.kind(statement.kind)],
      ...(statement.lang ? [tag.lang(statement.lang)] : []),
      ...(statement.saidInstant ? [tag.time(statement.saidInstant.slice(0, 4))] : []),
    ]),
  ];
}

/** Words stand apart in two parts of a text when so many positions lie between: more than NEAR reaches. */
const BETWEEN_PARTS = 100;

/** A part of what is indexed together; what stands in a `title` weighs more where hits are ordered by relevance. */
export type TextPart = { readonly text: string; readonly is: "title" | "body" };

/** Writes the terms of a text with their positions as a tsvector, and tags where Postgres cannot keep all of these. */
export function termVectorOf(text: string): string {
  return termVectorOfParts([{ text, is: "body" }]);
}

/**
 * Writes the terms of several parts as one tsvector, as `termVectorOf` does; nothing is near, or stands together, across two parts.
 *
 * Terms that come after as many as Postgres can hold are left out.
 */
export function termVectorOfParts(parts: readonly TextPart[]): string {
  const places = new Map<string, string[]>();
  const lost = new Set<string>();
  let [bytes, before] = [0, 0];
  for (const { text, is } of parts) {
    const weight = is === "title" ? "A" : "";
    let last = before;
    eachTerm(text, ({ term, position }) => {
      last = before + position;
      let here = places.get(term);
      if (here === undefined) {
        bytes += Buffer.byteLength(term) + BYTES_PER_TERM;
        if (bytes > MOST_VECTOR_BYTES) {
          lost.add(tag.placesLost);
          return;
        }
        here = [];
        places.set(term, here);
      }
      if (last >= LAST_POSITION) {
        lost.add(tag.placesLost);
        if (here.length === 0) here.push(`${LAST_POSITION}${weight}`);
      } else if (here.length < MOST_POSITIONS) here.push(`${last}${weight}`);
      else lost.add(tag.placesOfTermLost(term));
    });
    before = last + BETWEEN_PARTS;
  }
  const terms = [...places].map(([term, positions]) => `${quoteTerm(term)}:${positions.join(",")}`);
  return [...terms, ...[...lost].map(quoteTerm)].join(" ");
}

/** Quotes a term for a tsvector or tsquery. */
export function quoteTerm(term: string): string {
  return `'${term.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}

/**
 * Gives the statements of one reading their lasting names: a name is made of the document, the words without regard to case, width
 * and white space, and how often the same words stood before, so that it is the same when another reader cuts the text again.
 */
export function statementKeys(documentId: number, texts: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return texts.map((text) => {
    const words = text.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, " ").trim();
    const occurrence = seen.get(words) ?? 0;
    seen.set(words, occurrence + 1);
    const digest = createHash("sha256").update(`${documentId}\n${occurrence}\n${words}`).digest("hex");
    return digest.slice(0, 32);
  });
}

/** Takes the statements of versions that no longer count out of the search; their names stay. */
export async function unsearchOldVersions(db: Database, documentId: number): Promise<void> {
  await db.execute(sql`
    update statement_index i set terms = null, counted = null
    from statements s join versions v on v.id = s.version_id join documents d on d.id = v.document_id
    where i.statement_id = s.id and d.id = ${documentId}::bigint and v.id <> d.current_version_id and i.terms is not null`);
}

/** Writes the part of a `with` that indexes the statements just kept; see `insertStatements`. */
export function insertIndex(documentId: number): SQL {
  // Each speaker is looked up by the index: planned as a join, all actors would be read for every statement.
  return sql`placed as materialized (
      select given.ordinal, array_remove(
        array(select distinct '=b:' || lower((select bloc from actors where id = said ->> 'actorId')) from jsonb_array_elements(given.actors) said)
        || array(select '=s:' || source_id from documents where id = ${documentId}::bigint), null) as tags
      from given
    ), indexed as (
      insert into statement_index (statement_id, key, said_instant, counted, terms)
      select kept.id, given.key::uuid, given.said_instant, given.counted || placed.tags, given.terms::tsvector || array_to_tsvector(placed.tags)
      from given join kept using (ordinal) join placed using (ordinal)
    )`;
}
